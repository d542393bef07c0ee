"""Outturn against budget, the view of the Money plan: the bridge, the lines, and a ledger's total to check against.

Reads another date, so nothing is asked before the view is opened.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from ui import charts, outturn_figures, reads, scenario_state, theme
from vcore.measures.outturn import current_year, outturn
from vcore.scenarios import run
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.plan import Plan, plan

NO_BUDGET = (
    "No budget with spending to a date is loaded for these authorities, so there is no outturn. Load the budget file "
    "(YEAR, LINE, BUDGET, ACTUAL_TO_DATE, TO_DATE)."
)


def draw() -> None:
    """The bridge and its table; why not, where no budget is loaded."""
    lines = current_year(reads.budget())
    if not len(lines):
        st.markdown(NO_BUDGET)
        return
    dates = sorted({pd.Timestamp(day).date() for day in lines["actual_to_date_on"].dropna()})
    with st.spinner("Looking up who lived where when the ledger was closed"):
        found = outturn(
            lines,
            {day: reads.budgeted_children(day) for day in dates},
            scenario_state.draft().scenario.known(outturn_figures.TURNOVER).value,
        )
    year, gate = str(lines["financial_year"].iloc[0]), reads.gate()
    ahead, run_rate = _plan()
    charts.show(partial(outturn_figures.bridge, found, year, ahead, run_rate), level=2)
    st.caption(
        f"All children of these authorities, whatever the filters; spent to {theme.date_words(dates[-1])}. "
        "The plan's savings are those of the children chosen above, for all funders together."
    )
    control = st.number_input(
        "Spent so far in your ledger, £ (control total)",
        min_value=0.0,
        value=None,
        step=1.0,
        key="outturn-control",
        width=340,
        help="£0 or more: the total that was spent. Income and refunds are already off it in the ledger.",
    )
    if control is not None:
        st.markdown(outturn_figures.control_words(outturn_figures.table(found, gate), float(control)))


def _plan() -> tuple[Plan, float]:
    """The plan for all funders together, and a full year of today's placements."""
    scenario = scenario_state.draft().scenario.model_copy(update={"cost_basis": "gross"})
    today = reads.budgeted_children(reads.as_of())
    run_rate = float(np.nansum(baseline_of(today).gross)) * scenario.weeks_per_year
    return plan(run(scenario, reads.cohort())), run_rate
