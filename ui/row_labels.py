"""The labels of a chart's rows: whole, and where they are long, in several lines."""

from __future__ import annotations

from textwrap import wrap

import altair as alt

LONGEST_LINE, LINE_BREAK = 40, "|"  # characters; longer labels go on, whole, in a second line
SPLIT = f"split(datum.label, '{LINE_BREAK}')"  # what an axis does with a broken label


def broken(label: str, longest: int = LONGEST_LINE) -> str:
    """The label with a mark wherever a new line begins."""
    return LINE_BREAK.join(wrap(label, longest))


def row_axis() -> alt.Axis:
    """The axis of rows whose labels were `broken`: words only."""
    return alt.Axis(ticks=False, domain=False, labelPadding=8, labelExpr=SPLIT)
