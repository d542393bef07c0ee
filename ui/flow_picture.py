"""Flows between two columns of places as bands of Altair areas: the picture of a from–to table.

Works only with numbers that may be told: a place or a flow whose number is hidden is drawn without a width.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import altair as alt
import numpy as np

from ui import theme
from ui.chart_data import filled

HEIGHT_PX = 290
SLOT_PX, GAP_PX = 22, 4  # a place is never closer to the next than its label needs
STEPS = 12  # points along a band; the curve between them is smooth
NODE = 0.012  # how wide a place is, of the picture's width
BANDS, PLACES = "bands", "places"
KINDS = {  # of flow → its colour
    "Same setting": theme.CONTEXT,
    "Another setting": theme.CATEGORIES[3],
    "Came into care": theme.CATEGORIES[1],
    "Left care": theme.CATEGORIES[2],
}
_ALONG = np.linspace(0, 1, STEPS + 1)
_RISE = 1 / (1 + np.exp(-10 * (_ALONG - 0.5)))
_RISE = (_RISE - _RISE[0]) / (_RISE[-1] - _RISE[0])


class Place(NamedTuple):
    """Where children lived or live: its label, and how many, or None where that is hidden."""

    label: str
    children: int | None


class Flow(NamedTuple):
    """How many children went from one place (by its position) to another, and of which kind that is."""

    start: int
    end: int
    children: int
    kind: str


def picture(left: Sequence[Place], right: Sequence[Place], flows: Sequence[Flow]) -> dict[str, Any]:
    """The finished chart. `flows` are drawn in the order given, from the top of each place."""
    scale = min(_px_per_child(side) for side in (left, right))
    tops = [_tops(side, scale) for side in (left, right)]
    used = [np.zeros(len(side)) for side in (left, right)]
    rows: list[dict[str, Any]] = []
    for index, flow in enumerate(flows):
        width = flow.children * scale
        start = tops[0][flow.start] + used[0][flow.start]
        end = tops[1][flow.end] + used[1][flow.end]
        used[0][flow.start] += width
        used[1][flow.end] += width
        upper = start + (end - start) * _RISE
        rows += [
            {
                "x": round(float(x), 4),
                "y": round(float(y), 1),
                "y2": round(float(y + width), 1),
                "flow": index,
                "kind": flow.kind,
            }
            for x, y in zip(NODE + _ALONG * (1 - 2 * NODE), upper, strict=True)
        ]
    places = [
        {
            "side": side,
            "words": f"{place.label} {theme.number(place.children) if place.children is not None else 'c'}",
            "y": round(float(top), 1),
            "y2": round(float(top + (place.children or 0) * scale), 1),
            "middle": round(float(top + (place.children or 0) * scale / 2), 1),
        }
        for side, column, starts in (("then", left, tops[0]), ("now", right, tops[1]))
        for place, top in zip(column, starts, strict=True)
    ]
    return filled(_shape(), {BANDS: rows, PLACES: places})


def _px_per_child(places: Sequence[Place]) -> float:
    """The widest scale at which all places fit, none of them in less room than its label needs."""
    room = HEIGHT_PX - GAP_PX * (len(places) - 1)
    counts = sorted((place.children or 0 for place in places), reverse=True)
    for narrow in range(len(counts)):  # the smallest ones take a label's room
        wide = counts[: len(counts) - narrow]
        scale = (room - narrow * SLOT_PX) / max(sum(wide), 1)
        if wide[-1] * scale >= SLOT_PX:
            return max(scale, 0.0)
    return 0.0


def _tops(places: Sequence[Place], scale: float) -> np.ndarray:
    """Where each place begins, in the middle of its room, from the top."""
    heights = np.array([(place.children or 0) * scale for place in places])
    rooms = np.maximum(heights, SLOT_PX)
    starts = np.concatenate([[0.0], np.cumsum(rooms + GAP_PX)[:-1]])
    return starts + (rooms - heights) / 2


@cache
def _shape() -> dict[str, Any]:
    """The picture without its bands."""
    bands, places = alt.NamedData(BANDS), alt.NamedData(PLACES)
    across = alt.Scale(domain=[0, 1], nice=False)
    down = alt.Scale(domain=[HEIGHT_PX, 0], nice=False)
    x = alt.X("x", type="quantitative", axis=None, scale=across)
    y = alt.Y("y", type="quantitative", axis=None, scale=down)
    color = alt.Color(
        "kind",
        type="nominal",
        sort=None,
        scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())),
        legend=alt.Legend(columns=4),
    )
    layers: list[alt.Chart] = [
        alt.Chart(bands)
        .mark_area(interpolate="monotone", opacity=0.6, line=False)
        .encode(x=x, y=y, y2="y2", color=color, detail=alt.Detail("flow", type="nominal"))
    ]
    for side, edges, align, dx in (("then", (0, NODE), "left", 6), ("now", (1 - NODE, 1), "right", -6)):
        at: dict[str, Any] = {"align": align, "baseline": "middle", "dx": dx}
        here = alt.Chart(places).transform_filter(alt.FieldEqualPredicate(field="side", equal=side))
        ends = {"x": alt.XDatum(edges[0], scale=across), "x2": alt.X2Datum(edges[1])}
        layers.append(here.mark_rect(color=theme.TEXT).encode(y=y, y2="y2", **ends))
        name: dict[str, Any] = {
            "x": alt.XDatum(edges[1] if side == "then" else edges[0], scale=across),
            "y": alt.Y("middle", type="quantitative", axis=None, scale=down),
            "text": alt.Text("words", type="nominal"),
        }
        lifted = here.mark_text(
            stroke="white", strokeWidth=4, strokeOpacity=0.85, **at
        )  # off the bands behind
        layers += [lifted.encode(**name), here.mark_text(**at).encode(**name)]
    return alt.layer(*layers).properties(height=HEIGHT_PX).to_dict()
