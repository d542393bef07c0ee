"""The Scenario screen: the levers, and what they would change. Children before money.

Runs the scenario through the model and shows it; every number passes the gate. Only what a dial moves is a
fragment, and the page has few containers: a browser goes through all of them at every move of a slider.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import (
    announced,
    charts,
    cohort_state,
    council_register,
    headlines,
    lever_panel,
    lever_settings,
    presenting,
    reads,
    register_notice,
    saved_scenario_desk,
    scenario_consequences,
    scenario_figures,
    scenario_headlines,
    scenario_ranges,
    scenario_reach,
    scenario_runs,
    scenario_state,
    target,
    theme,
    working_scenario,
)
from ui import scenario_words as words
from ui.announced import Region
from ui.disclosure import Gate
from ui.figure import Figure
from ui.headlines import Headline
from ui.lever_panel import MORE
from ui.lever_words import assumptions, funnel_line, is_move, lever_name, reach
from ui.scenario_figures import BRIDGE
from vcore.errors import RefusedRun
from vcore.measures.fairness import NEVER_AN_INPUT
from vcore.scenarios import Result, Step


def explore() -> None:
    """The levers on the left; on the right the answer, children before money."""
    panel, answer = st.columns([5, 7], gap="large")
    with panel:
        kind = lever_panel.draw_levers()
    with answer:
        place = st.container()
        charts.fold_table(BRIDGE, _bridge, sees_small=reads.may_see_small())
        _draw_caveats()
        saved_scenario_desk.offer()
    with panel:
        around = lever_panel.around_dials()
        _draw_live(place, announced.region(), kind, around)
        if kind is not None:
            lever_settings.draw(kind, reads.cohort().snapshot.needs)
        with st.container(horizontal=True, vertical_alignment="center"):
            lever_panel.draw_basis()
            lever_panel.draw_history()
        target.offer(around)
    scenario_ranges.offer()
    with st.expander("Who is affected, and what this assumes", key=MORE, on_change="rerun") as more:
        if more.open:
            _draw_more()


def draw_problems() -> None:
    """What in the link cannot be followed, and the offer to go on without it."""
    found = "\n".join(f"- {theme.plain(problem.words)}" for problem in scenario_state.problems())
    st.warning(f"This link cannot be followed as it is, so no answer is shown yet.\n\n{found}")
    st.button("Go on without it", key="scenario-accept", on_click=scenario_state.accept)


@st.fragment
def _draw_live(
    place: DeltaGenerator, region: Region | None, kind: str | None, around: tuple[object, ...]
) -> None:
    """What moves with a dial: each lever's effect, the dials of the open one, and in its place the answer.

    All else stays as it is: a browser takes its time over every widget and container that is drawn again. `around`:
    what all else was drawn for. A number typed and a lever pressed at once come as one message, of the number alone.
    """
    if around != lever_panel.around_dials():
        st.rerun()
    gate, range_line = reads.gate(), None
    try:
        result = scenario_runs.result()
        figure = scenario_figures.bridge(result, gate)
    except RefusedRun as refusal:
        result = None
        with place:
            _draw_refusal(refusal)
    else:
        sentence = words.headline(result, gate)
        numbers = _headlines(result, gate) if words.all_told(result, gate) else []
        with place:
            range_line = _draw_answer(result, figure, gate, sentence, numbers)
        if region is not None:
            region.say(_aloud(sentence, numbers))
    st.html(_effects(result, kind, gate) or "<p></p>")
    if kind is not None:
        lever_panel.draw_dials(kind)
    working_scenario.keep()
    if result is not None and range_line is not None:
        scenario_ranges.fill_line(range_line, result)
    scenario_state.write_link()  # last: for a new address the browser draws its frame again


def _draw_answer(
    result: Result, figure: Figure, gate: Gate, sentence: str, numbers: Sequence[Headline]
) -> DeltaGenerator | None:
    """The sentence, the numbers (none: hidden), their range and the bridge. Gives the range's place where it is still
    to be filled."""
    said = f'<h1 class="cve-sentence">{escape(sentence)}</h1>'
    if not numbers:
        st.html(f"{said}<p>{escape(words.why_untold(result))}</p>")
        return None
    st.html(said + headlines.markup(numbers))
    if not result.steps:
        return None
    place = scenario_ranges.draw_line(result)
    st.html(theme.subtitle(words.kinds_line(result, gate)) + charts.heading(figure))
    charts.picture(figure)
    return place


def _aloud(sentence: str, numbers: Sequence[Headline]) -> str:
    """The sentence and the first of the numbers, as they are announced."""
    return f"{sentence} {numbers[0].number} {numbers[0].words}" if numbers else sentence


def _draw_caveats() -> None:
    """What must be said beside the answer; it follows from the levers that are on, not from their dials."""
    try:
        result = scenario_runs.result()
    except RefusedRun:
        st.html("<p></p>")
        return
    if presenting.on():
        st.html(f'<p class="cve-reminder">{escape(words.reminders(result))}</p>')
        return
    st.html(
        f'<div class="cve-aside">{"".join(f"<p>{escape(one)}</p>" for one in words.caveats(result))}</div>'
    )


def _bridge(gate: Gate) -> Figure:
    return scenario_figures.bridge(scenario_runs.result(), gate)


def _draw_more() -> None:
    """What a reader may want next; nothing in it is worked out before it is unfolded."""
    try:
        result, gate = scenario_runs.result(), reads.gate()
    except RefusedRun as refusal:
        st.markdown(str(refusal))
        return
    if result.children_affected:
        charts.show(partial(scenario_reach.affected, result))
    for step in result.steps:
        if is_move(step):
            charts.show(partial(scenario_reach.funnel, result, step))
    scenario_consequences.draw(result, gate)
    st.markdown("### What this assumes", anchors=False)
    for step in result.steps:
        st.markdown(step.settings.explain())
    known = council_register.known_of(result.scenario)
    st.table(assumptions(result, known), hide_index=True, border="horizontal")
    register_notice.draw(result.scenario)
    lever_panel.draw_weeks()
    if scale := words.national(result, gate):
        st.markdown(scale)
    st.markdown(words.NOT_INCLUDED)


def _effects(result: Result | None, kind: str | None, gate: Gate) -> str:
    """What each lever would do by itself, and whom the open one would reach."""
    if result is None:
        return ""
    lines = []
    for step in result.steps:
        name, amount = escape(lever_name(step.settings)), escape(words.effect(step, result, gate))
        # a lever that changes nothing says why, open or not
        told = step.settings.code() == kind or step.notes
        note = f"<span>{escape(_note(step, result, gate))}</span>" if told else ""
        lines.append(f"<li><b>{name}</b><strong>{amount}</strong>{note}</li>")
    return f'<ul class="cve-effects">{"".join(lines)}</ul>' if lines else ""


def _note(step: Step, result: Result, gate: Gate) -> str:
    """Whom a lever would reach, or why nobody, and what to know of it."""
    if step.notes:
        return " ".join(step.notes)
    n = len(result.cohort)
    if is_move(step):
        reached = funnel_line(step, scenario_reach.funnel_counts(step, n, gate))
    elif step.settings.counts_as == "avoided":
        reached = step.settings.explain()
    else:
        reached = f"{words.sentence(reach(step, n, gate))}."
    return " ".join([reached, *step.cautions])


def _headlines(result: Result, gate: Gate) -> list[Headline]:
    try:
        found = scenario_runs.plan()
    except RefusedRun:
        found = None
    return scenario_headlines.headlines(result, found, gate)


def _draw_refusal(refusal: RefusedRun) -> None:
    st.html('<h1 class="cve-sentence">There is no answer for this yet.</h1>')
    st.warning(str(refusal))
    for field, label in NEVER_AN_INPUT.items():
        if getattr(reads.cohort().filter, field) is not None and st.button(
            f"Remove the {label} filter", key=f"scenario-lift-{field}"
        ):
            cohort_state.amend(**{field: None})
            st.rerun()
