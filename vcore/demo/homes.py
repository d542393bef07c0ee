"""What is known exactly about scores in residential care, put in place child by child.

Published: 273 of 539 without a severe need, 88 with a total of 24 or less, totals from 0 to 118. The nearest
children are moved by as few points as it takes; everything else about scores is the fit's business.
"""

from __future__ import annotations

import numpy as np

from vcore.demo.people import PUBLISHED_CHILDREN
from vcore.facts.domains import DEFAULT_CUT_POINTS

SEVERE = DEFAULT_CUT_POINTS.severe
IN_HOMES, WITHOUT_SEVERE, WITH_LOW_TOTAL = 539, 273, 88
LOW_TOTAL, HIGHEST_TOTAL = 24, 118


def pin(scores: np.ndarray, strength: np.ndarray, children: int) -> np.ndarray:
    """Scores (homes × domains) with the exact facts in place, for a cohort of `children`.

    `strength` is what each score was stepped from: it ranks children whose scores tie.
    """
    scale = children / PUBLISHED_CHILDREN
    mild = round(WITHOUT_SEVERE * scale)
    by_peak = np.argsort(strength.max(axis=1), kind="stable")
    scores = scores.copy()
    scores[by_peak[:mild]] = np.minimum(scores[by_peak[:mild]], SEVERE - 1)
    severe = by_peak[mild:]
    peak = strength[severe].argmax(axis=1)
    scores[severe, peak] = np.maximum(scores[severe, peak], SEVERE)
    _set_extremes(scores, by_peak, mild)
    _set_low_totals(scores, strength, round(WITH_LOW_TOTAL * scale))
    return scores


def _set_extremes(scores: np.ndarray, by_peak: np.ndarray, mild: int) -> None:
    """The child with least need has none; the one with most has 118 points; nobody has more."""
    if not 0 < mild < len(scores):
        return
    totals = scores.sum(axis=1)
    over = totals >= HIGHEST_TOTAL
    scores[over] = scores[over] * (HIGHEST_TOTAL - 1) // totals[over, None]
    scores[by_peak[:mild][totals[by_peak[:mild]].argmin()]] = 0
    most, spare = divmod(HIGHEST_TOTAL, scores.shape[1])
    scores[by_peak[mild:][totals[by_peak[mild:]].argmax()]] = most + (np.arange(scores.shape[1]) < spare)


def _set_low_totals(scores: np.ndarray, strength: np.ndarray, count: int) -> None:
    """Exactly `count` totals of 24 or less, one point at a time, never touching the child's peak."""
    order = np.lexsort((strength.sum(axis=1), scores.sum(axis=1)))
    low, high = order[:count], order[count:]
    while len(over := low[scores[low].sum(axis=1) > LOW_TOTAL]):
        scores[over, np.argsort(scores[over], axis=1)[:, -2]] -= 1
    while len(under := high[scores[high].sum(axis=1) <= LOW_TOTAL]):
        scores[under, scores[under].argmin(axis=1)] += 1
