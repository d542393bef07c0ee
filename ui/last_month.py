"""What changed since last month: the reader's children and their weekly cost, now and a month before.

Reads a second date, so nothing is asked until somebody unfolds it. Every number passes the gate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from ui import cohort_state, comparison, composition, headlines, reads, spend, theme
from ui.comparison import NoComparison
from ui.disclosure import Gate
from ui.headlines import Headline
from vcore.measures.composition import mean
from vcore.measures.disclosure import HIDDEN
from vcore.measures.overlap import overlap
from vcore.store import Cohort

LABEL = "Since last month"


@st.fragment
def fold(cohort: Cohort, gate: Gate) -> None:
    """The button that opens it. A fragment: the earlier date is read only then, and nothing else runs."""
    if st.button(LABEL, type="tertiary", key="since-last-month"):
        _open(cohort, gate)


@st.dialog(LABEL, width="medium")
def _open(cohort: Cohort, gate: Gate) -> None:
    if reads.gate() != gate:  # somebody else's, or another right, since it was drawn
        st.rerun()
    try:
        before = earlier(cohort, gate)
    except NoComparison as refusal:
        st.markdown(theme.plain(str(refusal)))
        return
    st.markdown(f"From {theme.date_words(before.as_of)} to {theme.date_words(cohort.as_of)}")
    headlines.draw(changes(cohort, before, gate))


def month_before(day: date) -> date:
    """The same day a month earlier, or the last of a shorter month."""
    return (pd.Timestamp(day) - pd.DateOffset(months=1)).date()


def earlier(cohort: Cohort, gate: Gate) -> Cohort:
    """The same filters a month before. Raises `NoComparison` where there is nobody, or where the two dates
    together would tell about a few children."""
    choice = replace(cohort_state.chosen(), compare=month_before(cohort.as_of).isoformat())
    return comparison.compared(choice, cohort, gate, reads.cohort_of, reads.saved_cohort).cohort


def changes(cohort: Cohort, before: Cohort, gate: Gate) -> list[Headline]:
    """How many more children, how much more a week, and how much more need: the two may stand side by side
    (`earlier`)."""
    parts = reads.measured(overlap, cohort, before)["children"].sum()
    came, left = int(parts["first_only"]), int(parts["second_only"])
    return [
        Headline(
            _more(len(cohort) - len(before), theme.number) if gate.beside(parts.tolist()) else HIDDEN,
            f"children: {gate.count(len(before), len(before.base))} then, "
            f"{gate.count(len(cohort), len(cohort.base))} now; {gate.count(came)} are new here, "
            f"{gate.count(left)} no longer here",
        ),
        _cost_change(cohort, before, gate),
        _need_change(cohort, before, gate),
    ]


def _cost_change(cohort: Cohort, before: Cohort, gate: Gate) -> Headline:
    then, now = (spend.told(spend.sizes(side).weekly_gbp, side, gate) for side in (before, cohort))
    words = f"a week: {_money(then)} then, {_money(now)} now"
    if isinstance(then, str) or isinstance(now, str):
        return Headline(then if isinstance(then, str) else str(now), words)
    return Headline(_more(now - then, theme.money), words)


def _need_change(cohort: Cohort, before: Cohort, gate: Gate) -> Headline:
    then, now = (composition.told_need(side, gate) for side in (before, cohort))
    words = f"mean total need: {then} then, {now} now"
    unknown = next((cell for cell in (then, now) if cell in (HIDDEN, theme.NOT_AVAILABLE)), "")
    means = [mean(side, "need_total") for side in (cohort, before)]
    return Headline(unknown or _more(means[0] - means[1], lambda more: theme.number(more, 1)), words)


def _money(cell: float | str) -> str:
    return cell if isinstance(cell, str) else theme.money(cell)


def _more(change: float, words: Callable[[float], str]) -> str:
    sign = "+" if change > 0 else ""
    return f"{sign}{words(change)}"
