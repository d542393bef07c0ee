"""Shapes of the report's charts: a grid of numbers, two groups on one line, single bars, levels on top of each other.

Each is made once; a cohort only brings rows that have passed the gate, under names, on scales that stay: a browser
then moves what it has drawn instead of drawing anew. Never computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import theme
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
            "value": _size(cell),
            "words": cell if isinstance(cell, str) else NOT_AVAILABLE if pd.isna(cell) else tell(cell),
        }
        for row, line in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line, strict=True)
    ]
    lines = max([1, *(cell["column"].count(LINE_BREAK) + 1 for cell in data)])
    return {**_grid_shape(len(rows), lines), "datasets": {CELLS: _in_shares(data)}}


def dumbbell(
    rows: Sequence[str], names: tuple[str, str], pairs: Sequence[tuple[float, float]], tell
) -> dict[str, Any]:
    """Two groups' values on one line a row, with their numbers outside."""
    longest = max([1.0, *(high for pair in pairs for high in pair)])
    cells, lines, ends, starts = [], [], [], []
    for row, pair in zip(rows, pairs, strict=True):
        area, (low, high) = broken(row), sorted(pair)
        left, right = low / longest, high / longest
        cells += [
            {"row": area, "group": name, "value": value / longest}
            for name, value in zip(names, pair, strict=True)
        ]
        lines.append({"row": area, "value": left, "to": right})
        starts.append({"row": area, "value": left, "words": tell(low)})
        ends.append({"row": area, "value": right, "words": tell(high)})
    return {
        **_dumbbell_shape(names, len(rows)),
        "datasets": {CELLS: cells, LINES: lines, ENDS: ends, STARTS: starts},
    }


def bars(rows: Sequence[str], values: Sequence[float], words: Sequence[str]) -> dict[str, Any]:
    """One bar a row with its words at the end."""
    data = [
        {"row": broken(row), "value": _size(value), "words": said}
        for row, value, said in zip(rows, values, words, strict=True)
    ]
    return {**_bars_shape(len(rows)), "datasets": {CELLS: _in_shares(data)}}


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
    return {**_stacked_shape(tuple(names), len(rows)), "datasets": {CELLS: cells, ENDS: ends}}


def _size(cell: Any) -> float:
    return 0.0 if isinstance(cell, str) or pd.isna(cell) else float(cell)


def _in_shares(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their values as shares of the largest: the scale stays, whatever the children."""
    longest = max([row["value"] for row in data], default=0.0) or 1.0
    return [{**row, "value": row["value"] / longest} for row in data]


def _y() -> alt.Y:
    return alt.Y("row", type="nominal", sort=None, title=None, axis=row_axis(SMALL_PX))


def _x(low: float, high: float) -> alt.X:
    scale = alt.Scale(domain=[low, high], nice=False)
    return alt.X("value", type="quantitative", title=None, axis=None, scale=scale)


@cache
def _grid_shape(rows: int, lines: int) -> dict[str, Any]:
    cells = alt.NamedData(CELLS)
    axis = alt.Axis(
        orient="top",
        labelAngle=0,
        labelFontSize=SMALL_PX - 1,
        labelPadding=4 + LINE_PX * (lines - 1),
        ticks=False,
        domain=False,
        labelExpr=SPLIT,
    )
    x = alt.X("column", type="nominal", sort=None, title=None, axis=axis)
    color = alt.Color(
        "value",
        type="quantitative",
        legend=None,
        scale=alt.Scale(domain=[0, 1], range=[LIGHT, SHADE], interpolate="rgb"),
    )
    words = alt.Text("words", type="nominal")
    layers = [
        alt.Chart(cells).mark_rect(stroke="#ffffff").encode(x=x, y=_y(), color=color),
        alt.Chart(cells).mark_text().encode(x=x, y=_y(), text=words),
    ]
    return _tall(layers, rows)


@cache
def _dumbbell_shape(names: tuple[str, str], rows: int) -> dict[str, Any]:
    x = _x(-0.12, 1.15)
    words = alt.Text("words", type="nominal")
    color = alt.Color("group", type="nominal", scale=alt.Scale(domain=list(names), range=list(theme.PAIR)))
    shape = alt.Shape(
        "group", type="nominal", scale=alt.Scale(domain=list(names), range=["circle", "square"])
    )
    to = alt.X2("to")
    layers = [
        alt.Chart(alt.NamedData(LINES))
        .mark_rule(color=theme.CONTEXT, strokeWidth=3)
        .encode(x=x, x2=to, y=_y()),
        alt.Chart(alt.NamedData(CELLS))
        .mark_point(size=110, filled=True, opacity=1)
        .encode(x=x, y=_y(), color=color, shape=shape),
        alt.Chart(alt.NamedData(STARTS)).mark_text(align="right", dx=-9).encode(x=x, y=_y(), text=words),
        alt.Chart(alt.NamedData(ENDS)).mark_text(align="left", dx=9).encode(x=x, y=_y(), text=words),
    ]
    return _tall(layers, rows)


@cache
def _bars_shape(rows: int) -> dict[str, Any]:
    x = _x(0, 1.5)
    cells, words = alt.NamedData(CELLS), alt.Text("words", type="nominal")
    layers = [
        alt.Chart(cells).mark_bar().encode(x=x, y=_y()),
        alt.Chart(cells).mark_text(align="left", dx=5).encode(x=x, y=_y(), text=words),
    ]
    return _tall(layers, rows)


@cache
def _stacked_shape(names: tuple[str, ...], rows: int) -> dict[str, Any]:
    color = alt.Color(
        "group",
        type="nominal",
        sort=None,
        scale=alt.Scale(domain=list(names), range=list(LEVEL_COLORS)),
        legend=alt.Legend(columns=4),
    )
    order = alt.Order("place", type="quantitative")
    x = _x(0, 1.14)
    piled = x.stack("zero")
    layers = [
        alt.Chart(alt.NamedData(CELLS)).mark_bar().encode(x=piled, y=_y(), color=color, order=order),
        alt.Chart(alt.NamedData(ENDS))
        .mark_text(align="left", dx=5)
        .encode(x=x, y=_y(), text=alt.Text("words", type="nominal")),
    ]
    return _tall(layers, rows)


def _tall(layers: list[alt.Chart], rows: int) -> dict[str, Any]:
    return alt.LayerChart(layer=layers, height=AREA_PX * rows).to_dict()
