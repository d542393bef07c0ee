"""What a file of a scenario says of itself, and who may have it placement by placement.

Every number passes the gate of what leaves the screen. Draws nothing.
"""

from __future__ import annotations

import streamlit as st

from ledger.rights import Right
from ui import cohort_state, reads, saved_scenario_state, scenario_share, scenario_state, session
from ui import scenario_words as words
from ui.disclosure import Gate
from ui.money_plan_rows import name_of
from ui.money_plan_words import LASTING, ONLY_THESE
from ui.theme import count
from vcore import __version__
from vcore.exports.workbook import About
from vcore.measures.disclosure import rounded_count
from vcore.scenarios.levers.scope import Scoped
from vcore.scenarios.plan import Plan
from vcore.store import CohortFilter

OF_PLACEMENTS = {  # filters that pick by the placement; any other says something of each child it picks
    "authorities", "settings", "setting_details", "providers", "weekly_cost_min", "weekly_cost_max",
}  # fmt: skip


def about(plan: Plan, gate: Gate) -> About:
    """The words that go with the plan's files."""
    result, choice = plan.result, cohort_state.chosen()
    cohort, opened = result.cohort, saved_scenario_state.opened()
    n = len(cohort)
    store = reads.open_store()
    address = str(st.context.url or "").split("?")[0].rpartition("/")[0] + "/scenario"
    return About(
        scenario=opened.name if opened is not None else "Scenario",
        cohort=choice.filter.describe(),
        children=_children(n, len(cohort.base), gate),
        uncosted=gate.count(n - cohort.recorded("weekly_cost_gbp"), n),
        as_of=cohort.as_of,
        snapshot=store.snapshot_id,
        engine_version=__version__,
        link=scenario_share.link(address, scenario_state.draft(), choice, store.snapshot_id),
        fictional=store.demonstration,
        levers=tuple(name_of(step.settings) for step in result.steps),
        explained=tuple(step.settings.explain() for step in result.steps),
        caveats=(*words.caveats(result), *result.cautions, ONLY_THESE, LASTING, words.NOT_INCLUDED),
    )


def _children(n: int, base: int, gate: Gate) -> str:
    if not gate.counts(n, base):
        return "c"
    return count(n if reads.may_see_small() else rounded_count(n), "child", "children")


def by_placement(plan: Plan, gate: Gate) -> bool:
    """Whether this reader may take the plan away placement by placement.

    For those with a right to what single placements cost. Without child level only where neither the filter nor a
    lever's reach would tell more of each placement than that.
    """
    if not gate.sees_placements:
        return False
    if not gate.sees_prices and any(
        isinstance(step.settings, Scoped) and step.settings.providers for step in plan.result.steps
    ):
        return False
    child_level = Right.SEE_CHILDREN in session.person().rights
    return child_level or picks_placements(plan.result.cohort.filter)


def picks_placements(chosen: CohortFilter) -> bool:
    """Whether a filter looks at placements only, and at no child."""
    return set(chosen.model_dump(exclude_none=True)) <= OF_PLACEMENTS
