"""The few large numbers on top of a page. Draws them; what they say has passed the gate."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from ui import announced
from ui.comparison import Comparison
from ui.disclosure import KEY
from ui.theme import NOT_AVAILABLE, subtitle
from vcore.measures.disclosure import HIDDEN


class Headline(NamedTuple):
    """A large number and the words that finish it. `beside`: the same of what it is compared with, if anything."""

    number: str
    words: str
    beside: str = ""


def draw(headlines: Sequence[Headline], *, sentence: str = "") -> None:
    """The numbers side by side, each over its words; the key under them when one is hidden or missing.

    `sentence`: the page's own, as its heading over them, in one piece: a browser is sooner done with it.
    """
    if sentence:
        announced.add(sentence)
    said = f"<h1>{escape(sentence)}</h1>" if sentence else ""
    st.html(said + (markup(headlines) if headlines else ""))


def markup(headlines: Sequence[Headline]) -> str:
    """What `draw` draws, for a page that puts it in one piece with other words."""
    blocks = "".join(
        f"<div><dt>{escape(headline.words)}{_beside(headline.beside)}</dt><dd>{escape(headline.number)}</dd></div>"
        for headline in headlines
    )
    marked = any(headline.number in (HIDDEN, NOT_AVAILABLE) for headline in headlines)
    key = subtitle(KEY) if marked else ""
    return f'<dl class="cve-headlines">{blocks}</dl>{key}'


def compared(comparison: Comparison, words: str) -> str:
    """What stands under a figure: the comparison's own, in words; empty where the comparison holds nobody."""
    return f"{comparison.label}: {words}" if len(comparison.cohort) else ""


def _beside(words: str) -> str:
    return f'<span class="cve-beside">{escape(words)}</span>' if words else ""
