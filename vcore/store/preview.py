"""What publishing a load would change, told while nothing of it is kept anywhere."""

from __future__ import annotations

from datetime import date

from vcore.facts.columns import STORED_TABLES, columns
from vcore.facts.domains import NeedModel
from vcore.store.difference import Difference, Standing, difference, standing
from vcore.store.store import Store
from vcore.tables import Tables

_CODES = (
    "ethnic_code",
    "disability_codes",
)  # a snapshot has ethnicity and disability, which follow from them
ABOUT_CHILDREN = tuple(
    column.column for column in columns("child") if not column.required and column.column not in _CODES
)


def previewed(
    tables: Tables, *, authority: str, as_of: date, needs: NeedModel, live: Store | None
) -> Difference | Standing:
    """The checked tables of a load beside the authority's live load in `live`; alone where it has none there.

    Fictional children are nobody's earlier load.
    """
    new = Store.of_tables(tables, as_of=as_of, needs=needs).snapshot(as_of)
    card = next((card for card in live.cards if card.authority == authority), None) if live else None
    if live is None or card is None or card.demonstration:
        return standing(new, authority)
    before = live.snapshot(card.as_of)
    own = before.frame[before.frame["authority"] == authority]
    empty = [name for name in STORED_TABLES if card.rows.get(name) and tables[name].empty]
    blank = [name for name in ABOUT_CHILDREN if own[name].notna().any() and not new.frame[name].notna().any()]
    return difference(before, new, authority)._replace(no_longer=(*empty, *blank))
