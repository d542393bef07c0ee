"""Need beside cost by how long children have been in care, and by age: means with their intervals.

One date, different children in every band: what differs between bands has not changed in any child. Those
who left care early are in none of the later bands.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.facts.bands import BANDS
from vcore.measures.intervals import means
from vcore.store import Cohort


def by_band(cohort: Cohort, attribute: str) -> pd.DataFrame:
    """One row a band of `attribute` ("time_in_care_band" or "age_band"), in order, those of nobody too.

    Columns: the attribute, `children`; `costed`, `mean_weekly_gbp`, `low_weekly_gbp`, `high_weekly_gbp`;
    `assessed`, `mean_need_total`, `low_need_total`, `high_need_total`. Low and high are the 95% interval of
    the mean, mean ± 1.96 standard errors, never below 0; NaN for fewer than two children.
    """
    column, bands = BANDS[attribute]
    place = np.searchsorted(list(bands.values()), cohort.numbers(column), side="right") - 1
    columns: dict[str, object] = {
        attribute: list(bands),
        "children": np.bincount(place, minlength=len(bands)),
    }
    for counted, told, name in (
        ("costed", "weekly_gbp", "weekly_cost_gbp"),
        ("assessed", "need_total", "need_total"),
    ):
        n, mean, reach = means(place, cohort.numbers(name), len(bands))
        columns |= {
            counted: n,
            f"mean_{told}": mean,
            f"low_{told}": np.maximum(mean - reach, 0.0),
            f"high_{told}": mean + reach,
        }
    return pd.DataFrame(columns)
