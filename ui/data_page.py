"""The Data page: what is loaded, the load of new files, how good the data is, templates, and removing a child.

Draws the open view only. What a change led to is said on top, after the page has run again.
"""

from __future__ import annotations

import streamlit as st

from ledger.rights import Right
from ui import (
    data_load,
    data_loaded,
    data_notice,
    data_quality,
    data_removal,
    data_templates,
    page_options,
    session,
)

LOADED, LOAD, QUALITY, TEMPLATES, REMOVE = "loaded", "load", "quality", "templates", "remove"
VIEWS = {
    LOADED: "What is loaded",
    LOAD: "Load",
    QUALITY: "Quality",
    TEMPLATES: "Templates",
    REMOVE: "Remove a child",
}
VIEW = "data-view"  # its name in the address
_DRAW = {
    LOADED: data_loaded.draw,
    LOAD: data_load.draw,
    QUALITY: data_quality.draw,
    TEMPLATES: data_templates.draw,
    REMOVE: data_removal.draw,
}


def draw() -> None:
    """The whole page. Raises `NotAllowed`."""
    session.require(Right.LOAD_DATA)
    st.title("Data", anchor=False)
    view = page_options.view(VIEW, VIEWS, LOADED)
    data_notice.draw()
    _DRAW[view]()
