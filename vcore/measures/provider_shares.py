"""What of each group's cost goes to which outside provider: whether a figure is one provider's price.

For those who see no provider by name: only sums leave here.
"""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from vcore.measures.providers import outside_provider
from vcore.store import Cohort, Snapshot

_CODES: WeakKeyDictionary[Snapshot, tuple[np.ndarray, int]] = WeakKeyDictionary()


class OutsideCosts(NamedTuple):
    """Weekly £ of each value of an attribute: by outside provider (values × providers), and in all."""

    values: tuple[str, ...]
    by_provider: np.ndarray
    total: np.ndarray


def outside_costs(cohort: Cohort, attribute: str) -> OutsideCosts:
    """The cohort's cost by an attribute (a column, or one in bands) and outside provider."""
    codes, size = outside_codes(cohort.snapshot)
    group, values = cohort.groups(attribute)
    cost = np.nan_to_num(cohort.numbers("weekly_cost_gbp"))
    whose = codes[cohort.chosen]
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
