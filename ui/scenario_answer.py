"""The Scenario screen: the levers, and what they would change. Children before money.

Runs the scenario through the model and shows it; every number passes the gate. The answer is a fragment,
so that a slider draws nothing else again.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import cohort_state, headlines, lever_panel, reads, scenario_figures, scenario_state, theme
from ui import scenario_words as words
from ui.charts import show
from ui.disclosure import Gate
from ui.headlines import Headline
from ui.lever_panel import ANSWER, DETAIL, FOLDS
from vcore.errors import RefusedRun
from vcore.scenarios import Result, Step, StepDown, run
from vcore.scenarios.run import NEVER_AN_INPUT
from vcore.store import Cohort


class Places(NamedTuple):
    """Where on the page the answer is written, besides its own column."""

    sentence: DeltaGenerator
    numbers: DeltaGenerator
    effects: Mapping[str, DeltaGenerator]


def explore() -> None:
    """The panel on the left, the answer on the right, its sentence on top."""
    domains = len(reads.cohort().snapshot.needs.domains)
    with st.container(key="scenario-top", horizontal=True, vertical_alignment="center", wrap=False):
        sentence = st.container()
        lever_panel.draw_history()
    panel, answer = st.columns([5, 7], gap="large")
    with panel.container(key="levers"):
        effects = lever_panel.draw(domains)
    with answer:
        numbers = st.empty()
        lever_panel.draw_money()
        _answer(Places(sentence, numbers, effects))
    _detail()


def draw_problems() -> None:
    """What in the link cannot be followed, and the offer to go on without it."""
    found = "\n".join(f"- {problem.words}" for problem in scenario_state.problems())
    st.warning(f"This link cannot be followed as it is, so no answer is shown yet.\n\n{found}")
    st.button("Go on without it", key="scenario-accept", on_click=scenario_state.accept)


@st.fragment(key=ANSWER)
def _answer(places: Places) -> None:
    """The sentence, each lever's effect, the numbers, the bridge and what must be said beside them."""
    scenario_state.write_link()
    cohort, gate = reads.cohort(), reads.gate()
    try:
        result = run(scenario_state.draft().scenario, cohort)
    except RefusedRun as refusal:
        places.sentence.title("There is no answer for this yet.", anchor=False)
        _draw_refusal(refusal, cohort)
        return
    places.sentence.title(words.headline(result, gate), anchor=False)
    for step in result.steps:
        effect, note = words.effect(step, result, gate), _note(step, result, gate)
        places.effects[step.lever].html(
            f'<p class="cve-effect"><strong>{escape(effect)}</strong> {escape(note)}</p>'
        )
    if words.all_told(result, gate):
        with places.numbers:
            headlines.draw(_headlines(result))
        st.caption(words.money_line(result))
        if result.steps:
            show(scenario_figures.bridge(result, gate))
    else:
        st.info(words.AMOUNTS_HIDDEN)
    st.caption("\n\n".join(words.caveats(result, filtered=bool(cohort.filter.chosen()))))


@st.fragment(key=DETAIL)
def _detail() -> None:
    """What a reader may want next, folded; nothing in it is worked out before it is opened."""
    draft = scenario_state.draft()
    who, sift, assumes = FOLDS
    labels = {who: "Who is affected", assumes: "What this assumes"}
    if draft.moving:
        labels = {
            who: labels[who],
            sift: "From all children to those for discussion",
            assumes: labels[assumes],
        }
    for fold, label in labels.items():
        with st.expander(label, key=fold, on_change="rerun") as unfolded:
            if unfolded.open:
                _draw_fold(fold)


def _draw_fold(fold: str) -> None:
    cohort, gate = reads.cohort(), reads.gate()
    try:
        result = run(scenario_state.draft().scenario, cohort)
    except RefusedRun as refusal:
        st.caption(str(refusal))
        return
    who, sift, _ = FOLDS
    if fold == who:
        show(scenario_figures.affected(result, gate))
    elif fold == sift:
        show(scenario_figures.funnel(result, gate))
    else:
        for step in result.steps:
            st.markdown(step.settings.explain())
        st.table(words.assumptions(result), hide_index=True, border="horizontal")
        if not cohort.filter.chosen() and (scale := words.national(result, gate)):
            st.markdown(scale)
        st.caption(words.NOT_INCLUDED)


def _note(step: Step, result: Result, gate: Gate) -> str:
    """Whom a lever would reach, or why nobody."""
    if step.notes:
        return " ".join(step.notes)
    n = len(result.cohort)
    if isinstance(step.settings, StepDown):
        return words.funnel_line(step, scenario_figures.funnel_counts(step, n, gate))
    return f"{words.sentence(words.cap_reach(step, n, gate))}."


def _headlines(result: Result) -> list[Headline]:
    year, direction = words.yearly(result.annual_saving_gbp)
    return [
        Headline(year, f"{direction} {words.WHOSE[result.scenario.cost_basis]}"),
        Headline(theme.money(result.delivery_cost_gbp), "one-off cost of the moves"),
        Headline(theme.money(result.net_first_year_gbp), "net in the first full year"),
    ]


def _draw_refusal(refusal: RefusedRun, cohort: Cohort) -> None:
    st.warning(str(refusal))
    for field, label in NEVER_AN_INPUT.items():
        if getattr(cohort.filter, field) is not None and st.button(
            f"Remove the {label} filter", key=f"scenario-lift-{field}"
        ):
            cohort_state.amend(**{field: None})
            st.rerun()
