"""Dealing in exact shares: how a whole is split into counts, and how counts are handed out.

Counts come from largest remainders, so a cohort of any size keeps the proportions. Every random number
comes from the generator that is passed in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def split(total: int, weights: Sequence[float] | np.ndarray) -> np.ndarray:
    """Whole counts that add up to `total` and follow the weights, by largest remainder."""
    exact = total * np.asarray(weights, float) / np.sum(weights)
    counts = np.floor(exact + 1e-9).astype("int64")
    by_remainder = np.argsort(counts - exact, kind="stable")
    counts[by_remainder[: total - counts.sum()]] += 1
    return counts


def deal(rng: np.random.Generator, total: int, weights: Sequence[float] | np.ndarray) -> np.ndarray:
    """`total` codes 0, 1, … in random order, each as often as its weight asks."""
    codes = np.repeat(np.arange(len(weights)), split(total, weights))
    return rng.permutation(codes)


def deal_within(rng: np.random.Generator, groups: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """A code for every row, dealt inside each group by that group's row of weights (groups × codes)."""
    codes = np.zeros(len(groups), "int64")
    for group, row in enumerate(weights):
        members = np.flatnonzero(groups == group)
        codes[members] = deal(rng, len(members), row)
    return codes


def highest(score: np.ndarray, among: np.ndarray, count: int) -> np.ndarray:
    """A yes/no for every row: yes for the `count` highest scores among the rows named by a mask."""
    chosen = np.zeros(len(score), bool)
    members = np.flatnonzero(among)
    order = np.argsort(-score[members], kind="stable")
    chosen[members[order[: max(count, 0)]]] = True
    return chosen
