"""The shades of the map of need against cost: from how many children each starts, and the legend that says so.

The legend is rows of the picture, since a legend that a browser keeps does not measure its words again. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import floor, log10
from typing import NamedTuple

from ui import theme
from vcore.measures.disclosure import HIDDEN

SHARES_OF_FULLEST = (0.1, 0.4)  # where the two darker shades start
HIDDEN_WORDS = f"Hidden ({HIDDEN})"


class Shade(NamedTuple):
    """From how many children it starts, its words in the legend and its colour."""

    least: int
    words: str
    color: str


def shades(fullest: int) -> list[Shade]:
    """Those of cells that are shown, lightest first. `fullest`: the children of the cell with most."""
    light, dark = (max(_round(share * fullest), place + 2) for place, share in enumerate(SHARES_OF_FULLEST))
    words = (
        f"Under {theme.number(light)}",
        f"{theme.number(light)} or more",
        f"{theme.number(dark)} or more",
    )
    return list(map(Shade, (0, light, dark), words, reversed(theme.SEQUENCE)))


def color(n: int | None, shades: Sequence[Shade]) -> str:
    """The colour of a cell with so many children; None where that is hidden."""
    return theme.CONTEXT if n is None else [shade.color for shade in shades if n >= shade.least][-1]


def legend(shades: Sequence[Shade], used: Collection[str]) -> list[dict[str, object]]:
    """A row for each colour in use, lightest first and the hidden ones last: `place`, `color`, `words`."""
    named = [*shades, Shade(0, HIDDEN_WORDS, theme.CONTEXT)]
    shown = [shade for shade in named if shade.color in used]
    return [
        {"place": place, "color": shade.color, "words": shade.words if place else f"{shade.words} children"}
        for place, shade in enumerate(shown)
    ]


def _round(number: float) -> int:
    """To one digit: 30, 400."""
    size = 10 ** floor(log10(number)) if number >= 1 else 1
    return int(number / size + 0.5) * size
