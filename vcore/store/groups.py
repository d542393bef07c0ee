"""Groups of an attribute: which of its values each child has, as a place among texts.

An attribute is a column of a snapshot, or one in bands (`vcore.facts.bands`). What is not recorded is a value.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.bands import BANDS

NOT_RECORDED = "Not recorded"
YES, NO = "Yes", "No"


class Groups(NamedTuple):
    """`values` in the order of the alphabet, and each child's `place` among them. A value may be nobody's."""

    place: np.ndarray
    values: tuple[str, ...]

    @classmethod
    def single(cls, children: int, value: str) -> Groups:
        """So many children, all of one value."""
        return cls(np.zeros(children, dtype="int64"), (value,))

    def counts(self, weights: np.ndarray | None = None) -> np.ndarray:
        """How many children have each value, or what their weights add up to."""
        return np.bincount(self.place, weights=weights, minlength=len(self.values))

    def has(self, value: str | bool) -> np.ndarray:
        """Which children have this value; a yes or no by its truth."""
        word = (YES if value else NO) if isinstance(value, bool) else value
        if word not in self.values:
            return np.zeros(len(self.place), dtype=bool)
        return self.place == self.values.index(word)

    def recorded(self) -> Groups:
        """The values that somebody here has, and that are recorded; −1 for a child of whom none is."""
        held = self.counts() > 0
        kept = [at for at, value in enumerate(self.values) if held[at] and value != NOT_RECORDED]
        new = np.full(len(self.values), -1)
        new[kept] = np.arange(len(kept))
        return Groups(new[self.place], tuple(self.values[at] for at in kept))


def grouped(children: pd.DataFrame, attribute: str) -> Groups:
    """The groups of rows that hold the attribute's column."""
    place, values = pd.factorize(_as_text(children, attribute), sort=True)
    return Groups(place, tuple(map(str, values)))


def _as_text(children: pd.DataFrame, attribute: str) -> pd.Series:
    if attribute in BANDS:
        column, bands = BANDS[attribute]
        place = np.searchsorted(list(bands.values()), children[column], side="right") - 1
        return pd.Series(np.array(list(bands))[place], index=children.index, dtype="str")
    values = children[attribute]
    if values.dtype == "boolean":
        values = values.map({True: YES, False: NO})
    return values.astype("str").fillna(NOT_RECORDED)
