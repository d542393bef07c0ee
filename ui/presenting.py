"""Presenter mode: a page as a meeting sees it, one idea large enough for the back of the room.

A state of the reader's session, which the address carries so that a reload stays in it. Who may see what while it
lasts is `ui.reads`' to say: a projected page has readers whom nobody signed in. How it looks is `presenter.css`,
which hides what is not for the room: a control that was not drawn would lose its value.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ui import session, theme

NAME = "present"  # in the address
TALLER = 2.2  # times its own height: what a chart takes at most, where the screen has so much left
LEGEND_OFFSET_PX, FOOT_PX = 8, 4  # between a legend and its picture, and under the picture
_ON = "presenting"
_STYLE = Path(__file__).parent / "presenter.css"


def follow_link() -> None:
    """Starts as the address says that was opened; later only the buttons change it."""
    st.session_state.setdefault(_ON, session.link().get(NAME) == ["1"])


def on() -> bool:
    """Whether this reader is presenting."""
    return st.session_state.get(_ON, False)


def shown(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart's specification as it is drawn here: for a room none of its words are small, and it wastes no height.

    How much larger all of it is there, `presenter.css` says.
    """
    if not on():
        return spec
    spec = theme.evened(spec)
    config = spec.get("config", {})
    legend = {**config.get("legend", {}), "offset": LEGEND_OFFSET_PX}
    return {**spec, "config": {**config, "legend": legend}, "padding": {"bottom": FOOT_PX}}


def height(spec: dict[str, Any]) -> int | Literal["content"]:
    """How tall a chart is drawn, px: for a room this tall at most, and no taller than the screen has left."""
    return round(spec["height"] * TALLER) if on() and "height" in spec else "content"


def first_rows(table: pd.DataFrame, most: int) -> tuple[pd.DataFrame, str]:
    """What of a chart's rows is drawn, and what its heading adds where some are left out: for a room only so many as
    can be read from its back."""
    if not on() or len(table) <= most:
        return table, ""
    return table.head(most), f" (first {most} of {len(table)} rows)"


def draw_switch() -> None:
    """The button into presenter mode; in it, its look and the way out, which the Escape key takes too."""
    if on():
        st.html(_STYLE)
        st.button("Leave", key="present-leave", on_click=_leave, shortcut="Escape")
    else:
        st.button("Present", key="present-start", on_click=_start)


def _start() -> None:
    st.session_state[_ON] = True
    st.query_params[NAME] = "1"


def _leave() -> None:
    st.session_state[_ON] = False
    st.query_params.pop(NAME, None)
