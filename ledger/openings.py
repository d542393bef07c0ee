"""Who opened which child or list of children, and when: one line each, kept apart from the activity.

Here the pseudonym is kept, so that it can be said who looked at a child; the activity beside it says the same
without one. Never holds a need, a name or a council's own number of a child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from ledger import activity
from ledger.book import Ledger, now
from ledger.people import Person
from ledger.rights import Right
from ledger.tables import OPENINGS

CHILD, LIST = "opened a child", "opened a list of children"
_COLUMNS = (
    OPENINGS.c.at,
    OPENINGS.c.who,
    OPENINGS.c.what,
    OPENINGS.c.child_id,
    OPENINGS.c.children,
    OPENINGS.c.cohort,
    OPENINGS.c.reason,
)


@dataclass(frozen=True)
class Opening:
    """One opening. `child_id` None: a list of so many `children` as a whole. `cohort`: the filter's sentence."""

    at: datetime
    who: str
    what: str
    child_id: str | None
    children: int
    cohort: str
    reason: str


def record_list(ledger: Ledger, person: Person, children: int, cohort: str, *, what: str = LIST) -> None:
    """A list of so many children was shown. Raises `NotAllowed` for somebody who may not see children."""
    _record(ledger, person, what, [None], children, cohort, "")


def record_children(
    ledger: Ledger,
    person: Person,
    child_ids: Sequence[str],
    cohort: str,
    *,
    what: str = CHILD,
    reason: str = "",
) -> None:
    """These children were opened, or left in a file (`what` says which): a line each, and one in the activity.

    Raises `NotAllowed` for somebody who may not see children.
    """
    _record(ledger, person, what, child_ids, 1, cohort, reason)


def of_child(ledger: Ledger, child_id: str) -> list[Opening]:
    """Every opening of one child, newest first."""
    query = select(*_COLUMNS).where(OPENINGS.c.child_id == child_id).order_by(OPENINGS.c.id.desc())
    with ledger.engine.connect() as connection:
        return [Opening(*row) for row in connection.execute(query)]


def recent(ledger: Ledger, limit: int = 200) -> list[Opening]:
    """The latest openings, newest first."""
    query = select(*_COLUMNS).order_by(OPENINGS.c.id.desc()).limit(limit)
    with ledger.engine.connect() as connection:
        return [Opening(*row) for row in connection.execute(query)]


def _record(
    ledger: Ledger,
    person: Person,
    what: str,
    child_ids: Sequence[str | None],
    children: int,
    cohort: str,
    reason: str,
) -> None:
    person.require(Right.SEE_CHILDREN)
    if not child_ids:
        return
    line = {"at": now(), "who": person.username, "what": what[:60], "children": children}
    rows = [
        {**line, "child_id": child_id, "cohort": cohort[:500], "reason": reason[:500]}
        for child_id in child_ids
    ]
    with ledger.engine.begin() as connection:
        connection.execute(insert(OPENINGS), rows)
    n = max(children, len(child_ids))
    activity.record(ledger, person.username, what, cohort if n == 1 else f"{n} children · {cohort}")
