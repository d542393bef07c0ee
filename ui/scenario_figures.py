"""Three pictures of a scenario: the bridge from £0, the step-down's funnel, and who is affected.

Every number passes the gate. Asks the run and the measures, never the data.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from ui import scenario_words as words
from ui import theme
from ui.charts import Figure
from ui.disclosure import Gate
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.composition import by_group
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import Result, Step, StepDown

ROW_PX = 36
OVERLAP, TOGETHER = "Counted twice", "Together"
BARS = "bars"


def bridge(result: Result, gate: Gate) -> Figure:
    """Savings from £0: each lever alone, what is counted twice taken off, and the two together."""
    bars = _bars(result, gate)
    title = words.bridge_title(result, gate)
    shape = _bridge_shape(len(bars))
    weeks = result.scenario.weeks_per_year
    return Figure(
        name="scenario-bridge",
        title=title,
        subtitle=words.who_line(result, gate),
        chart={**shape, "datasets": {BARS: [bar._asdict() for bar in bars]}},
        table=pd.DataFrame(
            {
                "Part": [bar.part for bar in bars],
                "£ a year": [bar.told for bar in bars],
                "£ a week": [bar.told if isinstance(bar.told, str) else bar.told / weeks for bar in bars],
            }
        ),
        alt=f"Bars of the full-year effect from £0: {'; '.join(f'{bar.part} {bar.words}' for bar in bars)}.",
        units={"£ a year": "gbp", "£ a week": "gbp"},
    )


def funnel(step: Step, result: Result, gate: Gate) -> Figure:
    """How the children in the setting become those for discussion, test by test."""
    lever = step.settings
    assert isinstance(lever, StepDown)
    shown = funnel_counts(step, len(result.cohort), gate)
    names = [name for name in step.funnel if name != "within_need_and_age"]
    table = pd.DataFrame(
        {
            "Children left": [shown[name] if shown[name] == HIDDEN else step.funnel[name] for name in names],
            "Test": [words.funnel_words(name, lever) for name in names],
        }
    )[["Test", "Children left"]]
    drawn = table.assign(
        left=pd.to_numeric(table["Children left"], errors="coerce").fillna(0),
        words=[shown[name] for name in names],
    )
    y = alt.Y("Test", type="nominal", sort=list(drawn["Test"]), title=None, axis=_PLAIN)
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
    safe = set(np.array(rising)[gate.steps(rising)])
    return {
        name: theme.number(left) if left in safe and gate.counts(left) else HIDDEN
        for name, left in step.funnel.items()
    }


def affected(result: Result, gate: Gate) -> Figure:
    """The children any lever looks at, by where they live: how many, what they need, what it costs."""
    touched = np.logical_or.reduce([step.effect.eligible for step in result.steps])
    groups = by_group(result.cohort.children[touched], "setting_detail")
    rest = result.cohort.children.loc[~touched, "setting_detail"].value_counts()
    left_out = [int(rest.get(detail, 0)) for detail in groups["setting_detail"]]
    told = gate.table(groups, "children", [], left_out)
    cost = gate.table(groups, "costed", ["mean_weekly_gbp"], left_out)
    need = gate.table(groups, "assessed", ["mean_need_total"], left_out)
    table = pd.DataFrame(
        {
            "Where they live": [DETAIL_LABELS[detail] for detail in groups["setting_detail"]],
            "Children": told["children"],
            "Mean total need": need["mean_need_total"],
            "Mean weekly cost": cost["mean_weekly_gbp"],
        }
    )
    order = list(table["Where they live"])
    sides = [
        _side(table, order, "Mean total need", lambda points: theme.number(points), labels=True),
        _side(table, order, "Mean weekly cost", theme.money, labels=False),
    ]
    return Figure(
        name="scenario-affected",
        title="Need beside cost of the children this looks at",
        subtitle=f"Mean total need and mean weekly cost today · {theme.date_words(result.cohort.as_of)}",
        chart=alt.hconcat(*sides, spacing=24),
        table=table,
        alt=f"Paired bars of mean need and mean cost for {len(order)} kinds of home, dearest first.",
        units={"Children": "children", "Mean total need": "points", "Mean weekly cost": "gbp"},
    )


_PLAIN = alt.Axis(ticks=False, domain=False, labelPadding=8)


class _Bar(NamedTuple):
    """A bar of the bridge from `start` to `end`, £ a year; `told` is its length, or "c"."""

    part: str
    kind: str
    start: float
    end: float
    told: float | str
    words: str
    full: str
    edge: float  # where its label stands
    room: float  # how far the picture must reach for the label to fit


def _bars(result: Result, gate: Gate) -> list[_Bar]:
    weeks = result.scenario.weeks_per_year
    told = words.all_told(result, gate)
    reached, parts = 0.0, []
    for step in result.steps:
        annual = step.alone_gbp * weeks
        parts.append((words.lever_name(step.settings), "lever", reached, annual, words.told(step, gate)))
        reached += annual
    if len(parts) > 1:
        parts.append((OVERLAP, "overlap", reached, -result.overlap_gbp * weeks, told))
        parts.append((TOGETHER, "total", 0.0, result.annual_saving_gbp, told))
    return [_bar(*part, drawn=told) for part in parts]


def _bar(part: str, kind: str, start: float, annual: float, shown: bool, *, drawn: bool) -> _Bar:
    """`drawn`: whether bars have a length at all; where one is hidden, another's place would give it away."""
    start, end = (start, start + annual) if drawn else (0.0, 0.0)
    edge = max(start, end)
    return _Bar(
        part,
        kind,
        start,
        end,
        annual if shown else HIDDEN,
        theme.money(annual) if shown else HIDDEN,
        theme.money_full(annual) if shown else HIDDEN,
        edge,
        edge * 1.16,
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
    return alt.LayerChart(layer=layers, height=ROW_PX * bars).to_dict()


def _pounds(field: str) -> alt.X:
    return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(nice=False, zero=True))


def _side(table: pd.DataFrame, order: list[str], column: str, say, *, labels: bool) -> alt.LayerChart:
    cells = list(table[column])
    drawn = pd.DataFrame(
        {
            "home": order,
            "size": pd.to_numeric(table[column], errors="coerce").fillna(0.0).to_list(),
            "words": [cell if isinstance(cell, str) else say(float(cell)) for cell in cells],
        }
    )
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8, labels=labels)
    y = alt.Y("home", type="nominal", sort=order, title=None, axis=axis)
    top = max(drawn["size"].max() * 1.25, 1)
    x = alt.X(
        "size",
        type="quantitative",
        title=column,
        axis=alt.Axis(labels=False, ticks=False, grid=False),
        scale=alt.Scale(domain=[0, top]),
    )
    color = theme.PAIR[1] if labels else theme.PAIR[0]
    bars = alt.Chart(drawn).mark_bar(color=color).encode(x=x, y=y)
    text = (
        alt.Chart(drawn)
        .mark_text(align="left", dx=5)
        .encode(x=x, y=y, text=alt.Text("words", type="nominal"))
    )
    return alt.LayerChart(layer=[bars, text], height=ROW_PX * len(order), width=250)
