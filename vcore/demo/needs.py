"""Today's scores: one log-linear model, fitted until group means match the published picture.

A score is a saturating step of exp(effects of the groups a child belongs to + the child's own factor +
noise by domain). All noise is drawn once; fitting only moves the effects, so the same seed always ends at
the same scores. Works in the thirteen published domains, 0 to 10; `projected` maps them to a council's own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.homes import IN_HOMES, LOW_TOTAL, WITH_LOW_TOTAL, pin
from vcore.demo.people import RESIDENTIAL, WHERE
from vcore.demo.picture import DOMAINS, HOME_LEANING, LEVELS, NOISE, SHARE_MODERATE, TOTALS, Block, blocks
from vcore.facts.domains import DEFAULT_CUT_POINTS, NeedModel

MAXIMUM = 10
MODERATE = DEFAULT_CUT_POINTS.moderate
PASSES, DAMPING = 45, 0.6
FACTOR_SPREAD, FACTOR_SPREAD_IN_HOMES = 0.55, 0.5
LOW_SHARE = WITH_LOW_TOTAL / IN_HOMES


def scores_today(rng: np.random.Generator, people: pd.DataFrame) -> np.ndarray:
    """Whole scores 0–10 in the published domains (children × 13)."""
    children = len(people)
    groups = blocks(people)
    memberships = np.hstack([np.eye(len(block.ratios))[block.codes] for block in groups])
    homes = RESIDENTIAL[people["where"]]
    factor = people["factor"].to_numpy()[:, None]
    noise = NOISE * rng.standard_normal((children, len(DOMAINS))) + HOME_LEANING * homes[:, None]
    effects, level = np.zeros((memberships.shape[1], len(DOMAINS))), np.log(LEVELS)
    spread_in_homes = FACTOR_SPREAD_IN_HOMES
    scores = np.zeros((children, len(DOMAINS)), "int64")
    for _ in range(PASSES):
        spread = np.where(homes, spread_in_homes, FACTOR_SPREAD)[:, None]
        strength = np.exp(memberships @ effects + level + spread * factor + noise)
        scores = _stepped(strength)
        low_share = np.mean(scores[homes].sum(axis=1) <= LOW_TOTAL)
        scores[homes] = pin(scores[homes], strength[homes], children)
        effects += DAMPING * _group_corrections(groups, memberships, scores)
        level += DAMPING * _level_corrections(people, scores)
        spread_in_homes *= np.exp(LOW_SHARE - low_share)
    return scores


def projected(scores: np.ndarray, needs: NeedModel) -> np.ndarray:
    """The published scores as a council's own: same domain, same score; a domain of its own borrows another's."""
    borrowed = [
        DOMAINS.index(domain) if domain in DOMAINS else position % len(DOMAINS)
        for position, domain in enumerate(needs.ids)
    ]
    return np.rint(scores[:, borrowed] * (needs.maximum / MAXIMUM)).astype("uint8")


def _stepped(strength: np.ndarray) -> np.ndarray:
    """Saturating, so that scores thin out towards 10 and do not pile up on it."""
    ceiling = MAXIMUM + 1
    return np.minimum(np.floor(ceiling * -np.expm1(-strength / ceiling)), MAXIMUM).astype("int64")


def _group_corrections(groups: list[Block], memberships: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """log(aim ÷ observed) for every group and domain; 0 where nobody is in the group or nobody scores."""
    sums, counts = memberships.T @ scores, memberships.sum(axis=0)[:, None]
    corrections, start = np.zeros_like(sums), 0
    for _, ratios in groups:
        rows = slice(start, start + len(ratios))
        observed, n = sums[rows], counts[rows]
        if ratios.shape[1] == 1:
            observed = observed.sum(axis=1, keepdims=True)
        level = observed.sum(axis=0) / (ratios * n).sum(axis=0)
        corrections[rows] = _log_ratio(level * ratios * n, observed)
        start += len(ratios)
    return corrections


def _level_corrections(people: pd.DataFrame, scores: np.ndarray) -> np.ndarray:
    """log(aim ÷ observed) for every domain: three by their share at moderate or above, ten by their mean."""
    aims, observed = LEVELS.copy(), scores.mean(axis=0)
    pinned = np.array([domain in SHARE_MODERATE for domain in DOMAINS])
    total = np.array([TOTALS[where] for where in WHERE])[people["where"]].mean()
    aims[~pinned] *= (total - observed[pinned].sum()) / aims[~pinned].sum()
    aims[pinned] = [SHARE_MODERATE[domain] for domain in DOMAINS if domain in SHARE_MODERATE]
    observed[pinned] = np.mean(scores[:, pinned] >= MODERATE, axis=0)
    return _log_ratio(aims, observed)


def _log_ratio(aim: np.ndarray, observed: np.ndarray) -> np.ndarray:
    known = (aim > 0) & (observed > 0)
    return np.log(np.where(known, aim, 1.0) / np.where(known, observed, 1.0))
