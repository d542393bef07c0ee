"""The three dialogs of saved cohorts: save, change, delete. What they write, `ledger.saved_cohorts` checks."""

from __future__ import annotations

import streamlit as st

from ledger import saved_cohorts as ledger_cohorts
from ledger.saved_cohorts import LONGEST_NAME, SavedCohort
from ui import cohort_state, session
from ui.saved_cohorts import written
from ui.theme import date_words, plain
from vcore.errors import VcoreError

_SHARING = {False: "Only me", True: "Everyone who may see cohorts"}
_NOTE = (
    "The filters are saved, not the children: opened next month, they pick the children of then. "
    "Never put a child's name here."
)


@st.dialog("Save these filters as a cohort")
def save() -> None:
    """Saves the reader's choice under a name."""
    choice = cohort_state.chosen()
    when = "" if choice.as_of is None else f", as at {date_words(choice.as_of)}"
    st.markdown(plain(f"{choice.filter.describe()}{when}"))
    name, shared = _fields("", False)
    st.caption(_NOTE)
    if not st.button("Save", type="primary", key="save-cohort"):
        return
    try:
        ledger_cohorts.save_cohort(
            session.ledger(),
            session.person(),
            name=name,
            filter=written(choice),
            as_of=choice.as_of,
            shared=shared,
        )
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    st.toast(f"“{plain(name)}” is saved: under Presets on every page, and on Cohorts.")
    st.rerun()


@st.dialog("Change a saved cohort")
def change(saved: SavedCohort) -> None:
    """Renames one's own saved cohort, shares it or keeps it to oneself."""
    name, shared = _fields(saved.name, saved.shared)
    if not st.button("Save changes", type="primary", key="change-cohort"):
        return
    try:
        ledger_cohorts.rename_cohort(session.ledger(), saved.code, session.person(), name=name, shared=shared)
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    st.rerun()


@st.dialog("Delete a saved cohort")
def delete(saved: SavedCohort) -> None:
    """Asks once more, then deletes one's own saved cohort."""
    st.markdown(
        f"Delete “{plain(saved.name)}”? Only its name and filters go, no child's data. "
        "Links to it will say that it is gone."
    )
    if not st.button("Delete", type="primary", key="delete-cohort"):
        return
    try:
        ledger_cohorts.delete_cohort(session.ledger(), saved.code, session.person())
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    st.rerun()


def _fields(name: str, shared: bool) -> tuple[str, bool]:
    written_name = st.text_input("Name", name, max_chars=LONGEST_NAME, key="cohort-name")
    told = st.radio(
        "Who may open it",
        list(_SHARING),
        index=int(shared),
        format_func=_SHARING.__getitem__,
        key="cohort-sharing",
    )
    return written_name, bool(told)
