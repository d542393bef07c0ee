"""The levers: each with its switch, its settings and, beside them, what it would do.

Every control follows the draft and tells it at once when it moves. Draws no answer and runs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import scenario_state
from ui.charts import table_key
from ui.controls import set_value, slider_with_number
from ui.scenario_figures import BRIDGE
from ui.scenario_link import BASES, PARAMETERS, WEEKS, Part, limits
from ui.scenario_words import lever_name, weeks_words
from vcore.facts.assumptions import value
from vcore.scenarios import PriceCap, StepDown
from vcore.scenarios.levers.step_down import DESTINATION_LABELS, DESTINATIONS, SCREENS

MORE = "scenario-more"
FOLDS = (MORE, table_key(BRIDGE))
BASIS_LABELS = {"social_care": "Council's share", "gross": "All funders"}


class Dial(NamedTuple):
    """A setting as a slider with its number. `name` is its name in the address, which says what it sets;
    `most` is where the slider ends, not the limit."""

    name: str
    label: str
    unit: str
    least: int
    most: int
    step: int = 1
    per_unit: int = 1


PLACE_FOUND = Dial("matched", "A place is found for", "% of them", 0, 100, per_unit=100)
MOVE_LASTS = Dial("holds", "The move lasts for", "% of those", 0, 100, per_unit=100)
COSTS = (
    Dial("support", "Support", "£ a week", 0, 1_000, step=25),
    Dial("support_weeks", "Support", "weeks", 0, 104),
    Dial("both_weeks", "Both homes paid", "weeks", 0, 26),
    Dial("return", "A move that ends early", "£", 0, 150_000, step=1_000),
)
CAP = Dial("cap", "At most, £ a week", "", 1_000, 15_000, step=100)
DEAREST = Dial("top", "Only among the dearest", "% of placements", 0, 25, per_unit=100)


def draw() -> dict[str, DeltaGenerator]:
    """Switches and dials, as the draft has them. Returns where to write what each lever would do, by its name."""
    now = scenario_state.draft()
    effects = {}
    _switch(lever_name(now.move), "moving", now.moving)
    effects["StepDown"] = st.empty()
    if now.moving:
        _turn(PLACE_FOUND, now.move)
        _turn(MOVE_LASTS, now.move)
    _switch("Price cap", "capping", now.capping)
    effects["PriceCap"] = st.empty()
    if now.capping:
        _turn(CAP, now.cap)
        if now.cap.top_share is not None:
            _turn(DEAREST, now.cap)
        _follows("lever-every", now.cap.top_share is None)
        st.checkbox("Every placement, not only the dearest", key="lever-every", on_change=_reach_changed)
    return effects


def draw_basis() -> None:
    """Whose money counts."""
    _follows("lever-basis", scenario_state.draft().basis)
    st.segmented_control(
        "Whose money",
        BASES,
        key="lever-basis",
        format_func=BASIS_LABELS.__getitem__,
        required=True,
        label_visibility="collapsed",
        on_change=_chosen,
        args=("draft", "basis", "lever-basis"),
    )


def draw_weeks() -> None:
    """How many weeks make a year."""
    now = scenario_state.draft().weeks
    codes = {value: code for code, value in WEEKS.items()}
    codes.setdefault(now, weeks_words(now))
    _follows("lever-weeks", now)
    st.radio(
        "Weeks a year",
        list(codes),
        key="lever-weeks",
        format_func=codes.__getitem__,
        horizontal=True,
        on_change=_chosen,
        args=("draft", "weeks", "lever-weeks"),
    )


def draw_history() -> None:
    """Undo and Reset."""
    st.button("Undo", key="lever-undo", on_click=scenario_state.undo)
    st.button("Reset", key="lever-reset", on_click=scenario_state.reset)


def draw_choices(domains: int) -> None:
    """Every other setting of the step-down, behind a button; nothing in it is drawn before it is opened."""
    now = scenario_state.draft().move
    with st.popover(
        "Who moves, where to and what it costs", type="tertiary", key="lever-choices", on_change="rerun"
    ) as choices:
        if not choices.open:
            return
        _follows("lever-to", now.to)
        st.selectbox(
            "Move to",
            DESTINATIONS,
            key="lever-to",
            format_func=DESTINATION_LABELS.__getitem__,
            on_change=_chosen,
            args=("move", "to", "lever-to"),
        )
        _follows("lever-severe", now.max_severe)
        st.number_input(
            "Most severe needs allowed",
            0,
            max(domains, now.max_severe),
            step=1,
            key="lever-severe",
            on_change=_chosen,
            args=("move", "max_severe", "lever-severe"),
        )
        st.markdown("**Discuss only children who are**")
        for name, words in SCREENS.items():
            key = f"lever-screen-{name}"
            _follows(key, name in now.screens)
            st.checkbox(words, key=key, on_change=_screens_chosen)
        price = now.destination_cost_gbp
        _follows("lever-price", None if price is None else round(price))
        low, high = limits(StepDown, "destination_cost_gbp")
        st.number_input(
            "£ a week there",
            int(low),
            int(high),
            step=50,
            key="lever-price",
            placeholder="upper quartile here",
            on_change=_chosen,
            args=("move", "destination_cost_gbp", "lever-price"),
        )
        for dial in COSTS:
            _turn(dial, now)


def _switch(label: str, field: str, on: bool) -> None:
    key = f"lever-{field}"
    _follows(key, on)
    st.toggle(f"**{label}**", key=key, on_change=_chosen, args=("draft", field, key))


def _turn(dial: Dial, lever: PriceCap | StepDown) -> None:
    key, field = f"lever-{dial.name}", PARAMETERS[dial.name].field
    here = round(getattr(lever, field) * dial.per_unit)
    set_value(key, here)
    slider_with_number(
        dial.label,
        key=key,
        value=here,
        minimum=dial.least,
        maximum=dial.most,
        highest=int(limits(type(lever), field)[1] * dial.per_unit),
        step=dial.step,
        unit=dial.unit,
        moved=partial(_turned, dial),
    )


def _turned(dial: Dial, value: float) -> None:
    part, field, *_ = PARAMETERS[dial.name]
    _tell(part, {field: value / dial.per_unit})


def _chosen(part: Part, field: str, key: str) -> None:
    _tell(part, {field: st.session_state[key]})


def _screens_chosen() -> None:
    kept = tuple(name for name in SCREENS if st.session_state[f"lever-screen-{name}"])
    _tell("move", {"screens": kept})


def _reach_changed() -> None:
    every = st.session_state["lever-every"]
    _tell("cap", {"top_share": None if every else value("price_cap_share")})


def _tell(part: Part, settings: Mapping[str, object]) -> None:
    """Tells the draft. What is unfolded below depends on it too, and is drawn only with the whole page."""
    scenario_state.amend(part, settings)
    if any(st.session_state.get(fold) for fold in FOLDS):
        st.rerun()


def _follows(key: str, value: object) -> None:
    """Puts a control where the draft has it."""
    st.session_state[key] = value
