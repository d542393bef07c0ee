"""The Money plan screen: the scenario of this tab as financial years and months, and what it assumes.

Runs the scenario through the model and shows it; every number passes the gate. A view of its own for each
question, so that only what is looked at is worked out.
"""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from ui import (
    announced,
    assumption_form,
    charts,
    council_register,
    explain,
    headlines,
    outturn,
    page_options,
    plan_drift,
    plan_timing,
    presenting,
    reads,
    register_notice,
    scenario_exports,
    scenario_ranges,
    scenario_runs,
)
from ui import money_plan_figures as figures
from ui import money_plan_register as register
from ui import money_plan_words as words
from ui.disclosure import KEY, Gate
from ui.money_plan_rows import IN_YEAR, Cell, rows
from ui.scenario_words import all_told, headline, why_untold
from ui.theme import subtitle
from vcore.errors import RefusedRun
from vcore.scenarios.plan import Plan

METRICS = (
    "saving_in_year",
    "full_year_effect",
    "cashable",
    "payback",
    "stops_in_year",
    "outturn",
    *scenario_ranges.METRICS,
)
VIEWS = {
    "years": "Years",
    "months": "Months",
    "range": "How sure",
    "outturn": "Outturn",
    "assumptions": "Assumptions",
}


def draw() -> None:
    """The sentence, the numbers, and the view the reader chose."""
    try:
        found = scenario_runs.plan()
    except RefusedRun as refusal:
        st.html('<h1 class="cve-sentence">There is no plan for this yet.</h1>')
        st.warning(str(refusal))
        return
    gate = reads.gate()
    told = all_told(found.result, gate)
    _draw_top(found, gate, told=told)
    with st.container(horizontal=True):
        view = page_options.view("plan", VIEWS, "years")
        year = found.years[0]
        if view == "months":
            year = page_options.view("year", {name: name for name in found.years}, year)
        plan_timing.draw(found.result.scenario, found.result.cohort.as_of)
        plan_drift.draw(found.result.scenario)
    if view == "assumptions":
        _draw_register(found, gate)
    elif view == "outturn":
        outturn.draw()
    elif told and view == "range":
        scenario_ranges.draw(found.result)
    elif told and view == "years":
        _draw_years(found, gate)
    elif told:
        charts.show(partial(figures.by_months, found, year), level=2)
    explain.calculation(METRICS, notes=(words.ONLY_THESE, words.LASTING, words.BUILDING))


def _draw_top(found: Plan, gate: Gate, *, told: bool) -> None:
    """The sentence, the numbers and what they rest on, in one piece: a browser is sooner done with it."""
    said = headline(found.result, gate)
    announced.add(said)
    numbers = f"<p>{escape(why_untold(found.result))}</p>{subtitle(KEY)}"
    if told:
        numbers = headlines.markup(words.headlines(found, *_cash(found, gate)))
    rests = filter(
        None, [f"{words.basis_line(found, gate)}.", plan_drift.words(found, gate), *found.result.notes]
    )
    st.html(f'<h1 class="cve-sentence">{escape(said)}</h1>{numbers}{subtitle(" ".join(rests))}')


def _draw_years(found: Plan, gate: Gate) -> None:
    if presenting.on():  # a room reads no table
        charts.show(partial(figures.by_months, found, found.years[0]), level=2)
        return
    st.html(figures.years_markup(found, gate) + subtitle(f"{words.NOT_ADDED} {words.ONLY_THESE}"))
    with st.container(horizontal=True):
        charts.offer_file(partial(figures.by_years, found), sees_small=gate.sees_small)
    scenario_exports.offer(found)


def _draw_register(found: Plan, gate: Gate) -> None:
    known = council_register.known_of(found.result.scenario)
    register_notice.draw(found.result.scenario)
    st.html(register.markup(register.assumptions_table(found.result, gate, known), "What the levers assume"))
    st.caption(register.IMPACT)
    assumption_form.draw()
    st.html(register.markup(register.timing_table(found.result), "When it happens"))


def _cash(found: Plan, gate: Gate) -> tuple[Cell, Cell]:
    """First year's cash and a full year's: £ of cost, or "c"."""
    made = rows(found, gate)
    cash = next((row for row in made if row.block == IN_YEAR and row.code == "ALL-CASH"), None)
    return (0.0, 0.0) if cash is None else (cash.years[0], cash.full_year)
