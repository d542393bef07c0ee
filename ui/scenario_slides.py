"""The four slides of a scenario: what it would do, the bridge of savings, whom it is about, and the plan.

Always through the closed gate; counts to 5 and money to £100 for whoever lacks child level. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from ui import money_plan_rows, theme
from ui import scenario_words as words
from ui.disclosure import KEY, Gate
from ui.money_plan_rows import IN_YEAR, Row, name_of
from ui.money_plan_words import NOT_ADDED, ONLY_THESE, in_brackets
from ui.scenario_figures import OVERLAP, TOGETHER
from ui.scenario_reach import EVERYONE, need_and_cost
from ui.theme import count
from vcore.exports.deck import Bars, Slide, Table
from vcore.measures.disclosure import HIDDEN, rounded_count, rounded_money
from vcore.scenarios import Result
from vcore.scenarios.plan import Plan
from vcore.store import Groups

MOST_LINES = 4
LABELS_K = '#,##0,"k";-#,##0,"k";0'
LABELS_M = '#,##0.0,,"m";-#,##0.0,,"m";0'
TWO_AND_A_HALF_MILLION = 2.5e6  # from here labels are in millions


class Rounding(NamedTuple):
    """How exact the slides may be."""

    rounded: bool

    def count(self, n: float) -> str:
        """Children, in words."""
        return theme.number(rounded_count(n) if self.rounded else round(n))

    def gbp(self, amount: float) -> float:
        """£, as exact as may be."""
        return rounded_money(amount) if self.rounded else round(amount)


def slides(plan: Plan, gate: Gate, *, rounded: bool) -> list[Slide]:
    """The four slides. Only where the scenario's amounts may be told."""
    exact = Rounding(rounded)
    return [
        _what(plan.result, exact),
        _bridge(plan.result, exact),
        _whom(plan.result, gate, exact),
        _plan(plan, gate, exact),
    ]


def _what(result: Result, exact: Rounding) -> Slide:
    moved = result.children_moved
    move = f"about {exact.count(moved)} would move" if round(moved) else "nobody would move"
    title = f"{exact.count(result.children_affected)} children or placements affected; {move}"
    year, way = words.yearly(exact.gbp(result.unclaimed_annual_gbp))
    figures = [
        ("In a full year, at today's prices", f"{year} {way} {words.WHOSE[result.scenario.cost_basis]}"),
        ("One-off cost of making it happen", theme.money(exact.gbp(result.delivery_cost_gbp))),
        ("Net in the first full year", theme.money(exact.gbp(result.unclaimed_net_first_year_gbp))),
    ]
    if result.claimed_gbp:
        claimed = exact.gbp(result.claimed_gbp * result.scenario.weeks_per_year)
        figures.append(("Claimed from partners a year: no saving until they agree", theme.money(claimed)))
    said = [step.settings.explain() for step in result.steps]
    if len(said) > MOST_LINES:
        more = count(len(said) - MOST_LINES, "more lever", "more levers")
        said = [*said[:MOST_LINES], f"And {more}, in the workbook's Read me."]
    return Slide(
        title=title,
        lines=[*said, *words.caveats(result)[:3]],
        table=Table("Table of what the scenario comes to.", ("What it comes to", ""), figures),
    )


def _bridge(result: Result, exact: Rounding) -> Slide:
    weeks = result.scenario.weeks_per_year
    parts = [(name_of(step.settings), exact.gbp(step.alone_gbp * weeks)) for step in result.unclaimed]
    if len(parts) > 1:
        parts += [
            (OVERLAP, exact.gbp(-result.unclaimed_overlap_gbp * weeks)),
            (TOGETHER, exact.gbp(result.unclaimed_annual_gbp)),
        ]
    if not parts:
        return Slide(words.bridge_title(result) if result.steps else "No lever is on, so nothing is saved")
    amounts = [gbp for _, gbp in parts]
    told = "; ".join(f"{name} {theme.money(gbp)}" for name, gbp in parts)
    bars = Bars(
        "Full-year effect, £ a year",
        f"Bars of each lever's full-year effect, what is counted twice, and all together: {told}.",
        [name for name, _ in parts],
        {"£ a year": [abs(gbp) for gbp in amounts] if (base := _begins(amounts)) else amounts},
        base,
        label_format=LABELS_M if max(map(abs, amounts)) >= TWO_AND_A_HALF_MILLION else LABELS_K,
    )
    rows = [(name, theme.money_full(gbp)) for name, gbp in parts]
    return Slide(
        words.bridge_title(result),
        charts=[bars],
        table=Table(f"Table of the bridge: {told}.", ("Part", "£ a year"), rows),
    )


