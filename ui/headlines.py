"""The few large numbers on top of a page. Draws them; what they say has passed the gate."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import streamlit as st


class Headline(NamedTuple):
    """A large number and the words that finish it."""

    number: str
    words: str


def draw(headlines: Sequence[Headline]) -> None:
    """The numbers side by side, each over its words."""
    blocks = "".join(
        f"<div><dt>{escape(headline.words)}</dt><dd>{escape(headline.number)}</dd></div>"
        for headline in headlines
    )
    st.html(f'<dl class="cve-headlines">{blocks}</dl>')
