"""What people did with loads: published, rolled back, made live again, taken out, deleted, a child removed; with the
files and what was decided.

The data itself is the store's. Never holds a child, a council's number of one, or a cell of a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from ledger import activity
from ledger.book import Ledger, now
from ledger.tables import LOADS

KEPT, PUBLISHED, ROLLED_BACK = "kept a load", "published", "rolled back"
MADE_LIVE, WITHDRAWN = "made a kept load live", "took the authority out"
DELETED, CHILD_REMOVED = "deleted old loads", "removed a child"
_COLUMNS = (LOADS.c.at, LOADS.c.who, LOADS.c.what, LOADS.c.authority, LOADS.c.load_id, LOADS.c.told)


@dataclass(frozen=True)
class LoadEvent:
    """One thing somebody did with an authority's loads. `told`: sentences on files, decisions and results."""

    at: datetime
    who: str
    what: str
    authority: str
    load_id: str
    told: tuple[str, ...]


def record(
    ledger: Ledger, who: str, what: str, authority: str, *, load_id: str = "", told: Sequence[str] = ()
) -> None:
    """Keep what was done, here with everything told about it, and as one line in the activity."""
    line = {"at": now(), "who": who[:64], "what": what, "authority": authority, "load_id": load_id}
    with ledger.engine.begin() as connection:
        connection.execute(insert(LOADS).values(**line, told=list(told)))
    activity.record(ledger, who, what, " · ".join(filter(None, (authority, load_id))))


def events(ledger: Ledger, authority: str) -> list[LoadEvent]:
    """Everything done with an authority's loads, newest first."""
    query = select(*_COLUMNS).where(LOADS.c.authority == authority).order_by(LOADS.c.id.desc())
    with ledger.engine.connect() as connection:
        return [LoadEvent(*row[:-1], tuple(row[-1])) for row in connection.execute(query)]
