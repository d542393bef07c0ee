"""Who is looking: the signed-in person, asked of the ledger afresh on every run, and what they may do.

The second lock: cached reads call `require` before they hand anything out. Never trusts the browser, and
keeps nothing about a person between runs but the id of their sign-in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ledger import Ledger, open_ledger, sign_ins
from ledger.people import Person
from ledger.rights import Right
from ui.published import as_loaded, holds_real_children
from vcore.errors import VcoreError
from vcore.settings import settings

Answer = TypeVar("Answer")

_ANSWERS: WeakKeyDictionary[object, dict[Hashable, Any]] = WeakKeyDictionary()  # of the runs under way
_SIGN_IN = "sign_in"
_LINK, _GIVEN = "link_as_opened", "link_given"
_PAGE, _VISIT = "page_now", "visit"


class NotSignedIn(VcoreError):
    """Nobody is signed in, or no longer."""

    def __init__(self) -> None:
        super().__init__("You are signed out. Load the page again to sign in.")


def ledger() -> Ledger:
    """The ledger of the data folder in the settings, opened once a process."""
    return _opened(settings().data_folder)


@cache
def _opened(data_folder: Path) -> Ledger:
    return open_ledger(data_folder)


def signed_in() -> Person | None:
    """The signed-in person as their account is now; None for a stranger, and once a sign-in is over.

    A demonstration account, whose password everybody knows, is nobody beside real children, from the moment
    these are published and whatever the ledger says. The ledger is asked once a run, however often we are.
    """
    sign_in = sign_in_id()
    return None if sign_in is None else once_a_run(("person", sign_in), lambda: _standing(sign_in))


def standing(sign_in: str | None) -> Person:
    """The person of a sign-in as it stands now, asked outside any run. Raises `NotSignedIn` once it is over."""
    found = None if sign_in is None else _standing(sign_in)
    if found is None:
        raise NotSignedIn
    return found


def _standing(sign_in: str) -> Person | None:
    found = sign_ins.standing(ledger(), sign_in)
    if found is None or (found.demonstration and holds_real_children()):
        return None
    return found if found.authorities is None else replace(found, authorities=as_loaded(found.authorities))


def once_a_run(what: Hashable, ask: Callable[[], Answer]) -> Answer:
    """`ask()`, asked once in this run of a page or of a fragment: all of it sees the same answer."""
    context = get_script_run_ctx(suppress_warning=True)
    run = None if context is None else context.parallel_coordinator  # every run makes its own
    if run is None:
        return ask()
    answers = _ANSWERS.setdefault(run, {})
    if what not in answers:
        answers[what] = ask()
    return answers[what]


def ask_again(*asked: Hashable) -> None:
    """Forgets what was asked once in this run: something has just changed it."""
    context = get_script_run_ctx(suppress_warning=True)
    run = None if context is None else context.parallel_coordinator
    for what in asked:
        _ANSWERS.get(run, {}).pop(what, None)


def person() -> Person:
    """The signed-in person. Raises `NotSignedIn` for anybody else."""
    found = signed_in()
    if found is None:
        raise NotSignedIn
    return found


def require(right: Right) -> Person:
    """The signed-in person, who has this right. Raises `NotSignedIn` or `NotAllowed`."""
    found = person()
    found.require(right)
    return found


def sign_in_id() -> str | None:
    """The sign-in this browser tab runs under, if any."""
    return st.session_state.get(_SIGN_IN)


def remember(sign_in: str) -> None:
    """Runs this browser tab under a sign-in from now on."""
    st.session_state[_SIGN_IN] = sign_in


def forget() -> None:
    """Empties this browser tab's state, so that the next person inherits nothing."""
    st.session_state.clear()


def arrive(page: str) -> None:
    """Counts the pages this browser tab has come to. Call once a run, before the page."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state[_VISIT] = visit() + 1


def visit() -> int:
    """Which coming to a page this is: the same while the reader stays, another when they come back."""
    return st.session_state.get(_VISIT, 0)


def keep_link() -> None:
    """Keeps what the address carries, before any widget drops a value it does not know."""
    st.session_state[_LINK] = {name: st.query_params.get_all(name) for name in st.query_params}


def link() -> dict[str, list[str]]:
    """What the address carried at the top of this run, as written: every value of every name."""
    return st.session_state.get(_LINK, {})


def address_lags(of: str, wanted: Mapping[str, object]) -> bool:
    """Whether the part `of` the address was given otherwise last time: that may be on its way to the browser still.

    Then where the browser says it stands is not where it will stand, and `wanted` must be written whatever it says.
    """
    given = f"{_GIVEN}-{of}"
    lags = st.session_state.get(given, wanted) != wanted
    st.session_state[given] = wanted
    return lags


def address() -> str:
    """Where the person is, for locks and the activity.

    A forwarded address counts only when the council says that its own proxy writes it
    (`VCORE_TRUST_PROXY=1`): anybody could claim another, and so escape a lock.
    """
    if "X-Forwarded-For" in st.context.headers and os.environ.get("VCORE_TRUST_PROXY") != "1":
        return "behind a proxy"
    return st.context.ip_address or "this machine"
