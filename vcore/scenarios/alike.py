"""Children whom no lever of a scenario tells apart, as one row each: what thousands of futures are played on.

A row has its children's mean price and what of it each purse pays. Knows no lever by name: each says itself what
it asks of a child (`Lever.alike`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vcore.scenarios.baseline import Baseline
from vcore.scenarios.lever import Lever


class Alike(Baseline):
    """A baseline of groups of children; all else than money is read from one child of each group."""

    def __init__(self, whole: Baseline, order: np.ndarray, starts: np.ndarray) -> None:
        """`order` holds the children's positions group by group, `starts` where in it each group begins."""
        first = order[starts]
        super().__init__(whole._snapshot, whole._chosen[first], whole._base)
        # what is asked of the whole base is the same whoever is grouped
        self._upper_quartiles = whole._upper_quartiles
        self._means = whole._means
        self._band_prices = whole._band_prices

        def mean(values: np.ndarray) -> np.ndarray:
            return np.add.reduceat(values[order], starts) / self.count

        def share(values: np.ndarray) -> np.ndarray:
            """What a purse pays of each pound of the whole group."""
            paid = mean(np.nan_to_num(whole.gross * values))
            return np.divide(paid, self.gross, out=mean(values), where=self.gross > 0)

        self.count = np.diff(starts, append=len(order)).astype("float64")
        self.gross = mean(whole.gross)
        self.social_care_share = share(whole.social_care_share)
        self.health_share = share(whole.health_share)
        self.rank = whole.rank[first]


def grouped(whole: Baseline, levers: Sequence[Lever], bins: int) -> Alike:
    """The children of a baseline in groups: in one, all answer alike what the levers ask, each purse pays the same
    tenth of the price, and prices lie next to each other; so many groups by price at most (`bins`)."""
    questions = [
        np.isnan(whole.gross),
        whole.social_care_share < 1,
        *(answers for lever in levers for answers in lever.alike(whole)),
    ]
    kind = np.zeros(len(whole), dtype="int64")
    for answers in questions:
        codes, distinct = pd.factorize(answers, use_na_sentinel=False)
        kind = pd.factorize(kind * len(distinct) + codes)[0]
    order = np.lexsort((whole.gross, kind))
    sizes = np.bincount(kind)
    kind = kind[order]
    place = np.arange(len(order)) - (np.cumsum(sizes) - sizes)[kind]
    bin_of = place * np.minimum(bins, sizes)[kind] // sizes[kind]
    starts = np.flatnonzero(np.diff(kind, prepend=-1) | np.diff(bin_of, prepend=-1))
    return Alike(whole, order, starts)
