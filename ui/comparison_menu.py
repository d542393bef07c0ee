"""The cohort bar's control of what the cohort is compared with. Keeps nothing and counts nobody."""

from __future__ import annotations

from datetime import date, timedelta
from textwrap import shorten

import streamlit as st

from ui import cohort_state, comparison, reads
from ui.comparison import ALL, EVERYONE_ELSE, REST
from ui.saved_cohorts import CODE
from ui.theme import date_words, plain

MOST_SHOWN = 12  # of the saved cohorts; the Cohorts page lists them all
LONGEST_NAME = 24  # characters on the button
_ANOTHER = "another date"
_EARLIEST = date(2000, 1, 1)


def draw() -> None:
    """One button that opens to everything a cohort can stand beside."""
    before = comparison.year_before(reads.as_of()).isoformat()
    offered = {
        EVERYONE_ELSE: "Everyone else",
        ALL: "All children",
        **{
            f"{CODE}{saved.code}": f"Saved: {plain(saved.name)}"
            for saved in reads.saved_cohorts()[:MOST_SHOWN]
        },
        before: f"12 months before: {_words(before)}",
        _ANOTHER: "Another date …",
    }
    picked = st.menu_button(
        f"Compare: {plain(_words(cohort_state.chosen().compare))}",
        list(offered),
        format_func=offered.__getitem__,
        key="cohort-compare",
    )
    if picked == _ANOTHER:
        _choose_date()
    elif picked is not None:
        cohort_state.compare_with(picked)
        st.rerun()


def _words(code: str) -> str:
    """What a code names, in few words."""
    if code.startswith(CODE):
        names = (saved.name for saved in reads.saved_cohorts() if f"{CODE}{saved.code}" == code)
        return shorten(next(names, "a saved cohort"), LONGEST_NAME, placeholder=" …")
    day = comparison.day_of(code)
    return (
        REST if code == EVERYONE_ELSE else "all children" if code == ALL else date_words(day) if day else "?"
    )


def draw_refusal() -> None:
    """Says why the comparison that was asked for is not to be had; the page goes on with everyone else."""
    if why := reads.no_comparison():
        words, way_out = st.columns([4, 1], vertical_alignment="center")
        words.warning(f"{plain(why)} Until then these children stand beside {REST}.")
        way_out.button(
            f"Compare with {REST}",
            key="comparison-accept",
            on_click=cohort_state.compare_with,
            args=(EVERYONE_ELSE,),
            wrap=True,
        )


@st.dialog("Compare with an earlier date")
def _choose_date() -> None:
    day = st.date_input(
        "The same filters as at",
        comparison.year_before(reads.as_of()),
        min_value=_EARLIEST,
        max_value=reads.as_of() - timedelta(days=1),
        format="DD/MM/YYYY",
        key="compare-date",
    )
    st.caption("Children in care that day who fit the same filters, with the placement and fee of that day.")
    if st.button("Compare", type="primary", key="compare-date-apply"):
        cohort_state.compare_with(day.isoformat())
        st.rerun()
