"""The one form for a decision about a child, on the Review list and on a child's page.

What is typed stays until it is recorded, also where somebody else decided in between. The child stays on the server:
no widget's key and no message holds an id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import streamlit as st

from ledger import decisions
from ledger.book import now
from ledger.decision_states import REASONS, STATES, State
from ledger.decisions import LONGEST_NOTE, MOST_WEEKLY_GBP, DecidedMeanwhile, Decision
from ledger.rights import Right
from ui import cohort_state, presenting, session
from ui.cohort_link import Choice
from ui.decisions import PlacementNow, aside, everyone, history, line, placement_now, upper_quartile_gbp
from ui.theme import money_full, plain
from vcore.errors import VcoreError
from vcore.facts.placements import COSTED, DETAIL_LABELS

LABELS = {state: state.replace("_", " ").capitalize() for state in STATES}
MEANINGS = {
    State.SUITABLE: "Looked at, and another home may suit this child.",
    State.NOT_SUITABLE: "Looked at, and the child stays.",
    State.NEEDS_MORE: "Something has to be found out first.",
    State.AGREED: "There is a plan: a home, a start and its cost.",
    State.MOVED: "The child has moved. It counts as delivered once a load shows it.",
    State.ENDED: "What was planned, or what followed, is over.",
}
DECIDES = "A person decides, with the child and those who know them: no score does."
_PLANNED = (State.NEEDS_MORE, State.SUITABLE, State.AGREED)
_NOTE = "What was said and what comes next. Never a name."
_STATE = "decision_form"


@dataclass
class _Open:
    """The form that is open: of whom, which one of this tab, and the last decision its reader knew of."""

    child_id: str
    number: int
    seen: int | None


def draw(child_id: str) -> None:
    """What has been decided about the child, and the form for the next decision.

    For the right to see children; on a projected screen there is neither.
    """
    session.require(Right.SEE_CHILDREN)
    if presenting.on():
        st.caption("Decisions are not shown while presenting.")
        return
    _draw(child_id, cohort_state.chosen())


@st.fragment
def _draw(child_id: str, whose: Choice) -> None:
    """`whose`: the cohort that the page was drawn for. A note typed and a filter pressed at once come together."""
    if whose != cohort_state.chosen():
        st.rerun()
    past, here = history(child_id), placement_now(child_id)
    _draw_past(past, here)
    if here is None and not past:
        st.caption("This child is not in care in the latest data, and nothing was decided about them.")
        return
    open_form = _opened(child_id, past)
    offered = STATES if here is not None else (State.MOVED, State.ENDED)
    key = f"decision-{open_form.number}"
    state = st.segmented_control(
        "Decision", offered, format_func=LABELS.__getitem__, key=f"{key}-state", help=DECIDES
    )
    if state is None:
        return
    st.caption(MEANINGS[state])
    written = _fields(key, state, past, here)
    if st.button("Record decision", type="primary", key=f"{key}-record"):
        _record(open_form, state, written, past, here)


def _draw_past(past: list[Decision], here: PlacementNow | None) -> None:
    if not past:
        st.markdown("Nothing has been decided about this child yet.")
        return
    st.markdown(f"**{plain(line(past[-1]))}**")
    if said := aside(past[-1], here, everyone().as_of):
        st.caption(said)
    if earlier := past[-2::-1]:
        with st.expander(f"Earlier decisions: {len(earlier)}"):
            for decision in earlier:
                st.caption(plain(line(decision)))


def _opened(child_id: str, past: list[Decision]) -> _Open:
    """The open form of this child. Another child's has other keys, so that no word moves between children."""
    found: _Open | None = st.session_state.get(_STATE)
    if found is None or found.child_id != child_id:
        number = 1 if found is None else found.number + 1
        found = st.session_state[_STATE] = _Open(child_id, number, past[-1].id if past else None)
    return found


