"""What is published, from its manifest: whose data, of which dates, and whether the children are fictional.

Never opens the store and never counts a child.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from vcore.settings import settings
from vcore.store.folder import DataFolder
from vcore.store.states import Manifest, manifest


def published() -> Manifest:
    """Each authority's load and its date. Raises `StoreError` when nothing is published."""
    folder = DataFolder(settings().data_folder)
    return _manifest(folder.root, folder.live())


def holds_real_children() -> bool:
    """Whether what is published is a council's own data."""
    return DataFolder(settings().data_folder).live() is not None and not published().demonstration


def as_loaded(names: Iterable[str]) -> tuple[str, ...]:
    """Authorities as the data spells them: other letters make no other authority. Unloaded ones stay as they are."""
    live = DataFolder(settings().data_folder).live()
    loaded = {part.authority.casefold(): part.authority for part in (published().parts if live else ())}
    return tuple(dict.fromkeys(loaded.get(name.casefold(), name) for name in names))


@lru_cache(maxsize=4)
def _manifest(root: Path, state: str | None) -> Manifest:
    return manifest(DataFolder(root), state)  # a published state never changes
