"""Says where the council's register has moved on since a scenario was set up, and offers to follow it."""

from __future__ import annotations

import streamlit as st

from ui import council_register, scenario_state
from ui.theme import count, plain
from vcore.scenarios import Scenario

MOST_NAMED = 3


def draw(scenario: Scenario) -> None:
    """One line and a button; nothing where the scenario rests on the register as it is now."""
    labels = council_register.moved_on(scenario)
    if not labels:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="register-notice"):
        st.markdown(plain(words(labels)))
        st.button("Use today's register", key="register-follow", on_click=scenario_state.rest_on_today)


def words(labels: tuple[str, ...]) -> str:
    """Which assumptions have moved on, and that this scenario keeps its own."""
    named = ", ".join(f"“{label}”" for label in labels[:MOST_NAMED])
    more = f" and {len(labels) - MOST_NAMED} more" if len(labels) > MOST_NAMED else ""
    has = "has" if len(labels) == 1 else "have"
    many = count(len(labels), "assumption", "assumptions")
    return (
        f"The council's register has changed since this scenario was set up: {many} {has} other numbers now "
        f"({named}{more}). This scenario keeps the ones it was made with."
    )
