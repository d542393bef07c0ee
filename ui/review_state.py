"""The review rule this browser tab looks with, its order and page: in the session, and the rule in the address.

The session is the truth and the address follows it; the address is read once, when the tab opens. The only place
that touches the session's keys for them.
"""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from ui import page_options, review_link, session
from ui.cohort_link import Problem
from vcore.facts.domains import NeedModel
from vcore.measures.review.order import FIRST, ORDERS
from vcore.measures.review.rule import ReviewRule

_RULE, _PROBLEMS, _STANDING = "review-rule", "review-problems", "review-standing"
VIEW, LIST = "review-view", "list"  # which view of the page is open, in the address
ORDER, PAGE = "review-order", "review-page"  # keys of the widgets too


def follow_link(usual: ReviewRule, needs: NeedModel) -> ReviewRule:
    """The rule in force; the first time in a tab, that of the address or the `usual` one."""
    if _RULE not in st.session_state:
        values = session.link().get(review_link.NAME, [])
        rule, problems = review_link.read(values, needs)
        st.session_state[_RULE] = rule if values else usual
        st.session_state[_PROBLEMS] = problems
    return st.session_state[_RULE]


def problems() -> tuple[Problem, ...]:
    """What in the link cannot be followed; empty once another rule is chosen."""
    return st.session_state.get(_PROBLEMS, ())


def choose(rule: ReviewRule) -> None:
    """Puts a rule in force. For callbacks."""
    was = st.session_state.get(_RULE)
    if was is None or rule.purpose != was.purpose:
        st.session_state.pop(ORDER, None)  # another talk is read in another order
    st.session_state[_RULE] = rule
    st.session_state[_PROBLEMS] = ()
    st.query_params[review_link.NAME] = review_link.written(rule)
    turn_over()


def open_list(rule: ReviewRule) -> None:
    """Puts a rule in force and shows its list, from another view of the page. For callbacks."""
    choose(rule)
    page_options.choose(VIEW, LIST, LIST)


def order(rule: ReviewRule) -> str:
    """What the list is sorted by; the usual order of the rule's purpose before another is chosen."""
    if st.session_state.get(ORDER) not in ORDERS:
        st.session_state[ORDER] = FIRST[rule.purpose]
    return st.session_state[ORDER]


def turn_over() -> None:
    """Goes to the first page."""
    st.session_state[PAGE] = 1


def page(pages: int) -> int:
    """The page of the list that is open, which is never beyond the last."""
    if st.session_state.get(PAGE, 1) > pages:
        turn_over()
    return st.session_state.get(PAGE, 1)


def standing(rows: Hashable) -> int:
    """A number that changes whenever other rows stand on the screen than before, so that a choice of rows never
    passes to other children. `rows` says which they are: the children in their order, and the data."""
    number, before = st.session_state.get(_STANDING, (0, None))
    if before != rows:
        number += 1
        st.session_state[_STANDING] = (number, rows)
    return number
