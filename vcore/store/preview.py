"""What publishing a load would change, told while nothing of it is kept anywhere."""

from __future__ import annotations

from datetime import date

from vcore.facts.domains import NeedModel
from vcore.store.difference import Difference, Standing, difference, standing
from vcore.store.store import Store
from vcore.tables import Tables


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
    return difference(live.snapshot(card.as_of), new, authority)
