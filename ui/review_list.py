"""The review list: who would be discussed first by an open rule, how they came to be on the list, and why.

For whoever may see children, pseudonymous, on their own screen. Each new list is kept in the record of openings.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ledger import openings
from ledger.rights import Right
from ui import (
    charts,
    cohort_state,
    explain,
    presenting,
    reads,
    review_desk,
    review_places,
    review_state,
    review_steps,
    session,
)
from ui import review_words as words
from ui.disclosure import Gate
from ui.money_plan_register import markup
from ui.need_cost import ASK_AGAIN_SECONDS
from ui.scenario_fairness import of_list
from ui.theme import plain, subtitle
from vcore.measures.fairness import CAUTION, equality_notes, unfair_words
from vcore.measures.review import ReviewRule, Sifted, sift
from vcore.measures.review.presets import presets
from vcore.store import Cohort

METRICS = ("review_list", "expected_cost", "places_match", "fairness_gap")
_KEPT = "review-list-kept"  # the list last recorded


def draw() -> None:
    """The view."""
    session.require(Right.SEE_CHILDREN)
    cohort, gate = reads.cohort(), reads.gate()
    rule = review_state.follow_link(presets(cohort.as_of)[0].rule, cohort.snapshot.needs)
    if unfair := unfair_words(cohort.filter):
        st.title("No list of these children", anchor=False)
        st.warning(words.refused(unfair))
        return
    if problems := review_state.problems():
        _draw_problems([problem.words for problem in problems], rule, cohort)
        return
    model = reads.cost_model()
    if rule.waits and model is None:
        st.title("Still learning what placements should cost", anchor=False)
        review_steps.draw_ways_in(cohort, rule)
        _draw_learning(words.LEARNING)
        return
    sifted = reads.measured(sift, cohort, rule, model if rule.waits else None)
    said = " ".join(
        filter(
            None,
            (rule.sentence(cohort.snapshot.needs), words.always(sifted, gate), words.caution(rule)),
        )
    )
    st.html(f'<h1 class="cve-sentence">{words.headline(sifted, gate)}</h1>{subtitle(said)}')
    for note in equality_notes(cohort.filter):
        st.warning(note)
    if presenting.on():
        st.info(words.PROJECTED)
    else:
        review_steps.draw(cohort, rule, sifted, gate)
        if sifted.children:
            _record(cohort, rule, sifted.children)
            review_desk.draw(cohort, rule, sifted, model)
            review_places.draw(cohort, rule, sifted)
        else:
            review_steps.draw_nobody(cohort, rule, sifted, model if rule.waits else None, gate)
    if unknown := words.not_told(sifted, gate):
        st.caption(plain(unknown))
    left, right = st.columns(2, gap="large")
    with left:
        charts.show(reads.gated(review_steps.funnel, cohort, rule, model if rule.waits else None), level=2)
    with right.container(key="review-fairness"):
        _draw_fairness(cohort, sifted, gate)
    explain.calculation(METRICS)
    if model is None:
        _draw_learning(words.GAP_LEARNING)


def _record(cohort: Cohort, rule: ReviewRule, children: int) -> None:
    """Keeps that a list was looked at: once for each list, not with every click on it."""
    choice = cohort_state.chosen()
    this = (rule, choice.filter, choice.as_of, reads.open_store().snapshot_id)
    if st.session_state.get(_KEPT) == this:
        return
    person = session.require(Right.SEE_CHILDREN)
    said = f"{choice.filter.describe()} · {rule.sentence(cohort.snapshot.needs)}"
    openings.record_list(session.ledger(), person, children, said)
    st.session_state[_KEPT] = this


def _draw_fairness(cohort: Cohort, sifted: Sifted, gate: Gate) -> None:
    """Who is on the list, against everyone it was made from."""
    table = reads.measured(_against_everyone, cohort, sifted, gate)
    if len(table):
        caution = subtitle(f"{CAUTION} None of these is ever a condition of a list.")
        st.html(markup(table, "Who is on the list, against everyone here") + caution)


def _against_everyone(cohort: Cohort, sifted: Sifted, gate: Gate) -> pd.DataFrame:
    return of_list(cohort, sifted.listed, gate)


@st.fragment(run_every=ASK_AGAIN_SECONDS)
def _draw_learning(said: str) -> None:
    if reads.cost_model() is not None:
        st.rerun()
    st.caption(said)


def _draw_problems(problems: list[str], rest: ReviewRule, cohort: Cohort) -> None:
    st.title("This link cannot be followed as it is", anchor=False)
    st.warning("\n".join(f"- {plain(problem)}" for problem in problems))
    st.write("No list is shown, so that nobody takes other children for the ones the link meant.")
    said = rest.sentence(cohort.snapshot.needs)
    st.button(f"Use instead: {plain(said)}", key="review-accept", on_click=review_state.choose, args=(rest,))