def _begins(amounts: list[float]) -> list[float] | None:
    """Where each bar of the bridge begins; None where one would lie below nought, so that none floats."""
    begins, reached = [], 0.0
    for at, gbp in enumerate(amounts):
        last = at == len(amounts) - 1 and len(amounts) > 1
        after = gbp if last else reached + gbp
        begins.append(0.0 if last else min(reached, after))
        reached = after
    return begins if min(begins) >= 0 and amounts[-1] >= 0 else None


def _whom(result: Result, gate: Gate, exact: Rounding) -> Slide:
    cohort = result.cohort
    told = [need_and_cost(cohort, Groups.single(len(cohort), EVERYONE), gate)]
    for step in result.steps:
        here = step.effect.eligible
        if not here.any():
            continue
        told.append(need_and_cost(cohort, Groups.single(len(cohort), name_of(step.settings)), gate, here))
    table = pd.concat(told, ignore_index=True)
    names = [str(who) for who in table["who"]]
    rows = [
        (
            str(row.who),
            _one(row.children, exact.count),
            _one(row.need, theme.number),
            _one(row.cost, lambda gbp: theme.money_full(exact.gbp(gbp))),
        )
        for row in table.itertuples()
    ]
    charts = [
        Bars(
            title,
            f"Bars of the {title.lower()}: {'; '.join(f'{row[0]} {row[at]}' for row in rows)}.",
            names,
            {title: [tell(cell) for cell in table[column]]},
            label_format=look,
        )
        for title, column, at, look, tell in (
            ("Mean total need today", "need", 2, "0", _known),
            ("Mean weekly cost today, £", "cost", 3, "#,##0", lambda cell: _known(cell, exact.gbp)),
        )
    ]
    return Slide(
        "Need beside cost: whom each lever acts on",
        charts=charts,
        table=Table(
            "Table of children, mean total need and mean weekly cost.",
            ("Who", "Children", "Mean total need", "Mean weekly cost"),
            rows,
        ),
    )


def _one(cell: object, tell: Callable[[float], str]) -> str:
    if isinstance(cell, str):
        return cell
    return theme.NOT_AVAILABLE if pd.isna(cell) else tell(float(cell))  # type: ignore[arg-type]


def _known(cell: object, tell: Callable[[float], float] = float) -> float | None:
    """A number to draw; None where it is hidden or not available."""
    return None if isinstance(cell, str) or pd.isna(cell) else tell(float(cell))  # type: ignore[arg-type]


def _plan(plan: Plan, gate: Gate, exact: Rounding) -> Slide:
    rows = [
        row
        for row in money_plan_rows.rows(plan, gate)
        if row.is_total and row.block != "Change on the year before"
    ]
    told = [(f"{row.words} ({row.code})", *(_pounds(cell, exact) for cell in row.years)) for row in rows]
    cash = next((row for row in rows if row.block == IN_YEAR and row.code == "ALL-CASH"), None)
    charts = [] if cash is None else [_cash(plan, cash, exact)]
    hidden = [KEY] if any(HIDDEN in row for row in told) else []
    return Slide(
        _plan_title(plan, cash, exact),
        lines=[f"Savings stand in brackets. {NOT_ADDED}", ONLY_THESE, *hidden],
        charts=charts,
        table=Table("Table of the plan by financial year.", ("£ of cost", *plan.years), told),
    )


def _plan_title(plan: Plan, cash: Row | None, exact: Rounding) -> str:
    if cash is None or isinstance(cash.years[0], str):
        return f"The plan from {plan.years[0]} to {plan.years[-1]}"
    first, way = words.yearly(-exact.gbp(cash.years[0]))
    way = way.removesuffix(" a year")
    ends = (
        ""
        if isinstance(cash.years[-1], str)
        else f", {words.yearly(-exact.gbp(cash.years[-1]))[0]} by {plan.years[-1]}"
    )
    return f"{first} {way} in cash in {plan.years[0]}{ends}"


def _cash(plan: Plan, cash: Row, exact: Rounding) -> Bars:
    values = [None if isinstance(cell, str) else -exact.gbp(cell) for cell in cash.years]
    said = "; ".join(
        f"{year} {_pounds(cell, exact)}" for year, cell in zip(plan.years, cash.years, strict=True)
    )
    most = max((abs(gbp) for gbp in values if gbp is not None), default=0.0)
    return Bars(
        "Cash saved in each financial year, £",
        f"Columns of the cash saved in each financial year: {said}.",
        plan.years,
        {"Cash saved": values},
        label_format=LABELS_M if most >= TWO_AND_A_HALF_MILLION else LABELS_K,
        upright=True,
    )


def _pounds(cell: float | str, exact: Rounding) -> str:
    return cell if isinstance(cell, str) else in_brackets(exact.gbp(cell))
