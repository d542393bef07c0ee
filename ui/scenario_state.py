"""The scenario this browser tab works on: the draft, its history, and the address that carries it.

The session is the truth and the address follows it; the address is read once, when the tab opens. The only
place that touches the session's keys for the scenario. Never runs one and never asks the data.
"""

from __future__ import annotations

import streamlit as st

from ui import council_register, scenario_link, session
from ui.cohort_link import Problem
from ui.scenario_draft import Draft

_DRAFT = "scenario_draft"
_HISTORY = "scenario_history"
_PROBLEMS = "scenario_problems"
_STEPS_KEPT = 50


def follow_link() -> None:
    """Takes the scenario from the address when the tab opens, and keeps it there from page to page.

    Call once a run, for whoever is signed in. A tab that never came near a scenario carries none.
    """
    if _DRAFT not in st.session_state and not session.link().keys().isdisjoint(scenario_link.NAMES):
        st.session_state[_DRAFT], st.session_state[_PROBLEMS] = scenario_link.read(session.link(), _fresh())
    if _DRAFT in st.session_state:
        write_link()


def draft() -> Draft:
    """The draft in force; the one every tab starts from before anything is set."""
    return st.session_state[_DRAFT] if begun() else _fresh()


def begun() -> bool:
    """Whether this tab has a draft of its own already."""
    return _DRAFT in st.session_state


def choose(wanted: Draft) -> None:
    """Works on with another draft; `undo` goes back to what was."""
    if wanted != draft():
        history = st.session_state.setdefault(_HISTORY, [])
        history.append(draft())
        del history[:-_STEPS_KEPT]
        st.session_state[_DRAFT] = wanted


def reset() -> None:
    """The draft that the screen starts from. Can be undone."""
    choose(_fresh())


def rest_on_today() -> None:
    """The draft on the council's register as it is now. Can be undone."""
    choose(draft().resting_on(council_register.own()))


def undo() -> None:
    """The draft before this one. Does nothing at the beginning."""
    if history := st.session_state.get(_HISTORY):
        st.session_state[_DRAFT] = history.pop()


def _fresh() -> Draft:
    """What a screen starts with: the council's register as it is now."""
    return session.once_a_run("fresh draft", lambda: Draft.begun(council_register.own()))


def problems() -> tuple[Problem, ...]:
    """What in the link cannot be followed; empty once the reader has chosen to go on without it."""
    return st.session_state.get(_PROBLEMS, ())


def accept() -> None:
    """Goes on without what could not be followed."""
    for problem in problems():
        st.query_params.pop(problem.name, None)
    st.session_state[_PROBLEMS] = ()


def write_link() -> None:
    """Makes the address say the draft. A link that cannot be followed stays as it is until it is settled."""
    if problems():
        return
    carried, wanted = st.query_params.to_dict(), scenario_link.written(draft())
    lags = session.address_lags("scenario", wanted)
    if any(name in carried and name not in wanted for name in scenario_link.NAMES):
        others = {name: st.query_params.get_all(name) for name in carried if name not in scenario_link.NAMES}
        st.query_params.from_dict(others | wanted)
    elif lags or not wanted.items() <= carried.items():
        st.query_params.update(wanted)
