"""What explains cost: the weekly cost expected from need alone, from market facts alone, and from both.

Every expectation is out of fold: a child's own cost never helps to predict it. Sex, ethnicity, disability, age,
religion and unaccompanied status are never inputs: only the columns in `MARKET` and the scores are read. An
association, not a cause; a gap between cost and expectation is a question about a placement, never a saving.
Why this model: docs/decisions/0006-cost-model.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.measures.intervals import Z95
from vcore.store import NOT_RECORDED

MARKET: Final = ("setting_detail", "provider", "provider_region", "sourced")
NEED, MARKET_FACTS, BOTH = "need", "market", "both"
KNOWN = (NEED, MARKET_FACTS, BOTH)
FOLDS = 5
SEED = 20260331


@dataclass(frozen=True, eq=False)
class CostModel:
    """What each kind of knowledge says a week should cost; arrays in the order of the snapshot's rows.

    `n` children with a cost and an assessment were learned from; everybody else's expectation is NaN, and
    everybody's is when there are too few. £ a week, gross. `explained` has a row for each of `KNOWN`: `known`,
    `share` of the differences in cost explained (R², out of fold; under 0 where it says less than the mean
    does), `low` and `high` (95%). `need_adds` is what need explains beyond market
    facts: share, low, high. Shared between readers: never change it.
    """

    n: int
    expected_from_need: np.ndarray
    expected_from_market: np.ndarray
    expected_from_both: np.ndarray
    explained: pd.DataFrame
    need_adds: tuple[float, float, float]


def fit(frame: pd.DataFrame, scores: np.ndarray) -> CostModel:
    """Learns from all children of a snapshot who have a cost and an assessment.

    `frame` is its rows (`weekly_cost_gbp` and `MARKET` are read), `scores` the matrix beside it. The same
    children give the same answer, always. At national size some seconds: never on the way to a first screen.
    """
    cost = frame["weekly_cost_gbp"].to_numpy("float64")
    learned = ~np.isnan(cost) & ~np.isnan(scores).any(axis=1)
    n = int(learned.sum())
    if n < value("smallest_n_for_model"):
        nothing = np.full(len(frame), np.nan)
        explained = pd.DataFrame({"known": KNOWN, "share": np.nan, "low": np.nan, "high": np.nan})
        return CostModel(n, nothing, nothing, nothing, explained, (np.nan, np.nan, np.nan))
    market = frame.loc[learned, list(MARKET)].astype("str").fillna(NOT_RECORDED).to_numpy(dtype=object)
    expected = _out_of_fold(scores[learned], market, cost[learned])
    away = (cost[learned] - cost[learned].mean()) ** 2
    missed = {known: (cost[learned] - expected[known]) ** 2 for known in KNOWN}
    explained = pd.DataFrame([(known, *_explained(missed[known], away)) for known in KNOWN])
    rows = {known: _spread(expected[known], learned) for known in KNOWN}
    return CostModel(
        n,
        expected_from_need=rows[NEED],
        expected_from_market=rows[MARKET_FACTS],
        expected_from_both=rows[BOTH],
        explained=explained.set_axis(["known", "share", "low", "high"], axis="columns"),
        need_adds=_explained(away + missed[BOTH] - missed[MARKET_FACTS], away),
    )


def _out_of_fold(scores: np.ndarray, market: np.ndarray, cost: np.ndarray) -> dict[str, np.ndarray]:
    """Each child's expected cost, learned from the four fifths of children that the child is not among."""
    from sklearn.model_selection import KFold  # slow to import: only once somebody asks
    from sklearn.preprocessing import TargetEncoder
    from threadpoolctl import threadpool_limits

    expected = {known: np.empty(len(cost)) for known in KNOWN}
    folds = KFold(FOLDS, shuffle=True, random_state=SEED)
    with threadpool_limits(1):  # the other cores are for those who wait for a screen
        for seen, kept in folds.split(cost):
            encoder = TargetEncoder(target_type="continuous", cv=folds)  # pyright: ignore[reportArgumentType]
            facts = encoder.fit_transform(market[seen], cost[seen]), encoder.transform(market[kept])
            needs = scores[seen], scores[kept]
            inputs = {
                NEED: needs,
                MARKET_FACTS: facts,
                BOTH: [np.hstack(pair) for pair in zip(needs, facts, strict=True)],
            }
            for known, (before, now) in inputs.items():
                expected[known][kept] = _learn_and_expect(before, cost[seen], now)
    return expected


def _learn_and_expect(before: np.ndarray, cost: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Many small trees, each correcting the last; never below the cheapest nor above the dearest seen."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    trees = HistGradientBoostingRegressor(
        max_iter=60,
        learning_rate=0.1,
        max_leaf_nodes=4,
        min_samples_leaf=40,
        early_stopping=False,  # pyright: ignore[reportArgumentType]
        random_state=SEED,
    )
    return np.clip(trees.fit(before, cost).predict(now), cost.min(), cost.max())


def _explained(missed: np.ndarray, away: np.ndarray) -> tuple[float, float, float]:
    """1 − Σ missed ÷ Σ away from the mean (both squared), and its 95% interval: how much each child moves it."""
    if not away.sum() > 0:
        return np.nan, np.nan, np.nan
    left = missed.sum() / away.sum()
    wide = Z95 * np.sqrt(((missed - left * away) ** 2).sum()) / away.sum()
    return float(1 - left), float(1 - left - wide), float(1 - left + wide)


def _spread(expected: np.ndarray, learned: np.ndarray) -> np.ndarray:
    rows = np.full(len(learned), np.nan)
    rows[learned] = expected
    return rows
