"""The three views of the Cohorts page: by an attribute, side by side with the comparison, and what is saved.

Draws one at a time; the others cost nothing.
"""

from __future__ import annotations

import streamlit as st

from ui import (
    attribute_choice,
    charts,
    cohort_state,
    composition,
    explain,
    page_options,
    reads,
    saved_cohort_list,
    side_by_side,
    theme,
)
from ui.comparison import Comparison
from ui.disclosure import Gate
from vcore.store import Cohort

BY, BESIDE, SAVED = "by-attribute", "side-by-side", "saved"
VIEWS = {BY: "Who they are", BESIDE: "Side by side", SAVED: "Saved cohorts"}
VIEW, ATTRIBUTE = "view", "by"  # their names in the address


def draw(cohort: Cohort, comparison: Comparison, gate: Gate) -> None:
    """The switch between the views, and the open one."""
    view = page_options.view(VIEW, VIEWS, BY)
    if view == SAVED:
        saved_cohort_list.draw()
    elif view == BESIDE:
        side_by_side.draw(cohort, comparison, gate)
        explain.calculation(
            ("children", "weekly_spend", "mean_weekly_cost", "mean_need_total", "without_severe_share")
        )
    else:
        _draw_by_attribute(cohort, comparison, gate)


def _draw_by_attribute(cohort: Cohort, comparison: Comparison, gate: Gate) -> None:
    choice, answer = st.columns([1, 3], gap="large")
    with choice:
        attribute = attribute_choice.choose(cohort, ATTRIBUTE)
        st.caption("Keep only")
        for value, words in reads.measured(composition.options, cohort, attribute, gate).items():
            if kept := attribute.keeping(value):
                st.button(
                    theme.plain(words),
                    key=f"keep-{value}",
                    width="stretch",
                    wrap=True,
                    on_click=cohort_state.amend,
                    kwargs=kept,
                )
            else:
                st.markdown(theme.plain(words))
    with answer:
        charts.show(reads.gated(composition.against, cohort, comparison, attribute), level=2)
        explain.calculation(("children", "mean_weekly_cost", "mean_need_total"))
