"""The picture of need against cost: a heatmap, its margins, the median line and the reader's box, as Vega-Lite.

All in one view, so that it stretches with the page: the margins are bars beyond the two scales, the legend is rows
above them, so that a browser keeps the picture for other children. Draws what it is given: every number has passed
the gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import altair as alt
import numpy as np

from ui import need_cost_shades, theme
from ui.chart_data import filled
from ui.need_cost_limits import Limits
from vcore.facts.bands import WEEKLY_COST_BANDS_GBP
from vcore.measures.disclosure import HIDDEN

HEIGHT_PX, SMALL_PX = 400, 13
CELLS, TOPS, SIDES, MEDIANS, BOX, LEGEND = "cells", "tops", "sides", "medians", "box", "legend"
TOP_ROOM, SIDE_ROOM = 3.2, 0.24  # beyond the scales: bands of cost, share of the scale of need
LONGEST_TOP, LONGEST_SIDE = 1.9, 0.14
LEGEND_ROOM, LEGEND_ROOM_LOW = 1.7, 2.6  # above all of it, bands of cost: they are lower on a room's screen
LEGEND_STEP_PX, LEGEND_LINE_PX, CHILDREN_PX = 145, 19, 25  # the first words have "children" to say, too
CHILDREN = "Children"


class Bands(NamedTuple):
    """The lowest total of each band of need, and the highest total of all."""

    starts: tuple[int, ...]
    highest: int

    @property
    def need_labels(self) -> list[str]:
        """The bands of need in words."""
        ends = [*(start - 1 for start in self.starts[1:]), self.highest]
        return [f"{low}–{high}" for low, high in zip(self.starts, ends, strict=True)]


@cache
def cost_labels() -> list[str]:
    """The bands of weekly cost in words."""
    bands = [f"£{low:,}–{high - 1:,}" for low, high in pairwise(WEEKLY_COST_BANDS_GBP)]
    return [*bands, f"£{WEEKLY_COST_BANDS_GBP[-1]:,} or more"]


def drawn(
    bands: Bands,
    counts: np.ndarray,
    hidden: np.ndarray,
    medians: Sequence[object],
    limits: Limits,
    *,
    margins: bool,
) -> dict[str, Any]:
    """The finished chart. `counts` and `hidden` are bands of need × bands of cost; a median is a number, "c" or NaN.

    Without its `margins` the map has all the room.
    """
    top, end = len(WEEKLY_COST_BANDS_GBP), float(bands.highest)
    edges = [*(float(start) for start in bands.starts), end]
    shades = need_cost_shades.shades(int(counts.max()))
    needs, costs = bands.need_labels, cost_labels()
    cells = [
        {
            "x": edges[row],
            "x2": edges[row + 1],
            "y": column,
            "y2": column + 1,
            "color": need_cost_shades.color(None if hidden[row, column] else n, shades),
            "hover": f"Total need {needs[row]} · {costs[column]} a week · "
            + (f"{CHILDREN}: {HIDDEN}" if hidden[row, column] else theme.count(int(n), "child", "children")),
        }
        for (row, column), n in np.ndenumerate(counts)
        if n or hidden[row, column]
    ]
    tops = [
        {
            "x": edges[place] + 0.1 * (edges[1] - edges[0]),
            "x2": edges[place + 1] - 0.1 * (edges[1] - edges[0]),
            "middle": (edges[place] + edges[place + 1]) / 2,
            "y": top + 0.3,
            "y2": top + 0.3 + LONGEST_TOP * n / counts.sum(axis=1).max(),
            "words": theme.number(float(n)),
        }
        for place, n in enumerate(counts.sum(axis=1))
        if n
    ]
    sides = [
        {
            "x": end * 1.015,
            "x2": end * (1.015 + LONGEST_SIDE * n / counts.sum(axis=0).max()),
            "y": place + 0.1,
            "y2": place + 0.9,
            "middle": place + 0.5,
            "words": theme.number(float(n)),
        }
        for place, n in enumerate(counts.sum(axis=0))
        if n
    ]
    line = [
        {"x": (edges[place] + edges[place + 1]) / 2, "y": _height(median)}
        for place, median in enumerate(medians)
        if isinstance(median, float) and not np.isnan(median)
    ]
    box = [{"x": 0, "x2": min(limits.most_need + 0.5, end), "y": _height(limits.least_cost_gbp), "y2": top}]
    edge = {TOPS: tops, SIDES: sides} if margins else {TOPS: [], SIDES: []}
    legend = need_cost_shades.legend(shades, {cell["color"] for cell in cells})
    rows = {CELLS: cells, **edge, MEDIANS: line, BOX: box, LEGEND: legend}
    return filled(_shape(bands.starts, end, margins), rows)


def _height(weekly_gbp: float) -> float:
    """Where a cost stands on the scale of bands: each band is 1 high, the last as wide as the one before it."""
    ends = [*WEEKLY_COST_BANDS_GBP, 2 * WEEKLY_COST_BANDS_GBP[-1] - WEEKLY_COST_BANDS_GBP[-2]]
    return float(np.interp(weekly_gbp, ends, range(len(ends))))


@cache
def _shape(starts: tuple[int, ...], end: float, margins: bool) -> dict[str, Any]:
    """The picture without its rows."""
    bands = len(WEEKLY_COST_BANDS_GBP)
    costs = ", ".join(f"'{theme.money(start)}'" for start in WEEKLY_COST_BANDS_GBP)
    need_axis = alt.Axis(values=[*starts, end], grid=False, domain=False)
    cost_axis = alt.Axis(
        values=list(range(bands)),
        labelExpr=f"[{costs}][datum.value]",
        labelOverlap="parity",
        labelFontSize=SMALL_PX,
        grid=False,
        domain=False,
    )
    above = TOP_ROOM + LEGEND_ROOM if margins else LEGEND_ROOM_LOW
    need_scale = alt.Scale(domain=[0, end * (1 + SIDE_ROOM * margins)], nice=False)
    cost_scale = alt.Scale(domain=[0, bands + above], nice=False)

    def at_need(field: str) -> alt.X:
        return alt.X(field, type="quantitative", title="Total need", axis=need_axis, scale=need_scale)

    def at_cost(field: str) -> alt.Y:
        return alt.Y(field, type="quantitative", title="Weekly cost", axis=cost_axis, scale=cost_scale)

    area = {"x": at_need("x"), "x2": alt.X2("x2"), "y": at_cost("y"), "y2": alt.Y2("y2")}
    words = alt.Text("words", type="nominal")
    color = alt.Color("color", type="nominal", scale=None)
    hover = alt.Tooltip("hover", type="nominal")

    across = f"(width < {4 * LEGEND_STEP_PX + CHILDREN_PX} ? 2 : 4)"
    column = f"datum.place % {across}"
    in_legend = {
        "x": alt.value(alt.expr(f"8 + {column} * {LEGEND_STEP_PX} + ({column} ? {CHILDREN_PX} : 0)")),
        "y": alt.value(alt.expr(f"8 + floor(datum.place / {across}) * {LEGEND_LINE_PX}")),
    }

    def on(data: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(data))

    return alt.LayerChart(
        layer=[
            on(CELLS).mark_rect(stroke="white", strokeWidth=1).encode(color=color, tooltip=hover, **area),
            on(TOPS).mark_rect(color=theme.RULE).encode(**area),
            on(TOPS)
            .mark_text(dy=-8, fontSize=SMALL_PX)
            .encode(x=at_need("middle"), y=at_cost("y2"), text=words),
            on(SIDES).mark_rect(color=theme.RULE).encode(**area),
            on(SIDES)
            .mark_text(align="left", dx=4, fontSize=SMALL_PX)
            .encode(x=at_need("x2"), y=at_cost("middle"), text=words),
            on(BOX).mark_rect(fillOpacity=0, stroke=theme.CATEGORIES[2], strokeWidth=2.5).encode(**area),
            on(MEDIANS)
            .mark_line(color=theme.PAIR[1], strokeWidth=3, point={"color": theme.PAIR[1]})
            .encode(x=at_need("x"), y=at_cost("y")),
            on(LEGEND).mark_square(size=170, opacity=1).encode(color=color, **in_legend),
            on(LEGEND).mark_text(align="left", dx=14).encode(text=words, **in_legend),
        ],
        height=HEIGHT_PX,
    ).to_dict()
