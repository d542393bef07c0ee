"""Breakdown signal: foster placements to talk about before they break down, by an open rule tried on its own past.

For whoever may see children one by one. Draws no child: those flagged are on the review list.
"""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ledger.rights import Right
from ui import breakdown_signal_figures as figures
from ui import charts, explain, headlines, looking_back, presenting, reads, review_state, session, theme
from ui.disclosure import Gate
from ui.figure import Figure
from vcore.errors import VcoreError
from vcore.measures import breakdown_signal
from vcore.measures.breakdown_signal import SignalRule
from vcore.measures.history import History, years_before
from vcore.measures.review import Flagged, LivesIn, ReviewRule
from vcore.store import Cohort

METRICS = ("breakdown_signal", "signal_evidence", "signal_ratio")
CAVEATS = (
    "A flag asks for a talk about support. It decides nothing about a child, and predicts nothing for one.",
    "Limits chosen because they did well in one year look better in it than they are: try them on another.",
    "High scores tend to come nearer the middle next time, and support may be why a flagged placement held.",
)
_RULE, _YEARS = "signal-rule", "signal-years"
_FIELDS = {
    "total": "Total need at least",
    "severe": "Severe needs at least",
    "rise": "Rise in need at least",
}


def draw() -> None:
    """The view."""
    session.require(Right.SEE_CHILDREN)
    said = st.container()
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="signal-limits")
    with bar:
        rule, years = _draw_rule()
    cohort, gate = reads.cohort(), reads.gate()
    history = looking_back.history(years, years - 1)
    if history is None:
        _head(said, "Foster placements at risk of breakdown")
        looking_back.draw_reading(years, years - 1)
        return
    try:
        row = figures.records(figures.told(history, rule, gate))[0]
    except VcoreError as refusal:
        _head(said, "What the signal is worth cannot be said yet")
        st.info(theme.plain(str(refusal)))
        _draw_foot(rule)
        return
    _head(said, figures.sentence(row))
    now, watched = (
        figures.flagged_now(cohort, rule),
        int(reads.measured(breakdown_signal.watched, cohort).sum()),
    )
    if not presenting.on():
        bar.button(
            f"List the {theme.count(now, 'child', 'children')} flagged today",
            key="signal-list",
            type="primary",
            disabled=not now,
            on_click=review_state.open_list,
            args=(_as_review(rule),),
        )
    headlines.draw(figures.headlines(row, now, watched, gate))
    picture, aside = st.columns([3, 2], gap="large")
    with picture:
        charts.show(reads.gated(_by_limit, history.then, history, rule), level=2)
    with aside:
        _draw_foot(rule, figures.left_first(row))


def _as_review(rule: SignalRule) -> ReviewRule:
    """The rule as one of the review list: the same children."""
    here = LivesIn(places=("fostering",)), Flagged(signal=rule)
    return ReviewRule(purpose="stability", conditions=here)


def _head(place: DeltaGenerator, words: str) -> None:
    place.html(f'<h1 class="cve-sentence">{escape(words)}</h1>')


def _by_limit(_: Cohort, history: History, rule: SignalRule, gate: Gate) -> Figure:
    return figures.by_limit(history, rule, gate)


def _draw_rule() -> tuple[SignalRule, int]:
    """The three limits and the year they are tried on, as they stand."""
    rule: SignalRule = st.session_state.setdefault(_RULE, SignalRule.registered())
    st.session_state[_YEARS] = st.session_state.get(_YEARS, 1)  # kept while another view is open
    if presenting.on():
        return rule, st.session_state[_YEARS]
    until = reads.as_of()
    for field, label in _FIELDS.items():
        key = f"signal-{field}"
        st.session_state[key] = getattr(rule, field)
        low, high = (1 if field == "rise" else 0), reads.whole().snapshot.needs.highest_total
        st.number_input(
            label,
            low,
            len(reads.whole().snapshot.needs.domains) if field == "severe" else high,
            step=1,
            key=key,
            placeholder="not asked",
            width=155,
            on_change=_limited,
            args=(field, key),
        )
    ends = {years: years_before(until, years - 1) for years in looking_back.YEARS}
    years = st.selectbox(
        "Tried on the 12 months to",
        looking_back.YEARS,
        format_func=lambda years: theme.date_words(ends[years]),
        key=_YEARS,
        width=180,
    )
    st.button("Usual limits", key="signal-usual", on_click=_usual)
    return rule, years


def _limited(field: str, key: str) -> None:
    st.session_state[_RULE] = st.session_state[_RULE].model_copy(update={field: st.session_state[key]})


def _usual() -> None:
    st.session_state[_RULE] = SignalRule.registered()


def _draw_foot(rule: SignalRule, left_first: str = "") -> None:
    lines = [f"Flagged: children in fostering with {rule.describe()}.", left_first, *CAVEATS]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    st.html(f'<ul class="cve-caveats">{items}</ul>')
    explain.calculation(METRICS)
