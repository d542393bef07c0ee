"""Need beside cost in bands and groups: how many children where, the median, and who costs much at low need.

Over children with a cost and an assessment. Counts only: no child leaves this module.
"""

from __future__ import annotations

from math import ceil
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.facts.bands import WEEKLY_COST_BANDS_GBP
from vcore.facts.domains import NeedModel
from vcore.measures.association import correlation, known_need_and_cost, need_and_cost
from vcore.store import Cohort

NEED_BANDS, BAND_STEP = 13, 5  # about so many bands of total need, each a multiple of so many points wide
PROVISION: Final = {  # setting → the council's own homes, and those it buys from private and voluntary providers
    "fostering": ("in_house_fostering", "independent_fostering"),
    "residential": ("in_house_residential", "private_residential"),
}


class LowerNeed(NamedTuple):
    """Children of lower need whose placements cost much, of `known` with a cost and an assessment."""

    children: int
    weekly_gbp: float
    known: int
    known_weekly_gbp: float


def need_bands(needs: NeedModel) -> tuple[int, ...]:
    """The lowest total of each band of need. All are as wide as the first; the last one holds the maximum."""
    width = ceil(needs.highest_total / NEED_BANDS / BAND_STEP) * BAND_STEP
    return tuple(range(0, needs.highest_total, width))


def cells(cohort: Cohort) -> np.ndarray:
    """How many children there are in each band of need (rows) and of weekly cost (columns)."""
    need, cost = known_need_and_cost(cohort)
    rows, columns = need_bands(cohort.snapshot.needs), WEEKLY_COST_BANDS_GBP
    place = _band(need, rows) * len(columns) + _band(cost, columns)
    return np.bincount(place, minlength=len(rows) * len(columns)).reshape(len(rows), len(columns))


def median_cost(cohort: Cohort) -> pd.DataFrame:
    """One row a band of need: `need_from`, `children`, `median_weekly_gbp` (NaN for too few children)."""
    need, cost = known_need_and_cost(cohort)
    starts = need_bands(cohort.snapshot.needs)
    band = _band(need, starts)
    counts = np.bincount(band, minlength=len(starts))
    fewest = value("smallest_n_for_mean")
    medians = [np.median(cost[band == place]) if n >= fewest else np.nan for place, n in enumerate(counts)]
    return pd.DataFrame({"need_from": starts, "children": counts, "median_weekly_gbp": medians})


def lower_need_higher_cost(cohort: Cohort, most_need: float, least_cost_gbp: float) -> LowerNeed:
    """Children with a total need of at most this and a weekly cost of at least this; both ends count."""
    need, cost = known_need_and_cost(cohort)
    inside = (need <= most_need) & (cost >= least_cost_gbp)
    return LowerNeed(int(inside.sum()), float(cost[inside].sum()), len(cost), float(cost.sum()))


def by_provision(cohort: Cohort) -> pd.DataFrame:
    """In-house against private, fostering and residential: a row each, in the order of `PROVISION`.

    Columns: `setting_detail`, `children` (with a cost and an assessment), `mean_need_total`,
    `mean_weekly_gbp` (NaN for nobody) and `r` (NaN for too few children).
    """
    need, cost = need_and_cost(cohort)
    known = ~(np.isnan(need) | np.isnan(cost))
    place, details = pd.factorize(cohort.column("setting_detail"))
    rows = []
    for home in (home for pair in PROVISION.values() for home in pair):
        here = known & np.isin(place, np.flatnonzero(details == home))
        n = int(here.sum())
        means = (need[here].mean(), cost[here].mean()) if n else (np.nan, np.nan)
        rows.append((home, n, *means, correlation(need[here], cost[here])))
    columns = ["setting_detail", "children", "mean_need_total", "mean_weekly_gbp", "r"]
    return pd.DataFrame(rows, columns=columns)


def _band(values: np.ndarray, starts: tuple[int, ...]) -> np.ndarray:
    return np.searchsorted(starts, values, side="right") - 1
