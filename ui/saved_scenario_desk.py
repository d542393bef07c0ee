"""Save, open, share: the dialog behind one button of the Scenario page. Nothing in it is worked out before it opens."""

from __future__ import annotations

import streamlit as st

from ui import (
    saved_scenario_forms,
    saved_scenario_list,
    saved_scenario_notice,
    scenario_exports,
    scenario_share,
)

SAVE, OPEN, LINK, FILE, FINANCE = "Save", "Open", "Copy link", "File", "Workbook and slides"
_VIEWS = {
    SAVE: saved_scenario_forms.draw_save,
    OPEN: saved_scenario_list.draw,
    LINK: scenario_share.draw_link,
    FILE: scenario_share.draw_file,
    FINANCE: scenario_exports.draw,
}


def offer() -> None:
    """The button, and what is open. Outside the fragment of the levers, so that a slider costs nothing more."""
    with st.container(horizontal=True, vertical_alignment="center", key="scenario-desk"):
        if st.button("Save, open, share", key="desk-open"):
            _open()
        if line := saved_scenario_notice.open_line():
            st.caption(line)


@st.dialog("Save, open, share", width="large")
def _open() -> None:
    view = st.segmented_control(
        "What to do", list(_VIEWS), default=SAVE, key="desk-view", required=True, label_visibility="collapsed"
    )
    _VIEWS[view or SAVE]()
