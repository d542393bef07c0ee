"""This year's outturn against its budget, and from there to next year with the plan: one bridge, one table.

The bridge begins at £0, which is the budget: growth goes to the right, savings to the left. All funders together,
as budgets are. Every number passes the gate: lines of few children are told together.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from ui import theme
from ui.bridge_layers import bridge_layers
from ui.disclosure import Gate
from ui.figure import Figure
from ui.money_plan_rows import told_years
from ui.row_labels import broken, row_axis
from ui.scenario_words import all_told
from vcore.facts.assumptions import Assumption, value
from vcore.measures.outturn import AMOUNTS, told_apart
from vcore.scenarios.calendar import by_year
from vcore.scenarios.plan import Plan

NAME, BARS = "outturn-bridge", "bars"
TURNOVER = "turnover_replaced_share"
ROW_PX, SHOWN = 34, 6
HEADINGS = dict(
    zip(
        AMOUNTS,
        (
            "Budget",
            "Spent so far",
            "Committed to 31 March",
            "Expected turnover",
            "Forecast",
            "Over (under) budget",
        ),
        strict=True,
    )
)


class Step(NamedTuple):
    """A bar of the bridge, £ a year above the budget; `total` where it stands from £0."""

    part: str
    gbp: float
    total: bool = False


def table(found: pd.DataFrame, gate: Gate) -> pd.DataFrame:
    """The outturn's lines as this reader may see them, and their sum."""
    fewest = 0 if gate.sees_small or gate.sees_placements else int(value("smallest_n_for_mean"))
    apart = told_apart(found, fewest)[["line", *AMOUNTS]].sort_values("variance_gbp", ascending=False)
    whole = apart[list(AMOUNTS)].sum().to_dict() | {"line": "All lines"}
    return pd.concat([apart, pd.DataFrame([whole])], ignore_index=True).rename(
        columns={"line": "Line"} | HEADINGS
    )


def turnover_words(known: Assumption) -> str:
    """What is expected of new placements until the year ends, and where that comes from."""
    source = "placeholder: ours, no source yet" if known.quality == "placeholder" else known.source
    return (
        f"Expected turnover: new placements take up {theme.percent(known.value)} of the cost of those that end before "
        f"31 March ({source}). Lines that name no kind of placement are taken to end on budget."
    )


def bridge(found: pd.DataFrame, year: str, plan: Plan, run_rate_gbp: float, gate: Gate) -> Figure:
    """From the budget to the forecast by line, and, where the plan may be told, on to the plan's first year.

    `run_rate_gbp` is what today's placements cost in a full year, gross.
    """
    told = table(found, gate)
    steps = _steps(told, year, plan if _may_tell(plan, gate) else None, run_rate_gbp)
    over = float(told[HEADINGS["variance_gbp"]].iloc[-1])
    way = "over" if over > 0 else "under"
    budget = theme.money(float(told[HEADINGS["budget_gbp"]].iloc[-1]))
    title = f"{year}: forecast {theme.money(abs(over))} {way} the budget of {budget}"
    return Figure(
        name=NAME,
        title=title,
        subtitle="£ a year above the budget (£0), all funders; savings go to the left",
        chart={**_shape(len(steps)), "datasets": {BARS: _bars(steps)}},
        table=_with_steps(told, steps),
        alt=f"Bridge from the budget: {'; '.join(f'{step.part} {theme.money(step.gbp)}' for step in steps)}.",
        still_alt="Bridge from the budget by line to the forecast, and on to the plan's first year.",
        note=turnover_words(plan.result.scenario.known(TURNOVER)),
        units=dict.fromkeys(HEADINGS.values(), "gbp"),
    )


def _with_steps(told: pd.DataFrame, steps: list[Step]) -> pd.DataFrame:
    """The lines, and after them what the bridge goes on to."""
    forecast = next(at for at, step in enumerate(steps) if step.total)
    last = HEADINGS["variance_gbp"]
    beyond = pd.DataFrame([{"Line": step.part, last: step.gbp} for step in steps[forecast + 1 :]])
    lines = told.astype("object")
    return pd.concat([lines, beyond.astype("object")], ignore_index=True).fillna("") if len(beyond) else told


def _may_tell(plan: Plan, gate: Gate) -> bool:
    """Whether the plan's first year may be told in money."""
    known = [told_years(line, gate) for line in plan.lines]
    first = [years[0] for line in known for years in (line.together, *line.kinds.values())]
    few = any(not gate.averages(n) for n in plan.growing.values())
    return all_told(plan.result, gate) and all(first) and not few


def _steps(told: pd.DataFrame, year: str, plan: Plan | None, run_rate_gbp: float) -> list[Step]:
    lines = told.iloc[:-1]
    over = lines[HEADINGS["variance_gbp"]].astype("float64")
    large = over.abs().sort_values(ascending=False).index[:SHOWN]
    steps = [Step(str(lines.loc[at, "Line"]), float(over[at])) for at in over.index if at in large]
    if len(over) > len(large):
        steps.append(Step("Other lines", float(over.drop(large).sum())))
    steps.append(Step(f"Forecast {year}", float(over.sum()), total=True))
    if plan is None:
        return steps
    placements = float(told[HEADINGS["forecast_gbp"]].iloc[-1])
    steps.append(Step("Today's placements for a full year", run_rate_gbp - placements))
    first = plan.years[0]
    growth = float(sum(by_year(monthly)[0] for monthly in plan.growth.values()))
    steps += [Step("Growth that happens anyway", growth)] if growth else []
    steps.append(Step(f"Cash saved in {first}", -float(by_year(plan.cash)[0])))
    steps.append(Step("One-off cost", float(by_year(plan.one_off)[0])))
    reached = float(np.sum([step.gbp for step in steps if not step.total]))
    return [*steps, Step(f"Outlook {first}", reached, total=True)]


def _bars(steps: list[Step]) -> list[dict[str, Any]]:
    reached, bars = 0.0, []
    for step in steps:
        start, end = (0.0, step.gbp) if step.total else (reached, reached + step.gbp)
        reached = end
        kind = "total" if step.total else "growth" if step.gbp > 0 else "saving"
        bars.append(
            {
                "part": broken(step.part),
                "kind": kind,
                "start": start,
                "end": end,
                "edge": max(start, end),
                "words": theme.money(step.gbp),
                "full": theme.money_full(step.gbp),
            }
        )
    reach = max(abs(bar[end]) for bar in bars for end in ("start", "end")) or 1.0
    return [bar | {"room": bar["edge"] + 0.16 * reach} for bar in bars]


@cache
def _shape(bars: int) -> dict[str, Any]:
    """The picture without its rows, made once."""
    colors = {"growth": theme.PAIR[1], "saving": theme.SEQUENCE[1], "total": theme.CATEGORIES[0]}
    layers = bridge_layers(BARS, colors, row_axis(), thick=0.7, weight=None)
    return alt.LayerChart(layer=layers, height=ROW_PX * bars).to_dict()


def control_words(told: pd.DataFrame, control_gbp: float) -> str:
    """Whether what is spent so far equals the total of another ledger."""
    spent = float(told[HEADINGS["actual_gbp"]].iloc[-1])
    apart = spent - control_gbp
    if abs(apart) < 1:
        return f"Equal to the ledger: {theme.money_full(spent)} spent so far."
    way = "more" if apart > 0 else "less"
    share = f" ({theme.percent(abs(apart) / abs(control_gbp))})" if control_gbp else ""
    return f"{theme.money_full(abs(apart))}{share} {way} here than in the ledger: find out why before using this."
