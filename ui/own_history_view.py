"""Evidence from our own history: what came of the children whom the step-down rule would have flagged years ago.

For whoever may see children one by one. What it found is offered to the scenario; only the button applies it.
"""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ledger.rights import Right
from ui import (
    charts,
    explain,
    headlines,
    lever_panel,
    looking_back,
    presenting,
    reads,
    scenario_state,
    session,
    theme,
)
from ui import own_history_figures as figures
from ui import own_history_words as words
from ui.menu import PAGES_FOLDER
from vcore.errors import RefusedRun, VcoreError
from vcore.facts.assumptions import value
from vcore.facts.placements import SETTING_LABELS
from vcore.measures.history import years_before
from vcore.scenarios import StepDown
from vcore.scenarios.levers.step_down import SCREENS
from vcore.scenarios.own_history import FIELDS, Found, OwnHistory

METRICS = ("own_moved", "own_held", "own_holds", "own_means")
USE = "Use in the scenario"
CAVEATS = (
    "What happened, not what the move did: people who knew the children chose who moved.",
    "Those flagged scored low then; low scores tend to come back up, moved or not. Leavers are in no mean.",
    "Moves made without anybody working through a list may say little of what a list would find.",
)
_YEARS = "own-history-years"
_KIND = StepDown.code()


def draw() -> None:
    """The view."""
    session.require(Right.SEE_CHILDREN)
    said = st.container()
    lever, gate = scenario_state.draft().lever(_KIND), reads.gate()
    assert isinstance(lever, StepDown)
    years = _draw_rule(lever)
    history = looking_back.history(years)
    if history is None:
        _head(said, "What became of those the step-down rule would have flagged")
        looking_back.draw_reading(years)
        return
    now = reads.cohort().snapshot
    try:
        own = figures.found(history, lever, now)
    except VcoreError as refusal:
        _head(said, "Our own history cannot say yet")
        st.info(theme.plain(str(refusal)))
        explain.calculation(METRICS)
        return
    if not figures.tells(own, now, gate):
        _head(said, charts.TOO_FEW)
        explain.calculation(METRICS)
        return
    held = figures.tells_held(own, gate)
    _head(said, words.sentence(own, years, held=held))
    headlines.draw(words.headlines(own, held=held))
    if held:
        _draw_offer(own, lever)
    for column, figure in zip(
        st.columns(2, gap="large"), (figures.outcomes, figures.money_and_need), strict=True
    ):
        with column:
            charts.show(reads.gated(figure, history.then, own, now), level=2)
    lines = (words.not_followed(own) if held else "", *CAVEATS)
    st.html(f'<ul class="cve-caveats">{"".join(f"<li>{escape(line)}</li>" for line in lines if line)}</ul>')
    explain.calculation(METRICS)


def _head(place: DeltaGenerator, words: str) -> None:
    place.html(f'<h1 class="cve-sentence">{escape(words)}</h1>')


def _draw_rule(lever: StepDown) -> int:
    """On which date the rule is put, and the rule itself."""
    st.session_state[_YEARS] = st.session_state.get(_YEARS, int(value("own_history_years")))
    if presenting.on():
        return st.session_state[_YEARS]
    until = reads.as_of()
    date, rule = st.columns([1, 4], gap="medium", vertical_alignment="bottom")
    with date:
        years = st.selectbox(
            "Flagged on",
            looking_back.YEARS,
            format_func=lambda years: theme.date_words(years_before(until, years)),
            key=_YEARS,
        )
    rule.markdown(theme.plain(_rule_words(lever)))
    return years


def _rule_words(lever: StepDown) -> str:
    places = " or ".join(SETTING_LABELS[name].lower() for name in lever.from_settings)
    screens = [SCREENS[name] for name in lever.screens]
    screened = f"; {'; '.join(screens)}" if screens else ""
    return (
        f"The step-down rule as it is set on Scenario: children in {places} with {lever.severe_words()}{screened}; "
        "within the hard limits."
    )


def _draw_offer(own: OwnHistory, lever: StepDown) -> None:
    """This council's own values for the lever, and the button that sets them."""
    try:
        offered = own.offered()
    except RefusedRun as refusal:
        st.info(theme.plain(f"Nothing is offered to the scenario. {refusal}"))
        return
    lines = [words.offer_words(name, getattr(own, name), getattr(lever, name)) for name in FIELDS]
    with st.container(key="own-values", border=True):
        told_here, action = st.columns([5, 1], vertical_alignment="center")
        told = "".join(f"<br>{escape(line)}" for line in lines)
        told_here.html(f"<strong>This council's own values for the step-down lever</strong>{told}")
        if not offered:
            return
        if all(getattr(lever, name) == found.value for name, found in offered.items()):
            action.page_link(PAGES_FOLDER / "decide" / "scenario.py", label="In use: go to Scenario")
        else:
            action.button(USE, key="own-history-use", on_click=_use, args=(offered,))


def _use(offered: dict[str, Found]) -> None:
    """Sets the step-down lever's fields and switches it on; Undo on Scenario takes it back."""
    wanted = {name: found.value for name, found in offered.items()}
    scenario_state.choose(scenario_state.draft().set(_KIND, wanted))
    lever_panel.show(_KIND)
