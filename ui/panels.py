"""Two panels of bars that share their rows, each from its own nought: one measure beside another, never two axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from ui import theme
from ui.chart_data import filled
from ui.row_labels import broken, row_axis

ROW_PX, LEGEND_PX, TICK_PX = 23, 56, 21
LONGEST_BAR, SECOND_FROM = 0.4, 0.56  # of the width
CELLS, TICKS = "cells", "ticks"


class Panel(NamedTuple):
    """A measure's name, its cells in the order of the rows (a number, "c" or NaN), and how both are said."""

    name: str
    cells: Sequence[Any]
    tell: Callable[[float], str]
    missing: str


def side_by_side(
    rows: Sequence[str], first: Panel, second: Panel, beside: tuple[str, Sequence[Any]] | None = None
) -> dict[str, Any]:
    """One bar a row in each panel, its value at its end. `beside`: a name and cells of the first panel's measure
    elsewhere, each a line across its bar."""
    labels = [broken(row) for row in rows]
    cells, ticks = [], []
    for panel, start in ((first, 0.0), (second, SECOND_FROM)):
        numbers = [_length(cell) for cell in panel.cells]
        others = list(beside[1]) if beside is not None and panel is first else []
        longest = max([*numbers, *map(_length, others), 0.0]) or 1.0
        ends = [[start + LONGEST_BAR * number / longest for number in numbers]]
        ends.append([start + LONGEST_BAR * _length(cell) / longest for cell in others] or ends[0])
        for row, cell, end, tick in zip(labels, panel.cells, *ends, strict=True):
            words = (
                cell if isinstance(cell, str) else panel.missing if pd.isna(cell) else panel.tell(float(cell))
            )
            after = max(end, tick)  # the words never lie under the line
            cells.append(
                {"row": row, "what": panel.name, "from": start, "to": end, "after": after, "words": words}
            )
        ticks += [
            {"row": row, "what": beside[0], "at": tick}
            for row, cell, tick in zip(labels, others, ends[1], strict=bool(others))
            if beside is not None and not isinstance(cell, str) and not pd.isna(cell)
        ]
    spec = filled(
        _shape(first.name, second.name, None if beside is None else beside[0]), {CELLS: cells, TICKS: ticks}
    )
    spec["height"] = ROW_PX * len(rows) + LEGEND_PX
    return spec


def _length(cell: Any) -> float:
    return 0.0 if isinstance(cell, str) or pd.isna(cell) else max(float(cell), 0.0)


@cache
def _shape(first: str, second: str, beside: str | None) -> dict[str, Any]:
    cells = alt.NamedData(CELLS)
    y = alt.Y(
        "row",
        type="nominal",
        sort=None,
        title=None,
        axis=row_axis(),
        scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1),
    )
    across = alt.Scale(domain=[0, 1])
    start = alt.X("from", type="quantitative", title=None, axis=None, scale=across)
    end = alt.X("after", type="quantitative", title=None, axis=None, scale=across)
    names = [first, second, *([beside] if beside else [])]
    scale = alt.Scale(domain=names, range=[*theme.PAIR, theme.TEXT][: len(names)])
    key = alt.Legend(symbolType="square", symbolOpacity=1, symbolStrokeWidth=0)
    color = alt.Color("what", type="nominal", sort=None, scale=scale, legend=key)
    words = alt.Text("words", type="nominal")
    drawn = alt.Chart(cells).mark_bar().encode(x=start, x2=alt.X2("to"), y=y, color=color)
    said = alt.Chart(cells).mark_text(align="left", dx=5).encode(x=end, y=y, text=words)
    layers: list[alt.Chart] = [drawn, said]
    if beside:
        at = alt.X("at", type="quantitative", title=None, axis=None, scale=across)
        ticks = alt.Chart(alt.NamedData(TICKS)).mark_tick(
            thickness=5, size=TICK_PX, orient="vertical", opacity=1, stroke="white", strokeWidth=1
        )
        layers.append(ticks.encode(x=at, y=y, color=color))
    return alt.layer(*layers).to_dict()
