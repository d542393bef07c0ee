"""A chart as a picture file: the chart with its title, what it shows and whose data it is, drawn on this machine.

Draws only what it is given: the figure has passed the gate, and fetches nothing.
"""

from __future__ import annotations

from copy import deepcopy
from textwrap import wrap
from typing import Any

import vl_convert

from ui import theme

WIDTH_PX, SCALE = 860, 2.0
PADDING_PX, TITLE_PX, SMALL_PX = 20, 22, 14
LONGEST_TITLE, LONGEST_LINE = 72, 118  # characters; more go on in another line
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # the renderer brings the first of them
_SIDES = ("hconcat", "vconcat")


def png(chart: dict[str, Any], title: str, lines: tuple[str, ...]) -> bytes:
    """The chart as PNG; see `with_words`. Takes a second at most, the first time in a process a few."""
    return vl_convert.vegalite_to_png(with_words(chart, title, lines), scale=SCALE, allowed_base_urls=[])


def with_words(chart: dict[str, Any], title: str, lines: tuple[str, ...]) -> dict[str, Any]:
    """A Vega-Lite chart that stands by itself: its title over it, `lines` under the title, white behind it."""
    spec = deepcopy(chart)
    if not any(side in spec for side in _SIDES):  # those have their own widths
        spec["width"] = WIDTH_PX
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["padding"] = PADDING_PX
    spec["title"] = {
        "text": wrap(title, LONGEST_TITLE),
        "subtitle": [part for line in lines if line for part in wrap(line, LONGEST_LINE)],
        "anchor": "start",
        "frame": "bounds",
        "offset": PADDING_PX,
        "color": theme.TEXT,
        "subtitleColor": theme.TEXT,
        "fontSize": TITLE_PX,
        "subtitleFontSize": SMALL_PX,
        "subtitlePadding": 6,
    }
    spec["config"] = {**spec.get("config", {}), "font": FONT, "background": "white"}
    return spec
