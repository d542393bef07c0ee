"""The levers: which are on, the one being set with its dials, and beside each what it would do.

Every control follows the draft and tells it at once when it moves. Draws no answer and runs nothing. Ten levers
fit because only one of them is open: what is redrawn at every move of a slider is that lever's dials alone.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui import scenario_state
from ui.charts import table_key
from ui.controls import set_value, slider_with_number
from ui.lever_dials import DIALS, Dial, limit_words
from ui.scenario_draft import KINDS
from ui.scenario_figures import BRIDGE
from ui.scenario_link import BASES, WEEKS, limits
from ui.scenario_words import weeks_words

MORE, RANGES = "scenario-more", "scenario-ranges"
FOLDS = (MORE, RANGES, table_key(BRIDGE))
BASIS_LABELS = {"social_care": "Council's share", "gross": "All funders"}
OPENED_FIRST = "price_cap"
MOST_TABS = 3  # levers that fit side by side; more are chosen from a list
_ON, _OPEN = "levers-on", "lever-open"


def draw_levers() -> str | None:
    """Which levers are on, and which of them is being set. Returns the latter; None where none is on."""
    on = scenario_state.draft().on
    _follows(_ON, list(on))
    st.pills(
        "Levers",
        list(KINDS),
        selection_mode="multi",
        key=_ON,
        format_func=lambda kind: KINDS[kind].label,
        label_visibility="collapsed",
        on_change=_switched,
    )
    if not on:
        return None
    if st.session_state.get(_OPEN) not in on:
        _follows(_OPEN, OPENED_FIRST if OPENED_FIRST in on else on[-1])
    if len(on) > MOST_TABS:
        st.selectbox(
            "Set", on, key=_OPEN, format_func=lambda kind: KINDS[kind].label, label_visibility="collapsed"
        )
    else:
        st.segmented_control(
            "Set",
            on,
            key=_OPEN,
            format_func=lambda kind: KINDS[kind].label,
            required=True,
            label_visibility="collapsed",
        )
    return st.session_state[_OPEN]


def around_dials() -> tuple[object, ...]:
    """What all that stands around the dials is drawn for: levers, the open one, whose money, and how long a year."""
    draft = scenario_state.draft()
    open_one = st.session_state.get(_OPEN) if draft.on else None
    return draft.on, open_one, draft.scenario.cost_basis, draft.scenario.weeks_per_year


def draw_dials(kind: str) -> None:
    """The open lever's dials, as the draft has them."""
    lever = scenario_state.draft().lever(kind)
    for dial in DIALS.get(kind, ()):
        here = getattr(lever, dial.field)
        turn = partial(_turn, kind, dial, highest=round(limits(type(lever), dial.field)[1] * dial.per_unit))
        turn(None if here is None else round(here * dial.per_unit))


def draw_basis() -> None:
    """Whose money counts."""
    _follows("lever-basis", scenario_state.draft().scenario.cost_basis)
    st.segmented_control(
        "Whose money",
        BASES,
        key="lever-basis",
        format_func=BASIS_LABELS.__getitem__,
        required=True,
        label_visibility="collapsed",
        on_change=_counted,
        args=("cost_basis", "lever-basis"),
    )


def draw_weeks() -> None:
    """How many weeks make a year."""
    now = scenario_state.draft().scenario.weeks_per_year
    codes = {value: code for code, value in WEEKS.items()}
    codes.setdefault(now, weeks_words(now))
    _follows("lever-weeks", now)
    st.radio(
        "Weeks a year",
        list(codes),
        key="lever-weeks",
        format_func=codes.__getitem__,
        horizontal=True,
        on_change=_counted,
        args=("weeks_per_year", "lever-weeks"),
    )


def draw_history() -> None:
    """Undo and Reset."""
    st.button("Undo", key="lever-undo", on_click=scenario_state.undo)
    st.button("Reset", key="lever-reset", on_click=scenario_state.reset)


def show(kind: str) -> None:
    """Opens the dials of a lever that is on. From a callback."""
    _follows(_OPEN, kind)


def tell(kind: str, field: str, value: object) -> None:
    """Tells the draft. What is unfolded below depends on it too, and is drawn only with the whole page."""
    scenario_state.choose(scenario_state.draft().set(kind, {field: value}))
    if any(st.session_state.get(fold) for fold in FOLDS):
        st.rerun()


def _turn(kind: str, dial: Dial, here: int | None, *, highest: int) -> None:
    key = f"lever-{kind}-{dial.field}"
    if dial.slides and here is not None:
        set_value(key, here)
        slider_with_number(
            dial.label,
            key=key,
            value=here,
            minimum=dial.least,
            maximum=dial.most,
            highest=highest,
            step=dial.step,
            unit=dial.unit,
            help=limit_words(dial, highest) or None,
            moved=partial(_turned, kind, dial),
        )
        return
    _follows(key, here)
    st.number_input(
        f"{dial.label} ({dial.unit})" if dial.unit else dial.label,
        dial.least,
        highest,
        step=dial.step,
        key=key,
        placeholder="none",
        help=limit_words(dial, highest) or None,
        on_change=_typed,
        args=(kind, dial, key),
    )


def _turned(kind: str, dial: Dial, value: float) -> None:
    tell(kind, dial.field, value / dial.per_unit)


def _typed(kind: str, dial: Dial, key: str) -> None:
    value = st.session_state[key]
    tell(kind, dial.field, None if value is None else value / dial.per_unit)


def _switched() -> None:
    kinds = tuple(kind for kind in KINDS if kind in st.session_state[_ON])
    new = [kind for kind in kinds if kind not in scenario_state.draft().on]
    scenario_state.choose(scenario_state.draft().switched(kinds))
    if new:
        _follows(_OPEN, new[-1])


def _counted(field: str, key: str) -> None:
    scenario_state.choose(scenario_state.draft().counted(**{field: st.session_state[key]}))


def _follows(key: str, value: object) -> None:
    """Puts a control where the draft has it."""
    st.session_state[key] = value
