"""One child's page: their words first, need against earlier selves, then placements and cost, then similar children.

Opens only for whoever may see children, never on a projected screen, and each coming to a child is kept.
"""

from __future__ import annotations

import streamlit as st

from ui import (
    charts,
    child_choice,
    child_naming,
    child_reads,
    child_similar,
    child_told,
    decision_form,
    decisions,
    explain,
    huddle_pack,
)
from ui.figure import Figure
from vcore.errors import VcoreError

NOBODY = "No child is open. Choose one on Review list, or type the short code that stands on a list or a huddle pack."
NO_CODE = "No single child of yours on this date has a code that begins so. Type all of it, as it stands on the list."
NO_FILE = "No file of one child: a huddle pack is the way to take a child to a meeting."


def draw() -> None:
    """The page."""
    child_id = child_choice.the_child()
    try:
        told = None if child_id is None else child_told.told(child_id)
    except (child_reads.NotHere, child_reads.OnScreen) as refusal:
        st.title("Child", anchor=False)
        st.warning(str(refusal))
        if isinstance(refusal, child_reads.NotHere):
            if child_id is not None and decisions.history(child_id):
                draw_gone(child_id)
            choose_by_code()
        return
    if child_id is None or told is None:
        st.title("Child", anchor=False)
        st.write(NOBODY)
        choose_by_code()
        return
    child_choice.record_opening(child_id)
    st.html(told.head)
    if told.need is not None:
        show(child_id, told.need)
    if told.time_line is not None:
        show(child_id, told.time_line)
        st.html(told.moves)
    child_similar.draw(child_id, told.domains)
    st.header("Decisions", anchor=False)
    decision_form.draw(child_id)
    huddle_pack.draw(child_id)
    with st.expander("Open another child"):
        choose_by_code()
    child_naming.draw(child_id)
    explain.calculation(
        ("child_need_change", "missing_and_away", "sdq_by_year", "similar_children", "moves_of_a_child")
    )


def draw_gone(child_id: str) -> None:
    """What was decided about a child who is not here on this date, and the form that closes it."""
    child_choice.record_opening(child_id)
    st.header(f"Decisions about child {child_choice.short_code(child_id)}", anchor=False)
    decision_form.draw(child_id)


def show(child_id: str, figure: Figure) -> None:
    """A figure about one child: the picture and its table, and no file of either."""
    charts.draw(figure)
    fold_table(child_id, figure)
    charts.draw_note(figure)


@st.fragment
def fold_table(child_id: str, figure: Figure) -> None:
    """The table. A fragment, so that opening it runs nothing else: it asks again who may see this child."""
    with st.expander("View as table", key=charts.table_key(figure.name), on_change="rerun") as folded:
        if not folded.open:
            return
        try:
            child_reads.place(child_id)
        except VcoreError:
            st.rerun()  # the page says why
        st.table(figure.words, hide_index=True, border="horizontal")
        st.caption(NO_FILE)


def choose_by_code() -> None:
    """Opens a child by their short code. The field is empty again afterwards."""
    with st.form("open-child", clear_on_submit=True, border=False):
        code = st.text_input("Short code of a child", max_chars=16, key="child-code")
        if not st.form_submit_button("Open"):
            return
    found = child_choice.with_code(code)
    if found is None:
        st.error(NO_CODE)
        return
    child_choice.hold(found)
    st.rerun()
