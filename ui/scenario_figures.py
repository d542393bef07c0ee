"""The picture of a scenario: the bridge from £0.

Every number passes the gate. Asks the run, never the data.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from ui import charts, theme
from ui import scenario_words as words
from ui.bridge_layers import bridge_layers
from ui.disclosure import Gate
from ui.figure import Figure
from ui.lever_words import lever_name
from vcore.scenarios import Result

ROW_PX = 36
OVERLAP, TOGETHER = "Counted twice", "Together"
BRIDGE, BARS = "scenario-bridge", "bars"


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


PLAIN = alt.Axis(ticks=False, domain=False, labelPadding=8)


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
        if step.settings.counts_as == "avoided" and not step.alone_gbp:
            continue  # it takes nothing off today's spending: said beside the total
        bars.append(_bar(lever_name(step.settings), "lever", reached, step.alone_gbp * weeks))
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
    colors = {"lever": theme.SEQUENCE[1], "overlap": theme.CONTEXT, "total": theme.CATEGORIES[0]}
    layers = bridge_layers(BARS, colors, PLAIN, thick=0.72, weight=600)
    return alt.LayerChart(layer=layers, height=ROW_PX * bars + 12).to_dict()
