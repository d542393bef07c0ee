"""Which saved scenario this browser tab has open, and a link made on other data that nobody has settled yet.

The only place that touches the session's keys for either. Never asks the ledger and never the data.
"""

from __future__ import annotations

import streamlit as st

from ui import cohort_state, scenario_state, session
from ui.saved_scenarios import OpenedScenario
from ui.scenario_draft import Draft

DATA = "data"  # the mark of the data in a copied link
_OPENED = "scenario_opened"
_UNSETTLED = "scenario_unsettled"
_ACCEPTED = "scenario_data_accepted"


def open_scenario(found: OpenedScenario) -> None:
    """Puts a saved scenario and its children on the screen; both can be undone.

    Raises `VcoreError` when the screen has no place for all of it.
    """
    draft = Draft(found.scenario)
    cohort_state.open_at(found.filter, found.as_of)
    scenario_state.choose(draft)
    accept()
    remember(found, settled=False)


def remember(found: OpenedScenario, *, settled: bool = True) -> None:
    """What is on the screen is this scenario. `settled`: the reader knows on which data it was made."""
    st.session_state[_OPENED], st.session_state[_UNSETTLED] = found, not settled


def opened() -> OpenedScenario | None:
    """What is open; None where the reader started afresh."""
    return st.session_state.get(_OPENED)


def unsettled() -> bool:
    """Whether the reader has still to be told on which data the open scenario was made."""
    return st.session_state.get(_UNSETTLED, False)


def settle() -> None:
    """The reader goes on with today's data."""
    st.session_state[_UNSETTLED] = False


def close() -> None:
    """Nothing is open any more; the levers stay where they are."""
    st.session_state.pop(_OPENED, None)


def linked_data() -> str:
    """The mark of the data that a link was made on; empty where it says none, or once the reader goes on."""
    return "" if st.session_state.get(_ACCEPTED) else session.link().get(DATA, [""])[-1]


def accept() -> None:
    """Goes on with today's data, whatever the link was made on."""
    st.session_state[_ACCEPTED] = True
    st.query_params.pop(DATA, None)
