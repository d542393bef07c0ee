"""Needs assessments over time: about every six months, walked backwards from the latest one.

The latest scores of a present child are today's and are never touched here. Earlier ones drift by a few
points; a small share of children have risen or fallen by more. Every assessment lies inside its period.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import RECORDS_START, days_between
from vcore.demo.people import RESIDENTIAL
from vcore.demo.shares import highest
from vcore.facts.codes import FOSTER_SUITABILITIES

EVERY_DAYS, MOST = 183, 13
STALE_SHARE, STALE_DAYS = 0.07, 183
ROSE, FELL = 0.15, 0.10  # chance that a domain has moved a point up, or down, since the review before
JUMPED_SHARE, DROPPED_SHARE = 0.07, 0.06
LEADERS = 240  # assessors in a cohort of any size
# The view of fostering for children in homes, from least need to most; "" is not recorded.
_SUITABILITY = {"preferred": 0.09, "suitable": 0.37, "not known": 0.17, "": 0.20, "unsuitable": 0.17}


def assessments(rng: np.random.Generator, periods: pd.DataFrame, latest: np.ndarray) -> pd.DataFrame:
    """Every assessment, by period, newest first, with its scores in columns 0–12.

    `latest` holds each period's last scores (periods × 13). Columns besides the scores: `period`, `child`,
    `on`, `newest`, `leader` and `suitability` (position in `FOSTER_SUITABILITIES`, -1 not recorded).
    """
    start, until = (periods[name].to_numpy().astype("M8[D]") for name in ("start", "until"))
    newest_on = until - _age_of_latest(rng, days_between(start, until))
    first_on = np.maximum(start, RECORDS_START)
    kept = newest_on >= first_on
    room = np.maximum(days_between(first_on, newest_on), 0)
    settled = first_on + rng.integers(5, 36, len(periods))  # the first comes a few weeks after care starts
    count = np.where(kept, 1 + np.minimum((room + EVERY_DAYS - 60) // EVERY_DAYS, MOST - 1), 0)
    period = np.repeat(np.arange(len(periods)), count)
    newest = np.append(True, period[1:] != period[:-1])
    position = np.arange(len(period)) - np.flatnonzero(newest)[np.cumsum(newest) - 1]
    sway = rng.integers(-14, 15, len(period)) * ~newest
    on = newest_on[period] - EVERY_DAYS * position + sway
    scores = _walked_back(rng, latest[period], newest, position)
    suitability = _suitability(rng, periods["where"].to_numpy(), latest)[period]
    frame = pd.DataFrame(scores)
    return frame.assign(
        period=period,
        child=periods["child"].to_numpy()[period],
        on=np.where(newest, on, np.maximum(on, settled[period])),
        newest=newest,
        leader=rng.integers(0, LEADERS, len(period)),
        suitability=np.where((position < 3) | (rng.random(len(period)) < 0.5), suitability, -1),
    )


def shaken(rng: np.random.Generator, scores: np.ndarray) -> np.ndarray:
    """Scores like these, a point more or less here and there."""
    return np.clip(scores + rng.choice([-1, 0, 1], scores.shape, p=[0.3, 0.5, 0.2]), 0, 10).astype(
        scores.dtype
    )


def _age_of_latest(rng: np.random.Generator, stay: np.ndarray) -> np.ndarray:
    """Days since the latest assessment: within six months for most, older for a known few."""
    n = len(stay)
    days = rng.integers(2, STALE_DAYS - 4, n)
    stale = highest(rng.random(n), stay > 2 * STALE_DAYS, round(STALE_SHARE * n))
    days = np.where(stale, STALE_DAYS + 1 + rng.exponential(55, n).astype("int64"), days)
    return np.clip(days, 0, np.maximum(stay - rng.integers(5, 36, n), 0))


def _walked_back(
    rng: np.random.Generator, latest: np.ndarray, newest: np.ndarray, position: np.ndarray
) -> np.ndarray:
    """Scores of every assessment: the latest less the steps taken since."""
    steps = rng.choice(np.array([-1, 0, 1], "int8"), latest.shape, p=[FELL, 1 - ROSE - FELL, ROSE])
    jumped = np.flatnonzero((position == 1) & (rng.random(len(position)) < JUMPED_SHARE + DROPPED_SHARE))
    rise = np.where(rng.random(len(jumped)) < JUMPED_SHARE / (JUMPED_SHARE + DROPPED_SHARE), 1, -1)
    steps[jumped] += (rise[:, None] * (rng.random((len(jumped), latest.shape[1])) < 0.75)).astype("int8")
    steps[newest] = 0
    walked = np.cumsum(steps, axis=0, dtype="int32")
    since_latest = walked - walked[newest][np.cumsum(newest) - 1]
    return np.clip(latest - since_latest, 0, 10).astype("uint8")


def _suitability(rng: np.random.Generator, where: np.ndarray, latest: np.ndarray) -> np.ndarray:
    """The professional view of fostering for each period that ends in a home; higher need, less often suitable."""
    views = np.full(len(where), -1)
    homes = np.flatnonzero(RESIDENTIAL[where])
    leaning = latest[homes].sum(axis=1) / 60 + rng.standard_normal(len(homes))
    rank = leaning.argsort(kind="stable").argsort(kind="stable") / max(len(homes), 1)
    order = [FOSTER_SUITABILITIES.index(view) if view else -1 for view in _SUITABILITY]
    views[homes] = np.array(order)[np.digitize(rank, np.cumsum(list(_SUITABILITY.values()))[:-1])]
    return views
