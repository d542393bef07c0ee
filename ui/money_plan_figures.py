"""The money plan's tables and pictures: five financial years, and the months of one.

Every number passes the gate. Whoever may not see what single placements cost gets each year's figure shared out
over its months by what is in effect: a month's own figure would tell of the child whose placement ends in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ui import charts, theme
from ui import money_plan_words as words
from ui.disclosure import KEY, Gate
from ui.figure import Figure
from ui.money_plan_rows import Cell, Row, children, rows, told_years
from ui.scenario_words import all_told, who_line
from vcore.exports.plan_lines import KIND_WORDS
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios.calendar import MONTHS_A_YEAR
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.plan import Line, Plan

YEARS_NAME, MONTHS_NAME = "money-plan-years", "money-plan-months"
BARS = "bars"
HEIGHT_PX = 220
SHARED_OUT = "Each year's figure is shared out over its months: a month's own would tell of few children."
COLOURS: dict[SavingKind, str] = {
    "cashable": theme.CATEGORIES[0],
    "released": theme.CATEGORIES[1],
    "avoided": theme.CATEGORIES[2],
    "claimed": theme.CATEGORIES[3],
}


def by_years(plan: Plan, gate: Gate) -> Figure:
    """Every row of the plan, as a table without a picture."""
    made = rows(plan, gate)
    table = pd.DataFrame(
        [[row.block, row.code, row.words, *row.years, row.full_year] for row in made],
        columns=["Part", "Reference", "Line", *plan.years, "Full year"],
    )
    return Figure(
        name=YEARS_NAME,
        title="Five financial years",
        subtitle=words.BRACKETS,
        chart={},
        table=table,
        alt="Table of the plan by financial year.",
        units=dict.fromkeys([*plan.years, "Full year"], "gbp"),
    )


def years_markup(plan: Plan, gate: Gate) -> str:
    """The same as a reader sees it, children first, savings in brackets."""
    headings = "".join(f'<th scope="col">{escape(year)}</th>' for year in [*plan.years, "Full year"])
    span, body, block = len(plan.years) + 3, "", ""
    told = [*children(plan, gate), *rows(plan, gate)]
    for row in told:
        if row.block != block:
            block = row.block
            body += f'<tr><th scope="colgroup" colspan="{span}" class="cve-topic">{escape(block)}</th></tr>'
        body += _line(row)
    hidden = any(HIDDEN in row.years for row in told)
    key = theme.subtitle(KEY) if hidden else ""
    return (
        '<div class="cve-plan" role="region" aria-label="The plan by financial year" tabindex="0"><table>'
        f"<caption>{escape(words.BRACKETS)}</caption>"
        f'<thead><tr><th scope="col">Reference</th><th scope="col">Line</th>{headings}</tr></thead>'
        f"<tbody>{body}</tbody></table>{key}</div>"
    )


def _line(row: Row) -> str:
    is_money = bool(row.code)
    tell = words.in_brackets if is_money else _children
    cells = "".join(f"<td>{escape(tell(cell))}</td>" for cell in row.years)
    full = tell(row.full_year)
    total = ' class="cve-total"' if row.is_total else ""
    return (
        f"<tr{total}><td>{escape(row.code)}</td>"
        f'<th scope="row">{escape(row.words)}</th>{cells}<td>{escape(full)}</td></tr>'
    )


def _children(cell: Cell) -> str:
    return cell if isinstance(cell, str) else theme.number(round(cell))


def by_months(plan: Plan, year: str, gate: Gate) -> Figure:
    """The months of one financial year: savings by kind, what the moves cost and what is left."""
    subtitle = f"£ a month saved · {who_line(plan.result, gate)}"
    if not all_told(plan.result, gate):
        return charts.quiet(MONTHS_NAME, f"The months of {year}", subtitle)
    at = plan.years.index(year)
    place = slice(at * MONTHS_A_YEAR, (at + 1) * MONTHS_A_YEAR)
    names = [f"{day:%b %Y}" for day in plan.months.first_days[place]]
    own = gate.sees_small or gate.sees_placements
    told = {
        kind: all(told_years(line, gate).kinds[kind][at] for line in plan.lines if kind in line.savings)
        for kind in plan.by_kind
    }
    kinds: dict[SavingKind, np.ndarray] = {
        kind: _monthly(plan.lines, kind, place, own=own) for kind in plan.by_kind
    }
    sums = {KIND_WORDS[kind]: float(gbp.sum()) if told[kind] else HIDDEN for kind, gbp in kinds.items()}
    columns = {
        _capital(KIND_WORDS[kind]): gbp if told[kind] else [HIDDEN] * len(names)
        for kind, gbp in kinds.items()
    }
    if own:
        columns |= {"One-off cost": plan.one_off[place], "Cash less one-off cost": plan.net_cash[place]}
    title = words.month_title(year, sums)
    return Figure(
        name=MONTHS_NAME,
        title=title,
        subtitle=subtitle,
        chart=_spec(names, {kind: gbp for kind, gbp in kinds.items() if told[kind]}, tuple(kinds)),
        table=pd.DataFrame({"Month": names, **columns}),
        alt=f"Stacked bars of what is saved in each month of {year}, by kind. {title}.",
        still_alt="Stacked bars of what is saved in each month of the year, by kind.",
        note=words.NOT_ADDED if own else f"{words.NOT_ADDED} {SHARED_OUT}",
        units=dict.fromkeys(columns, "gbp"),
    )


def _monthly(lines: Sequence[Line], kind: SavingKind, place: slice, *, own: bool) -> np.ndarray:
    """£ of a kind in each month of a year; not `own`: the sum of children's placements by what is in effect."""
    total = np.zeros(MONTHS_A_YEAR)
    for line in lines:
        if kind in line.savings:
            monthly, shape = line.savings[kind][place], line.in_effect[place]
            beyond = line.beyond.get(kind, np.zeros(len(line.in_effect)))[place]
            children = monthly - beyond
            total += monthly if own or not shape.any() else beyond + children.sum() * shape / shape.sum()
    return total


