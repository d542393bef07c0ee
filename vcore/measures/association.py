"""Whether cost follows need: the correlation of total need with weekly cost, and how sure it is.

Over children with a cost and an assessment. An association between children of one day: it says nothing of
what happens to a child's cost when need changes, and nothing of why.
"""

from __future__ import annotations

from math import atanh, inf, nan, sqrt, tanh
from typing import NamedTuple

import numpy as np

from vcore.facts.assumptions import value
from vcore.measures.intervals import Z95
from vcore.store import Cohort


class Association(NamedTuple):
    """Pearson's r with its 95% interval, and Spearman's rank r, over n children.

    All NaN where there are too few children for a correlation, or where all need or all cost is the same.
    """

    n: int
    r: float
    low: float
    high: float
    rank_r: float

    @property
    def r_squared(self) -> float:
        """Share (0–1) of the differences in cost that a straight line through need accounts for."""
        return self.r**2


def need_and_cost(cohort: Cohort) -> tuple[np.ndarray, np.ndarray]:
    """Total need (points) and weekly cost (£) of each child; NaN where not known."""
    return cohort.numbers("need_total"), cohort.numbers("weekly_cost_gbp")


def known_need_and_cost(cohort: Cohort) -> tuple[np.ndarray, np.ndarray]:
    """`need_and_cost` of the children who have both."""
    need, cost = need_and_cost(cohort)
    both = ~(np.isnan(need) | np.isnan(cost))
    return need[both], cost[both]


def of_cohort(cohort: Cohort) -> Association:
    """How cost goes with need in a cohort."""
    return association(*known_need_and_cost(cohort))


def association(need: np.ndarray, cost: np.ndarray) -> Association:
    """How two quantities without gaps go together. The interval is Fisher's; ties share their mean rank."""
    n = len(need)
    r = correlation(need, cost)
    if np.isnan(r):
        return Association(n, nan, nan, nan, nan)
    return Association(n, r, *_interval(r, n), correlation(_ranks(need), _ranks(cost)))


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Pearson's r (−1 to 1); NaN for too few children, or where all of either are the same."""
    if len(first) < value("smallest_n_for_correlation"):
        return nan
    a, b = first - first.mean(), second - second.mean()
    spread = sqrt(float((a * a).sum())) * sqrt(
        float((b * b).sum())
    )  # `@` wakes threads that stand in each other's way
    same = (first == first[0]).all() or (second == second[0]).all()
    return nan if same or not spread > 0 else float(np.clip((a * b).sum() / spread, -1, 1))


def _interval(r: float, n: int) -> tuple[float, float]:
    centre = atanh(r) if abs(r) < 1 else r * inf
    half = Z95 / sqrt(n - 3)
    return tanh(centre - half), tanh(centre + half)


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1, the mean of the ranks they fill for equal values."""
    order = np.argsort(values)
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sizes = np.diff(np.append(starts, len(values)))
    ranks = np.empty(len(values))
    ranks[order] = np.repeat(starts + (sizes + 1) / 2, sizes)
    return ranks
