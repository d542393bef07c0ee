"""What a screen reader announces when something changes: how many children are on the page, and what it finds of them.

One region a page, at the cohort's size; the finding is heard, since it is seen as the page's heading.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import session


class Region(NamedTuple):
    """The region, and the cohort's size in words."""

    place: DeltaGenerator
    size: str

    def say(self, finding: str = "") -> None:
        """Says the size, and what is found."""
        heard = f'<span class="cve-heard">{escape(finding)}</span>' if finding else ""
        self.place.markdown(
            f'<p class="cve-cohort-size" role="status" aria-live="polite"><span>{escape(self.size)}</span> {heard}</p>',
            unsafe_allow_html=True,
        )


def begin(size: str) -> None:
    """Draws the region with the cohort's size."""
    _of_this_run().append(Region(st.container(key="cohort-size", width="content").empty(), size))
    _of_this_run()[0].say()


def region() -> Region | None:
    """The page's region, for what is drawn later; None where it has none."""
    return next(iter(_of_this_run()), None)


def add(finding: str) -> None:
    """Says what the page finds, too."""
    if here := region():
        here.say(finding)


def _of_this_run() -> list[Region]:
    return session.once_a_run("announced", list)
