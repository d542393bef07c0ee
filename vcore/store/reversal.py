"""What was published, undone: an authority's earlier load put back, or an authority taken out.

Loads are kept: what was undone can be published again. Nothing is deleted here.
"""

from __future__ import annotations

from collections.abc import Collection

from vcore.errors import InvalidChoice, StoreError
from vcore.store.folder import DataFolder
from vcore.store.parts import PartCard, standing_cards
from vcore.store.states import Manifest, history, make_live, standing_parts


def roll_back(folder: DataFolder, authority: str) -> Manifest:
    """Put one authority's previous part back. Other authorities are untouched.

    Raises `InvalidChoice` for an authority that is not loaded, `StoreError` when it has no earlier load.
    """
    with folder.writing():
        folder.sweep()
        parts = _loaded(folder, authority)
        previous = before(folder, authority)
        if previous is None:
            raise StoreError(f"{authority} has no earlier load to go back to.")
        parts[authority] = previous
        return make_live(folder, tuple(parts.values()), why=f"roll back {authority}")


def before(folder: DataFolder, authority: str) -> PartCard | None:
    """What rolling this authority back would put in place of its live load; None when there is nothing.

    The last published load before it whose data has not been deleted; fictional children never follow real ones.
    """
    past, kept = history(folder), standing_cards(folder)
    now = next((part for part in past[0].parts if part.authority == authority), None) if past else None
    earlier = (
        kept[part.root]
        for state in past
        for part in state.parts
        if now and part.authority == authority and part.loaded_at < now.loaded_at and part.root in kept
    )
    found = next(earlier, None)
    return found if found and now and found.demonstration == now.demonstration else None


def withdraw(folder: DataFolder, authority: str) -> PartCard:
    """Take an authority out of what is published; the load that was live. Its loads are kept, and other authorities
    untouched.

    Raises `InvalidChoice` for an authority that is not loaded, `StoreError` where no other one is.
    """
    with folder.writing():
        folder.sweep()
        parts = _loaded(folder, authority)
        if why := why_it_stays(authority, parts):
            raise StoreError(why)
        gone = parts.pop(authority)
        make_live(folder, tuple(parts.values()), why=f"take out {authority}")
        return gone


def why_it_stays(authority: str, loaded: Collection[str]) -> str:
    """Why an authority cannot be taken out of those loaded; empty where it can."""
    if len(loaded) > 1:
        return ""
    return (
        f"{authority} is the only authority loaded, and without it there would be nothing to show. "
        "Load the right one first, then take this one out."
    )


def _loaded(folder: DataFolder, authority: str) -> dict[str, PartCard]:
    """The live load of every authority, this one among them. Raises `InvalidChoice` where it is not."""
    live = folder.live()
    parts = {part.authority: part for part in standing_parts(folder, live)} if live else {}
    if authority not in parts:
        raise InvalidChoice("loaded authority", authority, parts)
    return parts
