"""A cohort: the children a filter picks from a snapshot, beside the base it was picked from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import pandas as pd

from vcore.facts.placements import SETTINGS
from vcore.store.filters import CohortFilter
from vcore.store.groups import Groups
from vcore.store.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Cohort:
    """Positions in a snapshot. `base` is everyone the reader may count, `chosen` those the filter keeps.

    `answers` is room for what was measured about it: it goes when the cohort goes.
    """

    filter: CohortFilter
    snapshot: Snapshot
    base: np.ndarray
    chosen: np.ndarray
    answers: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.chosen)

    @property
    def as_of(self):
        return self.snapshot.as_of

    @cached_property
    def _children(self) -> pd.DataFrame:
        if len(self.chosen) == len(self.snapshot.frame):
            return self.snapshot.frame
        return self.snapshot.frame.take(self.chosen).reset_index(drop=True)

    @property
    def children(self) -> pd.DataFrame:
        """One row a child, ordered by child id. Yours to change: copies are made on writing."""
        return self._children.copy(deep=False)

    def columns(self, *names: str) -> pd.DataFrame:
        """Some columns of `children`, without gathering all sixty."""
        return self.snapshot.frame[list(names)].take(self.chosen).reset_index(drop=True)

    def column(self, name: str) -> pd.Series:
        """One column of `children`."""
        return self.columns(name)[name]

    def numbers(self, column: str) -> np.ndarray:
        """One column of numbers, a float a child; NaN where there is none."""
        return self.snapshot.numbers(column)[self.chosen]

    def recorded(self, column: str) -> int:
        """How many children have a number in a column."""
        return int(np.count_nonzero(~np.isnan(self.numbers(column))))

    def groups(self, attribute: str) -> Groups:
        """The children by the values of an attribute (a column, or one in bands), also those that nobody here has."""
        every = self.snapshot.groups(attribute)
        return Groups(every.place[self.chosen], every.values)

    @cached_property
    def settings(self) -> np.ndarray:
        """Each child's setting, as its place in `vcore.facts.placements.SETTINGS`."""
        return self.snapshot.settings[self.chosen]

    def lives_in(self, setting: str) -> np.ndarray:
        """Which children live in one of `vcore.facts.placements.SETTINGS`."""
        return self.settings == SETTINGS.index(setting)

    @cached_property
    def scores(self) -> np.ndarray:
        """The latest scores, children × domains; NaN rows without an assessment."""
        return self.snapshot.scores[self.chosen]

    @cached_property
    def everyone_else(self) -> Cohort:
        """The rest of the base."""
        rest = np.setdiff1d(self.base, self.chosen, assume_unique=True)
        return Cohort(self.filter, self.snapshot, self.base, rest)

    @cached_property
    def whole_base(self) -> Cohort:
        """All of the base: one for all cohorts picked from it, so that it is measured once and not with each."""
        mine = Cohort(CohortFilter(), self.snapshot, self.base, self.base)
        return _WHOLE_BASES.setdefault((id(self.snapshot), id(self.base)), mine)


# a whole base holds its snapshot and its array, so while it is here their ids are nobody else's
_WHOLE_BASES: WeakValueDictionary[tuple[int, int], Cohort] = WeakValueDictionary()