def _fields(key: str, state: State, past: list[Decision], here: PlacementNow | None) -> dict[str, Any]:
    """What the form asks for this state, as `ledger.decisions.record` takes it."""
    written: dict[str, Any] = {}
    if reasons := REASONS.get(state):
        written["reason"] = (
            st.selectbox(
                "Why",
                list(reasons),
                index=None,
                format_func=reasons.__getitem__,
                placeholder="Choose a reason",
                key=f"{key}-why-{state}",
            )
            or ""
        )
    if state in _PLANNED and here is not None:
        written |= _plan(key, past, here, required=state is State.AGREED)
    written["note"] = st.text_area(
        "Note", max_chars=LONGEST_NOTE, height=80, key=f"{key}-note", placeholder=_NOTE
    )
    when, then = st.columns(2)
    written["decided_on"] = _day(when, "Decided on", f"{key}-decided", now().date())
    written["next_date"] = _day(then, "Next date (optional)", f"{key}-next", None)
    return written


def _plan(key: str, past: list[Decision], here: PlacementNow, *, required: bool) -> dict[str, Any]:
    """Where to, from when, and what it should save: what was planned last stands in the fields."""
    last = next((decision for decision in reversed(past) if decision.weekly_saving_gbp is not None), None)
    kinds = ["", *DETAIL_LABELS]
    where, start, saving = st.columns(3)
    destination = where.selectbox(
        "Planned home (optional)",
        kinds,
        index=kinds.index(last.destination) if last and last.destination in kinds else 0,
        format_func=lambda kind: DETAIL_LABELS.get(kind, "Not known yet"),
        key=f"{key}-home",
    )
    offered, told = _estimate(destination, here)
    optional = "" if required else " (optional)"
    if last is not None and last.destination == destination:
        offered = last.weekly_saving_gbp
    written = {
        "destination": destination,
        "planned_start": _day(
            start, f"Planned start{optional}", f"{key}-start", last.planned_start if last else None
        ),
        "weekly_saving_gbp": saving.number_input(
            f"Saves the council, £ a week{optional}",
            -MOST_WEEKLY_GBP,
            MOST_WEEKLY_GBP,
            offered,
            step=50.0,
            format="%.0f",
            key=f"{key}-saving-{kinds.index(destination)}",
        ),
    }
    st.caption(told)
    return written


def _estimate(destination: str, here: PlacementNow) -> tuple[float | None, str]:
    """A first value for the saving, £ a week, and where it comes from."""
    if isnan(here.social_care_cost_gbp):
        return None, "This placement has no cost in the data: a saving has to be typed."
    now_gbp = f"The council pays {money_full(here.social_care_cost_gbp)} a week now"
    if not destination:
        return None, f"{now_gbp}. Below £0: the move costs more."
    if not COSTED[destination]:
        return float(round(here.social_care_cost_gbp)), f"{now_gbp}; there, no placement is paid for."
    there = upper_quartile_gbp(destination)
    if isnan(there):
        return None, f"{now_gbp}; nothing like the planned home has a cost here."
    return (
        float(round(here.social_care_cost_gbp - there)),
        f"{now_gbp}; three in four such homes cost {money_full(there)} here at most. Below £0: the move costs more.",
    )


def _day(column: Any, label: str, key: str, value: date | None) -> date | None:
    return column.date_input(label, value, key=key, format="DD/MM/YYYY")


def _record(
    open_form: _Open, state: State, written: dict[str, Any], past: list[Decision], here: PlacementNow | None
) -> None:
    authority = here.authority if here is not None else past[-1].authority
    began = here.started_on if here is not None else past[-1].placement_started
    try:
        decisions.record(
            session.ledger(),
            session.person(),
            open_form.child_id,
            state,
            authority=authority,
            placement_started=began,
            seen=open_form.seen,
            **written,
        )
    except DecidedMeanwhile as refusal:
        open_form.seen = refusal.others[-1].id  # they know of it now
        st.warning(plain(str(refusal)))
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
    else:
        st.session_state[_STATE] = _Open("", open_form.number, None)  # emptied: the next one starts anew
        st.toast("The decision is recorded.")
        st.rerun()
