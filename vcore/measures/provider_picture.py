"""One provider more closely: where its children live, how their places were bought, and its price by need.

Its prices stand beside those of others in the same setting: a home is not compared with a family.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.measures.providers import Providers
from vcore.store import NOT_RECORDED, Cohort


class Picture(NamedTuple):
    """`homes`, `bought`: children by `setting_detail` and by how the place was bought, most first. `setting`:
    where most of them live. Empty, with an empty setting, for a provider with nobody here."""

    setting: str
    homes: pd.Series
    bought: pd.Series


def picture(cohort: Cohort, known: Providers, name: str) -> Picture:
    """Where a provider's children in the cohort live, and how their places were bought."""
    theirs = _of(cohort, known, name)
    frame = cohort.columns("setting", "setting_detail", "sourced")[theirs]
    settings, homes, bought = (
        frame[column].fillna(NOT_RECORDED).value_counts()
        for column in ("setting", "setting_detail", "sourced")
    )
    return Picture(str(settings.index[0]) if len(settings) else "", homes, bought)


def price_by_need(cohort: Cohort, known: Providers, name: str, setting: str) -> pd.DataFrame:
    """Three rows, from low need to high, of children in one setting with a cost and an assessment.

    `band`, the provider's `children` and their `mean_weekly_gbp`, beside `others` of the cohort and their
    `others_weekly_gbp` (NaN: nobody).
    """
    frame = cohort.columns("weekly_cost_gbp", "need_total", "setting")
    cost = frame["weekly_cost_gbp"].to_numpy("float64")
    need = frame["need_total"].to_numpy("float64", na_value=np.nan)
    known_here = ~np.isnan(cost) & ~np.isnan(need) & (frame["setting"] == setting).to_numpy("bool")
    theirs = _of(cohort, known, name)
    low, high = value("low_need_total"), value("high_need_total")
    band = (need > low).astype("int64") + (need >= high)
    columns: dict[str, object] = {
        "band": [
            f"Low need ({low:.0f} or less)",
            f"Middle need ({low + 1:.0f} to {high - 1:.0f})",
            f"High need ({high:.0f} or more)",
        ]
    }
    for count, mean, who in (
        ("children", "mean_weekly_gbp", known_here & theirs),
        ("others", "others_weekly_gbp", known_here & ~theirs),
    ):
        n = np.bincount(band[who], minlength=3)
        spent = np.bincount(band[who], weights=cost[who], minlength=3)
        columns |= {count: n, mean: np.divide(spent, n, out=np.full(3, np.nan), where=n > 0)}
    return pd.DataFrame(columns)


def _of(cohort: Cohort, known: Providers, name: str) -> np.ndarray:
    place = known.names.index(name) if name in known.names else -1
    return known.code[cohort.chosen] == place
