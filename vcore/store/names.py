"""What an authority may be called: one name each, or its children would count twice.

Fictional authorities do not count: they go with the first real load.
"""

from __future__ import annotations

from difflib import get_close_matches

from vcore.errors import StoreError
from vcore.store.folder import DataFolder
from vcore.store.parts import plain_name
from vcore.store.states import manifest

ALIKE = 0.75  # of difflib's ratio: Suoth is like South, North is not


def check_name(folder: DataFolder, authority: str) -> None:
    """Raises `StoreError` for a name that a loaded authority has in other letters or with other spaces."""
    if same := same_name(folder, authority):
        raise StoreError(
            f"“{authority}” is loaded already as “{same}”: under two names its children would count twice. "
            f"Write it like that; or take “{same}” out first, to put back a load that is kept under the other name."
        )


def same_name(folder: DataFolder, authority: str) -> str | None:
    """The loaded authority that has this name in other letters or with other spaces. None for one that is loaded by
    that name, or by none like it."""
    loaded = _loaded(folder)
    same = next((name for name in loaded if plain_name(name) == plain_name(authority)), None)
    return None if authority in loaded else same


def near_name(folder: DataFolder, authority: str) -> str | None:
    """The loaded authority that may be meant by a new name: written nearly like it, or all words of one are in the
    other (Kent, Kent County Council). None for one that is loaded by that name, or like no other."""
    words = _words(authority)
    if not words:
        return None
    loaded = {plain_name(name): name for name in _loaded(folder)}
    if plain_name(authority) in loaded:
        return None
    within = (name for name in loaded.values() if words <= _words(name) or _words(name) <= words)
    near = get_close_matches(plain_name(authority), loaded, n=1, cutoff=ALIKE)
    return loaded[near[0]] if near else next(within, None)


def _loaded(folder: DataFolder) -> list[str]:
    """The names of the real authorities that are loaded."""
    live = folder.live()
    parts = manifest(folder, live).parts if live else ()
    return [part.authority for part in parts if not part.demonstration]


def _words(name: str) -> set[str]:
    return set(name.casefold().split())