def _spec(
    months: Sequence[str], told: dict[SavingKind, np.ndarray], kinds: tuple[SavingKind, ...]
) -> dict[str, Any]:
    bars = [
        {
            "month": month,
            "kind": _capital(KIND_WORDS[kind]),
            "place": place,
            "gbp": float(gbp),
            "full": theme.money_full(float(gbp)),
        }
        for place, (kind, monthly) in enumerate(told.items())
        for month, gbp in zip(months, monthly, strict=True)
    ]
    empty = [{"month": month, "kind": "", "place": 0, "gbp": 0.0, "full": ""} for month in months]
    return {**_shape(kinds), "datasets": {BARS: bars or empty}}


@cache
def _shape(kinds: tuple[SavingKind, ...]) -> dict[str, Any]:
    """The picture without its rows, made once."""
    scale = alt.Scale(
        domain=[_capital(KIND_WORDS[kind]) for kind in kinds], range=[COLOURS[kind] for kind in kinds]
    )
    chart = (
        alt.Chart(alt.NamedData(BARS))
        .mark_bar()
        .encode(
            x=alt.X(
                "month",
                type="nominal",
                sort=None,
                title=None,
                axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=12),
            ),
            y=alt.Y(
                "gbp",
                type="quantitative",
                title=None,
                axis=alt.Axis(labelExpr=theme.SHORT_MONEY, tickCount=4),
            ),
            color=alt.Color("kind", type="nominal", sort=None, scale=scale),
            order=alt.Order("place", type="quantitative"),
            tooltip=[
                alt.Tooltip("month", type="nominal", title="Month"),
                alt.Tooltip("kind", type="nominal", title="Kind"),
                alt.Tooltip("full", type="nominal", title="£"),
            ],
        )
        .properties(height=HEIGHT_PX)
    )
    return chart.to_dict()


def _capital(said: str) -> str:
    return said[0].upper() + said[1:]
