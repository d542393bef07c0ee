"""One child removed from everything people saved, decided or looked at. The store removes them from the data.

Goes by the name of the column: every table of the ledger with a `child_id` is covered, also one made later.
"""

from __future__ import annotations

from sqlalchemy import delete, update

from ledger.book import Ledger, leave_no_trace
from ledger.tables import TABLES


def forget_child(ledger: Ledger, child_id: str) -> int:
    """Remove every line about a child, by pseudonym. Returns how many lines.

    Where a line may stand without a child it stays and no longer says who: that somebody opened a child remains
    on record.
    """
    touched = 0
    with ledger.engine.begin() as connection:
        for table in TABLES.sorted_tables:
            if "child_id" not in table.c:
                continue
            stays = table.c.child_id.nullable
            change = update(table).values(child_id=None) if stays else delete(table)
            touched += connection.execute(change.where(table.c.child_id == child_id)).rowcount
    leave_no_trace(ledger)
    return touched
