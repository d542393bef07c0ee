"""Which children the reader has chosen to look at, and which one is open: in their session and nowhere else.

Never in an address, a widget's key or a file's name. Pages about single children ask here; what they may see of
them is `ui.child_reads`' to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import streamlit as st

from ledger import openings
from ledger.rights import Right
from ui import cohort_state, reads, session
from ui.menu import PAGES_FOLDER
from vcore.measures import short_codes as codes
from vcore.store import Cohort

CHILD_PAGE = PAGES_FOLDER / "act" / "child.py"
_CHOSEN, _OPEN, _RECORDED = "children_chosen", "child_open", "child_recorded"


def choose(child_ids: Sequence[str]) -> None:
    """Chooses these children, in this order, in place of those chosen before."""
    st.session_state[_CHOSEN] = tuple(dict.fromkeys(str(child_id) for child_id in child_ids))


def chosen() -> tuple[str, ...]:
    """The children chosen, in the order they were chosen; empty before anybody is."""
    return st.session_state.get(_CHOSEN, ())


def open_child(child_id: str) -> None:
    """Opens a child and goes to their page. Raises `NotAllowed`. Not for a callback: it switches the page."""
    hold(child_id)
    st.switch_page(CHILD_PAGE, query_params=session.link())


def hold(child_id: str) -> None:
    """Opens a child without leaving the page. Raises `NotAllowed`."""
    session.require(Right.SEE_CHILDREN)
    st.session_state[_OPEN] = str(child_id)
    st.session_state.pop(_RECORDED, None)  # opened anew, so it is kept anew


def the_child() -> str | None:
    """The child who is open, if any. Raises `NotAllowed`."""
    session.require(Right.SEE_CHILDREN)
    return st.session_state.get(_OPEN)


def close() -> None:
    """Puts the open child away."""
    st.session_state.pop(_OPEN, None)


def record_opening(child_id: str) -> None:
    """Keeps that this child was opened: once each time somebody comes to them, not with every click."""
    coming = (child_id, session.visit())
    if st.session_state.get(_RECORDED) != coming:
        person = session.require(Right.SEE_CHILDREN)
        openings.record_children(session.ledger(), person, [child_id], cohort_words())
        st.session_state[_RECORDED] = coming


def cohort_words() -> str:
    """The reader's filter as a sentence, for the record of what was opened."""
    return cohort_state.chosen().filter.describe()


def short_code(child_id: str) -> str:
    """What a child is called on screens: the shortest beginning of their pseudonym that nobody else has."""
    return codes.short_code(child_id, everyone())


def short_codes(child_ids: Sequence[str]) -> list[str]:
    """The short codes of several children, in their order."""
    return [codes.short_code(child_id, everyone()) for child_id in child_ids]


def with_code(code: str) -> str | None:
    """The one child of this reader's authorities whom this short code means; None for nobody or several."""
    whole = reads.whole()
    found = np.intersect1d(codes.with_code(code, everyone()), whole.base)
    return everyone()[int(found[0])] if len(found) == 1 else None


def place_of(child_id: str) -> int | None:
    """The child's row in the snapshot of the reader's date, if this reader may count them."""
    return place_in(child_id, reads.whole())


def place_in(child_id: str, whole: Cohort) -> int | None:
    """The child's row in the snapshot of such a base, if they are in it."""
    session.require(Right.SEE_CHILDREN)
    ids, base = reads.measured(_ids_of, whole), whole.base
    at = bisect_left(ids, child_id)
    if at == len(ids) or ids[at] != child_id:
        return None
    inside = int(np.searchsorted(base, at))
    return at if inside < len(base) and base[inside] == at else None


def everyone() -> list[str]:
    """Every pseudonym of the snapshot, in order: the same for all readers, so that codes are too."""
    session.require(Right.SEE_CHILDREN)
    return reads.measured(_ids_of, reads.whole())


def _ids_of(cohort: Cohort) -> list[str]:
    return cohort.snapshot.frame["child_id"].tolist()
