"""Does cost follow need: the page's headlines, its box of lower need at higher cost, and what explains cost.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from html import escape
from math import isnan, nan

import numpy as np
import streamlit as st

from ui import (
    charts,
    cohort_state,
    need_cost_figures,
    need_cost_limits,
    need_cost_words,
    reads,
    sentences,
    theme,
)
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.figure import Figure
from ui.headlines import Headline
from ui.need_cost_limits import Limits
from vcore.measures import association
from vcore.measures.association import Association
from vcore.measures.cost_model import CostModel
from vcore.measures.disclosure import HIDDEN
from vcore.measures.need_against_cost import LowerNeed, known_children, lower_need_higher_cost
from vcore.store import Cohort

ASK_AGAIN_SECONDS = 1.5
NEED_STEP, COST_STEP_GBP = 1, 250


def told(cohort: Cohort, gate: Gate) -> Association:
    """How cost goes with need, as far as this reader may know: NaN in place of what is hidden."""
    found = reads.measured(association.of_cohort, cohort)
    of = reads.measured(association.of_cohort, cohort.whole_base).n
    return found if gate.averages(found.n, of) else Association(0, nan, nan, nan, nan)


def headlines(cohort: Cohort, beside: Comparison, gate: Gate) -> list[Headline]:
    """r with its interval, rank r, R², and over how many children; beside the comparison's r."""
    found, other = told(cohort, gate), told(beside.cohort, gate)
    known = reads.measured(association.of_cohort, cohort).n
    n = gate.count(known, reads.measured(association.of_cohort, cohort.whole_base).n)
    words = need_cost_words.interval(found)
    if not isnan(other.r):
        words = "; ".join([*filter(None, [words]), f"{theme.number(other.r, 2)} for {beside.words}"])
    return [
        Headline(theme.number(found.r, 2), f"r of need and cost{f' ({words})' if words else ''}"),
        Headline(
            theme.number(found.rank_r, 2), "rank r: the few dearest placements weigh no more than others"
        ),
        Headline(theme.percent(found.r_squared), "of differences in cost lie in line with total need (R²)"),
        Headline(
            n,
            f"{'child has' if n == '1' else 'children have'} a cost and an assessment, of "
            f"{gate.count(len(cohort), len(cohort.base))}",
        ),
    ]


def draw_box(cohort: Cohort, limits: Limits, gate: Gate) -> None:
    """Who costs much at low need: how many, what they cost, the two limits, and the way to look at them."""
    found, base = (reads.measured(_low, group, limits) for group in (cohort, cohort.whole_base))
    shown = gate.counts(found.children, found.known) and gate.counts(found.children, base.children)
    amounts = gate.averages(found.children, found.known) and gate.averages(found.children, base.children)
    amounts = amounts and gate.price("", [found.top_provider_share]) != HIDDEN
    title, line = need_cost_words.lower_need(
        theme.count(found.children, "child", "children") if shown else f"Children (number hidden: {HIDDEN})",
        theme.money(found.weekly_gbp) if amounts else HIDDEN,
        _share(found.weekly_gbp, found.known_weekly_gbp) if amounts else HIDDEN,
    )
    if found.known == 0:
        title, line = need_cost_words.NOBODY_KNOWN
    keeping = limits.narrowed(cohort.filter)
    for problem in need_cost_limits.problems():
        st.warning(problem)
    with st.container(key="need-cost-box", border=True):
        st.html(
            f'<h2 class="cve-title">{escape(title)}</h2><p class="cve-subtitle" role="status">{escape(line)}</p>'
        )
        need, cost = st.columns(2)
        with need:
            need_cost_limits.draw_control(
                "low_need", "Total need, at most", cohort.snapshot.needs.highest_total, NEED_STEP
            )
        with cost:
            need_cost_limits.draw_control(
                "high_cost", "£ a week, at least", need_cost_limits.HIGHEST_COST, COST_STEP_GBP
            )
        st.button(
            "Look at these children",
            key="need-cost-keep",
            disabled=(shown and found.children == 0) or keeping.items() <= cohort.filter.chosen().items(),
            on_click=cohort_state.amend,
            kwargs=keeping,
        )


def _low(cohort: Cohort, limits: Limits) -> LowerNeed:
    return lower_need_higher_cost(reads.measured(known_children, cohort), *limits)


def _share(part_gbp: float, whole_gbp: float) -> str:
    return theme.percent(part_gbp / whole_gbp) if whole_gbp else theme.NOT_AVAILABLE


def draw_explained(cohort: Cohort, gate: Gate) -> None:
    """What explains cost, once it is learnt; until then the page says so and looks again by itself."""
    model = reads.cost_model()
    if model is None:
        _draw_learning()
        return
    picture, meaning = st.columns([3, 2], gap="large")
    with picture:
        charts.show(lambda _: reads.measured(_explained, cohort.whole_base, model), level=2)
    said = (
        _gap(cohort, model, gate),
        need_cost_words.need_adds(*model.need_adds),
        need_cost_words.WHAT_IT_SHOWS,
    )
    meaning.html("".join(f"<p>{escape(words)}</p>" for words in said if words))


@st.fragment(run_every=ASK_AGAIN_SECONDS)
def _draw_learning() -> None:
    if reads.cost_model() is not None:
        st.rerun()
    st.caption(need_cost_words.LEARNING)


def _explained(base: Cohort, model: CostModel) -> Figure:
    return need_cost_figures.explained(model)


def _gap(cohort: Cohort, model: CostModel, gate: Gate) -> str:
    """What the cohort costs beside what need leads one to expect; of everybody the two are the same."""
    known, of = (_costs(group, model) for group in (cohort, cohort.whole_base))
    (n, actual, expected), whole = known, of[0]
    if n == whole or n == 0 or not gate.averages(n, whole):
        return ""
    who = f"The {sentences.children(n, gate, whole)} here with a cost and an assessment"
    return need_cost_words.gap(who, actual, expected)


def _costs(cohort: Cohort, model: CostModel) -> tuple[int, float, float]:
    """Children the model knows, their weekly £, and the weekly £ expected from their needs."""
    expected = model.expected_from_need[cohort.chosen]
    known = ~np.isnan(expected)
    cost = cohort.column("weekly_cost_gbp").to_numpy()
    return int(known.sum()), float(cost[known].sum()), float(expected[known].sum())
