"""Every other setting of the open lever, behind a button: nothing in it is drawn before it is opened.

Made from the lever's own fields: their words, their limits, their kinds. Draws no answer and runs nothing.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import lever_dials, scenario_state
from ui.lever_panel import tell
from ui.lever_words import within_sentence
from ui.scenario_link import limits
from vcore.errors import VcoreError
from vcore.facts.domains import NeedModel
from vcore.scenarios.lever import Lever


def draw(kind: str, needs: NeedModel) -> None:
    """The button, and behind it one control a setting."""
    lever = scenario_state.draft().lever(kind)
    label = f"More about the {within_sentence(lever.label)}"
    with st.popover(label, type="tertiary", key=f"more-{kind}", on_change="rerun") as opened:
        if not opened.open:
            return
        if refused := st.session_state.pop(_refused(kind), None):
            st.warning(refused)
        for name in lever_dials.others(lever):
            _control(lever, name, needs)


def _control(lever: Lever, name: str, needs: NeedModel) -> None:
    model, kind, here = type(lever), lever.code(), getattr(lever, name)
    label, key = model.model_fields[name].description or name, f"lever-{kind}-{name}"
    told = {"key": key, "on_change": _told, "args": (kind, name, key)}
    st.session_state[key] = list(here) if isinstance(here, tuple) else here
    words = lever_dials.choices(model, name, needs)
    if words and lever_dials.is_list(model, name):
        if here is None:
            st.session_state[key] = []
        st.multiselect(label, list(words), format_func=words.__getitem__, placeholder="all", **told)
    elif words:
        st.selectbox(label, list(words), format_func=words.__getitem__, **told)
    elif isinstance(here, bool):
        st.checkbox(label, **told)
    else:
        _number(model, name, label, told)


def _number(model: type[Lever], name: str, label: str, told: dict[str, Any]) -> None:
    low, high = limits(model, name)
    kind = int if lever_dials.is_whole(model, name) else float
    fine = kind is float and high <= 10
    st.number_input(
        label,
        kind(low),
        kind(high),
        step=kind(1) if kind is int or not fine else 0.05,
        format="%d" if kind is int else "%.2f" if fine else "%.0f",
        placeholder="none",
        help=f"From {low:,g} to {high:,g}: {lever_dials.SLIP}.",
        **told,
    )


def _told(kind: str, name: str, key: str) -> None:
    value = st.session_state[key]
    if isinstance(value, list):
        none = not value and lever_dials.may_be_none(type(scenario_state.draft().lever(kind)), name)
        value = None if none else tuple(value)
    try:
        tell(kind, name, value)
    except (VcoreError, ValueError) as error:
        st.session_state[_refused(kind)] = _reason(error)


def _reason(error: Exception) -> str:
    first = getattr(error, "errors", list)()
    return first[0]["msg"].removeprefix("Value error, ") if first else str(error)


def _refused(kind: str) -> str:
    return f"lever-{kind}-refused"
