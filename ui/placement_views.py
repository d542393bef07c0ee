"""The views of the Placements page: how children move, where they live, for how long, and what ends ahead.

Draws one at a time; the others cost nothing.
"""

from __future__ import annotations

import streamlit as st

from ui import (
    beside_england,
    charts,
    ending_figures,
    explain,
    page_options,
    placement_figures,
    placement_flows,
    placement_mix,
    reads,
    time_figures,
)
from ui.comparison import Comparison
from ui.disclosure import Gate
from vcore.store import Cohort

MOVES, HOMES, TIME, ENDINGS = "moves", "homes", "time", "endings"
VIEWS = {
    MOVES: "How they move",
    HOMES: "Where they live",
    TIME: "Time in care and age",
    ENDINGS: "Endings ahead",
}
VIEW = "placement-view"  # its name in the address
METRICS = {
    MOVES: placement_flows.METRICS,
    HOMES: placement_mix.METRICS,
    TIME: time_figures.METRICS,
    ENDINGS: ending_figures.METRICS,
}


def draw(cohort: Cohort, comparison: Comparison, gate: Gate) -> None:
    """The switch between the views, England beside it, and the open one."""
    with st.container(key="placement-views", horizontal=True, vertical_alignment="center"):
        view = page_options.view(VIEW, VIEWS, MOVES)
        beside_england.fold(cohort, gate)
    if view == MOVES:
        placement_flows.draw(cohort, gate)
    else:
        pictures = {
            HOMES: (
                reads.gated(placement_mix.mix, cohort, comparison),
                reads.gated(placement_figures.by_setting, cohort, comparison),
            ),
            TIME: (
                reads.gated(time_figures.by_time_in_care, cohort),
                reads.gated(time_figures.by_age, cohort),
            ),
            ENDINGS: (
                reads.gated(ending_figures.by_month, cohort),
                reads.gated(ending_figures.by_home, cohort),
            ),
        }
        for column, picture in zip(st.columns(2, gap="large"), pictures[view], strict=True):
            with column:
                charts.show(picture, level=2)
    explain.calculation((*placement_figures.METRICS, *METRICS[view], *beside_england.METRICS))
