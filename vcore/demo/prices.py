"""Today's weekly costs: one descending curve for the whole cohort, dealt to children by rank.

The curve carries every published tail figure, so dealing cannot move them; fitting only shifts who
stands where until setting means, the plan and exclusion gaps and the correlation with need are right.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from vcore.demo.homes import SEVERE
from vcore.demo.people import PUBLISHED_CHILDREN, RESIDENTIAL, WHERE
from vcore.demo.shares import highest
from vcore.facts.placements import COSTED

CAP_GBP, ABOVE_CAP_GBP, TOTAL_GBP = 5_000, 667_300, 4_722_000
TOP_SHARES = ((0.01, 0.110), (0.05, 0.3215), (0.10, 0.5085))  # share of children, share of spend
UNCOSTED_SHARE = 171 / PUBLISHED_CHILDREN

MEAN_GBP = {  # the rest share what the total leaves
    "in_house_fostering": 460,
    "independent_fostering": 1200,
    "other_authority_fostering": 600,
    "in_house_residential": 3300,
    "private_residential": 5400,
    "specialist_residential": 1400,
    "semi_independent": 1400,
    "unregistered": 8000,
}
SPREAD = {  # of log cost within a setting
    "in_house_fostering": 0.3,
    "independent_fostering": 0.3,
    "semi_independent": 0.45,
    "in_house_residential": 0.33,
    "private_residential": 0.55,
    "specialist_residential": 0.33,
}
USUAL_SPREAD = 0.4
GAPS_GBP = np.array([900, 1200, 3650])  # plan or none; excluded or not; homes without severe need or agency
CORRELATION = 0.228
STEPS = np.array([3e-4, 3e-4, 8e-5])
PASSES = 90


def curve(children: int, costed: int) -> np.ndarray:
    """Weekly costs in whole pounds, dearest first, for the costed children of a cohort."""
    scale = children / PUBLISHED_CHILDREN
    top, shares = zip(*TOP_SHARES, strict=True)
    one, five, ten = (math.ceil(share * children - 1e-9) for share in top)
    to_one, to_five, to_ten = (share * TOTAL_GBP * scale for share in shares)
    capped, dear, middle = (round(share * children) for share in (0.06945, 0.169, 0.43))
    to_capped = to_five + CAP_GBP * (capped - five) + ABOVE_CAP_GBP * scale - (to_five - CAP_GBP * five)
    to_dear = to_ten + 2_520 * (dear - ten)
    to_middle = TOTAL_GBP * scale - 447 * (costed - middle)
    knots = [  # number of children down to here, their total cost, dearest and cheapest of the stretch
        (one, to_one, 34_000, 10_400),
        (five, to_five, 10_400, 6_000),
        (capped, to_capped, 6_000, CAP_GBP),
        (ten, to_ten, CAP_GBP - 10, 4_400),
        (dear, to_dear, 4_400, 2_005),
        (middle, to_middle, 1_995, 700),
        (costed, TOTAL_GBP * scale, 700, 190),
    ]
    pieces, done, spent = [], 0, 0.0
    for count, total, high, low in knots:
        pieces.append(_piece(count - done, total - spent, high, low))
        done, spent = count, total
    return np.rint(np.concatenate(pieces))


def _piece(count: int, total: float, high: float, low: float) -> np.ndarray:
    """`count` costs falling from high to low along the power law whose sum is `total`."""
    if count <= 0:
        return np.empty(0)
    steps = (np.arange(count) + 0.5) / count
    gentle, steep = -4.0, 4.0  # bisection on the logarithm of the exponent
    for _ in range(50):
        middle = (gentle + steep) / 2
        costs = low + (high - low) * (1 - steps) ** math.exp(middle)
        gentle, steep = (middle, steep) if costs.sum() > total else (gentle, middle)
    return costs


def costs_today(rng: np.random.Generator, people: pd.DataFrame, scores: np.ndarray) -> np.ndarray:
    """Weekly cost of each child in whole pounds; NaN for the children without one."""
    costed = ~_without_cost(rng, people)
    costs = np.full(len(people), np.nan)
    costs[costed] = _dealt(rng, people[costed], scores[costed], curve(len(people), costed.sum()))
    return costs


def _without_cost(rng: np.random.Generator, people: pd.DataFrame) -> np.ndarray:
    """With parents, placed for adoption, and a few whose in-house or supported placement has no price yet."""
    never = np.array([not COSTED[where] for where in WHERE])[people["where"]]
    missing = round(UNCOSTED_SHARE * len(people)) - never.sum()
    might = np.isin(people["where"], [WHERE.index("in_house_fostering"), WHERE.index("semi_independent")])
    return never | highest(rng.random(len(people)), might, missing)


def _dealt(
    rng: np.random.Generator, people: pd.DataFrame, scores: np.ndarray, falling: np.ndarray
) -> np.ndarray:
    where, n = people["where"].to_numpy(), len(people)
    counts = np.bincount(where, minlength=len(WHERE))
    aims = np.array([MEAN_GBP.get(name, 0.0) for name in WHERE])
    rest = (aims == 0) & (counts > 0)
    aims[rest] = max(falling.sum() - aims @ counts, 500.0) / max(counts[rest].sum(), 1)
    spread = np.array([SPREAD.get(name, USUAL_SPREAD) for name in WHERE])
    noise = spread[where] * np.clip(rng.standard_normal(n), -1.5, 2.0)
    totals = scores.sum(axis=1)
    ehcp, excluded = people["ehcp"].to_numpy(), people["excluded"].to_numpy()
    mild_in_homes = RESIDENTIAL[where] & (scores.max(axis=1) < SEVERE)
    agency = where == WHERE.index("independent_fostering")
    traits = np.column_stack(
        [ehcp == 1, excluded == 1, mild_in_homes, (totals - totals.mean()) / totals.std()]
    )
    places = np.log(np.maximum(aims, 1.0))
    weights = np.array([0.2, 0.2, 0.0, -0.1])
    costs = np.empty(n)
    # ever smaller steps, since one child more or less at the end must not swing a setting's mean
    for rate in np.linspace(1.0, 0.1, PASSES):
        key = places[where] + noise + traits @ weights
        costs[np.argsort(-key, kind="stable")] = falling
        means = np.bincount(where, costs, len(WHERE)) / np.maximum(counts, 1)
        places += 0.6 * rate * np.log(np.where(means > 0, aims, 1) / np.where(means > 0, means, 1))
        gaps = np.array(
            [
                _gap(costs, ehcp == 1, ehcp == 0),
                _gap(costs, excluded == 1, excluded == 0),
                _gap(costs, mild_in_homes, agency),
            ]
        )
        weights[:3] += rate * STEPS * (GAPS_GBP - gaps)
        weights[3] += 0.5 * rate * (CORRELATION - np.corrcoef(totals, costs)[0, 1])
    return costs


def _gap(costs: np.ndarray, some: np.ndarray, others: np.ndarray) -> float:
    """Mean cost of some children, less that of others."""
    return costs[some].mean() - costs[others].mean()
