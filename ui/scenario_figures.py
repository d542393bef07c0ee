"""Three pictures of a scenario: the bridge from £0, the step-down's funnel, and who is affected.

Every number passes the gate. Asks the run and the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from ui import charts, theme
from ui import scenario_words as words
from ui.charts import Figure
from ui.disclosure import Gate
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.composition import by_group
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import Result, Step, StepDown

ROW_PX = 36
OVERLAP, TOGETHER = "Counted twice", "Together"
BRIDGE, BARS = "scenario-bridge", "bars"
EVERYONE = "Everyone here"
_GROUP = {"StepDown": "To discuss", "PriceCap": "Above the cap"}
SIDE_PX = 330


def bridge(result: Result, gate: Gate) -> Figure:
    """Savings from £0: each lever alone, what is counted twice taken off, and the two together.

    Where an amount is hidden nothing is drawn: a bar's length would say what its label hides.
    """
    if not words.all_told(result, gate):
        return charts.quiet(BRIDGE, "What it would change", words.who_line(result, gate))
    bars = _bars(result)
    weeks = result.scenario.weeks_per_year
    return Figure(
        name=BRIDGE,
        title=words.bridge_title(result),
        subtitle=f"{words.money_line(result)} · {words.who_line(result, gate)}",
        chart={**_bridge_shape(len(bars)), "datasets": {BARS: [bar._asdict() for bar in bars]}},
        table=pd.DataFrame(
            {
                "Part": [bar.part for bar in bars],
                "£ a year": [bar.annual for bar in bars],
                "£ a week": [bar.annual / weeks for bar in bars],
            }
        ),
        alt=f"Bars of the full-year effect from £0: {'; '.join(f'{bar.part} {bar.words}' for bar in bars)}.",
        still_alt="Bars of the full-year effect of each lever from £0, what is counted twice, and all together.",
        units={"£ a year": "gbp", "£ a week": "gbp"},
    )


def funnel(result: Result, gate: Gate) -> Figure:
    """How the children in the setting become those for discussion, test by test. Needs a step-down."""
    step, lever = next((step, lever) for step in result.steps if isinstance(lever := step.settings, StepDown))
    shown = funnel_counts(step, len(result.cohort), gate)
    names = [name for name in step.funnel if name != "within_need_and_age"]
    table = pd.DataFrame(
        {
            "Children left": [shown[name] if shown[name] == HIDDEN else step.funnel[name] for name in names],
            "Test": [words.funnel_words(name, lever) for name in names],
        }
    )[["Test", "Children left"]]
    drawn = pd.DataFrame(
        {
            "test": table["Test"],
            "left": pd.to_numeric(table["Children left"], errors="coerce").fillna(0),
            "words": [shown[name] for name in names],
        }
    )
    y = alt.Y("test", type="nominal", sort=None, title=None, axis=_PLAIN)
    x = alt.X("left", type="quantitative", axis=None)
    bars = alt.Chart(drawn).mark_bar(color=theme.CATEGORIES[0]).encode(x=x, y=y)
    labels = (
        alt.Chart(drawn)
        .mark_text(align="left", dx=5)
        .encode(x=x, y=y, text=alt.Text("words", type="nominal"))
    )
    left = shown[names[-1]]
    return Figure(
        name="scenario-funnel",
        title=f"{left} of {shown[names[0]]} {words.funnel_words(names[0], lever)} are left for discussion",
        subtitle=f"Children left after each test · {theme.date_words(result.cohort.as_of)}",
        chart=alt.LayerChart(layer=[bars, labels], height=ROW_PX * len(drawn)),
        table=table,
        alt=f"Bars of the children left after each test, from {shown[names[0]]} down to {left}.",
        units={"Children left": "children"},
    )


def funnel_counts(step: Step, n: int, gate: Gate) -> dict[str, str]:
    """The funnel's counts as words; where neighbours would give away a few children, "c"."""
    rising = [*reversed(step.funnel.values()), n]
    said_elsewhere = [step.eligible, *(step.funnel[name] for name in words.FUNNEL_LINE)]
    safe = set(np.array(rising)[gate.steps(rising, said_elsewhere)])
    return {
        name: theme.number(left) if left in safe and gate.counts(left) else HIDDEN
        for name, left in step.funnel.items()
    }


def affected(result: Result, gate: Gate) -> Figure:
    """Need beside cost: of everyone here, and of those each lever looks at, by where they live."""
    children = result.cohort.children
    rows = [_need_and_cost(children.assign(setting_detail=EVERYONE), children[:0], gate)]
    for step in result.steps:
        here = step.effect.eligible
        homes = _need_and_cost(children[here], children[~here], gate)
        homes["who"] = [f"{_GROUP[step.lever]}: {DETAIL_LABELS[home].lower()}" for home in homes["who"]]
        rows.append(homes)
    table = pd.concat(rows, ignore_index=True)
    return Figure(
        name="scenario-affected",
        title="Need beside cost, today",
        subtitle=f"Mean total need and mean gross weekly cost · {theme.date_words(result.cohort.as_of)}",
        chart=alt.hconcat(
            _side(table, "need", "Mean total need", theme.number, color=theme.PAIR[1], labels=True),
            _side(table, "cost", "Mean weekly cost", theme.money, color=theme.PAIR[0], labels=False),
            spacing=24,
        ),
        table=table.rename(
            columns={
                "who": "Who",
                "children": "Children",
                "need": "Mean total need",
                "cost": "Mean weekly cost",
            }
        ),
        alt=f"Paired bars of mean need and mean cost: {'; '.join(table['who'])}.",
        units={"Children": "children", "Mean total need": "points", "Mean weekly cost": "gbp"},
    )


