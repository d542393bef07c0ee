"""When the plan happens: its first month and prices, and for each lever that is on its start, notice and pace.

Every control follows the draft and tells it when it changes, so that Undo, links and saved scenarios have it too.
Runs nothing.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ui import scenario_state
from ui.money_plan_rows import name_of
from vcore.scenarios import Scenario
from vcore.scenarios.levers.move import Move

MONTHS_OFFERED = 24
LATER, NOTICE, OVER, PACE = "starts_after_months", "notice_weeks", "ramp_months", "moves_a_month"


def draw(scenario: Scenario, as_of: date) -> None:
    """A button that opens the controls: none is drawn before."""
    with st.popover("When and how fast", key="plan-timing", on_change="rerun") as opened:
        if not opened.open:
            return
        first, prices = st.columns(2)
        with first:
            _draw_start(scenario, as_of)
        with prices:
            uplift = 100 * scenario.calendar.yearly_uplift
            key = _follows("plan-uplift", round(uplift, 1))
            st.number_input(
                "Prices rise each April, %", -50.0, 50.0, step=0.5, key=key, on_change=_tell_uplift
            )
        for lever in scenario.in_order:
            st.markdown(f"**{name_of(lever)}**")
            fields = [(LATER, "Starts after, months", 59), (NOTICE, "Notice, weeks", 104)]
            fields.append(
                (PACE, "Moves a month", 1000) if isinstance(lever, Move) else (OVER, "Over, months", 60)
            )
            for column, (field, label, most) in zip(st.columns(3), fields, strict=True):
                here = getattr(lever, field)
                key = _follows(f"plan-{lever.code()}-{field}", None if here is None else round(here))
                column.number_input(
                    label,
                    1 if field == PACE else 0,
                    most,
                    step=1,
                    key=key,
                    placeholder="all at once",
                    on_change=_tell_lever,
                    args=(lever.code(), field, key),
                )


def _draw_start(scenario: Scenario, as_of: date) -> None:
    after = pd.Timestamp(as_of).to_period("M") + 1
    months = [(after + n).start_time.date() for n in range(MONTHS_OFFERED)]
    here = scenario.calendar.start or months[0]
    offered = months if here in months else [*months, here]
    st.selectbox(
        "The plan starts in",
        offered,
        key=_follows("plan-start", here),
        format_func=lambda month: f"{month:%B %Y}",
        on_change=_tell_start,
        args=(months[0],),
    )


def _tell_start(usual: date) -> None:
    chosen = st.session_state["plan-start"]
    _tell_calendar(start=None if chosen == usual else chosen)


def _tell_uplift() -> None:
    _tell_calendar(yearly_uplift=(st.session_state["plan-uplift"] or 0.0) / 100)


def _tell_calendar(**settings: object) -> None:
    now = scenario_state.draft()
    calendar = now.scenario.calendar
    scenario_state.choose(now.counted(calendar=calendar.model_validate(dict(calendar) | settings)))


def _tell_lever(kind: str, field: str, key: str) -> None:
    value = st.session_state[key]
    empty = None if field == PACE else 0
    scenario_state.choose(scenario_state.draft().set(kind, {field: empty if value is None else value}))


def _follows(key: str, value: object) -> str:
    """Puts a control where the draft has it."""
    st.session_state[key] = value
    return key
