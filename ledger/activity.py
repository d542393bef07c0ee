"""What people did, in order: the audit trail.

Never holds a child's id, a name of a child or a password: `detail` says which page, file or account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from ledger.book import Ledger, now
from ledger.tables import ACTIVITY


@dataclass(frozen=True)
class Entry:
    """One thing somebody did."""

    at: datetime
    who: str
    what: str
    detail: str


def record(ledger: Ledger, who: str, what: str, detail: str = "") -> None:
    """Writes one line. `who` is a user name or "command line"; long texts are cut to the column."""
    with ledger.engine.begin() as connection:
        connection.execute(
            insert(ACTIVITY).values(at=now(), who=who[:64], what=what[:60], detail=detail[:500])
        )


def recent(ledger: Ledger, limit: int = 200) -> list[Entry]:
    """The latest lines, newest first."""
    query = (
        select(ACTIVITY.c.at, ACTIVITY.c.who, ACTIVITY.c.what, ACTIVITY.c.detail)
        .order_by(ACTIVITY.c.id.desc())
        .limit(limit)
    )
    with ledger.engine.connect() as connection:
        return [Entry(*row) for row in connection.execute(query)]
