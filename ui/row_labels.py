"""The labels of a chart's rows: whole, and where they are long, in several lines."""

from __future__ import annotations

from textwrap import wrap

import altair as alt

from ui import theme

LONGEST_LINE, LINE_BREAK = 40, "|"  # characters; longer labels go on, whole, in a second line
SPLIT = f"split(datum.label, '{LINE_BREAK}')"  # what an axis does with a broken label


def broken(label: str, longest: int = LONGEST_LINE) -> str:
    """The label with a mark wherever a new line begins; a word is never broken, however long."""
    return LINE_BREAK.join(wrap(label, longest, break_long_words=False, break_on_hyphens=False))


def row_axis(font_px: int = theme.CHART_TEXT_PX) -> alt.Axis:
    """The axis of rows whose labels were `broken`: words only."""
    return alt.Axis(ticks=False, domain=False, labelPadding=8, labelFontSize=font_px, labelExpr=SPLIT)
