"""Need beside cost in bands and groups: how many children where, the median, and who costs much at low need.

Over children with a cost and an assessment. Counts only: no child leaves this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.facts.bands import WEEKLY_COST_BANDS_GBP
from vcore.facts.domains import NeedModel
from vcore.measures.association import correlation, need_and_cost
from vcore.measures.providers import outside_provider
from vcore.store import Cohort

NEED_BANDS, BAND_STEP = 13, 5  # about so many bands of total need, each a multiple of so many points wide
PROVISION: Final = {  # setting → the council's own homes, and those it buys from private and voluntary providers
    "fostering": ("in_house_fostering", "independent_fostering"),
    "residential": ("in_house_residential", "private_residential"),
}


HOMES: Final = tuple(home for pair in PROVISION.values() for home in pair)


class LowerNeed(NamedTuple):
    """Children of lower need whose placements cost much, of `known` with a cost and an assessment.

    `top_provider_share`: the share (0–1) of that cost which goes to the outside provider paid most of it.
    """

    children: int
    weekly_gbp: float
    known: int
    known_weekly_gbp: float
    top_provider_share: float


@dataclass(frozen=True, eq=False)
class KnownChildren:
    """Children with a cost and an assessment: total need, weekly £, the place of their home in `HOMES` (beyond it
    for others) and a number for their outside provider (−1 for none). `bands` are the lowest totals of each."""

    bands: tuple[int, ...]
    need: np.ndarray
    cost: np.ndarray
    home: np.ndarray
    provider: np.ndarray


def need_bands(needs: NeedModel) -> tuple[int, ...]:
    """The lowest total of each band of need. All are as wide as the first; the last one holds the maximum."""
    width = ceil(needs.highest_total / NEED_BANDS / BAND_STEP) * BAND_STEP
    return tuple(range(0, needs.highest_total, width))


def known_children(cohort: Cohort) -> KnownChildren:
    """The children of a cohort that this module tells of."""
    need, cost = need_and_cost(cohort)
    known = np.flatnonzero(~(np.isnan(need) | np.isnan(cost)))
    frame = cohort.columns("setting_detail", "provider", "sourced").take(known)
    home, details = pd.factorize(frame["setting_detail"])
    provision = np.array(
        [HOMES.index(detail) if detail in HOMES else len(HOMES) for detail in details], dtype="int64"
    )
    return KnownChildren(
        need_bands(cohort.snapshot.needs),
        need[known],
        cost[known],
        provision[home],
        pd.factorize(outside_provider(frame))[0],
    )


def cells(known: KnownChildren) -> np.ndarray:
    """How many children there are in each band of need (rows) and of weekly cost (columns)."""
    rows, columns = known.bands, WEEKLY_COST_BANDS_GBP
    place = _band(known.need, rows) * len(columns) + _band(known.cost, columns)
    return np.bincount(place, minlength=len(rows) * len(columns)).reshape(len(rows), len(columns))


def median_cost(known: KnownChildren) -> pd.DataFrame:
    """One row a band of need: `need_from`, `children`, `median_weekly_gbp` (NaN for too few children) and
    `top_provider_share`, as in `LowerNeed`."""
    starts, cost = known.bands, known.cost
    band = _band(known.need, starts)
    counts = np.bincount(band, minlength=len(starts))
    fewest = value("smallest_n_for_mean")
    medians = [np.median(cost[band == place]) if n >= fewest else np.nan for place, n in enumerate(counts)]
    shares = _top_provider_shares(known, band, len(starts))
    return pd.DataFrame(
        {
            "need_from": starts,
            "children": counts,
            "median_weekly_gbp": medians,
            "top_provider_share": shares,
        }
    )


def lower_need_higher_cost(known: KnownChildren, most_need: float, least_cost_gbp: float) -> LowerNeed:
    """Children with a total need of at most this and a weekly cost of at least this; both ends count."""
    need, cost = known.need, known.cost
    inside = (need <= most_need) & (cost >= least_cost_gbp)
    share = float(_top_provider_shares(known, inside.astype("int64"), 2)[1])
    return LowerNeed(int(inside.sum()), float(cost[inside].sum()), len(cost), float(cost.sum()), share)


def by_provision(known: KnownChildren) -> pd.DataFrame:
    """In-house against private, fostering and residential: a row each, in the order of `HOMES`.

    Columns: `setting_detail`, `children`, `mean_need_total`, `mean_weekly_gbp` (NaN for nobody), `r` (NaN for too
    few children) and `top_provider_share`, as in `LowerNeed`.
    """
    shares = _top_provider_shares(known, known.home, len(HOMES) + 1)
    rows = []
    for index, home in enumerate(HOMES):
        here = known.home == index
        need, cost = known.need[here], known.cost[here]
        means = (need.mean(), cost.mean()) if len(need) else (np.nan, np.nan)
        rows.append((home, len(need), *means, correlation(need, cost), shares[index]))
    columns = ["setting_detail", "children", "mean_need_total", "mean_weekly_gbp", "r", "top_provider_share"]
    return pd.DataFrame(rows, columns=columns)


def _top_provider_shares(known: KnownChildren, group: np.ndarray, groups: int) -> np.ndarray:
    """In each group, the largest share (0–1) of its cost that one outside provider is paid; 0 for none."""
    outside = known.provider >= 0
    width = int(known.provider.max(initial=-1)) + 2
    place = group[outside] * width + known.provider[outside]
    paid = np.bincount(place, weights=known.cost[outside], minlength=groups * width)
    total = np.bincount(group, weights=known.cost, minlength=groups)
    return paid.reshape(groups, width).max(axis=1) / np.where(total > 0, total, 1.0)


def _band(values: np.ndarray, starts: tuple[int, ...]) -> np.ndarray:
    return np.searchsorted(starts, values, side="right") - 1
