"""Rights given to one person beside those of their role: who may turn a pseudonym back, which director sees children.

Never decides what a right allows (`ledger.rights`).
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert

from ledger.book import Ledger, now
from ledger.people import COMMAND_LINE, Person, amending
from ledger.rights import CHILD_LEVEL_GIVEN_TO, RIGHTS, Right
from ledger.tables import GRANTS
from vcore.errors import VcoreError

SHORTEST_REASON, LONGEST_REASON = 10, 300
TO_THEMSELVES = "Nobody gives this right to themselves: ask another administrator."


def allow_naming(ledger: Ledger, username: str, allowed: bool, *, by: str = COMMAND_LINE) -> None:
    """Gives an account the right to turn pseudonyms back, from its next click on, or takes it away.

    Raises `VcoreError` for an account that sees no children, and for whoever would give it to themselves.
    """
    what = "allowed to name children" if allowed else "no longer allowed to name children"
    with amending(ledger, username, what, by) as (connection, person):
        if allowed and person.username == by:
            raise VcoreError(TO_THEMSELVES)
        if allowed and Right.SEE_CHILDREN not in RIGHTS[person.role]:
            raise VcoreError(
                f"{person.username} sees no children as {person.role}, so cannot name one. Give them the role of "
                "commissioner or analyst first."
            )
        _write(connection, person, Right.NAME_CHILDREN, allowed, by)


def allow_child_level(
    ledger: Ledger, username: str, allowed: bool, reason: str = "", *, by: str = COMMAND_LINE
) -> None:
    """Lets a director see children one by one, pseudonymous, from their next click on, or no longer.

    Raises `VcoreError` for another role, without a reason to give it, and for whoever would give it to themselves.
    """
    what = "allowed to see children" if allowed else "no longer allowed to see children"
    why = " ".join(reason.split())
    with amending(ledger, username, what, by, why) as (connection, person):
        if allowed:
            _may_be_given(person, why, by)
        _write(connection, person, Right.SEE_CHILDREN, allowed, by)


def _may_be_given(person: Person, why: str, by: str) -> None:
    if person.username == by:
        raise VcoreError(TO_THEMSELVES)
    if Right.SEE_CHILDREN in RIGHTS[person.role]:
        raise VcoreError(f"{person.username} sees children already, as {person.role}.")
    if person.role not in CHILD_LEVEL_GIVEN_TO:
        roles = " or ".join(CHILD_LEVEL_GIVEN_TO)
        raise VcoreError(
            f"{person.username} cannot be given this right as {person.role}: beside commissioners and analysts only a "
            f"{roles} may see children one by one."
        )
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise VcoreError(
            f"Give the reason for seeing children, in {SHORTEST_REASON} to {LONGEST_REASON} characters. It is kept on "
            "record."
        )


def _write(connection: Connection, person: Person, right: Right, allowed: bool, by: str) -> None:
    own = {GRANTS.c.username: person.username, GRANTS.c.granted: right.name}
    connection.execute(delete(GRANTS).where(*(column == value for column, value in own.items())))
    if allowed:
        row = {column.name: value for column, value in own.items()}
        connection.execute(insert(GRANTS).values(granted_by=by, granted_at=now(), **row))