def _need_and_cost(here: pd.DataFrame, rest: pd.DataFrame, gate: Gate) -> pd.DataFrame:
    """One row a home: `who`, `children`, `need` (mean points), `cost` (mean weekly £); "c" where hidden."""
    groups = by_group(here, "setting_detail")
    others = rest["setting_detail"].value_counts()
    left_out = [int(others.get(home, 0)) for home in groups["setting_detail"]]
    return pd.DataFrame(
        {
            "who": groups["setting_detail"],
            "children": gate.table(groups, "children", [], left_out)["children"],
            "need": gate.table(groups, "assessed", ["mean_need_total"], left_out)["mean_need_total"],
            "cost": gate.table(groups, "costed", ["mean_weekly_gbp"], left_out)["mean_weekly_gbp"],
        }
    )


_PLAIN = alt.Axis(ticks=False, domain=False, labelPadding=8)


class _Bar(NamedTuple):
    """A bar of the bridge from `start` to `end`, £ a year; `annual` is its length, with its sign."""

    part: str
    kind: str
    start: float
    end: float
    annual: float
    words: str
    full: str
    edge: float  # where its label stands
    room: float  # how far the picture must reach for the label to fit


def _bars(result: Result) -> list[_Bar]:
    weeks = result.scenario.weeks_per_year
    reached, bars = 0.0, []
    for step in result.steps:
        bars.append(_bar(words.lever_name(step.settings), "lever", reached, step.alone_gbp * weeks))
        reached = bars[-1].end
    if len(bars) > 1:
        bars.append(_bar(OVERLAP, "overlap", reached, -result.overlap_gbp * weeks))
        bars.append(_bar(TOGETHER, "total", 0.0, result.annual_saving_gbp))
    return bars


def _bar(part: str, kind: str, start: float, annual: float) -> _Bar:
    end = start + annual
    edge = max(start, end)
    return _Bar(
        part, kind, start, end, annual, theme.money(annual), theme.money_full(annual), edge, edge * 1.16
    )


@cache
def _bridge_shape(bars: int) -> dict[str, Any]:
    """The picture without its rows, made once: a slider only brings new rows."""
    rows = alt.NamedData(BARS)
    color = alt.Color(
        "kind",
        type="nominal",
        legend=None,
        scale=alt.Scale(
            domain=["lever", "overlap", "total"],
            range=[theme.SEQUENCE[1], theme.CONTEXT, theme.CATEGORIES[0]],
        ),
    )
    tooltip = [
        alt.Tooltip("part", type="nominal", title="Part"),
        alt.Tooltip("full", type="nominal", title="£ a year"),
    ]
    y = alt.Y("part", type="nominal", sort=None, title=None, axis=_PLAIN)
    layers = [
        alt.Chart(rows).mark_point(opacity=0).encode(x=_pounds("room"), y=y),
        alt.Chart(rows)
        .mark_bar(height={"band": 0.72})
        .encode(x=_pounds("start"), x2=alt.X2("end"), y=y, color=color, tooltip=tooltip),
        alt.Chart(rows)
        .mark_text(align="left", dx=6, fontWeight=600)
        .encode(x=_pounds("edge"), y=y, text=alt.Text("words", type="nominal")),
    ]
    return alt.LayerChart(layer=layers, height=ROW_PX * bars + 12).to_dict()


def _pounds(field: str) -> alt.X:
    return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(nice=False, zero=True))


def _side(
    table: pd.DataFrame, column: str, title: str, say: Callable[[float], str], *, color: str, labels: bool
) -> alt.LayerChart:
    drawn = pd.DataFrame(
        {
            "who": [
                f"{who} ({count if isinstance(count, str) else theme.number(float(count))})"
                for who, count in zip(table["who"], table["children"], strict=True)
            ],
            "size": pd.to_numeric(table[column], errors="coerce").fillna(0.0),
            "words": [cell if isinstance(cell, str) else say(float(cell)) for cell in table[column]],
        }
    )
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8, labels=labels)
    y = alt.Y("who", type="nominal", sort=None, title=None, axis=axis)
    x = alt.X(
        "size",
        type="quantitative",
        title=title,
        axis=alt.Axis(labels=False, ticks=False, grid=False),
        scale=alt.Scale(domain=[0, max(drawn["size"].max() * 1.25, 1)]),
    )
    bars = alt.Chart(drawn).mark_bar(color=color).encode(x=x, y=y)
    words = (
        alt.Chart(drawn)
        .mark_text(align="left", dx=5)
        .encode(x=x, y=y, text=alt.Text("words", type="nominal"))
    )
    return alt.LayerChart(layer=[bars, words], height=ROW_PX * len(drawn), width=SIDE_PX)
