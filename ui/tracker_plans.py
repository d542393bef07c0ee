"""From decisions to what is tracked: each child's line of decisions, cut where it ended, and where the last one stands.

A line begins with the first decision after one that closed the line before it (not suitable, ended), or about another
placement where no move was recorded. Its baseline is that first decision; its plan the last one that says a start or a
saving. Once a move is recorded only "ended" closes it: what is decided about the new home changes nothing of what the
move saves. Reads nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from ledger.decision_states import REASONS, State
from ledger.decisions import Decision
from vcore.measures.delivery import PLAN_COLUMNS

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
    Status.IDENTIFIED: "Identified: needs more",
    Status.EVIDENCED: "Evidenced: suitable",
    Status.AGREED: "Agreed, or moved but in no load yet",
    Status.DELIVERED: "Delivered: a load shows the move",
}
_OF_STATE = {
    State.NEEDS_MORE: Status.IDENTIFIED,
    State.SUITABLE: Status.EVIDENCED,
    State.AGREED: Status.AGREED,
}


class Line(NamedTuple):
    """The decisions about a child from one beginning to its close, or to today. `followed_on`: the day the child's
    next line began; None for the latest."""

    decisions: tuple[Decision, ...]
    followed_on: date | None

    @property
    def last(self) -> bool:
        """Whether it is the child's latest line."""
        return self.followed_on is None

    @property
    def ended_on(self) -> date | None:
        """The day from which it counts no more."""
        return self.now.decided_on if self.closed else self.followed_on

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
        state = self.now.state
        return state is State.ENDED or (state is State.NOT_SUITABLE and not self.said_moved)

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
        if self.said_moved:
            return Status.DELIVERED if delivered else Status.AGREED
        return _OF_STATE[self.now.state]

    def goes_on_with(self, decision: Decision) -> bool:
        """Whether a later decision belongs to this line."""
        if self.closed:
            return False
        same = decision.placement_started == self.first.placement_started
        return same or self.said_moved or decision.state in (State.MOVED, State.ENDED)


def lines(histories: Mapping[str, Sequence[Decision]]) -> list[Line]:
    """Every line of every child, a child's in order."""
    made: list[Line] = []
    for decisions in histories.values():
        own: list[Line] = []
        for decision in decisions:
            if own and own[-1].goes_on_with(decision):
                own[-1] = Line((*own[-1].decisions, decision), None)
            else:
                own.append(Line((decision,), None))
        later = [line.first.decided_on for line in own[1:]]
        made += [line._replace(followed_on=day) for line, day in zip(own, [*later, None], strict=False)]
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
            line.ended_on,
            line.said_moved,
        )
        for line in of
    ]
    days = dict.fromkeys(("baseline_on", "placement_started_on", "planned_start", "until"), "datetime64[s]")
    types = {"child_id": "str", "weekly_saving_gbp": "float64", "said_moved": "bool", **days}
    return pd.DataFrame(rows, columns=list(PLAN_COLUMNS)).astype(types)


def reason_words(decision: Decision) -> str:
    """Why a line was closed, in the words of the list."""
    return REASONS[decision.state][decision.reason]
