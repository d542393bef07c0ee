"""From scores to totals, levels, severe counts and need bands: the one home of these formulas.

Every function takes a matrix of scores, rows × domains in the `NeedModel`'s order, as floats with whole
NaN rows where a child has no assessment. Nothing here knows what the domains are called, and nothing here
decides about a child. Source: CCN/IMPOWER 2023 (scale, need present at 1 or more); cut-points are ours.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.domains import CutPoints, NeedModel

BANDS = ("standard", "enhanced", "complex")


class BandRule(NamedTuple):
    """Where the fee bands end, in domains at a level.

    Standard: no more severe or moderate domains than its two limits. Enhanced: otherwise, no more severe
    domains than its limit. Complex: everything else. Every assessed profile falls in exactly one band.
    Source: Norfolk's published foster fees, with its gap (one severe, fewer than three moderate) put in
    the middle band.
    """

    standard_max_severe: int = 0
    standard_max_moderate: int = 2
    enhanced_max_severe: int = 1


class TotalRule(NamedTuple):
    """Where the fee bands end in points of total need. Complex is everything above the second."""

    standard_max_total: int
    enhanced_max_total: int


def total(scores: np.ndarray) -> np.ndarray:
    """Sum of all domains, points; NaN without an assessment."""
    return scores.sum(axis=1)


def levels(scores: np.ndarray, cuts: CutPoints) -> np.ndarray:
    """Each score's level: 0 none, 1 minor, 2 moderate, 3 severe; −1 without an assessment. rows × domains."""
    found = np.searchsorted([cuts.minor, cuts.moderate, cuts.severe], np.nan_to_num(scores), side="right")
    return np.where(np.isnan(scores), -1, found)


def count_at_least(scores: np.ndarray, score: int) -> np.ndarray:
    """How many domains score this or more; NaN without an assessment."""
    return np.where(np.isnan(scores).any(axis=1), np.nan, (scores >= score).sum(axis=1))


def severe_count(scores: np.ndarray, cuts: CutPoints) -> np.ndarray:
    """How many domains are severe and complex; NaN without an assessment."""
    return count_at_least(scores, cuts.severe)


def moderate_count(scores: np.ndarray, cuts: CutPoints) -> np.ndarray:
    """How many domains are at exactly the moderate level; NaN without an assessment."""
    return count_at_least(scores, cuts.moderate) - count_at_least(scores, cuts.severe)


def prevalence(scores: np.ndarray, cuts: CutPoints) -> np.ndarray:
    """Share (0–1) of assessed children with any need in each domain; NaN where nobody is assessed."""
    return _mean(scores >= cuts.minor, ~np.isnan(scores))


def depth(scores: np.ndarray) -> np.ndarray:
    """Mean of the non-zero scores in each domain, points; NaN where there are none."""
    return _mean(np.nan_to_num(scores), np.nan_to_num(scores) > 0)


def _mean(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    n = counted.sum(axis=0)
    sums = np.where(counted, values, 0).sum(axis=0)
    return np.divide(sums, n, out=np.full(n.shape, np.nan), where=n > 0)


def band(scores: np.ndarray, cuts: CutPoints, rule: BandRule | None = None) -> np.ndarray:
    """Each child's need band as its index in `BANDS`; −1 without an assessment."""
    rule = rule or BandRule()
    severe, moderate = severe_count(scores, cuts), moderate_count(scores, cuts)
    standard = (severe <= rule.standard_max_severe) & (moderate <= rule.standard_max_moderate)
    found = np.where(standard, 0, np.where(severe <= rule.enhanced_max_severe, 1, 2))
    return np.where(np.isnan(severe), -1, found)


def band_by_total(scores: np.ndarray, rule: TotalRule) -> np.ndarray:
    """Each child's need band by total need, as its index in `BANDS`; −1 without an assessment."""
    summed = total(scores)
    found = np.searchsorted(rule, np.nan_to_num(summed), side="left")
    return np.where(np.isnan(summed), -1, found)


def stale(assessment_age_days: np.ndarray, limit_days: float) -> np.ndarray:
    """Whether the latest assessment is older than the limit; False where there is none (NaN)."""
    return assessment_age_days > limit_days


def score_columns(scores: np.ndarray, needs: NeedModel) -> dict[str, pd.Series]:
    """`need_<domain>`, `need_total` and `severe_count` as nullable whole numbers, in this order."""
    by_domain = {name: scores[:, index] for index, name in enumerate(needs.columns)}
    summed = {"need_total": total(scores), "severe_count": severe_count(scores, needs.cut_points)}
    return {name: whole_numbers(values) for name, values in (by_domain | summed).items()}


def whole_numbers(values: np.ndarray) -> pd.Series:
    """Floats that hold whole numbers or NaN, as nullable integers."""
    missing = np.isnan(values)
    return pd.Series(pd.arrays.IntegerArray(np.where(missing, 0, values).astype("int64"), missing))
