"""Two pictures of how sure an answer is: the range of futures, and each assumption from its low to its high end.

Every number passes the gate: where the answer's amounts are hidden, so are these.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import charts, theme
from ui import ranges_words as words
from ui.assumption_words import amount, unit
from ui.disclosure import Gate
from ui.figure import Figure
from ui.row_labels import broken, row_axis
from ui.scenario_words import WHOSE, all_told, who_line
from vcore.facts.assumptions import assumption
from vcore.scenarios import Result
from vcore.scenarios.ranges import Interval, Ranges

INTERVAL, SWINGS, ROWS = "ranges-interval", "ranges-swings", "rows"
MOST_SWINGS = 10  # drawn; the table has all
MATTERS_GBP = 0.5  # a year, below which an end changes nothing
_ROW_PX, _SWING_PX = 64, 44
_AXIS_PX, _LEGEND_PX = 30, 34
_ENDS = ("At its low end", "At its high end")


def interval(result: Result, found: Ranges, gate: Gate) -> Figure:
    """What eight futures in ten come to, the middle one, and the answer as it is set."""
    title = "How sure is this?"
    if not all_told(result, gate):
        return charts.quiet(INTERVAL, title, who_line(result, gate))
    told: dict[str, tuple[Interval, float]] = {
        "A full year": (found.annual_saving_gbp, result.annual_saving_gbp),
        "First full year, less one-off cost": (found.net_first_year_gbp, result.net_first_year_gbp),
    }
    rows = [
        {
            "part": broken(part, 20),
            **span._asdict(),
            "here": here,
            "words": f"{theme.money(span.p10)} to {theme.money(span.p90)}, middle {theme.money(span.p50)}",
        }
        for part, (span, here) in told.items()
    ]
    said = [f"{part} {row['words']}" for part, row in zip(told, rows, strict=True)]
    table = pd.DataFrame(
        [[part, *span, here] for part, (span, here) in told.items()],
        columns=["£ saved", "P10", "P50 (middle)", "P90", "As set here"],
    )
    return Figure(
        name=INTERVAL,
        title=words.interval_title(found),
        subtitle=f"£ less {WHOSE[result.scenario.cost_basis]}; bar: 8 in 10 of {words.FUTURES} (P10 to P90), "
        "line: the middle one (P50), circle: as set here",
        chart={**_interval_shape(len(rows)), "datasets": {ROWS: rows}},
        table=table,
        alt=f"Bars of the range of futures: {'; '.join(said)}.",
        still_alt="Bars from P10 to P90 of the saving in a full year and net in the first, the middle marked.",
        units=dict.fromkeys(table.columns[1:], "gbp"),
    )


def swings(result: Result, found: Ranges, gate: Gate) -> Figure:
    """How far the annual saving moves with each assumption at its low and at its high end, widest first."""
    title = "What it depends on most"
    if not all_told(result, gate):
        return charts.quiet(SWINGS, title, who_line(result, gate))
    rows, table, idle = [], [], []
    for swing in found.swings:
        known = assumption(swing.key)
        ends = [
            (end, f"{amount(at, known)}{unit(known)}", saved)
            for end, at, saved in zip(
                _ENDS, (swing.low, swing.high), (swing.at_low_gbp, swing.at_high_gbp), strict=True
            )
        ]
        if swing.width_gbp < MATTERS_GBP:
            idle.append(known.label)
        elif len(rows) < 2 * MOST_SWINGS:
            rows += [
                {
                    "part": broken(known.label, 26),
                    "end": end,
                    "at": at,
                    "change": saved - result.annual_saving_gbp,
                    "words": theme.money(saved),
                }
                for end, at, saved in ends
            ]
        table.append((known.label, ends[0][1], ends[0][2], ends[1][1], ends[1][2]))
    if not rows:
        return charts.quiet(SWINGS, title, who_line(result, gate))
    said = [
        f"{label} {low} {theme.money(at_low)}, {high} {theme.money(at_high)}"
        for label, low, at_low, high, at_high in table
    ]
    reach = max(abs(row["change"]) for row in rows) * 1.3
    return Figure(
        name=SWINGS,
        title=words.swing_title(assumption(found.swings[0].key).label),
        subtitle=f"Change of the annual saving from {theme.money(result.annual_saving_gbp)}, one assumption at a time "
        "from its low to its high end (printed at the bars)",
        chart={
            **_swing_shape(len(rows) // 2),
            "datasets": {ROWS: [row | {"left": -reach, "right": reach} for row in rows]},
        },
        table=pd.DataFrame(
            table, columns=["Assumption", "Low end", "£ a year at low", "High end", "£ a year at high"]
        ),
        alt=f"Bars by assumption: {'; '.join(said)}.",
        still_alt="Bars of how far the annual saving moves with each assumption at its low and at its high end.",
        note=" ".join(
            [words.ONE_AT_A_TIME] + ([f"Without effect on a full year: {', '.join(idle)}."] if idle else [])
        ),
        units={"£ a year at low": "gbp", "£ a year at high": "gbp"},
    )


_MONEY_AXIS = alt.Axis(labelExpr=theme.SHORT_MONEY, tickCount=5, ticks=False, domain=False)


def _gbp(field: str, nice: bool = False) -> alt.X:
    return alt.X(
        field, type="quantitative", title=None, axis=_MONEY_AXIS, scale=alt.Scale(nice=nice, zero=True)
    )


@cache
def _interval_shape(rows: int) -> dict[str, Any]:
    """The picture without its rows, made once."""
    data = alt.NamedData(ROWS)
    y = alt.Y("part", type="nominal", sort=None, title=None, axis=row_axis())
    tooltip = [alt.Tooltip("words", type="nominal", title="8 in 10 futures")]
    layers = [
        alt.Chart(data)
        .mark_bar(height=16, color=theme.SEQUENCE[2])
        .encode(x=_gbp("p10", nice=True), x2=alt.X2("p90"), y=y, tooltip=tooltip),
        alt.Chart(data)
        .mark_tick(color=theme.TEXT, thickness=3, size=26)
        .encode(x=_gbp("p50", nice=True), y=y),
        alt.Chart(data)
        .mark_point(color=theme.TEXT, fill="#ffffff", filled=True, stroke=theme.TEXT, size=90, opacity=1)
        .encode(x=_gbp("here", nice=True), y=y),
        alt.Chart(data)
        .mark_text(align="left", dy=-20)
        .encode(x=alt.value(4), y=y, text=alt.Text("words", type="nominal")),
    ]
    return alt.LayerChart(layer=layers, height=_ROW_PX * rows + _AXIS_PX).to_dict()


@cache
def _swing_shape(rows: int) -> dict[str, Any]:
    """The picture without its rows, made once."""
    data = alt.NamedData(ROWS)
    y = alt.Y("part", type="nominal", sort=None, title=None, axis=row_axis())
    color = alt.Color("end", type="nominal", scale=alt.Scale(domain=list(_ENDS), range=list(theme.PAIR)))
    tooltip = [
        alt.Tooltip(field, type="nominal", title=title)
        for field, title in (("end", "Assumption"), ("at", "It is"), ("words", "£ saved a year"))
    ]
    x = _gbp("change")
    room = [alt.Chart(data).mark_point(opacity=0).encode(x=_gbp(side), y=y) for side in ("left", "right")]
    at = alt.Text("at", type="nominal")
    right = alt.Chart(data).mark_text(align="left", dx=5).transform_filter("datum.change >= 0")
    left = alt.Chart(data).mark_text(align="right", dx=-5).transform_filter("datum.change < 0")
    labels = [side.encode(x=x, y=y, text=at) for side in (right, left)]
    bars = alt.Chart(data).mark_bar(height={"band": 0.55}).encode(x=x, y=y, color=color, tooltip=tooltip)
    rule = alt.Chart(data).mark_rule(color=theme.TEXT).encode(x=alt.datum(0))
    return alt.LayerChart(
        layer=[*room, bars, rule, *labels], height=_SWING_PX * rows + _AXIS_PX + _LEGEND_PX
    ).to_dict()
