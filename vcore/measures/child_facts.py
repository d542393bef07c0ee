"""What is recorded of each child of a cohort, as plain arrays read once.

Rules and levers ask here instead of the frame: moving a slider must not read 84,000 rows of text again. Never
changed; holds positions and not the cohort, or no cohort would ever be let go.
"""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

import numpy as np

from vcore.store import NOT_RECORDED, Cohort
from vcore.store.snapshot import Snapshot

_known: WeakKeyDictionary[Cohort, ChildFacts] = WeakKeyDictionary()


class ChildFacts:
    """The children at some positions of a snapshot, in child id order; every array has one value a child."""

    def __init__(self, snapshot: Snapshot, chosen: np.ndarray) -> None:
        self._snapshot = snapshot
        self._chosen = chosen
        self._numbers: dict[str, np.ndarray] = {}
        self._among: dict[tuple[str, frozenset[str]], np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._chosen)

    def numbers(self, column: str) -> np.ndarray:
        """A column as floats; NaN where missing, so that no comparison holds. Yes and no are 1 and 0."""
        if column not in self._numbers:
            self._numbers[column] = self._snapshot.numbers(column)[self._chosen]
        return self._numbers[column]

    def among(self, column: str, names: Iterable[str]) -> np.ndarray:
        """Whether a column's text is one of these names; missing text is none of them. Kept: not to be written in."""
        asked = column, frozenset(names)
        if asked not in self._among:
            place, values = self._snapshot.groups(column)
            wanted = np.array([value in asked[1] - {NOT_RECORDED} for value in values], dtype=bool)
            self._among[asked] = wanted[place[self._chosen]]
            self._among[asked].flags.writeable = False
        return self._among[asked]

    def at_level(self, domains: Iterable[str], level: str) -> np.ndarray:
        """Whether any of these domains is at this level of need or above; one that is not scored here never is."""
        scored = [name for name in domains if name in self._snapshot.needs.ids]
        lowest = getattr(self._snapshot.needs.cut_points, level)
        reached = [self.numbers(f"need_{name}") >= lowest for name in scored]
        return np.logical_or.reduce(reached) if reached else np.zeros(len(self), dtype=bool)

    def placed(self, places: tuple[str, ...] | None) -> np.ndarray:
        """Whether each child lives in one of these settings or kinds of home; None is any."""
        if places is None:
            return np.ones(len(self), dtype=bool)
        return self.among("setting", places) | self.among("setting_detail", places)


def facts_of(cohort: Cohort) -> ChildFacts:
    """What is recorded of the cohort's children; kept for as long as the cohort is."""
    if cohort not in _known:
        _known[cohort] = ChildFacts(cohort.snapshot, cohort.chosen)
    return _known[cohort]
