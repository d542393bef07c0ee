"""What ends in the months ahead: eighteenth birthdays and planned ends of placements, each child once.

What ends is a placement, not a need: whoever reaches a planned end lives somewhere the day after. So the
weekly cost that ends is nowhere a saving.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from vcore.facts.placements import SETTINGS
from vcore.store import Cohort

BIRTHDAY: Final = "eighteenth_birthday"
PLANNED: Final = "planned_end"
REASONS = (BIRTHDAY, PLANNED)
MONTHS_AHEAD = 12


def endings(cohort: Cohort) -> pd.DataFrame:
    """Every ending in the 12 months after the date: one row a `month` (its first day), `setting` and `reason`.

    Rows that hold nobody are left out. Columns besides: `children`, `costed`, `assessed`, `weekly_gbp` (of
    those with a cost) and `need_total` (sum of those assessed). A child whose placement is planned to end
    before the birthday ends then, on the same day with the birthday; the 18th birthday is the first of its month.
    """
    frame = cohort.columns("days_to_18", "planned_end_on", "weekly_cost_gbp", "need_total")
    start = np.datetime64(cohort.as_of, "D")
    last = np.datetime64(until(cohort.as_of), "D")
    never = last + 1
    birthday = start + frame["days_to_18"].to_numpy("int64").astype("timedelta64[D]")
    planned = frame["planned_end_on"].to_numpy().astype("datetime64[D]")
    birthday, planned = (np.where((day > start) & (day <= last), day, never) for day in (birthday, planned))
    day = np.minimum(birthday, planned)
    found = np.flatnonzero(day < never)
    cost = frame["weekly_cost_gbp"].to_numpy("float64")[found]
    need = frame["need_total"].to_numpy("float64", na_value=np.nan)[found]
    by_month = months(cohort.as_of)
    month = np.searchsorted(np.array(by_month, dtype="datetime64[D]"), day[found], side="right") - 1
    size = (len(by_month), len(SETTINGS), len(REASONS))
    cell = np.ravel_multi_index(
        (month, cohort.settings[found], (planned[found] < birthday[found]).astype("int64")), size
    )
    added = {
        "children": np.ones(len(found)),
        "costed": ~np.isnan(cost),
        "assessed": ~np.isnan(need),
        "weekly_gbp": np.nan_to_num(cost),
        "need_total": np.nan_to_num(need),
    }
    sums = {
        name: np.bincount(cell, weights=amounts, minlength=np.prod(size)) for name, amounts in added.items()
    }
    held = np.flatnonzero(sums["children"])
    places = np.unravel_index(held, size)
    named = {
        name: np.array(values)[place]
        for name, values, place in zip(
            ("month", "setting", "reason"), (by_month, SETTINGS, REASONS), places, strict=True
        )
    }
    counted = dict.fromkeys(("children", "costed", "assessed"), "int64")
    return pd.DataFrame(named | {name: amounts[held] for name, amounts in sums.items()}).astype(counted)


def until(as_of: date) -> date:
    """The last day of the 12 months after a date."""
    return (pd.Timestamp(as_of) + pd.DateOffset(months=MONTHS_AHEAD)).date()


def months(as_of: date) -> list[date]:
    """The first days of the months that the 12 months after a date reach into, in order."""
    first, last = (as_of + timedelta(days=1)).replace(day=1), until(as_of)
    return [day.date() for day in pd.date_range(first, last, freq="MS")]


def crossed(found: pd.DataFrame, by: str, order: list[Any], column: str = "children") -> pd.DataFrame:
    """`endings` added up: a row for each of `order` (months or settings), a column a reason; 0 where nobody.

    What is not in `order` is left out.
    """
    row = pd.Index(order, dtype="object").get_indexer(pd.Index(found[by], dtype="object"))
    here, reason = row >= 0, (found["reason"] == PLANNED).to_numpy("int64")
    amounts = found[column].to_numpy()
    cells = np.zeros((len(order), len(REASONS)), dtype=amounts.dtype)
    np.add.at(cells, (row[here], reason[here]), amounts[here])
    return pd.DataFrame(cells, index=pd.Index(order, name=by), columns=pd.Index(REASONS, name="reason"))
