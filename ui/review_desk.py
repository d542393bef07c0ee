"""The list itself: its rows a page at a time, and what is done with the children chosen on it.

For whoever may see children, on their own screen. A row is chosen by its place on the screen; which child that is
stays on the server.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from ledger.rights import Right
from ui import (
    child_choice,
    child_columns,
    decision_form,
    decisions,
    reads,
    review_file,
    review_rows,
    review_state,
    session,
)
from ui.theme import count
from vcore.measures.child_facts import facts_of
from vcore.measures.cost_model import CostModel
from vcore.measures.review import ReviewRule, Sifted
from vcore.measures.review.order import ORDERS, in_order
from vcore.measures.review.reasons import rows_at
from vcore.measures.review.sifting import above_expected
from vcore.store import Cohort, Store

ROWS_A_PAGE = 50
GONE = "They may have left care, or the date or the load has changed. What was decided about them is kept."
ROW_PX, HEAD_PX, MOST_ROWS_SEEN = 92, 40, 5  # rows over 4 rem wrap their words


@st.fragment
def draw(cohort: Cohort, rule: ReviewRule, sifted: Sifted, model: CostModel | None) -> None:
    """A fragment: choosing a row, another page or another order runs nothing else."""
    person = session.require(Right.SEE_CHILDREN)
    by = review_state.order(rule)
    above, places = reads.measured(_listed, cohort, sifted, model, by)
    bar = st.container(key="review-bar", horizontal=True, vertical_alignment="center")
    with bar:
        page = _draw_order(pages=-(-len(places) // ROWS_A_PAGE))
    store = reads.open_store()
    children, told = reads.measured(_page, cohort, rule, sifted, model, by, page, store, person.rights)
    decided = {child: one.told for child, one in decisions.latest(children).items()}
    shown = told.assign(Decision=[decided.get(child, review_rows.NOTHING) for child in children])
    standing = review_state.standing((store.snapshot_id, children))
    event = st.dataframe(
        shown,
        hide_index=True,
        column_config=review_rows.columns(),
        row_height=ROW_PX,
        height=ROW_PX * min(len(shown), MOST_ROWS_SEEN) + HEAD_PX,
        key=f"review-rows-{standing}",
        on_select="rerun",
        selection_mode="multi-row",
        alt=f"Children to discuss, {len(shown)} of {len(places)}, a row each",
    )
    picked = [children[at] for at in event["selection"]["rows"] if at < len(children)]
    with bar:
        _draw_actions(picked)
        review_file.offer(cohort, rule, places, above)
    _draw_gone()
    if len(picked) == 1:
        with st.container(key="review-decision", border=True):
            st.markdown(f"**Decision about child {child_choice.short_code(picked[0])}**")
            decision_form.draw(picked[0])


def _listed(
    cohort: Cohort, sifted: Sifted, model: CostModel | None, by: str
) -> tuple[np.ndarray | None, np.ndarray]:
    """`above_expected`, and the places of the listed children in order."""
    above = above_expected(cohort, model)
    return above, in_order(facts_of(cohort), sifted.listed, by, above)


def _page(
    cohort: Cohort,
    rule: ReviewRule,
    sifted: Sifted,
    model: CostModel | None,
    by: str,
    page: int,
    store: Store,
    rights: frozenset[Right],
) -> tuple[tuple[str, ...], pd.DataFrame]:
    """Who stands on a page of the list, and their rows but for what was decided about them."""
    above, listed = reads.measured(_listed, cohort, sifted, model, by)
    places = listed[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    rows = child_columns.of_rows(rows_at(cohort, places, above), rights)
    children = tuple(rows["child_id"])
    codes = child_choice.short_codes(children)
    return children, review_rows.table(
        rows, codes, rule, cohort.as_of, store.with_own_words(children, cohort.as_of)
    )


def _draw_order(pages: int) -> int:
    """What the list is sorted by, and the page of it that is open."""
    st.selectbox(
        "In order of",
        list(ORDERS),
        format_func=lambda code: ORDERS[code].label,
        key=review_state.ORDER,
        on_change=review_state.turn_over,
        label_visibility="collapsed",
        width=310,
    )
    page = review_state.page(pages)
    return st.pagination(pages, key=review_state.PAGE, max_visible_pages=0) if pages > 1 else page


def _draw_actions(children: Sequence[str]) -> None:
    """What to do with the rows chosen."""
    already = child_choice.chosen()
    new = [child for child in children if child not in already]
    if st.button("Open child", key="review-open", disabled=len(children) != 1, help="Choose one row first"):
        child_choice.open_child(children[0])
    label = f"Add {len(new)} to huddle" if new else "Add to huddle"
    if st.button(label, key="review-huddle", disabled=not new, help="Choose rows first"):
        child_choice.choose((*already, *new))
        st.toast(
            f"{count(len(new), 'child is', 'children are')} added to the huddle: {len(already) + len(new)} in all."
        )


def _draw_gone() -> None:
    """Says when children who were chosen earlier are not in this data."""
    gone = [child for child in child_choice.chosen() if child_choice.place_of(child) is None]
    if gone:
        who = f"{count(len(gone), 'child', 'children')} of your huddle {'is' if len(gone) == 1 else 'are'}"
        st.caption(f"{who} not in care in this data. {GONE}")
