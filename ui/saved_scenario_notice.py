"""What stands above the levers: what a link or a saved scenario was made on, where that is not today's data."""

from __future__ import annotations

import re
from datetime import date

import streamlit as st

from ui import reads, saved_scenario_state, session, working_scenario
from ui.saved_scenarios import OpenedScenario, came_to, day_of
from ui.theme import date_words, plain

GO_ON = "Go on with today's data"
_MARK = re.compile(r"\d{8}-[0-9a-f]{8}")
LONGEST_RAW = 40


def stale_link() -> str:
    """Why the link that opened this tab shows no answer yet; empty where it was made on today's data."""
    linked, store = saved_scenario_state.linked_data(), reads.open_store()
    if not linked or linked == store.snapshot_id:
        return ""
    then = _day_linked(linked)
    if then is None:
        return f"data={plain(linked[:LONGEST_RAW])} in the link is not the mark of any data."
    made, here = "This link was made on other data", f"Here is now the data of {date_words(reads.latest())}"
    if session.person().authorities is None:  # the marks begin with a date of all authorities
        when = "an earlier or later load of the same date" if then == store.latest else date_words(then)
        made, here = f"{made} ({when}; data={linked})", f"{here} ({store.snapshot_id})"
    return f"{made}. {here}, so the answer may be another."


def _day_linked(mark: str) -> date | None:
    try:
        return day_of(mark) if _MARK.fullmatch(mark) else None
    except ValueError:  # no such day
        return None


def draw_stale_link() -> None:
    """Names the data that the link was made on. No answer is shown before the reader goes on."""
    st.warning(f"{stale_link()} No answer is shown yet.")
    st.button(GO_ON, key="scenario-go-on", on_click=saved_scenario_state.accept)


def draw() -> None:
    """What the reader has to know first: their scenario is back, or the one they opened was made elsewhere."""
    working_scenario.bring_back()
    with st.container(key="scenario-notice"):
        found = saved_scenario_state.opened()
        if found is None:
            working_scenario.draw()
        elif saved_scenario_state.unsettled() and (
            elsewhere := found.elsewhere(reads.open_store().snapshot_id)
        ):
            _draw_elsewhere(found, elsewhere)


def open_line() -> str:
    """Which saved scenario is open, as Markdown; what it came to, where that was on other data. Empty for none."""
    found = saved_scenario_state.opened()
    if found is None:
        return ""
    adopted = " · adopted" if found.adopted else ""
    then = ""
    elsewhere = found.elsewhere(reads.open_store().snapshot_id)
    if elsewhere and not saved_scenario_state.unsettled():  # else the warning above the levers says it
        then = f" · {' and '.join(elsewhere)} it came to: {came_to(found.figures, reads.gate())}"
    return f"Opened: **{plain(found.name)}**{plain(f'{adopted} · {found.told}{then}')}"


def _draw_elsewhere(found: OpenedScenario, elsewhere: list[str]) -> None:
    told = f"“{found.name}” ({found.told}) was made {' and '.join(elsewhere)}. It came to: "
    st.warning(plain(f"{told}{came_to(found.figures, reads.gate())}. Below is the answer on today's data."))
    st.button(GO_ON, key="scenario-settle", on_click=saved_scenario_state.settle)
