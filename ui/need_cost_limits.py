"""Where "lower need" ends and "higher cost" starts: the reader's two limits, kept in the tab and in the address.

    ?low_need=24&high_cost=5000

A limit in a link that cannot be followed is named, and the usual one taken. The only place that touches the
session's keys for them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import streamlit as st

from ui import session
from ui.theme import number, plain
from vcore.facts.assumptions import value
from vcore.store import CohortFilter

HIGHEST_COST = 100_000
USUAL = {
    "low_need": "low_need_total",
    "high_cost": "high_cost_weekly_gbp",
}  # name in the address → assumption
_WHOLE = re.compile(r"\d{1,6}")
_PROBLEMS = "need-cost-problems"


class Limits(NamedTuple):
    """The most total need that is lower, and the least weekly cost (£) that is higher; both ends count."""

    most_need: int
    least_cost_gbp: int

    def narrowed(self, chosen: CohortFilter) -> dict[str, float]:
        """The fields that keep only the children inside both limits of those a filter picks."""
        most, least = chosen.need_total_max, chosen.weekly_cost_min
        return {
            "need_total_max": self.most_need if most is None else min(most, self.most_need),
            "weekly_cost_min": self.least_cost_gbp if least is None else max(least, self.least_cost_gbp),
        }


def follow_link(highest_need: int) -> Limits:
    """The limits in force; the first time in a tab, those of the address or the usual ones."""
    highest = {"low_need": highest_need, "high_cost": HIGHEST_COST}
    for name, top in highest.items():
        if _key(name) not in st.session_state:
            st.session_state[_key(name)] = _read(name, top)
    return Limits(*(min(st.session_state[_key(name)], top) for name, top in highest.items()))


def problems() -> list[str]:
    """What the link asked in vain, in words."""
    return list(st.session_state.get(_PROBLEMS, {}).values())


def draw_control(name: str, label: str, highest: int, step: int) -> None:
    """A number to type for one limit, which moves the address along."""
    box = f"{_key(name)}-typed"
    st.session_state[box] = min(st.session_state[_key(name)], highest)
    st.number_input(label, 0, highest, step=step, key=box, on_change=_put, args=(name, box))


def _put(name: str, box: str) -> None:
    chosen = st.session_state[_key(name)] = st.session_state[box]
    st.session_state.get(_PROBLEMS, {}).pop(name, None)
    if chosen == _usual(name):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(chosen)


def _read(name: str, highest: int) -> int:
    written = session.link().get(name)
    if written is None:
        return _usual(name)
    raw = written[-1]
    if _WHOLE.fullmatch(raw) and int(raw) <= highest:
        return int(raw)
    st.session_state.setdefault(_PROBLEMS, {})[name] = plain(
        f"{name}={raw[:40]} is no limit: write a whole number from 0 to {number(highest)}. "
        f"{number(_usual(name))} is used instead."
    )
    return _usual(name)


def _usual(name: str) -> int:
    return int(value(USUAL[name]))


def _key(name: str) -> str:
    return f"need-cost-{name}"
