"""How much more or less a cohort needs than another, domain by domain.

Two cohorts may share children, as all children and a part of them do; their means then move together, and the
interval says so. Cohorts of two dates are taken as different children: their intervals are a little too wide.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.measures.intervals import Z95
from vcore.store import Cohort


def by_domain(cohort: Cohort, other: Cohort) -> pd.DataFrame:
    """One row a domain, the largest gap first; by the cohort's own mean where nobody else is assessed.

    Columns: `domain`, `label`; `assessed`, `mean` and `other_assessed`, `other_mean` (points); `gap` = mean −
    other mean, with its 95% interval `low` and `high`: gap ± 1.96 × √(s₁²/n₁ + s₂²/n₂ − 2 m s₁₂/(n₁ n₂)), m the
    children in both and s₁₂ the covariance of their scores. NaN where a side has fewer than two children.
    Only domains that both cohorts' councils score are compared.
    """
    needs, others = cohort.snapshot.needs, other.snapshot.needs
    shared = [place for place, domain in enumerate(needs.ids) if domain in others.ids]
    theirs = [others.ids.index(needs.ids[place]) for place in shared]
    here, there = _assessed(cohort.scores)[:, shared], _assessed(other.scores)[:, theirs]
    mean, other_mean = _mean(here), _mean(there)
    gap = mean - other_mean
    reach = Z95 * np.sqrt(_variance(cohort, other, here, there, shared))
    table = pd.DataFrame(
        {
            "domain": [needs.ids[place] for place in shared],
            "label": [needs.domains[place].label for place in shared],
            "assessed": len(here),
            "mean": mean,
            "other_assessed": len(there),
            "other_mean": other_mean,
            "gap": gap,
            "low": gap - reach,
            "high": gap + reach,
        }
    )
    order = "mean" if np.isnan(gap).all() else "gap"
    return table.sort_values(order, ascending=False, kind="stable", ignore_index=True)


def _variance(
    cohort: Cohort, other: Cohort, here: np.ndarray, there: np.ndarray, shared: list[int]
) -> np.ndarray:
    """The squared standard error of each gap."""
    if min(len(here), len(there)) < 2:
        return np.full(len(shared), np.nan)
    found = here.var(axis=0, ddof=1) / len(here) + there.var(axis=0, ddof=1) / len(there)
    if cohort.snapshot is not other.snapshot:
        return found
    both = np.intersect1d(cohort.chosen, other.chosen, assume_unique=True)
    scores = _assessed(cohort.snapshot.scores[both])[:, shared]
    together = ((scores - here.mean(axis=0)) * (scores - there.mean(axis=0))).sum(axis=0)
    return np.maximum(found - 2 * together / (len(here) * len(there)), 0.0)


def _assessed(scores: np.ndarray) -> np.ndarray:
    return scores[~np.isnan(scores).any(axis=1)]


def _mean(scores: np.ndarray) -> np.ndarray:
    return scores.mean(axis=0) if len(scores) else np.full(scores.shape[1], np.nan)
