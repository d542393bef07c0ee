"""How settled children are: placements and breakdowns in a year, and time in the present placement.

The published measures of the Department for Education: three or more placements in a year, and long-term
stability. A move can be a good move: a number here asks a question, it does not answer it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.facts.placements import SETTINGS
from vcore.store import Cohort

ALL = "all"
COUNTED = ("children", "many_moves", "broke_down", "long_in_care", "settled")
_READ = ("age", "years_in_care", "months_in_placement", "placements_12m", "breakdowns_12m")
SHARES = {"many_moves": "children", "broke_down": "children", "settled": "long_in_care"}  # part → of whom


def by_setting(cohort: Cohort) -> pd.DataFrame:
    """One row a setting that holds somebody, in the order of the settings, of counts of children and means.

    Columns: `setting`, `children`, `many_moves` (three or more placements in 12 months), `broke_down` (a
    placement broke down in them), `long_in_care` (under 16, two and a half years in care or more), `settled`
    (of those, two years in the present placement or more), `mean_placements`, `mean_months` (in the present
    placement). The last row, `setting` "all", is everybody.
    """
    numbers = _numbers(cohort)
    added = _counted(numbers) | {
        "mean_placements": numbers["placements_12m"],
        "mean_months": numbers["months_in_placement"],
    }
    sums = {
        name: np.bincount(cohort.settings, weights=amounts, minlength=len(SETTINGS))
        for name, amounts in added.items()
    }
    n = sums["children"]
    rows = [*np.flatnonzero(n), len(n)]
    columns: dict[str, object] = {"setting": np.array([*SETTINGS, ALL])[rows]}
    for name, amounts in sums.items():
        whole = np.append(amounts, amounts.sum())[rows]
        columns[name] = (
            whole.astype("int64") if name in COUNTED else whole / np.append(n, len(cohort) or np.nan)[rows]
        )
    return pd.DataFrame(columns)


def in_each_share(cohort: Cohort) -> dict[str, np.ndarray]:
    """Which children are in each share that is told of them, and which of those it is a share of are not."""
    told = _counted(_numbers(cohort))
    return {
        key: flags
        for part, whole in SHARES.items()
        for key, flags in ((part, told[part]), (f"not {part}", told[whole] & ~told[part]))
    }


def _numbers(cohort: Cohort) -> dict[str, np.ndarray]:
    return {name: cohort.numbers(name) for name in _READ}


def _counted(numbers: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Which children count as each of `COUNTED`."""
    long_in_care = (numbers["age"] < value("settled_under_age")) & (
        numbers["years_in_care"] >= value("settled_years_in_care")
    )
    return {
        "children": np.ones(len(numbers["age"]), dtype=bool),
        "many_moves": numbers["placements_12m"] >= value("many_placements"),
        "broke_down": numbers["breakdowns_12m"] > 0,
        "long_in_care": long_in_care,
        "settled": long_in_care
        & (numbers["months_in_placement"] >= 12 * value("settled_years_in_placement")),
    }
