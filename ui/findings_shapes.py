"""Shapes of the report's charts: a grid of numbers, two groups on one line, single bars, levels on top of each other.

Each is made once and filled with rows that have passed the gate. Never computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import theme
from ui.charts import filled
from ui.disclosure import NOT_AVAILABLE
from ui.row_labels import LINE_BREAK, SPLIT, broken, row_axis

HEAD_LINE, SHORTEST_LINE = 50, 7  # characters over all columns of a grid, and the fewest over one
AREA_PX, SMALL_PX, LINE_PX = 30, 13, 15
LIGHT, SHADE = "#ffffff", theme.SEQUENCE[2]  # black text reads on both
LEVEL_COLORS = (theme.CONTEXT, *reversed(theme.SEQUENCE))
CELLS, LINES, ENDS, STARTS = "cells", "lines", "ends", "starts"


def grid(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Any]], tell) -> dict[str, Any]:
    """Numbers in a grid, shaded by size. A cell is a number, "c" where hidden, or NaN; `tell` says a number."""
    data = [
        {
            "row": broken(row),
            "column": broken(column, max(SHORTEST_LINE, HEAD_LINE // len(columns))),
            "value": 0.0 if isinstance(cell, str) or pd.isna(cell) else float(cell),
            "words": cell if isinstance(cell, str) else NOT_AVAILABLE if pd.isna(cell) else tell(cell),
        }
        for row, line in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line, strict=True)
    ]
    spec = filled(_grid_shape(), {CELLS: data})
    top = max([cell["value"] for cell in data], default=0.0)
    spec["layer"][0]["encoding"]["color"]["scale"]["domain"] = [0, top or 1]
    lines = max([1, *(cell["column"].count(LINE_BREAK) + 1 for cell in data)])
    spec["layer"][0]["encoding"]["x"]["axis"]["labelPadding"] = 4 + LINE_PX * (lines - 1)
    spec["height"] = AREA_PX * len(rows)
    return spec


def dumbbell(
    rows: Sequence[str], names: tuple[str, str], pairs: Sequence[tuple[float, float]], tell
) -> dict[str, Any]:
    """Two groups' values on one line a row, with their numbers outside."""
    cells, lines, ends, starts = [], [], [], []
    for row, (first, second) in zip(rows, pairs, strict=True):
        area, (low, high) = broken(row), sorted((first, second))
        cells += [
            {"row": area, "group": name, "value": value}
            for name, value in zip(names, (first, second), strict=True)
        ]
        lines.append({"row": area, "value": low, "to": high})
        starts.append({"row": area, "value": low, "words": tell(low)})
        ends.append({"row": area, "value": high, "words": tell(high)})
    spec = filled(_dumbbell_shape(names), {CELLS: cells, LINES: lines, ENDS: ends, STARTS: starts})
    spec["height"] = AREA_PX * len(rows)
    longest = max([1.0, *(high for pair in pairs for high in pair)])
    for layer in spec["layer"]:
        layer["encoding"]["x"]["scale"] = {"domain": [-0.12 * longest, 1.15 * longest], "nice": False}
    return spec


def bars(rows: Sequence[str], values: Sequence[float], words: Sequence[str]) -> dict[str, Any]:
    """One bar a row with its words at the end."""
    data = [
        {"row": broken(row), "value": 0.0 if pd.isna(value) else float(value), "words": said}
        for row, value, said in zip(rows, values, words, strict=True)
    ]
    spec = filled(_bars_shape(), {CELLS: data})
    spec["height"] = AREA_PX * len(rows)
    longest = max([1e-9, *(row["value"] for row in data)])
    for layer in spec["layer"]:
        layer["encoding"]["x"]["scale"] = {"domain": [0, 1.5 * longest]}
    return spec


