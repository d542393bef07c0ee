"""Outturn: what a financial year will have cost by 31 March, line by line, beside its budget.

Outturn is not run-rate: it is what was spent so far, what today's placements are committed to cost until 31 March
(each to its own known end), and what new placements are expected to take up of the cost that ends. Gross, all
funders together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.facts.placements import DETAIL_LABELS
from vcore.store import Cohort

DAYS_A_WEEK = 7
_DETAIL_OF = {name.casefold(): code for code, label in DETAIL_LABELS.items() for name in (code, label)}
AMOUNTS = ("budget_gbp", "actual_gbp", "committed_gbp", "turnover_gbp", "forecast_gbp", "variance_gbp")


def year_end(financial_year: str) -> date:
    """31 March of a year such as 2025/26."""
    return date(int(financial_year[:4]) + 1, 3, 31)


def current_year(budget: pd.DataFrame) -> pd.DataFrame:
    """The lines of the latest year of which something is spent and dated; no row where there is none."""
    spent = budget[budget["actual_to_date_gbp"].notna() & budget["actual_to_date_on"].notna()]
    return budget[budget["financial_year"] == spent["financial_year"].max()] if len(spent) else spent


def outturn(
    budget: pd.DataFrame, children: Mapping[date, Cohort], replaced_share: float | None = None
) -> pd.DataFrame:
    """One row a line of one year's budget: `line`, `children` in such placements, `matched`, and `AMOUNTS`.

    `children` holds, for each day that actuals run to, every child of these authorities on that day. A line that
    names no kind of placement is taken to end on its budget, or on what is spent where that is more; it is not
    `matched`. `replaced_share` of the cost that ends is taken up by new placements (None: as the register has it).
    `variance_gbp` is forecast less budget: positive is overspent.
    """
    replaced = value("turnover_replaced_share") if replaced_share is None else replaced_share
    rows: list[tuple[Any, ...]] = []
    for row in budget.to_dict("records"):
        detail = _DETAIL_OF.get(str(row["line"]).strip().casefold())
        planned, year = float(row["budget_gbp"]), str(row["financial_year"])
        spent = 0.0 if pd.isna(row["actual_to_date_gbp"]) else float(row["actual_to_date_gbp"])
        if detail is None or pd.isna(row["actual_to_date_on"]):
            left = max(planned - spent, 0.0) if planned > 0 else planned - spent
            rows.append((row["line"], 0, False, planned, spent, left, 0.0))
            continue
        to = pd.Timestamp(row["actual_to_date_on"]).date()
        n, committed, ended = _committed(children[to], str(row["authority"]), detail, to, year_end(year))
        rows.append((row["line"], n, True, planned, spent, committed, replaced * ended))
    table = pd.DataFrame(rows, columns=["line", "children", "matched", *AMOUNTS[:4]])
    sums = {"children": "sum", "matched": "any", **dict.fromkeys(AMOUNTS[:4], "sum")}
    table = table.groupby("line", sort=False, as_index=False).agg(sums)
    forecast = table["actual_gbp"] + table["committed_gbp"] + table["turnover_gbp"]
    return table.assign(forecast_gbp=forecast, variance_gbp=forecast - table["budget_gbp"])


def _committed(here: Cohort, authority: str, detail: str, to: date, until: date) -> tuple[int, float, float]:
    """Children there; what their placements cost from the day after `to` until `until`, and what their known ends
    take off that (£)."""
    frame = here.columns("authority", "setting_detail", "weekly_cost_gbp", "days_to_18", "planned_end_on")
    own = frame[(frame["authority"] == authority) & (frame["setting_detail"] == detail)]
    first, after = np.datetime64(to + timedelta(days=1)), np.datetime64(until + timedelta(days=1))
    birthday = np.datetime64(to) + own["days_to_18"].to_numpy("int64").astype("timedelta64[D]")
    planned = own["planned_end_on"].to_numpy().astype("datetime64[D]")
    end = np.fmin(birthday, np.where(planned > np.datetime64(to), planned, np.datetime64("NaT")))
    whole = max((after - first).astype("int64"), 0)
    days = np.clip((np.fmin(end, after) - first).astype("int64"), 0, whole)
    daily = np.nan_to_num(own["weekly_cost_gbp"].to_numpy("float64")) / DAYS_A_WEEK
    return len(own), float((daily * days).sum()), float((daily * (whole - days)).sum())


def told_apart(table: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """The table with lines of fewer than `fewest` children put together, largest last, so that none is told alone.

    Lines that name no kind of placement stand as they are.
    """
    few = table["matched"] & (table["children"] > 0) & (table["children"] < fewest)
    if not few.any():
        return table
    together = table[few]
    if together["children"].sum() < fewest or len(together) == 1:
        more = table[table["matched"] & ~few].sort_values("children").head(1)
        together = pd.concat([together, more])
    one = together[["children", *AMOUNTS]].sum().to_dict() | {"line": "Other placements", "matched": True}
    return pd.concat([table.drop(together.index), pd.DataFrame([one])], ignore_index=True)
