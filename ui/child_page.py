"""One child's page: who is open, in words, or how to choose somebody.

Opens only for whoever may see children, never on a projected screen, and each coming to a child is kept.
"""

from __future__ import annotations

import streamlit as st

from ui import child_choice, presenting, reads
from ui.theme import count
from vcore.facts.placements import DETAIL_LABELS

NOBODY = "No child is open. Choose one on Review list, or type the short code that stands on a list or a huddle pack."
GONE = (
    "This child is not among the children in care whom you may see on this date: they may have left care, or the "
    "date or the load has changed. Nothing kept about them is lost."
)
ON_SCREEN = "A child's page is not shown on a projected screen. Leave presenter mode to see it."
CODE_KEY = "child-code"


def draw() -> None:
    """The page."""
    child_id = child_choice.the_child()
    if presenting.on():
        st.info(ON_SCREEN)
        return
    if child_id is None:
        st.title("Child", anchor=False)
        st.write(NOBODY)
        choose_by_code()
        return
    place = child_choice.place_of(child_id)
    if place is None:
        st.title("Child", anchor=False)
        st.warning(GONE)
        choose_by_code()
        return
    child_choice.record_opening(child_id)
    row = reads.whole().snapshot.frame.iloc[place]
    months = int(row["months_in_placement"])
    st.title(
        f"Child {child_choice.short_code(child_id)} · {row['age']} · {DETAIL_LABELS[row['setting_detail']]}, "
        f"{count(months, 'month', 'months')}",
        anchor=False,
    )


def choose_by_code() -> None:
    """Opens a child by their short code. The field is empty again afterwards."""
    with st.form("open-child", clear_on_submit=True, border=False):
        code = st.text_input("Short code of a child", max_chars=16, key=CODE_KEY)
        if not st.form_submit_button("Open"):
            return
    found = child_choice.with_code(code)
    if found is None:
        st.error(
            "No single child of yours on this date has a code that begins so. Type all of it, as it stands on the list."
        )
        return
    child_choice.hold(found)
    st.rerun()
