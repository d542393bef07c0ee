"""Rights given to one person beside those of their role: who may turn a pseudonym back.

Never decides what a right allows (`ledger.rights`).
"""

from __future__ import annotations

from sqlalchemy import delete, insert

from ledger.book import Ledger, now
from ledger.people import COMMAND_LINE, amending
from ledger.rights import RIGHTS, Right
from ledger.tables import GRANTS
from vcore.errors import VcoreError


def allow_naming(ledger: Ledger, username: str, allowed: bool, *, by: str = COMMAND_LINE) -> None:
    """Gives an account the right to turn pseudonyms back, from its next click on, or takes it away.

    Raises `VcoreError` for an account that sees no children, and for whoever would give it to themselves.
    """
    what = "allowed to name children" if allowed else "no longer allowed to name children"
    own = {GRANTS.c.username: username.strip().lower(), GRANTS.c.granted: Right.NAME_CHILDREN.name}
    with amending(ledger, username, what, by) as (connection, person):
        if allowed and person.username == by:
            raise VcoreError("Nobody gives this right to themselves: ask another administrator.")
        if allowed and Right.SEE_CHILDREN not in RIGHTS[person.role]:
            raise VcoreError(
                f"{person.username} sees no children as {person.role}, so cannot name one. Give them the role of "
                "commissioner or analyst first."
            )
        connection.execute(delete(GRANTS).where(*(column == value for column, value in own.items())))
        if allowed:
            row = {column.name: value for column, value in own.items()}
            connection.execute(insert(GRANTS).values(granted_by=by, granted_at=now(), **row))
