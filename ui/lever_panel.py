"""The levers: each with its switch, its settings and, beside them, what it would do.

Every control follows the draft and tells it at once when it moves; then only what depends on it is drawn
again, never the whole panel. Draws no answer and runs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import scenario_state
from ui.controls import set_value, slider_with_number
from ui.scenario_link import BASES, PARAMETERS, WEEKS, Part, limits
from ui.scenario_words import lever_name, weeks_words
from vcore.facts.assumptions import Assumption, assumption
from vcore.facts.placements import DETAIL_LABELS
from vcore.scenarios import PriceCap, StepDown
from vcore.scenarios.step_down import DESTINATIONS, SCREENS

ANSWER, DETAIL = "scenario-answer", "scenario-detail"  # the fragments that depend on every control
FOLDS = ("scenario-who", "scenario-sift", "scenario-assumes")
BASIS_LABELS = {"social_care": "Council's share", "gross": "All funders"}


class Dial(NamedTuple):
    """A setting as a slider with its number. `name` is its name in the address, which says what it sets;
    `most` is where the slider ends, not the limit."""

    name: str
    label: str
    unit: str
    least: int
    most: int
    source: str
    step: int = 1
    per_unit: int = 1


PLACE_FOUND = Dial("matched", "A place is found for", "% of them", 0, 100, "matched_share", per_unit=100)
MOVE_LASTS = Dial("holds", "The move lasts for", "% of those", 0, 100, "holds_share", per_unit=100)
COSTS = (
    Dial("support", "Support", "£ a week", 0, 1_000, "support_weekly_gbp", step=25),
    Dial("support_weeks", "Support", "weeks", 0, 104, "support_weeks"),
    Dial("both_weeks", "Both homes paid", "weeks", 0, 26, "double_running_weeks"),
    Dial("return", "A move that ends early", "£", 0, 150_000, "return_cost_gbp", step=1_000),
)
CAP = Dial("cap", "At most, £ a week", "", 1_000, 15_000, "price_cap_gbp", step=100)
DEAREST = Dial("top", "Only among the dearest", "% of placements", 0, 25, "price_cap_share", per_unit=100)


def draw(domains: int) -> Mapping[str, DeltaGenerator]:
    """The controls, as the draft has them. Returns where to write what each lever would do, by its name."""
    now = scenario_state.draft()
    _switch(lever_name(now.move), "moving", now.moving)
    effects = {"StepDown": st.empty()}
    if now.moving:
        _more(domains)
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


def draw_money() -> None:
    """Whose money, and how many weeks make a year."""
    now = scenario_state.draft()
    weeks = {value: f"{code} weeks" for code, value in WEEKS.items()}
    weeks.setdefault(now.weeks, f"{weeks_words(now.weeks)} weeks")
    _follows("lever-basis", now.basis)
    _follows("lever-weeks", now.weeks)
    with st.container(horizontal=True, vertical_alignment="center"):
        for key, field, label, options in (
            ("lever-basis", "basis", "Whose money", {basis: BASIS_LABELS[basis] for basis in BASES}),
            ("lever-weeks", "weeks", "Weeks a year", weeks),
        ):
            st.segmented_control(
                label,
                list(options),
                key=key,
                format_func=options.__getitem__,
                required=True,
                label_visibility="collapsed",
                on_change=_chosen,
                args=("draft", field, key),
            )


def draw_history() -> None:
    """Undo and Reset."""
    st.button("Undo", key="lever-undo", on_click=scenario_state.undo)
    st.button("Reset", key="lever-reset", on_click=scenario_state.reset)


@st.fragment
def _more(domains: int) -> None:
    """Every other setting of the step-down, behind a button; nothing in it is drawn before it is opened."""
    with st.popover(
        "Who, where to and what it costs", type="tertiary", key="lever-more", on_change="rerun"
    ) as more:
        if not more.open:
            return
        now = scenario_state.draft().move
        _follows("lever-to", now.to)
        st.selectbox(
            "Move to",
            DESTINATIONS,
            key="lever-to",
            format_func=DETAIL_LABELS.__getitem__,
            on_change=_destination_chosen,
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
            placeholder="upper quartile of what it costs here",
            on_change=_chosen,
            args=("move", "destination_cost_gbp", "lever-price"),
        )
        for dial in COSTS:
            _turn(dial, now)


def _switch(label: str, field: str, on: bool) -> None:
    """A lever's switch. What it shows or hides needs the whole page."""
    key = f"lever-{field}"
    _follows(key, on)
    st.toggle(f"**{label}**", key=key, on_change=_switched, args=(field, key))


def _turn(dial: Dial, lever: PriceCap | StepDown) -> None:
    """A dial, in a fragment of its own: moving it draws itself and the answer again, and nothing else."""
    key, field = f"lever-{dial.name}", PARAMETERS[dial.name].field
    value = round(getattr(lever, field) * dial.per_unit)
    set_value(key, value)
    st.fragment(slider_with_number, key=f"{key}-fragment")(
        dial.label,
        key=key,
        value=value,
        minimum=dial.least,
        maximum=dial.most,
        highest=int(limits(type(lever), field)[1] * dial.per_unit),
        step=dial.step,
        unit=dial.unit,
        help=_source(assumption(dial.source)),
        moved=partial(_turned, dial, f"{key}-fragment"),
    )


def _source(source: Assumption) -> str:
    known = (
        "A placeholder: no source yet, put in your own." if source.quality == "placeholder" else source.source
    )
    return f"{source.label}. {known}"


def _turned(dial: Dial, fragment: str, value: float) -> None:
    part, field, *_ = PARAMETERS[dial.name]
    _tell(part, {field: value / dial.per_unit}, fragment)


def _chosen(part: Part, field: str, key: str) -> None:
    _tell(part, {field: st.session_state[key]})


def _screens_chosen() -> None:
    _tell("move", {"screens": tuple(n for n in SCREENS if st.session_state[f"lever-screen-{n}"])})


def _reach_changed() -> None:
    every = st.session_state["lever-every"]
    scenario_state.amend("cap", {"top_share": None if every else assumption("price_cap_share").value})


def _destination_chosen() -> None:
    scenario_state.amend("move", {"to": st.session_state["lever-to"]})
    st.rerun()


def _switched(field: str, key: str) -> None:
    scenario_state.amend("draft", {field: st.session_state[key]})


def _tell(part: Part, settings: Mapping[str, Any], *fragments: str) -> None:
    """Tells the draft, and has only what depends on it drawn again."""
    scenario_state.amend(part, settings)
    unfolded = [DETAIL] if any(st.session_state.get(fold) for fold in FOLDS) else []
    st.rerun([*fragments, ANSWER, *unfolded])


def _follows(key: str, value: object) -> None:
    """Puts a control where the draft has it."""
    st.session_state[key] = value
