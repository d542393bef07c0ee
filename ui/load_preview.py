"""What publishing would change, beside the total finance has; then publish, or discard.

Counts and money pass the gate. Publishing itself is `ui.data_changes`'.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import data_changes, load_draft, load_names, load_publishing, load_words, reads
from ui.load_draft import Checked, Draft
from ui.theme import date_words, plain
from vcore.errors import VcoreError
from vcore.store.difference import Difference, Standing

MOST_GBP = 1_000_000_000.0


def draw(found: Draft, checked: Checked) -> None:
    """The sentence, the table of changes, the control total, and the two ways out."""
    change, gate = checked.change, reads.gate()
    assert change is not None
    st.subheader(load_words.sentence(change, gate), anchor=False)
    if isinstance(change, Difference):
        st.table(pd.DataFrame(load_words.rows(change, gate)).set_index("What changes"), border="horizontal")
        if change.after.day < change.before.day:
            st.warning(
                f"These files are true for {date_words(change.after.day)}; what is live is newer, of "
                f"{date_words(change.before.day)}."
            )
    sure = load_names.sure(found.authority, key="load-another") & _sure(change) & _sure_of_date(found)
    after = change.after if isinstance(change, Difference) else change
    control = st.number_input(
        "Finance's own total for a week, in £ (leave empty if there is none)",
        min_value=0.0,
        max_value=MOST_GBP,
        value=None,
        step=100.0,
        format="%.2f",
        key="load-control",
    )
    told = load_words.reconciled(after, control, gate)
    st.markdown(plain(told))
    why = load_draft.why_not_publish()
    if why:
        st.info(plain(why))
    with st.container(horizontal=True, key="load-actions"):
        if st.button("Publish", type="primary", key="load-publish", disabled=bool(why) or not sure):
            try:
                load_publishing.start(found, checked, told)
            except VcoreError as refusal:
                st.error(plain(str(refusal)))
            else:
                st.rerun()
        st.button("Back to the checks", key="load-back", on_click=_back, args=(found,))
        st.button("Discard", key="load-discard", on_click=load_draft.discard)


def _sure(change: Difference | Standing) -> bool:
    """Whether nothing goes missing by this load, or the reader says that this is meant."""
    if not isinstance(change, Difference) or not change.no_longer:
        return True
    st.warning(plain(load_words.missing(change.no_longer)))
    return st.checkbox("This is meant: publish without them", key="load-without")


def _sure_of_date(found: Draft) -> bool:
    """Whether no page goes back in time by this load, or the reader says that this is meant."""
    before, after = data_changes.dates_shown(found.authority, found.as_of)
    assert after is not None  # the load's own date is one of them
    told = load_words.held_back(before, after, found.as_of)
    if before is None or after >= before:
        if told:
            st.info(told)
        return True
    st.warning(told)
    return st.checkbox("This is meant: show the earlier date", key="load-earlier")


def _back(found: Draft) -> None:
    found.previewing = False
