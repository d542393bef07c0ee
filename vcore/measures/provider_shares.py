"""What of each group's cost goes to which outside provider: whether a figure is one provider's price.

For those who see no provider by name: only sums leave here.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from vcore.measures.providers import outside_provider
from vcore.store import Cohort, Snapshot

_CODES: WeakKeyDictionary[Snapshot, tuple[np.ndarray, int]] = WeakKeyDictionary()


class OutsideCosts(NamedTuple):
    """Weekly £ of each value of an attribute: by outside provider (values × providers), and in all."""

    values: tuple[Any, ...]
    by_provider: np.ndarray
    total: np.ndarray

    @property
    def shares(self) -> list[float]:
        """Each outside provider's share (0–1) of all of the cost; empty where there is none."""
        total = self.total.sum()
        return (self.by_provider.sum(axis=0) / total).tolist() if total > 0 else []


def outside_costs(cohort: Cohort, attribute: str) -> OutsideCosts:
    """The cohort's cost by an attribute (a column, or one in bands) and outside provider."""
    group, values = cohort.groups(attribute)
    return outside_costs_of(cohort, np.arange(len(cohort)), group, values)


def outside_costs_of(
    cohort: Cohort, children: np.ndarray, group: np.ndarray, values: tuple[Any, ...]
) -> OutsideCosts:
    """The cost of some `children` of the cohort, by their places in it; `group`: the place in `values` of each."""
    codes, size = outside_codes(cohort.snapshot)
    cost = np.nan_to_num(cohort.numbers("weekly_cost_gbp")[children])
    whose = codes[cohort.chosen[children]]
    outside = whose >= 0
    cells = np.bincount(
        group[outside] * size + whose[outside], weights=cost[outside], minlength=len(values) * size
    )
    total = np.bincount(group, weights=cost, minlength=len(values))
    return OutsideCosts(values, cells.reshape(len(values), size), total)


def outside_codes(snapshot: Snapshot) -> tuple[np.ndarray, int]:
    """Which outside provider is paid for each child, −1 for none, and how many there are; once a snapshot."""
    if snapshot not in _CODES:
        codes, names = pd.factorize(outside_provider(snapshot.frame))
        _CODES[snapshot] = codes, len(names)
    return _CODES[snapshot]
