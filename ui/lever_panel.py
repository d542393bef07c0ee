"""The levers: each with its switch, its settings and, beside them, what it would do.

A control's value lives under its key; when it is not drawn, the draft remembers it. Draws no answer and runs
nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import scenario_state
from ui.controls import slider_with_number
from ui.scenario_link import BASES, WEEKS, Draft, limits, with_settings
from ui.scenario_words import lever_name, weeks_words
from vcore.facts.assumptions import Assumption, assumption
from vcore.facts.placements import DETAIL_LABELS
from vcore.scenarios import PriceCap, StepDown
from vcore.scenarios.step_down import DESTINATIONS, SCREENS

_MOVING, _CAPPING = "lever-moving", "lever-capping"
_BASIS, _WEEKS = "lever-basis", "lever-weeks"
_TO, _SEVERE, _PRICE = "lever-to", "lever-severe", "lever-price"
_EVERY = "lever-every"
_SCREEN = "lever-screen-{}"
_SLIDERS = ("matched", "holds", "support", "support-weeks", "both-weeks", "return", "cap", "top")
BASIS_LABELS = {"social_care": "Council's share", "gross": "All funders"}
CAP_SLIDER_GBP = (1_000, 15_000)
DEAREST_SLIDER = 25  # %


class Slots(NamedTuple):
    """Where the answer goes back into the panel, beside each lever."""

    move_effect: DeltaGenerator
    move_note: DeltaGenerator
    cap_effect: DeltaGenerator
    cap_note: DeltaGenerator


def draw(domains: int) -> tuple[Draft, Slots]:
    """The controls, as the draft has them. Returns what they say now, and where to write what it does."""
    now = scenario_state.draft()
    to = st.session_state.get(_TO, now.move.to)  # said below, heard here first
    moving, move_effect = _switch(lever_name(now.move.model_copy(update={"to": to})), _MOVING, now.moving)
    move_note = st.container()
    move = _step_down(now.move, moving, domains)
    capping, cap_effect = _switch("Price cap", _CAPPING, now.capping)
    cap_note = st.container()
    cap = _price_cap(now.cap, capping)
    draft = replace(now, move=move, cap=cap, moving=moving, capping=capping)
    return draft, Slots(move_effect, move_note, cap_effect, cap_note)


def draw_money(now: Draft) -> Draft:
    """Whose money, and how many weeks make a year."""
    weeks = {**WEEKS, **({} if now.weeks in WEEKS.values() else {weeks_words(now.weeks): now.weeks})}
    code = next(name for name, value in weeks.items() if value == now.weeks)
    _seed(_BASIS, now.basis)
    _seed(_WEEKS, code)
    with st.container(horizontal=True, vertical_alignment="center"):
        basis = st.segmented_control(
            "Whose money",
            BASES,
            key=_BASIS,
            format_func=BASIS_LABELS.__getitem__,
            required=True,
            label_visibility="collapsed",
        )
        chosen = st.segmented_control(
            "Weeks a year",
            list(weeks),
            key=_WEEKS,
            format_func=lambda name: f"{name} weeks",
            required=True,
            label_visibility="collapsed",
        )
    return replace(now, basis=basis or now.basis, weeks=weeks[chosen or code])


def draw_history() -> None:
    """Undo and Reset."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("Undo", key="lever-undo", on_click=_undo, disabled=not scenario_state.can_undo())
        st.button("Reset", key="lever-reset", on_click=_reset)


def _step_down(now: StepDown, on: bool, domains: int) -> StepDown:
    if not on:
        return now
    settings: dict[str, object] = {}
    with st.popover(
        "Who, where to and what it costs", type="tertiary", key="lever-more", on_change="rerun"
    ) as more:
        if more.open:
            settings |= _more(now, domains)
    for field, label, unit, key in (
        ("matched", "A place is found for", "% of them", "matched_share"),
        ("holds", "The move lasts for", "% of those", "holds_share"),
    ):
        settings[field] = _percent(label, field, getattr(now, field), assumption(key), unit)
    return with_settings(now, settings)


