"""How a cohort narrows to a review list: what can be taken away, one press each, and the chart."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from ui import review_builder, review_state, review_words, sentences, theme
from ui.chart_data import filled
from ui.disclosure import Gate
from ui.figure import Figure
from ui.row_labels import broken, row_axis
from ui.theme import plain
from vcore.measures.cost_model import CostModel
from vcore.measures.disclosure import HIDDEN
from vcore.measures.review import ReviewRule, Sifted, sift
from vcore.measures.review.presets import presets
from vcore.measures.review.purposes import HARD_LIMITS
from vcore.measures.review.sifting import ways_out
from vcore.store import Cohort

ROW_PX = 44
STEPS = "steps"
STILL = "Bars of the children left after each step."
FIXED = ("all", HARD_LIMITS)
_ON = "review-on"


def draw_ways_in(cohort: Cohort, rule: ReviewRule) -> None:
    """The rules to start from, and the way to every condition."""
    ready = {preset.label: preset.rule for preset in presets(cohort.as_of)}
    picked = st.menu_button("Start from", list(ready), key="review-presets")
    if picked is not None and ready[picked] != rule:
        review_state.choose(ready[picked])
        st.rerun()
    if st.button("Change the rule", key="review-change", on_click=review_builder.fill, args=(rule,)):
        review_builder.open_dialog()


def draw(cohort: Cohort, rule: ReviewRule, sifted: Sifted, gate: Gate) -> None:
    """The ways in, and what can be taken away, in order, each with the children left after it."""
    told = {
        step.key: f"**{left}** {plain(step.words)} ×"
        for step, left in zip(sifted.steps, review_words.counts(sifted, gate), strict=True)
        if step.key not in FIXED
    }
    with st.container(key="review-steps", horizontal=True, vertical_alignment="center", gap="small"):
        draw_ways_in(cohort, rule)
        st.session_state[_ON] = list(told)
        st.pills(
            "Press one to take it away",
            list(told),
            selection_mode="multi",
            key=_ON,
            format_func=told.__getitem__,
            label_visibility="collapsed",
            on_change=_take_away,
            args=(rule, tuple(told)),
        )


def _take_away(rule: ReviewRule, keys: tuple[str, ...]) -> None:
    for key in set(keys) - set(st.session_state[_ON]):
        rule = rule.without(key)
    review_state.choose(rule)


def draw_nobody(
    cohort: Cohort, rule: ReviewRule, sifted: Sifted, model: CostModel | None, gate: Gate
) -> None:
    """What leaves nobody, and each single thing whose removal leaves somebody."""
    st.write(plain(review_words.emptied(sifted)))
    if cohort.column("need_total").isna().all():
        st.write(review_words.UNASSESSED)
    found = ways_out(cohort, rule, model)
    words = {step.key: step.words for step in sifted.steps}
    for key, n in found.items():
        st.button(
            f"Take away “{plain(words[key])}”: leaves {sentences.children(n, gate, len(cohort))}",
            key=f"review-out-{key}",
            on_click=review_state.choose,
            args=(rule.without(key),),
        )
    if not found:
        st.write("No single condition is the reason: start from another rule, or take away more than one.")


def funnel(cohort: Cohort, rule: ReviewRule, model: CostModel | None, gate: Gate) -> Figure:
    """Bars of the children left after each step."""
    sifted = sift(cohort, rule, model)
    told = review_words.counts(sifted, gate)
    words = [step.words for step in sifted.steps]
    table = pd.DataFrame(
        {
            "Step": words,
            "Children left": [
                HIDDEN if left == HIDDEN else step.left for step, left in zip(sifted.steps, told, strict=True)
            ],
            "Not recorded": [
                step.not_recorded if gate.counts(step.not_recorded) else HIDDEN for step in sifted.steps
            ],
        }
    )
    drawn = pd.DataFrame(
        {
            "step": [broken(one[0].upper() + one[1:]) for one in words],
            "left": pd.to_numeric(table["Children left"], errors="coerce").fillna(0),
            "words": told,
        }
    )
    spec = filled(_shape(), {STEPS: drawn.to_dict("records")})
    spec["height"] = ROW_PX * len(drawn)
    return Figure(
        name="review-funnel",
        title="How the list came about, step by step",
        subtitle=f"Children left after each step · {theme.date_words(cohort.as_of)}",
        chart=spec,
        table=table,
        alt=f"{STILL[:-1]}, from {told[0]} down to {told[-1]}.",
        still_alt=STILL,
        units={"Children left": "children", "Not recorded": "children"},
    )


@cache
def _shape() -> dict[str, Any]:
    rows = alt.NamedData(STEPS)
    y = alt.Y("step", type="nominal", sort=None, title=None, axis=row_axis())
    x = alt.X("left", type="quantitative", axis=None)
    bars = alt.Chart(rows).mark_bar(color=theme.CATEGORIES[0]).encode(x=x, y=y)
    words = alt.Text("words", type="nominal")
    labels = alt.Chart(rows).mark_text(align="left", dx=5).encode(x=x, y=y, text=words)
    return alt.layer(bars, labels).to_dict()
