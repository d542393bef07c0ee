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
from vcore.measures.provider_shares import OutsideCosts, outside_costs_of
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
    found, month, reason = _ahead(cohort)
    cost, need = (cohort.numbers(name)[found] for name in ("weekly_cost_gbp", "need_total"))
    by_month = months(cohort.as_of)
    size = (len(by_month), len(SETTINGS), len(REASONS))
    cell = np.ravel_multi_index((month, cohort.settings[found], reason), size)
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


def outside_costs_ending(cohort: Cohort, by: str) -> OutsideCosts:
    """The weekly cost of `endings` by "month" (of `months`) or "setting" (of SETTINGS) and outside provider."""
    found, month, _ = _ahead(cohort)
    group, values = (
        (month, tuple(months(cohort.as_of))) if by == "month" else (cohort.settings[found], SETTINGS)
    )
    return outside_costs_of(cohort, found, group, values)


def until(as_of: date) -> date:
    """The last day of the 12 months after a date."""
    return (pd.Timestamp(as_of) + pd.DateOffset(months=MONTHS_AHEAD)).date()


def months(as_of: date) -> list[date]:
    """The first days of the months that the 12 months after a date reach into, in order."""
    first, last = (as_of + timedelta(days=1)).replace(day=1), until(as_of)
    return [day.date() for day in pd.date_range(first, last, freq="MS")]


def crossed(found: pd.DataFrame, by: str, order: list[Any]) -> pd.DataFrame:
    """Children of `endings` added up: a row for each of `order` (months or settings), a column a reason.

    What is not in `order` is left out.
    """
    row = _rows(found, by, order)
    here, reason = row >= 0, (found["reason"] == PLANNED).to_numpy("int64")
    cells = np.zeros((len(order), len(REASONS)), dtype="int64")
    np.add.at(cells, (row[here], reason[here]), found["children"].to_numpy()[here])
    return pd.DataFrame(cells, index=pd.Index(order, name=by), columns=pd.Index(REASONS, name="reason"))


def added_up(found: pd.DataFrame, by: str, order: list[Any]) -> pd.DataFrame:
    """`endings` of both reasons added up: a row for each of `order`, the columns `costed`, `assessed`, `weekly_gbp`
    and `need_total`."""
    row = _rows(found, by, order)
    here = row >= 0
    added = {
        name: np.bincount(row[here], weights=found[name].to_numpy()[here], minlength=len(order))
        for name in ("costed", "assessed", "weekly_gbp", "need_total")
    }
    return pd.DataFrame(added, index=pd.Index(order, name=by)).astype(
        {"costed": "int64", "assessed": "int64"}
    )


def _ahead(cohort: Cohort) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who reaches an end, as places in the cohort; and of each the place of its month in `months`, and of its
    reason in REASONS."""
    start = np.datetime64(cohort.as_of, "D")
    last = np.datetime64(until(cohort.as_of), "D")
    never = last + 1
    birthday = start + cohort.numbers("days_to_18").astype("timedelta64[D]")
    planned = cohort.column("planned_end_on").to_numpy().astype("datetime64[D]")
    birthday, planned = (np.where((day > start) & (day <= last), day, never) for day in (birthday, planned))
    day = np.minimum(birthday, planned)
    found = np.flatnonzero(day < never)
    by_month = np.array(months(cohort.as_of), dtype="datetime64[D]")
    month = np.searchsorted(by_month, day[found], side="right") - 1
    return found, month, (planned[found] < birthday[found]).astype("int64")


def _rows(found: pd.DataFrame, by: str, order: list[Any]) -> np.ndarray:
    """The place of each ending's month or setting in `order`; −1 where it is not in it."""
    places = {value: place for place, value in enumerate(order)}
    return np.array([places.get(value, -1) for value in found[by]], dtype="int64")
