"""What must stand before real children's data may be loaded.

Never loads anything: the command line and the load page ask here first.
"""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from ledger import activity
from ledger.book import Ledger, now
from ledger.people import COMMAND_LINE, list_people
from ledger.rights import Role
from ledger.tables import FACTS
from vcore.errors import RefusedLoad, VcoreError

_ASSESSMENT = "data protection assessment"


def record_assessment_reference(ledger: Ledger, reference: str, *, by: str = COMMAND_LINE) -> None:
    """Keeps the council's own reference of its data-protection impact assessment (3 to 200 characters)."""
    reference = reference.strip()
    if not 3 <= len(reference) <= 200:
        raise VcoreError("Give the assessment's reference as your council files it, such as DPIA-2026-014.")
    if any(person.username == by and person.demonstration for person in list_people(ledger)):
        raise VcoreError("A demonstration account may not record the assessment: sign in with your own.")
    with ledger.engine.begin() as connection:
        connection.execute(delete(FACTS).where(FACTS.c.name == _ASSESSMENT))
        connection.execute(
            insert(FACTS).values(name=_ASSESSMENT, value=reference, recorded_by=by, recorded_at=now())
        )
    activity.record(ledger, by, "recorded the assessment", reference)


def assessment_reference(ledger: Ledger) -> str | None:
    """The reference recorded, if any."""
    with ledger.engine.connect() as connection:
        return connection.scalar(select(FACTS.c.value).where(FACTS.c.name == _ASSESSMENT))


def may_load_real_data(ledger: Ledger) -> None:
    """Raises `RefusedLoad` saying what is missing; returns when real data may be loaded."""
    missing = []
    if not any(
        person.role is Role.ADMINISTRATOR and person.active and not person.demonstration
        for person in list_people(ledger)
    ):
        missing.append(
            "an administrator of your own "
            "(`python -m vcore people add USERNAME --name NAME --role administrator`)"
        )
    if assessment_reference(ledger) is None:
        missing.append(
            "the reference of your data-protection assessment (`python -m vcore people assessment REFERENCE`)"
        )
    if missing:
        raise RefusedLoad(f"Real data about children needs first {' and '.join(missing)}.")
