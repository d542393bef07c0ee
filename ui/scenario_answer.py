"""The Scenario screen: the levers, and what they would change. Children before money.

Runs the scenario through the model and shows it; every number passes the gate. Only what a dial moves is a
fragment, and the page has few containers: a browser goes through all of them at every move of a slider.
"""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import (
    charts,
    cohort_state,
    headlines,
    lever_panel,
    reads,
    saved_scenario_desk,
    scenario_figures,
    scenario_state,
    theme,
    working_scenario,
)
from ui import scenario_words as words
from ui.charts import Figure
from ui.disclosure import Gate
from ui.headlines import Headline
from ui.lever_panel import MORE
from ui.scenario_figures import BRIDGE
from vcore.errors import RefusedRun
from vcore.scenarios import Result, Step, StepDown, run
from vcore.scenarios.run import NEVER_AN_INPUT


def explore() -> None:
    """The levers on the left; on the right the answer, children before money."""
    domains = len(reads.cohort().snapshot.needs.domains)
    panel, answer = st.columns([5, 7], gap="large")
    with answer:
        place = st.container()
        charts.fold_table(BRIDGE, _bridge, sees_small=reads.may_see_small())
        saved_scenario_desk.offer()
    with panel:
        _draw_live(place)
        lever_panel.draw_choices(domains)
        with st.container(horizontal=True, vertical_alignment="center"):
            lever_panel.draw_basis()
            lever_panel.draw_history()
    with st.expander("Who is affected, and what this assumes", key=MORE, on_change="rerun") as more:
        if more.open:
            _draw_more()


def draw_problems() -> None:
    """What in the link cannot be followed, and the offer to go on without it."""
    found = "\n".join(f"- {theme.plain(problem.words)}" for problem in scenario_state.problems())
    st.warning(f"This link cannot be followed as it is, so no answer is shown yet.\n\n{found}")
    st.button("Go on without it", key="scenario-accept", on_click=scenario_state.accept)


@st.fragment
def _draw_live(place: DeltaGenerator) -> None:
    """What moves with a dial: the dials themselves, each lever's effect, and in its place the answer.

    All else stays as it is: a browser takes its time over every widget and container that is drawn again.
    """
    gate = reads.gate()
    try:  # first of all: a browser draws at once what comes at once
        result = _result()
        figure = scenario_figures.bridge(result, gate)
    except RefusedRun as refusal:
        lever_panel.draw()
        with place:
            _draw_refusal(refusal)
    else:
        effects = lever_panel.draw()
        with place:
            _draw_answer(result, figure, gate)
        for step in result.steps:
            effects[step.lever].html(_effect(step, result, gate))
    working_scenario.keep()
    scenario_state.write_link()  # last: for a new address the browser draws its frame again


def _draw_answer(result: Result, figure: Figure, gate: Gate) -> None:
    """The sentence, the numbers, the bridge, and what must be said beside them."""
    told = words.all_told(result, gate)
    numbers = headlines.markup(_headlines(result)) if told else ""
    st.html(f'<h1 class="cve-sentence">{escape(words.headline(result, gate))}</h1>{numbers}')
    if not told:
        st.info(words.AMOUNTS_HIDDEN)
    elif result.steps:
        charts.draw(figure)
    caveats = "".join(f"<p>{escape(said)}</p>" for said in words.caveats(result))
    st.html(f'<div class="cve-aside">{caveats}</div>')


def _result() -> Result:
    return run(scenario_state.draft().scenario, reads.cohort())


def _bridge(gate: Gate) -> Figure:
    return scenario_figures.bridge(_result(), gate)


def _draw_more() -> None:
    """What a reader may want next; nothing in it is worked out before it is unfolded."""
    try:
        result, gate = _result(), reads.gate()
    except RefusedRun as refusal:
        st.markdown(str(refusal))
        return
    if result.children_affected:
        charts.show(partial(scenario_figures.affected, result))
    if any(isinstance(step.settings, StepDown) for step in result.steps):
        charts.show(partial(scenario_figures.funnel, result))
    st.markdown("### What this assumes", anchors=False)
    for step in result.steps:
        st.markdown(step.settings.explain())
    st.table(words.assumptions(result), hide_index=True, border="horizontal")
    lever_panel.draw_weeks()
    if scale := words.national(result, gate):
        st.markdown(scale)
    st.markdown(words.NOT_INCLUDED)


def _effect(step: Step, result: Result, gate: Gate) -> str:
    """What a lever would do, at its switch's height, and whom it would reach."""
    amount, note = escape(words.effect(step, result, gate)), escape(_note(step, result, gate))
    return f'<p class="cve-effect"><strong>{amount}</strong> {note}</p>'


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


def _draw_refusal(refusal: RefusedRun) -> None:
    st.html('<h1 class="cve-sentence">There is no answer for this yet.</h1>')
    st.warning(str(refusal))
    for field, label in NEVER_AN_INPUT.items():
        if getattr(reads.cohort().filter, field) is not None and st.button(
            f"Remove the {label} filter", key=f"scenario-lift-{field}"
        ):
            cohort_state.amend(**{field: None})
            st.rerun()
