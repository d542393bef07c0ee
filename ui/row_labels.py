"""The labels of a chart's rows, whole and in several lines where they are long, and the order the rows stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any

import altair as alt

from ui import theme

LONGEST_LINE, LINE_BREAK = 40, "|"  # characters; longer labels go on, whole, in a second line
SPLIT = f"split(datum.label, '{LINE_BREAK}')"  # what an axis does with a broken label

IN_PLACE = alt.EncodingSortField("place", op="min", order="ascending")


def placed(rows: Iterable[Mapping[str, Any]], labels: Iterable[str], of: str = "row") -> list[dict[str, Any]]:
    """The rows, each with the place of its label among `labels`, to be drawn `IN_PLACE`.

    A browser that keeps a picture keeps its labels where they stood too, whatever order new rows come in.
    """
    places = {label: place for place, label in reversed([*enumerate(labels)])}
    return [{**row, "place": places[row[of]]} for row in rows]


def broken(label: str, longest: int = LONGEST_LINE) -> str:
    """The label with a mark wherever a new line begins; a word is never broken, however long."""
    return LINE_BREAK.join(wrap(label, longest, break_long_words=False, break_on_hyphens=False))


def row_axis(font_px: int = theme.CHART_TEXT_PX) -> alt.Axis:
    """The axis of rows whose labels were `broken`: words only."""
    return alt.Axis(ticks=False, domain=False, labelPadding=8, labelFontSize=font_px, labelExpr=SPLIT)
