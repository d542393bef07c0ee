"""The scenario as files for finance and for a meeting: workbook, deck, lines for the ledger.

Whatever leaves passes the closed gate and is logged. Placement by placement only for those with the right to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import charts, council_register, ledger_file, reads, scenario_runs, take_away, theme
from ui.disclosure import Gate
from ui.scenario_about import about, by_placement
from ui.scenario_grouped import grouped
from ui.scenario_slides import slides
from ui.scenario_words import all_told, why_untold
from ui.take_away import Make
from vcore.errors import RefusedRun
from vcore.exports.deck import deck
from vcore.exports.workbook import About, grouped_workbook, live_workbook
from vcore.facts.assumptions import Assumption
from vcore.scenarios.plan import Plan

WORKBOOK, DECK = "scenario-workbook", "scenario-slides"
TAKEN = "downloaded a file"
MANY = 10_000  # children from which a workbook takes seconds: it is prepared first, with its progress
NOBODY_COSTED = "No workbook and no slides: nobody among these children has a cost."
WHAT_IT_HOLDS = {
    True: "The workbook has a row a placement, without ids or needs; change a yellow cell and its plan follows.",
    False: "The workbook holds groups of children, rounded; small numbers are hidden (c).",
}


def draw() -> None:
    """The buttons for the scenario of this tab, wherever there is no plan yet."""
    try:
        found = scenario_runs.plan()
    except RefusedRun as refusal:
        st.warning(str(refusal))
        return
    offer(found)


def offer(plan: Plan) -> None:
    """The buttons for these children's files, or why there are none."""
    gate = reads.gate_out()
    if gate is None:
        st.caption(charts.NOT_TO_TAKE)
        return
    if not all_told(plan.result, gate):
        st.caption(why_untold(plan.result))
        return
    if not plan.result.cohort.recorded("weekly_cost_gbp"):
        st.caption(NOBODY_COSTED)
        return
    said, whole = about(plan, gate), by_placement(plan, gate)
    known_as = council_register.known_of(plan.result.scenario)
    with st.container(horizontal=True):
        if whole and len(plan.result.cohort) >= MANY:
            _prepare(plan, said, known_as)
        else:
            _download(partial(workbook, plan, said, gate, known_as, by_placement=whole))
        take_away.offer(
            "Slides (PowerPoint)",
            partial(slide_deck, plan, said, gate, rounded=not reads.may_see_small()),
            take_away.line(TAKEN, DECK),
            key="deck",
            file_name=reads.file_name(DECK, "pptx"),
        )
        ledger_file.offer(plan)
    st.caption(WHAT_IT_HOLDS[whole])


def workbook(
    plan: Plan, said: About, gate: Gate, known_as: Mapping[str, Assumption], *, by_placement: bool
) -> bytes:
    """The workbook for a reader: placement by placement, or in groups."""
    if by_placement:
        return live_workbook(plan, said, known_as=known_as.__getitem__)
    return grouped_workbook(grouped(plan, gate, known_as), said)


def slide_deck(plan: Plan, said: About, gate: Gate, *, rounded: bool) -> bytes:
    """The four slides; `rounded` for whoever lacks child level."""
    return deck(slides(plan, gate, rounded=rounded), said.footer, said.link, theme.CATEGORIES)


def _prepare(plan: Plan, said: About, known_as: Mapping[str, Assumption]) -> None:
    """For many children: written before the eyes of whoever waits, then offered."""
    if not st.button("Prepare the workbook", key="prepare-workbook"):
        return
    bar = st.progress(0.0, "Writing the workbook")
    made = live_workbook(plan, said, lambda done: _show(bar, done), known_as=known_as.__getitem__)
    bar.empty()
    _download(lambda: made)


def _show(bar: DeltaGenerator, done: float) -> None:
    bar.progress(done, "Writing the workbook")


def _download(make: Make) -> None:
    take_away.offer(
        "Workbook (Excel)",
        make,
        take_away.line(TAKEN, WORKBOOK),
        key="workbook",
        file_name=reads.file_name(WORKBOOK, "xlsx"),
    )
