"""Which children this browser tab looks at: the choice, its history, and the address that carries it.

The session is the truth and the address follows it; the address is read once, when the tab opens. The only
place that touches the session's keys for the cohort. Never asks the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from ui import cohort_link, session
from ui.cohort_link import Choice, Problem
from vcore.store import CohortFilter

_CHOICE = "cohort_choice"
_HISTORY = "cohort_history"
_PROBLEMS = "cohort_problems"
_OTHERS = "link_of_others"
_PAGE = "link_page"
_STEPS_KEPT = 50


def follow_link(page: str) -> None:
    """Takes the cohort from the address when the tab opens, and puts it back after every change.

    Call once a run, for whoever is signed in, before anything asks for the cohort. The browser drops the
    whole query when it goes to another page: what others had put there is put back too.
    """
    carried = session.link()
    if _CHOICE not in st.session_state:
        choice, problems = cohort_link.read(carried)
        st.session_state[_CHOICE] = choice
        st.session_state[_HISTORY] = []
        st.session_state[_PROBLEMS] = problems
    others = {name: values for name, values in carried.items() if name not in cohort_link.NAMES}
    if not others and page != st.session_state.get(_PAGE):
        others = st.session_state.get(_OTHERS, {})
    st.session_state[_OTHERS], st.session_state[_PAGE] = others, page
    _write(carried, others)


def chosen() -> Choice:
    """The choice in force; everyone at the latest date before anything is chosen."""
    return st.session_state.get(_CHOICE, Choice())


def choose(choice: Choice) -> None:
    """Puts another choice in force; `undo` goes back to this one. For callbacks and pages alike."""
    if choice == chosen() and not problems():
        return
    history = st.session_state.setdefault(_HISTORY, [])
    history.append(chosen())
    del history[:-_STEPS_KEPT]
    _put(choice)


def amend(**fields: Any) -> None:
    """Changes some fields of the filter and keeps the rest; None lifts one."""
    now = chosen()
    kept = now.filter.chosen() | fields
    choose(replace(now, filter=CohortFilter.model_validate(kept)))


def clear() -> None:
    """Everyone again, on the same date and beside the same comparison."""
    choose(replace(chosen(), filter=CohortFilter()))


def open_at(cohort_filter: CohortFilter, as_of: date | None) -> None:
    """Another filter at a date, beside the same comparison."""
    choose(replace(chosen(), filter=cohort_filter, as_of=as_of))


def compare_with(code: str) -> None:
    """Compares the same children with something else: a code of `ui.comparison`."""
    choose(replace(chosen(), compare=code))


def undo() -> None:
    """The choice before this one. Does nothing at the beginning."""
    history = st.session_state.get(_HISTORY)
    if history:
        _put(history.pop())


def can_undo() -> bool:
    """Whether there is a choice to go back to."""
    return bool(st.session_state.get(_HISTORY))


def problems() -> tuple[Problem, ...]:
    """What in the link cannot be followed; empty once the reader has chosen to go on without it."""
    return st.session_state.get(_PROBLEMS, ())


def refuse(*found: Problem) -> None:
    """Takes out of the choice what only the data or the reader's rights could tell is not possible."""
    now = chosen()
    names = {problem.name for problem in found}
    kept = {name: value for name, value in now.filter.chosen().items() if name not in names}
    as_of = None if cohort_link.AS_OF in names else now.as_of
    st.session_state[_CHOICE] = replace(now, filter=CohortFilter.model_validate(kept), as_of=as_of)
    st.session_state[_PROBLEMS] = (*problems(), *found)


def accept() -> None:
    """Goes on without what could not be followed."""
    st.session_state[_PROBLEMS] = ()


def _put(choice: Choice) -> None:
    st.session_state[_CHOICE] = choice
    st.session_state[_PROBLEMS] = ()


def _write(carried: Mapping[str, list[str]], others: Mapping[str, list[str]]) -> None:
    """Makes the address say the choice. A link that cannot be followed stays as it is until it is settled."""
    own = cohort_link.written(chosen())
    wanted = {**others, **own}
    if not problems() and (session.address_lags("cohort", own) or wanted != carried):
        st.query_params.from_dict(wanted)
