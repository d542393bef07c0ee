"""Legal status inside each period of care: usually one change, from how care starts to how it goes on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import days_between
from vcore.demo.people import WHERE
from vcore.demo.shares import deal
from vcore.facts.codes import NEED_CATEGORIES

FIRST = ("V2", "C1", "L2", "L1")
FIRST_WEIGHTS = (52, 40, 5, 3)
LATER = ("C2", "V2", "E1")
LATER_WEIGHTS = (70, 26, 4)
EMERGENCY_DAYS = {"L1": 3, "L2": 8}  # police protection and emergency orders are short
NEED_WEIGHTS = (64, 4, 3, 7, 14, 2, 5, 1)  # N1 abuse or neglect … N8 absent parenting


def care(rng: np.random.Generator, children: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """One row a spell of constant status: `child`, `care_started_on`, `care_ended_on`, `started_on`, `ended_on`
    (the day it no longer held), `legal_status`, `category_of_need`."""
    n = len(periods)
    uasc = children["uasc"].to_numpy()[periods["child"]]
    where = periods["where"].to_numpy()
    start, until, end = (periods[name].to_numpy().astype("M8[D]") for name in ("start", "until", "end"))
    first = np.array(FIRST)[deal(rng, n, FIRST_WEIGHTS)]
    later = np.array(LATER)[deal(rng, n, LATER_WEIGHTS)]
    later = np.where(where == WHERE.index("for_adoption"), "E1", later)
    first, later = np.where(uasc, "V2", first), np.where(uasc, "V2", later)
    lasts = rng.integers(150, 330, n)
    for status, days in EMERGENCY_DAYS.items():
        lasts = np.where(first == status, days, lasts)
    changed = (first != later) & (days_between(start, until) > lasts)
    change = start + lasts
    need = np.where(uasc, NEED_CATEGORIES.index("N8"), deal(rng, n, NEED_WEIGHTS))
    frame = pd.DataFrame(
        {
            "period": np.arange(n),
            "child": periods["child"],
            "care_started_on": start,
            "care_ended_on": end,
            "started_on": start,
            "ended_on": np.where(changed, change, end),
            "legal_status": first,
            "category_of_need": np.array(NEED_CATEGORIES)[need],
        }
    )
    after = frame[changed].assign(
        started_on=change[changed], ended_on=end[changed], legal_status=later[changed]
    )
    return pd.concat([frame, after]).sort_values(["period", "started_on"], ignore_index=True)
