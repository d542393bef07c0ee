"""Short codes of children: as many first characters of each pseudonym as tell it from every other one.

A code stands for a child on a screen and in a meeting; it is short to say, and nobody can be found by it outside
the app. It may grow by a character when a new load brings a child with nearly the same pseudonym.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

SHORTEST = 4  # characters


def short_code(child_id: str, child_ids: Sequence[str]) -> str:
    """The code of one pseudonym among others that come in order; it need not be one of them."""
    place = bisect_left(child_ids, child_id)
    beside = [child_ids[at] for at in (place - 1, place, place + 1) if 0 <= at < len(child_ids)]
    shared = max((_alike(child_id, other) for other in beside if other != child_id), default=0)
    return child_id[: max(shared + 1, SHORTEST)].upper()


def with_code(code: str, child_ids: Sequence[str]) -> list[int]:
    """Where the pseudonyms stand that begin with a code as somebody typed it: more than one if it is too short."""
    start = code.strip().lower()
    first = bisect_left(child_ids, start)
    last = bisect_left(child_ids, start + "\uffff")
    return list(range(first, last)) if start else []


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin alike with."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
