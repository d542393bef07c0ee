"""A scenario for somebody else: a link that opens it to the pound, or a file that does.

The link carries codes and the mark of the data, no child and no free text. Whatever leaves passes the closed gate.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from ledger import activity
from ui import (
    cohort_link,
    cohort_state,
    reads,
    saved_scenario_state,
    scenario_link,
    scenario_state,
    session,
    take_away,
)
from ui.disclosure import Gate
from ui.saved_scenario_state import DATA
from ui.saved_scenarios import came_to, may_tell, opened_file
from ui.scenario_draft import Draft
from ui.theme import plain
from vcore.errors import VcoreError
from vcore.exports.kept_figures import KeptFigures, figures_of, to_take_away
from vcore.exports.scenario_file import ScenarioFile, json_schema, read_scenario_file, write_scenario_file
from vcore.scenarios import Result, run

NO_LINK = "This scenario has settings that a link cannot carry. Send its file, or save and share it."
LINK_NOTE = (
    "Opens these levers and children, to the pound, for whoever has the same rights. Once other data is loaded, "
    "the page says so before it shows today's answer."
)


def link(address: str, draft: Draft, choice: cohort_link.Choice, snapshot: str) -> str:
    """The link to a scenario on the data it was made on; empty where a link cannot carry all of it."""
    carried = scenario_link.written(draft)
    again, problems = scenario_link.read({name: [code] for name, code in carried.items()})
    if problems or again.counted(name=draft.scenario.name).scenario != draft.scenario:
        return ""
    parameters = [(name, code) for name, codes in cohort_link.written(choice).items() for code in codes]
    query = urlencode([*parameters, *carried.items(), (DATA, snapshot)], safe=":,~")
    return f"{address}?{query}"


def draw_link() -> None:
    """The link, with a button that copies it."""
    address = str(st.context.url or "").split("?")[0]
    made = link(address, scenario_state.draft(), cohort_state.chosen(), reads.open_store().snapshot_id)
    if not made:
        st.warning(NO_LINK)
        return
    st.code(made, language=None, wrap_lines=True)
    st.caption(LINK_NOTE)


def draw_file() -> None:
    """The scenario as a file to take away, and a file to open."""
    take_away.offer(
        "Download this scenario",
        partial(write_scenario_file, _contents()),
        take_away.line("downloaded a scenario file", cohort_state.chosen().filter.describe()),
        key="scenario-file",
        file_name=reads.file_name("scenario", "json"),
    )
    st.download_button(
        "What such a file may hold (JSON schema)",
        key="scenario-schema",
        data=json_schema(),
        file_name="scenario-file.schema.json",
        mime="application/json",
        type="tertiary",
    )
    given = st.file_uploader("Open a scenario file", type="json", max_upload_size=1, key="scenario-upload")
    if given is not None:
        _draw_given(given.getvalue())


def expected(result: Result, gate: Gate | None, *, sees_small: bool) -> KeptFigures | None:
    """What a file may say that the scenario comes to; None where that would tell about a few children."""
    figures = figures_of(result)
    if gate is None or not may_tell(figures, gate):
        return None
    return figures if sees_small else to_take_away(figures)


def _contents() -> ScenarioFile:
    choice, found = cohort_state.chosen(), saved_scenario_state.opened()
    name = "Untitled" if found is None else found.name
    scenario = scenario_state.draft().scenario.model_copy(update={"name": name})
    result = run(scenario, reads.cohort())
    return ScenarioFile(
        snapshot=reads.open_store().snapshot_id,
        as_of=choice.as_of,
        cohort=choice.filter,
        scenario=scenario,
        expected=expected(result, reads.gate_out(), sees_small=reads.may_see_small()),
    )


def _draw_given(raw: bytes) -> None:
    try:
        found = opened_file(read_scenario_file(raw), session.person(), reads.open_store(), reads.cohort_of)
    except VcoreError as refusal:
        faults = "\n".join(f"- {plain(line)}" for line in str(refusal).splitlines())
        st.error(f"This file cannot be opened.\n\n{faults}")
        return
    st.markdown(
        plain(f"“{found.name}”, for {found.filter.describe()}: {came_to(found.figures, reads.gate())}.")
    )
    if not st.button("Open it", type="primary", key="scenario-file-open"):
        return
    try:
        saved_scenario_state.open_scenario(found)
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    activity.record(
        session.ledger(),
        session.person().username,
        "opened a scenario file",
        cohort_state.chosen().filter.describe(),
    )
    st.rerun()
