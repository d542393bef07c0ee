"""What happens anyway, if nothing is done: prices and children by setting, a year. It makes growth, never a saving.

Every control follows the draft and tells it when it changes, so that Undo, links and saved scenarios have it too.
Runs nothing; every number passes the gate.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui import scenario_state, theme
from ui.disclosure import Gate
from ui.lever_words import within_sentence
from vcore.facts.placements import SETTING_LABELS, SETTINGS
from vcore.scenarios import Scenario
from vcore.scenarios.calendar import Drift, by_year
from vcore.scenarios.plan import Plan

COSTED = tuple(setting for setting in SETTINGS if setting != "parents_or_adoption")
PRICES, CHILDREN = "price_inflation", "children_change"
WHAT_IT_IS = (
    "Not a lever: it happens if nothing is done, from today's children and prices. It stands in the plan as growth, "
    "beside the savings and never inside one."
)


def draw(scenario: Scenario) -> None:
    """A button that opens the controls, a line a setting: none is drawn before."""
    known = {drift.setting: drift for drift in scenario.calendar.drifts}
    with st.popover("If nothing is done", key="plan-drift", on_change="rerun") as opened:
        if not opened.open:
            return
        st.caption(WHAT_IT_IS)
        for setting in COSTED:
            here = known.get(setting, Drift(setting=setting))
            columns = st.columns(2, vertical_alignment="bottom")
            label = SETTING_LABELS[setting]
            for column, field, what in (
                (columns[0], PRICES, f"{label}: prices, % a year"),
                (columns[1], CHILDREN, "children, % a year"),
            ):
                key = f"drift-{setting}-{field}"
                st.session_state[key] = round(100 * getattr(here, field), 1)
                column.number_input(
                    what, -50.0, 50.0, step=0.5, format="%.1f", key=key,
                    on_change=partial(_tell, setting, field, key),
                )  # fmt: skip


def words(plan: Plan, gate: Gate) -> str:
    """What grows, how fast and what that comes to in the plan's first and last year; empty where nothing does."""
    said = [_setting_words(plan, drift, gate) for drift in plan.calendar.drifts]
    return (
        f"If nothing is done: {'; '.join(said)}. That is growth, not netted inside any saving."
        if said
        else ""
    )


def _setting_words(plan: Plan, drift: Drift, gate: Gate) -> str:
    moves = [
        f"{what} {'up' if share > 0 else 'down'} {theme.percent(abs(share))} a year"
        for what, share in (("prices", drift.price_inflation), ("children", drift.children_change))
        if share
    ]
    where = within_sentence(SETTING_LABELS[drift.setting])
    said = f"in {where} {' and '.join(moves)}"
    if not gate.averages(plan.growing[drift.setting]):
        return said
    years = by_year(plan.growth[drift.setting])
    first, last = (
        f"{theme.money(abs(gbp))} {'more' if gbp > 0 else 'less'} in {plan.years[place]}"
        for place, gbp in ((0, float(years[0])), (-1, float(years[-1])))
    )
    return f"{said} ({first}, {last})"


def _tell(setting: str, field: str, key: str) -> None:
    draft = scenario_state.draft()
    calendar = draft.scenario.calendar
    kept = {drift.setting: drift for drift in calendar.drifts}
    here = kept.get(setting, Drift(setting=setting))
    kept[setting] = here.model_validate(dict(here) | {field: (st.session_state[key] or 0.0) / 100})
    drifts = tuple(kept[one] for one in SETTINGS if one in kept and (kept[one] != Drift(setting=one)))
    scenario_state.choose(
        draft.counted(calendar=calendar.model_validate(dict(calendar) | {"drifts": drifts}))
    )