def stacked(rows: Sequence[str], names: Sequence[str], shares: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Shares (0–1) of a whole on top of each other, a row each; the last one's number at the end."""
    cells = [
        {"row": broken(row), "group": name, "value": value, "place": place}
        for row, line in zip(rows, shares, strict=True)
        for place, (name, value) in enumerate(zip(names, line, strict=True))
    ]
    ends = [
        {"row": broken(row), "value": 1.0, "words": theme.percent(line[-1])}
        for row, line in zip(rows, shares, strict=True)
    ]
    spec = filled(_stacked_shape(tuple(names)), {CELLS: cells, ENDS: ends})
    spec["height"] = AREA_PX * len(rows)
    return spec


def _y() -> alt.Y:
    return alt.Y("row", type="nominal", sort=None, title=None, axis=row_axis(SMALL_PX))


def _x(axis: alt.Axis | None = None) -> alt.X:
    return alt.X("value", type="quantitative", title=None, axis=axis)


@cache
def _grid_shape() -> dict[str, Any]:
    cells = alt.NamedData(CELLS)
    axis = alt.Axis(
        orient="top",
        labelAngle=0,
        labelFontSize=SMALL_PX - 1,
        ticks=False,
        domain=False,
        labelExpr=SPLIT,
    )
    x = alt.X("column", type="nominal", sort=None, title=None, axis=axis)
    color = alt.Color(
        "value",
        type="quantitative",
        legend=None,
        scale=alt.Scale(range=[LIGHT, SHADE], interpolate="rgb", zero=True),
    )
    words = alt.Text("words", type="nominal")
    layers = [
        alt.Chart(cells).mark_rect(stroke="#ffffff").encode(x=x, y=_y(), color=color),
        alt.Chart(cells).mark_text().encode(x=x, y=_y(), text=words),
    ]
    return alt.layer(*layers).to_dict()


@cache
def _dumbbell_shape(names: tuple[str, str]) -> dict[str, Any]:
    words = alt.Text("words", type="nominal")
    color = alt.Color("group", type="nominal", scale=alt.Scale(domain=list(names), range=list(theme.PAIR)))
    shape = alt.Shape(
        "group", type="nominal", scale=alt.Scale(domain=list(names), range=["circle", "square"])
    )
    to = alt.X2("to")
    layers = [
        alt.Chart(alt.NamedData(LINES))
        .mark_rule(color=theme.CONTEXT, strokeWidth=3)
        .encode(x=_x(), x2=to, y=_y()),
        alt.Chart(alt.NamedData(CELLS))
        .mark_point(size=110, filled=True, opacity=1)
        .encode(x=_x(), y=_y(), color=color, shape=shape),
        alt.Chart(alt.NamedData(STARTS)).mark_text(align="right", dx=-9).encode(x=_x(), y=_y(), text=words),
        alt.Chart(alt.NamedData(ENDS)).mark_text(align="left", dx=9).encode(x=_x(), y=_y(), text=words),
    ]
    return alt.layer(*layers).to_dict()


@cache
def _bars_shape() -> dict[str, Any]:
    cells, words = alt.NamedData(CELLS), alt.Text("words", type="nominal")
    layers = [
        alt.Chart(cells).mark_bar().encode(x=_x(), y=_y()),
        alt.Chart(cells).mark_text(align="left", dx=5).encode(x=_x(), y=_y(), text=words),
    ]
    return alt.layer(*layers).to_dict()


@cache
def _stacked_shape(names: tuple[str, ...]) -> dict[str, Any]:
    color = alt.Color(
        "group",
        type="nominal",
        sort=None,
        scale=alt.Scale(domain=list(names), range=list(LEVEL_COLORS)),
        legend=alt.Legend(columns=4),
    )
    order = alt.Order("place", type="quantitative")
    x = alt.X(
        "value", type="quantitative", title=None, axis=None, stack="zero", scale=alt.Scale(domain=[0, 1.14])
    )
    layers = [
        alt.Chart(alt.NamedData(CELLS)).mark_bar().encode(x=x, y=_y(), color=color, order=order),
        alt.Chart(alt.NamedData(ENDS))
        .mark_text(align="left", dx=5)
        .encode(x=_x(), y=_y(), text=alt.Text("words", type="nominal")),
    ]
    return alt.layer(*layers).to_dict()
