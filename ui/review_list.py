"""The review list: who would be discussed first by an open rule, how they came to be on the list, and why.

For whoever may see children, pseudonymous, on their own screen. Each new list is kept in the record of openings.
"""

from __future__ import annotations

import streamlit as st

from ledger import openings
from ledger.rights import Right
from ui import (
    charts,
    child_choice,
    cohort_state,
    explain,
    presenting,
    reads,
    review_rows,
    review_state,
    review_steps,
    session,
)
from ui import review_words as words
from ui.need_cost import ASK_AGAIN_SECONDS
from ui.theme import count, plain
from vcore.measures.child_facts import facts_of
from vcore.measures.cost_model import CostModel
from vcore.measures.fairness import equality_notes, unfair_words
from vcore.measures.review import ReviewRule, Sifted, sift
from vcore.measures.review.order import ORDERS, in_order
from vcore.measures.review.presets import presets
from vcore.measures.review.reasons import rows_at
from vcore.measures.review.sifting import above_expected
from vcore.store import Cohort

ROWS_A_PAGE = 50
ROW_PX, MOST_ROWS_SEEN = 74, 6  # rows over 4 rem wrap their words
METRICS = ("review_list", "expected_cost")
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
        _draw_learning(words.LEARNING)
        return
    sifted = reads.measured(sift, cohort, rule, model if rule.waits else None)
    st.html(f'<h1 class="cve-sentence">{words.headline(sifted, gate)}</h1>')
    st.caption(plain(f"{rule.sentence(cohort.snapshot.needs)} {words.DECIDES_NOTHING}"))
    for note in equality_notes(cohort.filter):
        st.warning(note)
    if presenting.on():
        st.info(words.PROJECTED)
    else:
        review_steps.draw(cohort, rule, sifted, gate)
        if sifted.children:
            _record(cohort, rule, sifted.children)
            draw_rows(cohort, rule, sifted, model)
        else:
            review_steps.draw_nobody(cohort, rule, sifted, model if rule.waits else None, gate)
    if unknown := words.not_told(sifted, gate):
        st.caption(plain(unknown))
    charts.show(reads.gated(review_steps.funnel, cohort, rule, model if rule.waits else None), level=2)
    explain.calculation(METRICS)
    if model is None:
        _draw_learning(words.GAP_LEARNING)


@st.fragment
def draw_rows(cohort: Cohort, rule: ReviewRule, sifted: Sifted, model: CostModel | None) -> None:
    """The list, a page at a time, and what can be done with the children chosen on it. A fragment: choosing a row
    runs nothing else."""
    session.require(Right.SEE_CHILDREN)
    by = review_state.order(rule)
    above = above_expected(cohort, model)
    places = in_order(facts_of(cohort), sifted.listed, by, above)
    pages = -(-len(places) // ROWS_A_PAGE)
    bar = st.container(key="review-bar", horizontal=True, vertical_alignment="bottom")
    with bar:
        st.selectbox(
            "In order of",
            list(ORDERS),
            format_func=lambda code: ORDERS[code].label,
            key=review_state.ORDER,
            on_change=review_state.turn_over,
            label_visibility="collapsed",
            width=330,
        )
        page = 1
        if pages > 1:
            page = st.pagination(pages, key=review_state.PAGE, on_change=review_state.let_go)
    here = places[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    rows = rows_at(cohort, here, above)
    children = rows["child_id"].tolist()
    codes = child_choice.short_codes(children)
    shown = review_rows.table(rows, codes, rule, cohort.as_of)
    event = st.dataframe(
        shown,
        hide_index=True,
        column_config=review_rows.columns(),
        row_height=ROW_PX,
        height=ROW_PX * min(len(shown), MOST_ROWS_SEEN) + 40,
        key=f"review-rows-{review_state.generation()}",
        on_select="rerun",
        selection_mode="multi-row",
        alt=f"Children to discuss, {len(shown)} of {len(places)}, a row each",
    )
    picked = [at for at in event["selection"]["rows"] if at < len(children)]
    with bar:
        _draw_actions([children[at] for at in picked])


def _draw_actions(children: list[str]) -> None:
    """What to do with the rows chosen."""
    st.markdown(f"{count(len(children), 'child', 'children')} chosen" if children else "Choose rows to go on")
    if st.button("Open child", key="review-open", disabled=len(children) != 1):
        child_choice.open_child(children[0])
    already = child_choice.chosen()
    new = [child for child in children if child not in already]
    if st.button("Add to huddle", key="review-huddle", disabled=not new):
        child_choice.choose((*already, *new))
        st.toast(
            f"{count(len(new), 'child is', 'children are')} added to the huddle: {len(already) + len(new)} in all."
        )


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
