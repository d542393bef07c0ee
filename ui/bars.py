"""Paired bars: two shares a row, with their values at the ends. The form of "this beside that"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import theme
from ui.row_labels import broken, row_axis

Tell = Callable[[float], str]

ROW_PX, TIGHT_ROW_PX = 60, 40
MANY_ROWS = 9
LEGEND_PX = 30
SHORTEST_SCALE = 0.2  # a share of 1% never fills the chart
CELLS, NOTES = "cells", "notes"


def paired(
    rows: Sequence[str],
    first: tuple[str, Sequence[Any]],
    second: tuple[str, Sequence[Any]],
    *,
    aside: Sequence[str] | None = None,
    colors: tuple[str, str] = theme.PAIR,
    missing: str = "not available",
    height_px: int | None = None,
    tell: Tell | tuple[Tell, Tell] = theme.percent,
    shortest_scale: float = SHORTEST_SCALE,
) -> dict[str, Any]:
    """Two bars a row, in the order given. `first` and `second` are a name and its cells.

    A cell is a share (0–1) or whatever `tell` puts in words, "c" where hidden, or NaN where not available (said
    as `missing`). With two to `tell`, the bars are amounts of two kinds, each kind on a scale of its own.
    `aside` is one short text a row, at its right end. `height_px` None: as tall as the rows need.
    """
    rows = [broken(row) for row in rows]
    own_scale = isinstance(tell, tuple)
    shares = [_shares(column, own_scale=own_scale) for _, column in (first, second)]
    room = max([shortest_scale, *shares[0], *shares[1]]) * (
        1.6 if aside else 1.25
    )  # for the words at their ends
    cells: list[dict[str, Any]] = [
        {"row": row, "what": name, "length": share / room, "words": _words(cell, missing, say)}
        for (name, column), lengths, say in zip(
            (first, second), shares, tell if own_scale else (tell, tell), strict=True
        )
        for row, cell, share in zip(rows, column, lengths, strict=True)
    ]
    notes = [{"row": row, "words": words} for row, words in zip(rows, aside or (), strict=bool(aside))]
    needed = (TIGHT_ROW_PX if len(rows) > MANY_ROWS else ROW_PX) * len(rows) + LEGEND_PX
    return {
        **_shape((first[0], second[0]), colors, bool(aside)),
        "height": min(needed, height_px or needed),
        "datasets": {CELLS: cells} | ({NOTES: notes} if notes else {}),
    }


@cache
def _shape(names: tuple[str, str], colors: tuple[str, str], has_notes: bool) -> dict[str, Any]:
    """The bars without their rows, which keep the order they come in: lengths are of the width, so that a browser
    draws other rows in the same picture."""
    cells = alt.NamedData(CELLS)
    y = alt.Y(
        "row",
        type="nominal",
        sort=None,
        title=None,
        axis=row_axis(),
        scale=alt.Scale(paddingInner=0.15, paddingOuter=0.05),
    )
    offset = alt.YOffset("what", type="nominal", sort=None)
    x = alt.X("length", type="quantitative", title=None, axis=None, scale=alt.Scale(domain=[0, 1]))
    scale = alt.Scale(domain=list(names), range=list(colors))
    color = alt.Color("what", type="nominal", sort=None, scale=scale)
    words = alt.Text("words", type="nominal")
    layers = [
        alt.Chart(cells).mark_bar().encode(x=x, y=y, yOffset=offset, color=color),
        alt.Chart(cells).mark_text(align="left", dx=5).encode(x=x, y=y, yOffset=offset, text=words),
    ]
    if has_notes:
        notes = alt.Chart(alt.NamedData(NOTES)).mark_text(align="right")
        layers.append(notes.encode(x=alt.value("width"), y=y, text=words))
    return alt.layer(*layers).to_dict()


def _share(cell: Any) -> float:
    return 0.0 if isinstance(cell, str) or pd.isna(cell) else float(cell)


def _shares(column: Sequence[Any], *, own_scale: bool) -> list[float]:
    lengths = [_share(cell) for cell in column]
    longest = max(lengths, default=0.0) if own_scale else 1.0
    return [length / longest for length in lengths] if longest > 0 else lengths


def _words(cell: Any, missing: str, tell: Tell) -> str:
    if isinstance(cell, str):
        return cell
    return missing if pd.isna(cell) else tell(cell)
