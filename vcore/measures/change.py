"""How total need moved between two assessments, by where children live now and by how high it was before.

What moves is not what a home achieved. Scores that were high tend to come nearer the middle next time by chance
alone, and children who left care or were never assessed again are not counted: both are said beside every
figure. `need_change` is the latest total less the earlier one (`vcore.store.snapshot`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.facts.placements import SETTINGS
from vcore.measures.intervals import means
from vcore.store import Cohort

THIRDS = ("lowest third", "middle third", "highest third")


def by_setting(cohort: Cohort) -> pd.DataFrame:
    """One row a setting of today with children, most of them first.

    Columns: `setting`, `children`, `assessed_twice` (n), `mean_change` (points; above 0: needs more), and its
    95% interval `low` and `high`, NaN for fewer than two.
    """
    change = cohort.numbers("need_change")
    table = _means(cohort.settings, change, SETTINGS, "setting")
    table = table[table["children"] > 0]
    return table.sort_values("children", ascending=False, kind="stable", ignore_index=True)


def by_earlier_need(cohort: Cohort) -> pd.DataFrame:
    """The same by thirds of the earlier total, over children assessed twice: where pure chance would show.

    Columns as `by_setting`, with `third` first. Thirds are by rank; equal totals stay in one third, so thirds
    can differ in size.
    """
    found = cohort.columns("need_total", "need_change").dropna().astype("float64")
    before = (found["need_total"] - found["need_change"]).to_numpy()
    cuts = np.quantile(before, [1 / 3, 2 / 3]) if len(before) else [0.0, 0.0]
    third = np.searchsorted(cuts, before, side="right")
    return _means(third, found["need_change"].to_numpy(), THIRDS, "third")


def _means(group: np.ndarray, change: np.ndarray, names: tuple[str, ...], column: str) -> pd.DataFrame:
    children = np.bincount(group, minlength=len(names))
    n, mean, reach = means(group, change, len(names))
    return pd.DataFrame(
        {
            column: names,
            "children": children,
            "assessed_twice": n,
            "mean_change": mean,
            "low": mean - reach,
            "high": mean + reach,
        }
    )
