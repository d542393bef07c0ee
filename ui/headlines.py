"""The few large numbers on top of a page. Draws them; what they say has passed the gate."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from ui.disclosure import KEY
from ui.theme import NOT_AVAILABLE
from vcore.measures.disclosure import HIDDEN


class Headline(NamedTuple):
    """A large number and the words that finish it."""

    number: str
    words: str


def draw(headlines: Sequence[Headline]) -> None:
    """The numbers side by side, each over its words; the key under them when one is hidden or missing."""
    st.html(markup(headlines))


def markup(headlines: Sequence[Headline]) -> str:
    """What `draw` draws, for a page that puts it in one piece with other words."""
    blocks = "".join(
        f"<div><dt>{escape(headline.words)}</dt><dd>{escape(headline.number)}</dd></div>"
        for headline in headlines
    )
    marked = any(headline.number in (HIDDEN, NOT_AVAILABLE) for headline in headlines)
    key = f'<p class="cve-subtitle">{KEY}</p>' if marked else ""
    return f'<dl class="cve-headlines">{blocks}</dl>{key}'
