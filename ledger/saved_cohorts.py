"""Saved cohorts: a name for a filter and a date, one's own or shared with everyone who may see cohorts.

The filter is text that the screens write and read: the ledger does not look inside. Never holds a child or a
count, so a saved cohort is asked of the data afresh each time. `by` is whose turn it is: it goes into the activity.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from ledger import activity
from ledger.book import Ledger, now
from ledger.people import Person
from ledger.rights import Right
from ledger.tables import COHORTS, PEOPLE
from vcore.errors import VcoreError

LONGEST_NAME, LONGEST_FILTER = 60, 4_000
_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_CODE_LENGTH = 6

_COLUMNS = (
    COHORTS.c.code,
    COHORTS.c.name,
    COHORTS.c.owner,
    PEOPLE.c.name.label("owner_name"),
    COHORTS.c.filter,
    COHORTS.c.as_of,
    COHORTS.c.shared,
)
_VISIBLE = (
    select(*_COLUMNS)
    .join_from(COHORTS, PEOPLE)
    .where(or_(COHORTS.c.owner == bindparam("person"), COHORTS.c.shared))
)
_LISTED = _VISIBLE.order_by(COHORTS.c.owner != bindparam("person"), COHORTS.c.name_key)
_FOUND = _VISIBLE.where(COHORTS.c.code == bindparam("code"))


@dataclass(frozen=True)
class SavedCohort:
    """One saved cohort. `filter` is JSON as it was saved; `as_of` None: the latest date there is."""

    code: str
    name: str
    owner: str
    owner_name: str
    filter: str
    as_of: date | None
    shared: bool


class NoSuchCohort(VcoreError):
    """No saved cohort has this code, or none that this person may open."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"There is no saved cohort “{code[:12]}” for you: it has been deleted, or its owner keeps it to "
            "themselves. Ask whoever sent the link to share it, or choose filters of your own."
        )


def list_cohorts(ledger: Ledger, person: Person) -> list[SavedCohort]:
    """Those this person may open, their own first, by name. Raises `NotAllowed`."""
    person.require(Right.SEE_COHORTS)
    with ledger.engine.connect() as connection:
        return [SavedCohort(*row) for row in connection.execute(_LISTED, {"person": person.username})]


def find_cohort(ledger: Ledger, code: str, person: Person) -> SavedCohort:
    """The saved cohort with this code. Raises `NoSuchCohort` unless it is theirs or shared."""
    person.require(Right.SEE_COHORTS)
    with ledger.engine.connect() as connection:
        row = connection.execute(_FOUND, {"person": person.username, "code": code}).first()
    if row is None:
        raise NoSuchCohort(code)
    return SavedCohort(*row)


def save_cohort(
    ledger: Ledger, person: Person, *, name: str, filter: str, as_of: date | None = None, shared: bool = False
) -> str:
    """Saves a cohort and returns its code. Raises `VcoreError` for a name that is empty, long or taken."""
    person.require(Right.SEE_COHORTS)
    if len(filter) > LONGEST_FILTER:
        raise VcoreError("There are too many names in these filters to save them. Choose fewer.")
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    row = {
        **_named(name),
        "code": code,
        "owner": person.username,
        "filter": filter,
        "as_of": as_of,
        "shared": shared,
        "created_at": now(),
    }
    _write(ledger, insert(COHORTS).values(**row), row["name"])
    shown = "shared" if shared else "for themselves"
    activity.record(ledger, person.username, "saved a cohort", f"{code}: {row['name']} ({shown})")
    return code


def rename_cohort(ledger: Ledger, code: str, person: Person, *, name: str, shared: bool) -> None:
    """Gives one's own saved cohort another name, or shares it, or no longer. Raises `VcoreError`."""
    found = _own(ledger, code, person)
    named = _named(name)
    _write(
        ledger, update(COHORTS).where(COHORTS.c.code == code).values(shared=shared, **named), named["name"]
    )
    shown = "shared" if shared else "for themselves"
    what = f"{code}: {found.name} is now {named['name']} ({shown})"
    activity.record(ledger, person.username, "changed a saved cohort", what)


def delete_cohort(ledger: Ledger, code: str, person: Person) -> None:
    """Deletes one's own saved cohort. Links to it say from then on that it is gone. Raises `VcoreError`."""
    found = _own(ledger, code, person)
    with ledger.engine.begin() as connection:
        connection.execute(delete(COHORTS).where(COHORTS.c.code == code))
    activity.record(ledger, person.username, "deleted a saved cohort", f"{code}: {found.name}")


def _own(ledger: Ledger, code: str, person: Person) -> SavedCohort:
    found = find_cohort(ledger, code, person)
    if found.owner != person.username:
        raise VcoreError(f"“{found.name}” belongs to {found.owner_name}: only they can change or delete it.")
    return found


def _named(name: str) -> dict[str, Any]:
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise VcoreError(f"Give the cohort a name of at most {LONGEST_NAME} characters.")
    return {"name": plain, "name_key": plain.casefold()[:LONGEST_NAME]}


def _write(ledger: Ledger, statement: Any, name: str) -> None:
    try:
        with ledger.engine.begin() as connection:
            connection.execute(statement)
    except IntegrityError:
        raise VcoreError(f"You already have a cohort called “{name}”. Choose another name.") from None
