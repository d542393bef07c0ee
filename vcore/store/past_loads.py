"""An authority's loads as its history: which is live, which can be gone back to, which are deleted or never shown."""

from __future__ import annotations

from typing import NamedTuple

from vcore.store.folder import DataFolder
from vcore.store.parts import PartCard, standing_cards
from vcore.store.states import history


class PastLoad(NamedTuple):
    """One load. `kept`: its data is still there; `published`: it was live once, or is."""

    card: PartCard
    live: bool
    kept: bool
    published: bool


def past_loads(folder: DataFolder, authority: str) -> list[PastLoad]:
    """Every load of an authority, the newest first. Those deleted are told by what was written of them then."""
    states, kept = history(folder), standing_cards(folder)
    named = {part.root: part for state in reversed(states) for part in state.parts}
    live = {part.root for part in states[0].parts} if states else set()
    found = [
        PastLoad(card, root in live, root in kept, root in named)
        for root, card in (named | kept).items()
        if card.authority == authority
    ]
    return sorted(found, key=lambda load: (load.card.loaded_at, load.card.load_id), reverse=True)
