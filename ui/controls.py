"""Controls that several pages share: a slider with its number beside it.

The value lives in the session under the control's own key, so it outlives a visit to another page.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import streamlit as st

ARRIVES_SECONDS = 1.0  # by then a browser has heard where a control was put


def slider_with_number(
    label: str,
    *,
    key: str,
    value: float,
    minimum: float,
    maximum: float,
    step: float,
    unit: str = "",
    format: str | None = None,
    help: str | None = None,
    highest: float | None = None,
    disabled: bool = False,
    moved: Callable[[float], None] | None = None,
) -> float:
    """A slider and a number input that always say the same. Returns the value, of the type of `value`.

    `value` is where it starts; afterwards `set_value(key, …)` moves it. The number may go up to `highest`
    (default: the slider's own maximum); the slider then rests at its end. `unit` is said with the label.
    `moved` hears the new value first, as a callback does. A number that is emptied stays at the last value, and
    says so. The two stand side by side by `page.css`: columns
    of their own would be the slowest thing on a page full of dials.
    """
    top = maximum if highest is None else highest
    now = st.session_state.setdefault(key, value)
    slider, number = _twins(key)
    moved_now = st.session_state.pop(_moved(key), None)
    _put(slider, min(max(now, minimum), maximum), is_moving=moved_now == slider)
    _put(number, now, is_moving=moved_now == number)
    said = f"{label} ({unit})" if unit else label
    st.slider(
        said,
        minimum,
        maximum,
        step=step,
        format=format,
        key=slider,
        help=help,
        disabled=disabled,
        on_change=_follow,
        args=(key, slider, moved),
    )
    st.number_input(
        f"{said}, typed",
        minimum,
        top,
        value=None,  # else an emptied box would fall to its lowest value
        step=step,
        key=number,
        disabled=disabled,
        label_visibility="collapsed",
        on_change=_follow,
        args=(key, number, moved),
    )
    if st.session_state.pop(_emptied(key), False):
        st.caption(f"{label}: left empty, so it stays at {now:,}.")
    return now


def set_value(key: str, value: float) -> None:
    """Moves a slider and its number. From a callback, or before the control is drawn."""
    st.session_state[key] = value


def _twins(key: str) -> tuple[str, str]:
    return f"{key}-slider", f"{key}-number"


def _emptied(key: str) -> str:
    return f"{key}-emptied"


def _moved(key: str) -> str:
    return f"{key}-moved"


def _untouched(twin: str) -> str:
    return f"{twin}-untouched"


def _told(twin: str) -> str:
    return f"{twin}-told"


def _put(twin: str, value: float, *, is_moving: bool) -> None:
    """Puts a control where it should be.

    One that is being moved is left alone: to be put where it was a moment ago would undo its next move, which is on
    its way. But not where it was put just now: it might rest there, while its next move has been taken.
    """
    now = monotonic()
    if (
        is_moving
        and st.session_state.get(twin) == value
        and now - st.session_state[_told(twin)] >= ARRIVES_SECONDS
    ):
        return
    if not is_moving:
        stood = {st.session_state[twin]} if twin in st.session_state else set()
        st.session_state[_untouched(twin)] = _recent(twin) | dict.fromkeys({*stood, value}, now)
    st.session_state[twin], st.session_state[_told(twin)] = value, now


def _recent(twin: str) -> dict[float | None, float]:
    """What a control may say without having been touched: where it stood until just now, and since when it does not."""
    said = st.session_state.get(_untouched(twin), {})
    return {value: at for value, at in said.items() if monotonic() - at < ARRIVES_SECONDS}


def _follow(key: str, twin: str, moved: Callable[[float], None] | None) -> None:
    if st.session_state[twin] in _recent(twin):
        return  # its twin was moved, and the browser had not heard of it
    st.session_state.pop(_untouched(twin), None)
    if st.session_state[twin] is None:
        st.session_state[_emptied(key)] = True
        return
    st.session_state[key], st.session_state[_moved(key)] = st.session_state[twin], twin
    if moved is not None:
        moved(st.session_state[key])
