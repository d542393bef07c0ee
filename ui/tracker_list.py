"""The tracker's list: one row a child decided about, by short code, for whoever may see children.

Rows are chosen by their place; ids stay on the server. Not shown on a projected screen.
"""

from __future__ import annotations

from datetime import date
from math import isnan

import pandas as pd
import streamlit as st

from ledger import openings
from ledger.rights import Right
from ui import child_choice, session
from ui.theme import count, money_full
from ui.tracker_found import Found, Row
from ui.tracker_plans import OPEN, Status
from vcore.facts.placements import DETAIL_LABELS

EVERY = "every"
ORDER = (Status.AGREED, Status.EVIDENCED, Status.IDENTIFIED, Status.DELIVERED, Status.CLOSED)
ROW_PX, MOST_ROWS_SEEN = 36, 8
_KEPT = "tracker-list-kept"
_CHOICES = {EVERY: "All", **{status: status.capitalize() for status in (*OPEN, Status.CLOSED)}}


def draw(found: Found) -> None:
    """The list, and the way to a child."""
    session.require(Right.SEE_CHILDREN)
    with st.container(key="tracker-bar", horizontal=True, vertical_alignment="center"):
        picked = st.segmented_control(
            "Status",
            list(_CHOICES),
            format_func=_CHOICES.__getitem__,
            default=EVERY,
            key="tracker-of",
            required=True,
            label_visibility="collapsed",
        )
        action = st.empty()
    rows = [row for row in in_order(found) if picked in (EVERY, row.status)]
    if not rows:
        st.caption("No child stands at this status.")
        return
    _record(found, len(rows))
    ids = [row.line.child_id for row in rows]
    event = st.dataframe(
        table(rows, child_choice.short_codes(ids)),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * min(len(rows), MOST_ROWS_SEEN) + 40,
        key=f"tracker-rows-{picked}",
        on_select="rerun",
        selection_mode="single-row",
        alt=f"{count(len(rows), 'child', 'children')} decided about, a row each",
    )
    chosen = [ids[at] for at in event["selection"]["rows"] if at < len(ids)]
    if action.button("Open child", key="tracker-open", disabled=not chosen):
        child_choice.open_child(chosen[0])


def in_order(found: Found) -> list[Row]:
    """The children, nearest to a move first; among equals, whose next date comes first."""
    return sorted(
        found.children,
        key=lambda row: (ORDER.index(row.status), str(row.line.now.next_date or "9"), row.line.now.at),
    )


def table(rows: list[Row], codes: list[str]) -> pd.DataFrame:
    """What the list shows of each row, in words."""
    return pd.DataFrame(
        [
            (
                code,
                row.status.capitalize(),
                f"{row.line.now.told.capitalize()} ({_day(row.line.now.decided_on)})",
                _day(row.line.now.next_date),
                DETAIL_LABELS.get(row.lived_in or "", "Not in the data"),
                _day(row.line.planned_start),
                _money(row.planned_gbp),
                _day(row.moved_on),
                _money(row.actual_gbp) if row.moved_on else "",
                beside(row),
            )
            for row, code in zip(rows, codes, strict=True)
        ],
        columns=[
            "Child", "Status", "Last decision", "Next", "Lived in", "Planned start", "£ a week planned", "Moved on",
            "£ a week actual", "Beside",
        ],
    )  # fmt: skip


def beside(row: Row) -> str:
    """What has to be said beside a row."""
    if not row.known:
        return "Not in the latest load"
    if row.status is Status.AGREED and row.line.said_moved:
        return "No load shows the move yet"
    if row.left_on is not None and not row.line.said_moved:
        return "The placement decided about has since ended"
    return ""


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b %Y}"


def _money(gbp: float) -> str:
    return "" if isnan(gbp) else money_full(gbp)


def _record(found: Found, children: int) -> None:
    """Keeps that the list was looked at: once for each list, not with every click on it."""
    this = (children, len(found.rows), session.visit())
    if st.session_state.get(_KEPT) != this:
        person = session.require(Right.SEE_CHILDREN)
        openings.record_list(session.ledger(), person, children, "Tracker: children decided about")
        st.session_state[_KEPT] = this
