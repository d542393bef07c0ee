"""Two panels of bars that share their rows, each from its own nought: one measure beside another, never two axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from ui import theme
from ui.charts import filled
from ui.row_labels import broken, row_axis

ROW_PX, LEGEND_PX = 25, 30
LONGEST_BAR, SECOND_FROM = 0.4, 0.56  # of the width
CELLS = "cells"


class Panel(NamedTuple):
    """A measure's name, its cells in the order of the rows (a number, "c" or NaN), and how both are said."""

    name: str
    cells: Sequence[Any]
    tell: Callable[[float], str]
    missing: str


def side_by_side(rows: Sequence[str], first: Panel, second: Panel) -> dict[str, Any]:
    """One bar a row in each panel, its value at its end."""
    labels = [broken(row) for row in rows]
    cells = []
    for panel, start in ((first, 0.0), (second, SECOND_FROM)):
        numbers = [0.0 if isinstance(cell, str) or pd.isna(cell) else float(cell) for cell in panel.cells]
        longest = max([*numbers, 0.0]) or 1.0
        for row, cell, number in zip(labels, panel.cells, numbers, strict=True):
            words = (
                cell if isinstance(cell, str) else panel.missing if pd.isna(cell) else panel.tell(float(cell))
            )
            end = start + LONGEST_BAR * max(number, 0.0) / longest
            cells.append({"row": row, "what": panel.name, "from": start, "to": end, "words": words})
    spec = filled(_shape(first.name, second.name), {CELLS: cells})
    spec["height"] = ROW_PX * len(rows) + LEGEND_PX
    return spec


@cache
def _shape(first: str, second: str) -> dict[str, Any]:
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
    end = alt.X("to", type="quantitative", title=None, axis=None, scale=across)
    scale = alt.Scale(domain=[first, second], range=list(theme.PAIR))
    color = alt.Color("what", type="nominal", sort=None, scale=scale)
    words = alt.Text("words", type="nominal")
    drawn = alt.Chart(cells).mark_bar().encode(x=start, x2=alt.X2("to"), y=y, color=color)
    said = alt.Chart(cells).mark_text(align="left", dx=5).encode(x=end, y=y, text=words)
    return alt.layer(drawn, said).to_dict()
