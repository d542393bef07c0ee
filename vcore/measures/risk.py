"""How many times as likely something is for some children as for others, and with other differences held apart.

An association on one day: it says nothing of why, and differences may reflect recording, access or age mix.
"""

from __future__ import annotations

from math import exp, log, nan, sqrt
from typing import NamedTuple

import numpy as np

from vcore.measures.intervals import Z95


class RiskRatio(NamedTuple):
    """A risk over another, with its 95% interval; NaN where either group is empty or has no case."""

    with_it: int
    without: int
    ratio: float
    low: float
    high: float


def risk_ratio(exposed: np.ndarray, other: np.ndarray, case: np.ndarray) -> RiskRatio:
    """The share of `exposed` children that are a `case`, over that of `other` children. Flags, one a child.

    95% interval: ratio × e^(±1.96 × √(1/a − 1/n₁ + 1/c − 1/n₀)), a of n₁ and c of n₀ being cases (Katz).
    """
    return stratified(exposed, other, case, np.zeros(len(case), dtype="int64"))


def stratified(exposed: np.ndarray, other: np.ndarray, case: np.ndarray, stratum: np.ndarray) -> RiskRatio:
    """The same with each stratum compared within itself, pooled as Mantel and Haenszel do.

    Ratio: Σ a n₀/n ÷ Σ c n₁/n over strata. Interval: Greenland and Robins' standard error of its logarithm,
    √(Σ (m n₁ n₀ − a c n)/n² ÷ (Σ a n₀/n × Σ c n₁/n)), m = a + c; with one stratum it is that of `risk_ratio`.
    """
    above = below = spread = 0.0
    for level in np.unique(stratum):
        here = stratum == level
        n1, n0 = int((here & exposed).sum()), int((here & other).sum())
        a, c = int((here & exposed & case).sum()), int((here & other & case).sum())
        n = n1 + n0
        if not n:
            continue
        above += a * n0 / n
        below += c * n1 / n
        spread += ((a + c) * n1 * n0 - a * c * n) / n**2
    sizes = int(exposed.sum()), int(other.sum())
    if not above or not below:
        return RiskRatio(*sizes, nan, nan, nan)
    ratio, error = above / below, sqrt(max(spread, 0.0) / (above * below))
    return RiskRatio(*sizes, ratio, exp(log(ratio) - Z95 * error), exp(log(ratio) + Z95 * error))
