"""The reader's children as at an earlier date and what became of them, read beside the screens: nobody's page waits.

For whoever may see children one by one. What is read belongs to an open state of the data and goes with it.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

import streamlit as st

from ledger.rights import Right
from ui import cohort_state, reads, session
from vcore.measures.history import History, years_before
from vcore.store import Afterwards, Cohort, Store

ASK_AGAIN_SECONDS = 0.5
READING = "What became of children since then is being read from the history. The page follows by itself."
YEARS = (1, 2, 3, 4, 5)
YEAR_WORDS = {1: "a year", 2: "two years", 3: "three years", 4: "four years", 5: "five years"}
_KEPT = 12  # pairs of dates of one state
_ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")
_READ: WeakKeyDictionary[Store, dict[tuple[date, date], Future[Afterwards]]] = WeakKeyDictionary()
_LOCK = Lock()


def history(start_years: int, until_years: int = 0) -> History | None:
    """The reader's choice of children so many years before their date, and what followed until some years before it.

    None while it is being read: the first who asks sets it going. Asked again, the same object.
    """
    session.require(Right.SEE_CHILDREN)
    start, until = (years_before(reads.as_of(), years) for years in (start_years, until_years))
    after = _afterwards(reads.open_store(), start, until)
    if after is None:
        return None
    then = reads.cohort_of(cohort_state.chosen().filter, start)
    return reads.measured(_history, then, after)


def draw_reading(start_years: int, until_years: int = 0) -> None:
    """Says that the history is being read, and draws the page again once it is."""
    _draw_reading(start_years, until_years)


@st.fragment(run_every=ASK_AGAIN_SECONDS)
def _draw_reading(start_years: int, until_years: int) -> None:
    if history(start_years, until_years) is not None:
        st.rerun()
    st.caption(READING)


def _history(then: Cohort, after: Afterwards) -> History:
    return History(then, after)


def _afterwards(store: Store, start: date, until: date) -> Afterwards | None:
    with _LOCK:
        asked = _READ.setdefault(store, {})
        if (start, until) not in asked:
            while len(asked) >= _KEPT:
                asked.pop(next(iter(asked))).cancel()
            asked[start, until] = _ONE_AT_A_TIME.submit(store.afterwards, start, until)
        found = asked[start, until]
    return found.result() if found.done() else None
