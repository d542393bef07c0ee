"""What ends in the 12 months ahead, by month and by setting: 18th birthdays and planned ends.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ui import bars, charts, placement_words, reads, sentences, spend, theme
from ui.chart_data import filled
from ui.disclosure import TOTAL, Gate
from ui.figure import Figure, Unit
from vcore.facts.placements import SETTING_LABELS, SETTINGS
from vcore.measures import endings as ahead
from vcore.measures.disclosure import HIDDEN
from vcore.measures.endings import BIRTHDAY, PLANNED, REASONS
from vcore.measures.stability import ALL, by_setting
from vcore.store import Cohort

METRICS = ("endings", "weekly_cost_ending")
REASON_LABELS = {BIRTHDAY: "18th birthday", PLANNED: "Planned end"}
HEIGHT_PX = 240
HEADROOM = 1.12  # of the tallest bar, for the number above it
PARTS, SUMS = "parts", "sums"
NOT_A_SAVING = "Weekly cost that ends is not a saving: most of these children need another home."
UNITS: dict[str, Unit] = {
    REASON_LABELS[BIRTHDAY]: "children",
    REASON_LABELS[PLANNED]: "children",
    "Either": "children",
    "Weekly cost": "gbp",
    "Mean total need": "points",
}


def by_month(cohort: Cohort, gate: Gate) -> Figure:
    """Children whose placement reaches an end, by month and reason."""
    name = "endings-by-month"
    until = ahead.until(cohort.as_of)
    if not gate.counts(len(cohort), len(cohort.base)):
        return charts.quiet(name, "Placements that reach an end", _who(cohort, gate))
    months = ahead.months(cohort.as_of)
    told = reads.measured(_told_months, cohort, gate)
    title = placement_words.endings_title(told.loc[TOTAL].to_dict(), until)
    labels = [f"{month:%b %Y}" for month in months]
    amounts = _amounts(cohort, "month", months, gate)
    return Figure(
        name=name,
        title=title,
        subtitle=f"Children by month, each once, at whichever comes first · {_who(cohort, gate)}",
        chart=_stacked(labels, told.drop(index=TOTAL)),
        table=_table("Month", labels, told, amounts),
        alt=f"Stacked bars by month: children whose placement ends with their 18th birthday or as planned. {title}.",
        note=NOT_A_SAVING,
        units=UNITS,
    )


def by_home(cohort: Cohort, gate: Gate) -> Figure:
    """The same by setting, as shares of the children who live there now, with cost and need beside."""
    name = "endings-by-setting"
    held = reads.measured(by_setting, cohort).set_index("setting")["children"]
    settings = [setting for setting in SETTINGS if setting in held.index]
    told = _crossed(cohort, "setting", settings, gate, everybody=True)
    same_totals = reads.measured(_told_months, cohort, gate).loc[TOTAL]
    if not gate.counts(len(cohort), len(cohort.base)) or list(told.loc[TOTAL, list(REASONS)]) != list(
        same_totals[list(REASONS)]
    ):  # a total that is hidden by month must not follow from the settings
        return charts.quiet(name, "Where placements reach an end", _who(cohort, gate))
    labels = [SETTING_LABELS[setting] for setting in settings]
    children = told[TOTAL].drop(TOTAL)
    shares = {
        reason: [
            _share(n, of, gate, outside)
            for n, of, outside in zip(
                told[reason].drop(TOTAL), children, _outside(cohort, settings), strict=True
            )
        ]
        for reason in REASONS
    }
    amounts = _amounts(cohort, "setting", settings, gate)
    title = placement_words.ending_settings_title(labels, shares[BIRTHDAY])
    return Figure(
        name=name,
        title=title,
        subtitle=f"% of the children there whose placement reaches an end within 12 months · {_who(cohort, gate)}",
        chart=bars.paired(
            labels,
            (REASON_LABELS[BIRTHDAY], shares[BIRTHDAY]),
            (REASON_LABELS[PLANNED], shares[PLANNED]),
            aside=[
                _cost_and_need(*row) for row in zip(amounts["weekly_gbp"], amounts["mean_need"], strict=True)
            ][:-1],
        ),
        table=_table("Where children live", labels, told, amounts),
        alt=f"Paired bars by where children live: the share turning 18, and with a planned end. {title}.",
        note=f"At the right: weekly cost that ends, and mean total need. {NOT_A_SAVING}",
        units=UNITS,
    )


def _told_months(cohort: Cohort, gate: Gate) -> pd.DataFrame:
    return _crossed(cohort, "month", ahead.months(cohort.as_of), gate)


def _crossed(cohort: Cohort, by: str, order: list[Any], gate: Gate, everybody: bool = False) -> pd.DataFrame:
    """Endings by `order` and reason, through the gate, with totals; `everybody`: of all who are there."""
    tables = []
    for group in (cohort, cohort.everyone_else):
        counts = ahead.crossed(reads.measured(ahead.endings, group), by, order)
        if everybody:
            held = reads.measured(by_setting, group).set_index("setting")["children"]
            counts["none"] = held.reindex(order, fill_value=0) - counts.sum(axis=1)
        tables.append(counts)
    return gate.crosstab(*tables)


def _amounts(cohort: Cohort, by: str, order: list[Any], gate: Gate) -> pd.DataFrame:
    """Weekly cost and mean need of what ends, a row for each of `order` and one for all, through the gate."""
    sums, rest = (
        ahead.added_up(reads.measured(ahead.endings, group), by, order)
        for group in (cohort, cohort.everyone_else)
    )
    sums["weekly_gbp"] = sums["weekly_gbp"].where(sums["costed"] > 0)
    sums["mean_need"] = sums["need_total"] / sums["assessed"].where(sums["assessed"] > 0)
    cost = gate.table(sums.reset_index(), "costed", ["weekly_gbp"], rest["costed"].tolist())
    shares: list[float] = []
    if not gate.sees_prices:
        paid = reads.measured(ahead.outside_costs_ending, cohort, by)
        cost, shares = spend.hiding_prices(paid, by, cost, ["weekly_gbp"], gate), paid.shares
    need = gate.table(sums.reset_index(), "assessed", ["mean_need"], rest["assessed"].tolist())
    costed, assessed = int(sums["costed"].sum()), int(sums["assessed"].sum())
    total_gbp, total_need = float(sums["weekly_gbp"].sum()), float(sums["need_total"].sum())
    return pd.DataFrame(
        {
            "weekly_gbp": [
                *cost["weekly_gbp"],
                _all(total_gbp, costed, int(rest["costed"].sum()), gate, shares),
            ],
            "mean_need": [
                *need["mean_need"],
                _all(total_need / max(assessed, 1), assessed, int(rest["assessed"].sum()), gate),
            ],
        }
    )


def _all(amount: float, n: int, outside: int, gate: Gate, cost_shares: Sequence[float] = ()) -> object:
    if n == 0:
        return np.nan
    told = gate.averages(n, n + outside) and gate.price("", cost_shares) != HIDDEN
    return amount if told else HIDDEN


def _outside(cohort: Cohort, settings: list[str]) -> list[int]:
    """How many children of each setting are not in the cohort."""
    rest = reads.measured(by_setting, cohort.everyone_else).set_index("setting")["children"].drop(ALL)
    return [int(n) for n in rest.reindex(settings, fill_value=0)]


def _share(part: Any, of: Any, gate: Gate, outside: int) -> Any:
    if not (isinstance(part, int) and isinstance(of, int)):
        return HIDDEN
    return part / of if gate.averages(of, of + outside) else HIDDEN


def _table(what: str, labels: list[str], told: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    columns = {REASON_LABELS[reason]: list(told[reason]) for reason in REASONS}
    return pd.DataFrame(
        {
            what: [*labels, TOTAL],
            **columns,
            "Either": [_sum(row) for row in zip(*columns.values(), strict=True)],
            "Weekly cost": list(amounts["weekly_gbp"]),
            "Mean total need": list(amounts["mean_need"]),
        }
    )


def _sum(cells: Sequence[Any]) -> Any:
    known = [cell for cell in cells if isinstance(cell, int)]
    return sum(known) if len(known) == len(cells) else HIDDEN


def _cost_and_need(cost: Any, need: Any) -> str:
    if pd.isna(cost) and pd.isna(need):
        return ""
    gbp = cost if isinstance(cost, str) else theme.money(cost)
    return f"{gbp}, need {need if isinstance(need, str) else theme.number(need)}"


def _who(cohort: Cohort, gate: Gate) -> str:
    n = sentences.children(len(cohort), gate, len(cohort.base))
    return f"{n} · {theme.date_words(cohort.as_of)}"


def _stacked(labels: list[str], told: pd.DataFrame) -> dict[str, Any]:
    parts = [
        {
            "month": label,
            "reason": REASON_LABELS[reason],
            "place": place,
            "children": n if isinstance(n, int) else 0,
        }
        for place, reason in enumerate(REASONS)
        for label, n in zip(labels, told[reason], strict=True)
    ]
    sums = [
        {
            "month": label,
            "top": sum(n for n in (row[reason] for reason in REASONS) if isinstance(n, int)),
            "words": row[TOTAL] if isinstance(row[TOTAL], str) else theme.number(row[TOTAL]),
        }
        for label, (_, row) in zip(labels, told.iterrows(), strict=True)
    ]
    spec = filled(_stacked_shape(), {PARTS: parts, SUMS: sums})
    tallest = max([1, *(row["top"] for row in sums)])
    spec["layer"][0]["encoding"]["y"]["scale"] = {"domain": [0, HEADROOM * tallest]}
    return spec


@cache
def _stacked_shape() -> dict[str, Any]:
    """The bars without their numbers."""
    month, year = "slice(datum.label, 0, 3)", "slice(datum.label, 4)"
    words = f"datum.index == 0 || {month} == 'Jan' ? [{month}, {year}] : {month}"
    axis = alt.Axis(labelAngle=0, ticks=False, labelExpr=words)
    x = alt.X("month", type="ordinal", sort=None, title=None, axis=axis)
    y = alt.Y("children", type="quantitative", title="Children", stack="zero", axis=alt.Axis(tickCount=4))
    names = list(REASON_LABELS.values())
    scale = alt.Scale(domain=names, range=list(theme.PAIR))
    color = alt.Color("reason", type="nominal", sort=None, scale=scale)
    order = alt.Order("place", type="quantitative")
    top = alt.Y("top", type="quantitative")
    layers = [
        alt.Chart(alt.NamedData(PARTS)).mark_bar().encode(x=x, y=y, color=color, order=order),
        alt.Chart(alt.NamedData(SUMS))
        .mark_text(baseline="bottom", dy=-3)
        .encode(x=x, y=top, text=alt.Text("words", type="nominal")),
    ]
    return alt.layer(*layers).properties(height=HEIGHT_PX).to_dict()
