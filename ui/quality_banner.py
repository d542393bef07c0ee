"""How complete and how fresh the data on the page is, in one line on every page about children: its only home.

The measure is `vcore.measures.quality`'s; a page that has the line in its own place takes `line`.
"""

from __future__ import annotations

import streamlit as st

from ui import presenting, reads, sentences, spend
from ui.disclosure import Gate
from ui.theme import subtitle
from vcore.errors import VcoreError
from vcore.store import Cohort


def line(cohort: Cohort, gate: Gate) -> str:
    """95% of placements have a cost; the rest are missing, not £0 · 8% of assessments older than six months."""
    return sentences.quality_line(spend.completeness(cohort), gate)


def draw() -> None:
    """The line at the foot of a page; nothing on a projected screen, and where there is no cohort to tell of."""
    if presenting.on():
        return
    try:
        words = line(reads.cohort(), reads.gate())
    except VcoreError:
        return  # the page has said why
    st.html(subtitle(words))
