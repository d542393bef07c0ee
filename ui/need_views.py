"""The views of the Needs page: beside the picture of every domain, one of how these needs are made up.

Draws one at a time; the others cost nothing.
"""

from __future__ import annotations

import streamlit as st

from ui import (
    attribute_choice,
    charts,
    explain,
    need_gaps,
    need_groups,
    need_levels,
    page_options,
    presenting,
    reads,
)
from ui.comparison import Comparison
from ui.disclosure import Gate
from vcore.store import Cohort

LEVELS, DEPTH, GROUPS, CHANGE = "levels", "common-and-deep", "by-group", "change"
VIEWS = {LEVELS: "Levels", DEPTH: "Common and deep", GROUPS: "By group", CHANGE: "Change"}
VIEW, ATTRIBUTE = "need-view", "need-by"  # their names in the address
PICTURES = {
    LEVELS: need_levels.levels,
    DEPTH: need_levels.common_and_deep,
    CHANGE: need_groups.change_by_setting,
}
METRICS = {
    LEVELS: ("need_levels",),
    DEPTH: ("need_prevalence", "need_depth"),
    GROUPS: (),
    CHANGE: ("change_by_setting",),
}


def draw(cohort: Cohort, comparison: Comparison, gate: Gate) -> None:
    """The switch between the views, and the open one; groups take the whole width."""
    view = page_options.view(VIEW, VIEWS, LEVELS)
    if view == GROUPS:
        charts.show(
            reads.gated(need_groups.by_group, cohort, attribute_choice.choose(cohort, ATTRIBUTE)), level=2
        )
    else:
        pair = [
            reads.gated(need_gaps.figure, cohort, comparison),
            reads.gated(PICTURES[view], cohort),
        ]
        if presenting.on() and view != LEVELS:
            pair.reverse()  # a room sees the first: the one that was chosen
        for column, figure in zip(st.columns(2, gap="large"), pair, strict=True):
            with column:
                charts.show(figure, level=2)
    explain.calculation(("mean_need_total", "domain_gap", *METRICS[view]))
