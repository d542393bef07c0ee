"""How a bridge of money is drawn: bars from where one ended to where the next ends, each with its amount.

Its rows say `part`, `kind`, `start`, `end`, `edge` (where the label stands), `room` (how far the picture must
reach for the label), `words` and `full` (£ a year, for the hover). Knows nothing of what they mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import altair as alt


def bridge_layers(
    rows: str, colors: Mapping[str, str], axis: alt.Axis, *, thick: float, weight: Literal[600] | None
) -> list[alt.Chart]:
    """The layers over named rows: `colors` by kind, bars `thick` (0–1) of their row, labels of a font weight."""
    data = alt.NamedData(rows)
    scale = alt.Scale(domain=list(colors), range=list(colors.values()))
    y = alt.Y("part", type="nominal", sort=None, title=None, axis=axis)
    tooltip = [
        alt.Tooltip("part", type="nominal", title="Part"),
        alt.Tooltip("full", type="nominal", title="£ a year"),
    ]
    return [
        alt.Chart(data).mark_point(opacity=0).encode(x=_pounds("room"), y=y),
        alt.Chart(data)
        .mark_bar(height={"band": thick})
        .encode(
            x=_pounds("start"),
            x2=alt.X2("end"),
            y=y,
            color=alt.Color("kind", type="nominal", legend=None, scale=scale),
            tooltip=tooltip,
        ),
        alt.Chart(data)
        .mark_text(align="left", dx=6, fontWeight=alt.Undefined if weight is None else weight)
        .encode(x=_pounds("edge"), y=y, text=alt.Text("words", type="nominal")),
    ]


def _pounds(field: str) -> alt.X:
    return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(nice=False, zero=True))
