"""The saved cohorts of the Cohorts page: what each holds, and what can be done with it.

Counts nobody: opening one puts it in the cohort bar, which does.
"""

from __future__ import annotations

import streamlit as st

from ledger.saved_cohorts import SavedCohort
from ui import cohort_state, reads, saved_cohort_forms, session
from ui.comparison import nobody_in
from ui.saved_cohorts import CODE, Opened
from ui.theme import count, date_words, plain
from vcore.errors import VcoreError

MOST_SHOWN = 40
EMPTY = (
    "No cohort is saved yet. Choose filters above, then Save: they are here from then on, "
    "to open, to share, or to compare other children with."
)


def draw() -> None:
    """One row a saved cohort."""
    found = reads.saved_cohorts()
    if not found:
        st.markdown(EMPTY)
    for saved in found[:MOST_SHOWN]:
        _draw_row(saved)
    if len(found) > MOST_SHOWN:
        st.caption(
            f"The first {MOST_SHOWN} of {count(len(found), 'cohort', 'cohorts')}. Delete some of yours."
        )


def open_cohort(opened: Opened) -> None:
    """Puts a saved cohort in the cohort bar; without a date of its own, on the date there."""
    cohort_state.open_at(opened.filter, opened.as_of or cohort_state.chosen().as_of)


def _draw_row(saved: SavedCohort) -> None:
    own = saved.owner == session.person().username
    whose = ("shared by you" if saved.shared else "only for you") if own else f"shared by {saved.owner_name}"
    words, actions = st.columns([5, 3], vertical_alignment="center")
    try:
        opened = reads.saved_cohort(saved.code)
    except VcoreError as refusal:
        opened = None
        words.markdown(f"**{plain(saved.name)}** · {plain(whose)}  \n{plain(str(refusal))}")
    else:
        words.markdown(f"**{plain(saved.name)}** · {plain(whose)}  \n{plain(_said(opened))}")
    with actions.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if opened is not None:
            st.button("Open", key=f"open-{saved.code}", on_click=open_cohort, args=(opened,))
            st.button(
                "Compare",
                key=f"compare-{saved.code}",
                help="Compare the children in the bar with these",
                on_click=cohort_state.compare_with,
                args=(f"{CODE}{saved.code}",),
            )
        if own:
            if st.button("Change", key=f"change-{saved.code}", type="tertiary"):
                saved_cohort_forms.change(saved)
            if st.button("Delete", key=f"delete-{saved.code}", type="tertiary"):
                saved_cohort_forms.delete(saved)


def _said(opened: Opened) -> str:
    when = "" if opened.as_of is None else f", as at {date_words(opened.as_of)}"
    cohort = reads.cohort_of(opened.filter, opened.as_of or cohort_state.chosen().as_of)
    nobody = "" if len(cohort) else f". {nobody_in(opened.name, cohort)}"
    return f"{opened.filter.describe()}{when}{nobody}"
