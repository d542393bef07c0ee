"""From decisions to what is tracked: each child's line of decisions, cut where it ended, and where the last one stands.

A line begins with the first decision after one that closed the line before it (not suitable, ended). Its baseline is
that first decision; its plan the last one that says a start or a saving. Reads nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from ledger.decision_states import REASONS, State
from ledger.decisions import Decision
from vcore.facts.assumptions import value
from vcore.measures.delivery import PLAN_COLUMNS

CLOSING = (State.NOT_SUITABLE, State.ENDED)
_SEARCH = (State.SUITABLE, State.AGREED, State.MOVED)


class Status(StrEnum):
    """How far a saving has come; `CLOSED`: it is none any more."""

    IDENTIFIED = "identified"
    EVIDENCED = "evidenced"
    AGREED = "agreed"
    DELIVERED = "delivered"
    CLOSED = "closed"


OPEN = (Status.IDENTIFIED, Status.EVIDENCED, Status.AGREED, Status.DELIVERED)
MEANS = {
    Status.IDENTIFIED: "needs more",
    Status.EVIDENCED: "suitable",
    Status.AGREED: "agreed, or moved but in no load yet",
    Status.DELIVERED: "moved, and a load shows it",
}
_OF_STATE = {
    State.NEEDS_MORE: Status.IDENTIFIED,
    State.SUITABLE: Status.EVIDENCED,
    State.AGREED: Status.AGREED,
    State.MOVED: Status.AGREED,
}


class Line(NamedTuple):
    """The decisions about a child from one beginning to its close, or to today. `last`: whether it is the child's
    latest line."""

    decisions: tuple[Decision, ...]
    last: bool

    @property
    def child_id(self) -> str:
        return self.now.child_id

    @property
    def first(self) -> Decision:
        return self.decisions[0]

    @property
    def now(self) -> Decision:
        return self.decisions[-1]

    @property
    def closed(self) -> bool:
        return self.now.state in CLOSING

    @property
    def said_moved(self) -> bool:
        return any(decision.state is State.MOVED for decision in self.decisions)

    @property
    def searched(self) -> bool:
        """Whether another home was looked for at some time."""
        return any(decision.state in _SEARCH for decision in self.decisions)

    @property
    def committed(self) -> bool:
        """Whether its saving was agreed at some time."""
        return any(decision.state in (State.AGREED, State.MOVED) for decision in self.decisions)

    @property
    def planned_start(self) -> date | None:
        return next((each.planned_start for each in reversed(self.decisions) if each.planned_start), None)

    @property
    def weekly_saving_gbp(self) -> float | None:
        told = (each.weekly_saving_gbp for each in reversed(self.decisions))
        return next((gbp for gbp in told if gbp is not None), None)

    def status(self, *, delivered: bool) -> Status:
        """How far it has come; `delivered`: the data shows the move that was recorded."""
        if self.closed:
            return Status.CLOSED
        return Status.DELIVERED if delivered else _OF_STATE[self.now.state]


def lines(histories: Mapping[str, Sequence[Decision]]) -> list[Line]:
    """Every line of every child, a child's in order."""
    made: list[Line] = []
    for decisions in histories.values():
        cut: list[list[Decision]] = [[]]
        for decision in decisions:
            if cut[-1] and cut[-1][-1].state in CLOSING:
                cut.append([])
            cut[-1].append(decision)
        made += [Line(tuple(part), part is cut[-1]) for part in cut if part]
    return made


def plans(of: Iterable[Line]) -> pd.DataFrame:
    """The lines as `vcore.measures.delivery` takes them, a row each. Only what was agreed is planned."""
    rows = [
        (
            line.child_id,
            line.first.decided_on,
            line.first.placement_started,
            line.planned_start if line.committed else None,
            line.weekly_saving_gbp if line.committed else None,
            line.now.decided_on if line.closed else None,
            line.said_moved,
        )
        for line in of
    ]
    days = dict.fromkeys(("baseline_on", "placement_started_on", "planned_start", "until"), "datetime64[s]")
    types = {"child_id": "str", "weekly_saving_gbp": "float64", "said_moved": "bool", **days}
    return pd.DataFrame(rows, columns=list(PLAN_COLUMNS)).astype(types)


def weight(status: Status) -> float:
    """How much (0–1) of a saving counts at this status."""
    return value(f"{status}_share")


def reason_words(decision: Decision) -> str:
    """Why a line was closed, in the words of the list."""
    return REASONS[decision.state][decision.reason]
