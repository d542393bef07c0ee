"""The Scenario screen: the levers, and what they would change. Children before money.

Runs the scenario through the model and shows it; every number passes the gate. The whole screen is one
fragment, so that a slider runs nothing else.
"""

from __future__ import annotations

import streamlit as st

from ui import (
    cohort_state,
    headlines,
    lever_panel,
    reads,
    scenario_figures,
    scenario_state,
    theme,
)
from ui import scenario_words as words
from ui.charts import show
from ui.disclosure import Gate
from ui.headlines import Headline
from ui.lever_panel import Slots
from vcore.errors import RefusedRun
from vcore.scenarios import Result, StepDown, run
from vcore.scenarios.run import NEVER_AN_INPUT
from vcore.store import Cohort


@st.fragment
def explore() -> None:
    """The panel on the left, the answer on the right, its sentence on top."""
    cohort, gate = reads.cohort(), reads.gate()
    sentence, history = st.columns([5, 1], vertical_alignment="center")
    panel, answer = st.columns([5, 7], gap="large")
    with panel.container(key="levers"):
        draft, slots = lever_panel.draw(len(cohort.snapshot.needs.domains))
    with answer:
        numbers = st.container(key="scenario-numbers")
        draft = lever_panel.draw_money(draft)
    scenario_state.settle(draft)
    try:
        result = run(draft.scenario, cohort)
    except RefusedRun as refusal:
        sentence.title("There is no answer for this yet.", anchor=False)
        with answer:
            _draw_refusal(refusal, cohort)
        return
    sentence.title(words.headline(result, gate), anchor=False)
    with history:
        lever_panel.draw_history()
    _draw_effects(result, slots, gate)
    filtered = bool(cohort.filter.chosen())
    with answer:
        if words.all_told(result, gate):
            with numbers:
                headlines.draw(_headlines(result))
            st.caption(words.money_line(result))
            if result.steps:
                show(scenario_figures.bridge(result, gate))
        else:
            st.info(words.AMOUNTS_HIDDEN)
        for caveat in words.caveats(result, filtered=filtered):
            st.caption(caveat)
    _draw_detail(result, gate, filtered=filtered)


def draw_problems() -> None:
    """What in the link cannot be followed, and the offer to go on without it."""
    found = "\n".join(f"- {problem.words}" for problem in scenario_state.problems())
    st.warning(f"This link cannot be followed as it is, so no answer is shown yet.\n\n{found}")
    st.button("Go on without it", key="scenario-accept", on_click=scenario_state.accept)


def _headlines(result: Result) -> list[Headline]:
    year, direction = words.yearly(result.annual_saving_gbp)
    return [
        Headline(year, f"{direction} {words.WHOSE[result.scenario.cost_basis]}"),
        Headline(theme.money(result.delivery_cost_gbp), "one-off cost of the moves"),
        Headline(theme.money(result.net_first_year_gbp), "net in the first full year"),
    ]


def _draw_effects(result: Result, slots: Slots, gate: Gate) -> None:
    """What each lever would do, beside its switch."""
    weeks, n = result.scenario.weeks_per_year, len(result.cohort)
    for step in result.steps:
        moves = isinstance(step.settings, StepDown)
        effect, note = (slots.move_effect, slots.move_note) if moves else (slots.cap_effect, slots.cap_note)
        effect.markdown(f"**{words.effect(step, weeks, gate)}**")
        if step.notes:
            note.caption(" ".join(step.notes))
        elif moves:
            note.caption(words.funnel_line(step, scenario_figures.funnel_counts(step, n, gate)))
        else:
            note.caption(f"{words.sentence(words.cap_reach(step, n, gate))}.")


def _draw_refusal(refusal: RefusedRun, cohort: Cohort) -> None:
    st.warning(str(refusal))
    for field, label in NEVER_AN_INPUT.items():
        if getattr(cohort.filter, field) is not None and st.button(
            f"Remove the {label} filter", key=f"scenario-lift-{field}"
        ):
            cohort_state.amend(**{field: None})
            st.rerun()


def _draw_detail(result: Result, gate: Gate, *, filtered: bool) -> None:
    """What a reader may want next, folded; nothing in it is worked out before it is opened."""
    if result.children_affected:
        with st.expander("Who is affected", key="scenario-who", on_change="rerun") as who:
            if who.open:
                show(scenario_figures.affected(result, gate))
    for step in result.steps:
        if isinstance(step.settings, StepDown):
            with st.expander(
                "From all children to those for discussion", key="scenario-sift", on_change="rerun"
            ) as sift:
                if sift.open:
                    show(scenario_figures.funnel(step, result, gate))
    with st.expander("What this assumes", key="scenario-assumes", on_change="rerun") as assumes:
        if assumes.open:
            for step in result.steps:
                st.markdown(step.settings.explain())
            st.table(words.assumptions(result), hide_index=True, border="horizontal")
            if not filtered and (scale := words.national(result, gate)):
                st.markdown(scale)
            st.caption(words.NOT_INCLUDED)