def _more(now: StepDown, domains: int) -> dict[str, object]:
    """Every other setting of the step-down."""
    _seed(_TO, now.to)
    _seed(_SEVERE, now.max_severe)
    _seed(_PRICE, None if now.destination_cost_gbp is None else round(now.destination_cost_gbp))
    to = st.selectbox("Move to", DESTINATIONS, key=_TO, format_func=DETAIL_LABELS.__getitem__)
    severe = st.number_input("Most severe needs allowed", 0, domains, step=1, key=_SEVERE)
    st.markdown("**Discuss only children who are**")
    for name, words in SCREENS.items():
        _seed(_SCREEN.format(name), name in now.screens)
        st.checkbox(words, key=_SCREEN.format(name))
    screens = tuple(name for name in SCREENS if st.session_state[_SCREEN.format(name)])
    low, high = limits(StepDown, "destination_cost_gbp")
    price = st.number_input(
        "£ a week there",
        int(low),
        int(high),
        step=50,
        key=_PRICE,
        placeholder="upper quartile of what it costs here",
    )
    settings: dict[str, object] = {
        "to": to,
        "max_severe": severe,
        "screens": screens,
        "destination_cost_gbp": price,
    }
    for field, key, words, top, step in (
        ("support_weekly_gbp", "support", "Support, £ a week", 1_000, 25),
        ("support_weeks", "support-weeks", "Support, weeks", 104, 1),
        ("double_running_weeks", "both-weeks", "Paying for both homes, weeks", 26, 1),
        ("return_cost_gbp", "return", "Cost of a move that does not hold, £", 150_000, 1_000),
    ):
        settings[field] = slider_with_number(
            words,
            key=_slider(key),
            value=round(getattr(now, field)),
            minimum=0,
            maximum=top,
            highest=int(limits(StepDown, field)[1]),
            step=step,
        )
    return settings


def _price_cap(now: PriceCap, on: bool) -> PriceCap:
    if not on:
        return now
    cap = slider_with_number(
        "At most, £ a week",
        key=_slider("cap"),
        value=round(now.cap_gbp),
        minimum=CAP_SLIDER_GBP[0],
        maximum=CAP_SLIDER_GBP[1],
        highest=int(limits(PriceCap, "cap_gbp")[1]),
        step=100,
        help=_source(assumption("price_cap_gbp")),
    )
    _seed(_EVERY, now.top_share is None)
    source = assumption("price_cap_share")
    top = None
    if not st.session_state[_EVERY]:
        share = source.value if now.top_share is None else now.top_share
        top = _percent("Only among the dearest", "top", share, source, "% of placements", most=DEAREST_SLIDER)
    st.checkbox("Every placement, not only the dearest", key=_EVERY)
    return with_settings(now, {"cap_gbp": cap, "top_share": top})


def _switch(label: str, key: str, on: bool) -> tuple[bool, DeltaGenerator]:
    """A lever's switch, and the place beside it for what it would do."""
    _seed(key, on)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        switched = st.toggle(f"**{label}**", key=key)
        effect = st.container(width="content")
    return switched, effect


def _percent(label: str, key: str, share: float, source: Assumption, unit: str, *, most: int = 100) -> float:
    percent = slider_with_number(
        label,
        key=_slider(key),
        value=round(share * 100),
        minimum=0,
        maximum=most,
        highest=100,
        step=1,
        unit=unit,
        help=_source(source),
    )
    return percent / 100


def _source(source: Assumption) -> str:
    quality = (
        "A placeholder: no source yet, replace it." if source.quality == "placeholder" else source.source
    )
    return f"{source.label}. {quality}"


def _undo() -> None:
    scenario_state.undo()
    _let_go()


def _reset() -> None:
    scenario_state.reset()
    _let_go()


def _let_go() -> None:
    """Forgets where the controls are, so that they start again from the draft."""
    switches = (_BASIS, _WEEKS, _MOVING, _CAPPING, _TO, _SEVERE, _PRICE, _EVERY)
    for key in (*switches, *map(_SCREEN.format, SCREENS), *map(_slider, _SLIDERS)):
        st.session_state.pop(key, None)


def _seed(key: str, value: object) -> None:
    """Where a control starts, unless the browser has moved it since."""
    st.session_state.setdefault(key, value)


def _slider(name: str) -> str:
    return f"lever-{name}"
