"""The reader's working scenario: kept in the ledger as they go, and back when they next open Scenario or Money plan.

Only the levers come back by themselves; the children they were set for are offered. Never runs a scenario.
"""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from ledger.working_scenarios import Working, find_working, keep_working
from ui import cohort_state, scenario_link, scenario_state, session
from ui.cohort_link import Choice
from ui.scenario_draft import Draft
from ui.theme import date_words, plain
from vcore.errors import VcoreError
from vcore.scenarios import Scenario
from vcore.store import CohortFilter

_LAST = "working_scenario_kept"
_BACK = "working_scenario_back"


def keep() -> None:
    """Keeps the draft and its children once either has changed. Quick where nothing has."""
    choice, draft = cohort_state.chosen(), scenario_state.draft()
    now = (draft, choice.filter, choice.as_of)
    if st.session_state.setdefault(_LAST, now) == now:
        return
    st.session_state[_LAST] = now
    keep_working(
        session.ledger(),
        session.person(),
        scenario=draft.scenario.model_dump_json(),
        cohort=choice.filter.model_dump_json(exclude_none=True),
        as_of=choice.as_of,
    )


def bring_back() -> None:
    """Puts what the reader last worked on on the screen, once a tab, unless a link brought something else."""
    if _BACK in st.session_state:
        return
    st.session_state[_BACK] = None
    if scenario_state.begun() or not session.link().keys().isdisjoint(scenario_link.NAMES):
        return
    found = find_working(session.ledger(), session.person())
    if found is None or (draft := _draft(found)) in (None, scenario_state.draft()):
        return
    scenario_state.choose(draft)
    scenario_state.write_link()
    st.session_state[_BACK] = found


def draw() -> None:
    """Says that the scenario is back, and offers its children and a fresh start."""
    found: Working | None = st.session_state.get(_BACK)
    if found is None:
        return
    choice = _choice(found)
    with st.container(horizontal=True, vertical_alignment="center", key="working-scenario"):
        st.markdown(f"Your scenario of {date_words(found.saved_at.date())} is back{_whose(choice)}.")
        if choice is not None and (choice.filter, choice.as_of) != (
            cohort_state.chosen().filter,
            cohort_state.chosen().as_of,
        ):
            st.button("Use those children too", key="working-children", on_click=_use, args=(choice,))
        st.button("Start afresh", key="working-afresh", type="tertiary", on_click=_start_afresh)
        st.button("Fine", key="working-fine", type="tertiary", on_click=_done)


def _whose(choice: Choice | None) -> str:
    if choice is None or not choice.filter.chosen():
        return ""
    return f", as you left it for {plain(choice.filter.describe())}"


def _use(choice: Choice) -> None:
    cohort_state.open_at(choice.filter, choice.as_of)
    _done()


def _start_afresh() -> None:
    scenario_state.reset()
    _done()


def _done() -> None:
    st.session_state[_BACK] = None


def _draft(found: Working) -> Draft | None:
    """The draft; None where this version does not understand it any more."""
    try:
        return Draft(Scenario.model_validate_json(found.scenario))
    except (ValidationError, VcoreError):
        return None


def _choice(found: Working) -> Choice | None:
    try:
        return Choice(CohortFilter.model_validate_json(found.cohort), found.as_of)
    except ValidationError:
        return None
