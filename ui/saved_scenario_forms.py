"""Saving the scenario under a name or over one's own. `ledger.scenario_keeping` checks what is written."""

from __future__ import annotations

import streamlit as st

from ledger import scenario_keeping
from ledger.saved_scenarios import LONGEST_NAME, LONGEST_NOTE, Kept
from ui import cohort_state, reads, saved_scenario_state, scenario_state, session
from ui.saved_scenarios import kept
from ui.theme import plain
from vcore.errors import VcoreError
from vcore.scenarios import run

SHARING = {False: "Only me", True: "Everyone who may count the same children"}
NOTE_HELP = "Why these settings? Never put a child's name here."


def fields(key: str, name: str, note: str, shared: bool) -> tuple[str, str, bool]:
    """Name, note and who may open it."""
    written = st.text_input("Name", name, max_chars=LONGEST_NAME, key=f"{key}-name")
    said = st.text_area(
        "Note", note, max_chars=LONGEST_NOTE, height=68, key=f"{key}-note", placeholder=NOTE_HELP
    )
    told = st.radio(
        "Who may open it",
        list(SHARING),
        index=int(shared),
        format_func=SHARING.__getitem__,
        horizontal=True,
        key=f"{key}-sharing",
    )
    return written, said, bool(told)


def draw_save() -> None:
    """Saves what is on the screen: settings, children, and what they come to on today's data."""
    st.markdown(plain(f"{cohort_state.chosen().filter.describe()}, today's levers and what they come to."))
    name, note, shared = fields("save-scenario", "", "", False)
    found = saved_scenario_state.opened()
    with st.container(horizontal=True):
        if st.button("Save", type="primary", key="save-scenario"):
            _save(name, note, shared)
        if (
            found is not None
            and found.own
            and not found.adopted
            and st.button(f"Save over “{plain(found.name)}”", key="save-over")
        ):
            _save_over(found.code, found.name)


def _save(name: str, note: str, shared: bool) -> None:
    try:
        code = scenario_keeping.save_scenario(
            session.ledger(), session.person(), _now(name), name=name, note=note, shared=shared
        )
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    _remember(code, name)


def _save_over(code: str, name: str) -> None:
    try:
        scenario_keeping.save_again(session.ledger(), code, session.person(), _now(name))
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    _remember(code, name)


def _now(name: str) -> Kept:
    scenario = scenario_state.draft().scenario.model_copy(
        update={"name": " ".join(name.split()) or "Untitled"}
    )
    return kept(run(scenario, reads.cohort()), cohort_state.chosen(), reads.open_store())


def _remember(code: str, name: str) -> None:
    saved_scenario_state.remember(reads.saved_scenario(code))
    st.toast(f"“{plain(name)}” is saved. Compare it under Decide.")
    st.rerun()
