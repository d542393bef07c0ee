"""How long loads are kept: the last few of each authority, and the rest deleted for good.

What is live is always kept. The history stays, without a child: who loaded what, when. Never deletes by itself.
"""

from __future__ import annotations

from vcore.errors import InvalidChoice
from vcore.store.folder import DataFolder
from vcore.store.parts import PartCard, delete_part, standing_cards
from vcore.store.states import clear_away, manifest

MOST_KEPT = 60  # five years of months


def beyond(folder: DataFolder, authority: str, keep: int) -> tuple[PartCard, ...]:
    """The loads of an authority that keeping the last `keep` of them would delete, oldest first.

    The live load counts as one of those kept; of an authority that was taken out, all may go. Raises `InvalidChoice`
    for a number below that or above `MOST_KEPT`.
    """
    live = folder.live()
    published = {part.root for part in manifest(folder, live).parts} if live else set()
    own = [card for card in standing_cards(folder).values() if card.authority == authority]
    fewest = 1 if any(card.root in published for card in own) else 0
    if not fewest <= keep <= MOST_KEPT:
        raise InvalidChoice("number of loads to keep", keep, [f"{fewest} to {MOST_KEPT}"])
    others = [card for card in own if card.root not in published]
    spare = keep - len(own) + len(others)  # how many others there is room for
    return tuple(others[: max(0, len(others) - spare)])


def keep_last(folder: DataFolder, authority: str, keep: int) -> tuple[PartCard, ...]:
    """Delete what `beyond` names, and say what that was. Other authorities are untouched."""
    with folder.writing():
        folder.sweep()
        gone = beyond(folder, authority, keep)
        for card in gone:
            delete_part(folder, card)
        clear_away(folder)
        return gone
