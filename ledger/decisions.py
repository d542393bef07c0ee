"""Decisions about children: what people made of a placement, one line after another, never changed, and gone only with
the child (`ledger.forgetting`).

A decision belongs to the child's pseudonym, which is the same in every load, and says which placement it is about.
Two people who decide at once: the second is told what the first decided, and nothing is written over.
Never holds a name, and never says in the activity which child it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from ledger import activity
from ledger.book import Ledger, now
from ledger.decision_states import OTHER, REASONS, STATES, State
from ledger.people import Person
from ledger.rights import Right
from ledger.tables import DECISIONS, PEOPLE
from vcore.errors import InvalidChoice, VcoreError

LONGEST_NOTE = 500
MOST_WEEKLY_GBP = 100_000.0


_COLUMNS = (
    *(column for column in DECISIONS.c if column.name != "number"),
    func.coalesce(PEOPLE.c.name, DECISIONS.c.who).label("who_name"),
)
_ALL = select(*_COLUMNS).outerjoin_from(DECISIONS, PEOPLE, DECISIONS.c.who == PEOPLE.c.username)
_IN_ORDER = _ALL.order_by(DECISIONS.c.child_id, DECISIONS.c.number)
_OF_CHILDREN = _IN_ORDER.where(DECISIONS.c.child_id.in_(bindparam("children", expanding=True)))
_LAST = (
    select(DECISIONS.c.id, DECISIONS.c.number)
    .where(DECISIONS.c.child_id == bindparam("child"))
    .order_by(DECISIONS.c.number.desc())
    .limit(1)
)
_AT_ONCE = 500  # children a query: databases limit how many values one may name


@dataclass(frozen=True)
class Decision:
    """One decision. `at`: when it was written down; `decided_on`: the day it was taken.

    `weekly_saving_gbp` is what was planned, £ a week to the council, negative where the move costs more.
    """

    id: int
    child_id: str
    authority: str
    placement_started: date
    state: State
    reason: str
    note: str
    who: str
    at: datetime
    decided_on: date
    next_date: date | None
    planned_start: date | None
    destination: str
    weekly_saving_gbp: float | None
    who_name: str

    @property
    def told(self) -> str:
        """The decision as it reads in a sentence: "not suitable: the child wants to stay"."""
        words = self.state.replace("_", " ")
        reason = REASONS.get(self.state, {}).get(self.reason, "")
        return f"{words}: {reason[0].lower()}{reason[1:]}" if reason else words


class DecidedMeanwhile(VcoreError):
    """Somebody decided about the same child in between. `others` is what they decided."""

    def __init__(self, others: list[Decision]) -> None:
        said = "; ".join(f"{each.who_name} wrote “{each.told}” on {_moment(each.at)}" for each in others)
        super().__init__(
            f"Meanwhile {said}. Yours is not recorded yet, and nothing that you wrote is lost: look at theirs, and "
            "record yours again if it still holds."
        )
        self.others = others


def record(
    ledger: Ledger,
    who: Person,
    child_id: str,
    state: str,
    *,
    authority: str,
    placement_started: date,
    seen: int | None,
    reason: str = "",
    note: str = "",
    decided_on: date | None = None,
    next_date: date | None = None,
    planned_start: date | None = None,
    destination: str = "",
    weekly_saving_gbp: float | None = None,
) -> Decision:
    """Writes a decision down after those that are there. `seen`: the last one's id when the form was drawn.

    Raises `NotAllowed`, `DecidedMeanwhile` where there is a later one than `seen`, or `VcoreError` saying what is
    missing or cannot be.
    """
    _may_decide(who, authority)
    at = now()
    row = {
        "child_id": child_id,
        "authority": authority,
        "placement_started": placement_started,
        "state": _state(state),
        "reason": reason,
        "note": note.strip(),
        "who": who.username,
        "at": at,
        "decided_on": decided_on or at.date(),
        "next_date": next_date,
        "planned_start": planned_start,
        "destination": destination,
        "weekly_saving_gbp": weekly_saving_gbp,
    }
    _check(row, today=at.date())
    try:
        with ledger.engine.begin() as connection:
            last = connection.execute(_LAST, {"child": child_id}).first()
            if (None if last is None else last.id) != seen:
                raise DecidedMeanwhile(_since(connection, child_id, seen))
            number = 1 if last is None else last.number + 1
            adding = insert(DECISIONS).values(number=number, **row).returning(DECISIONS.c.id)
            written = connection.scalars(adding).one()
    except IntegrityError:  # both were next: the other was written a moment sooner
        with ledger.engine.connect() as connection:
            raise DecidedMeanwhile(_since(connection, child_id, seen)) from None
    activity.record(ledger, who.username, "recorded a decision", row["state"].replace("_", " "))
    return Decision(id=written, who_name=who.name, **row)


def latest(ledger: Ledger, child_ids: Iterable[str]) -> dict[str, Decision]:
    """The last decision about each of these children; no entry where there is none."""
    return {child: decisions[-1] for child, decisions in histories(ledger, child_ids).items()}


def history(ledger: Ledger, child_id: str) -> list[Decision]:
    """Every decision about a child, the first one first."""
    return histories(ledger, [child_id]).get(child_id, [])


def histories(ledger: Ledger, child_ids: Iterable[str]) -> dict[str, list[Decision]]:
    """Every decision about each of these children, the first one first; no entry where there is none."""
    asked = list(dict.fromkeys(child_ids))
    found: dict[str, list[Decision]] = {}
    with ledger.engine.connect() as connection:
        for first in range(0, len(asked), _AT_ONCE):
            batch = {"children": asked[first : first + _AT_ONCE]}
            _gather(connection, _OF_CHILDREN, batch, found)
    return found


def decided(ledger: Ledger, person: Person, authorities: Iterable[str]) -> dict[str, list[Decision]]:
    """Every decision of some authorities that this person may see, by child, the first one first.

    Raises `NotAllowed` without the right to see children.
    """
    person.require(Right.SEE_CHILDREN)
    own = set(filter(person.is_for, authorities))
    found: dict[str, list[Decision]] = {}
    with ledger.engine.connect() as connection:
        _gather(connection, _IN_ORDER.where(DECISIONS.c.authority.in_(sorted(own))), {}, found)
    return found


def _gather(
    connection: Connection, query: Select[Any], asked: dict[str, Any], found: dict[str, list[Decision]]
) -> None:
    for row in connection.execute(query, asked):
        found.setdefault(row.child_id, []).append(_decision(row))


def _decision(row: Any) -> Decision:
    return Decision(**{**row._mapping, "state": State(row.state)})


def _since(connection: Connection, child_id: str, seen: int | None) -> list[Decision]:
    query = _IN_ORDER.where(DECISIONS.c.child_id == child_id, DECISIONS.c.id > (seen or 0))
    return [_decision(row) for row in connection.execute(query)]


def _may_decide(who: Person, authority: str) -> None:
    who.require(Right.SEE_CHILDREN)
    if who.authorities is not None and not who.is_for(authority):
        raise VcoreError(
            "This child is another authority's: your account decides about children of "
            f"{', '.join(who.authorities)}. Ask your administrator if that is wrong."
        )


def _state(text: str) -> State:
    try:
        return State(text)
    except ValueError:
        raise InvalidChoice("decision", text, STATES) from None


def _check(row: Mapping[str, Any], *, today: date) -> None:
    """Raises `VcoreError` for the first thing that is missing or cannot be."""
    state, reasons = row["state"], REASONS.get(row["state"], {})
    if reasons and not row["reason"]:
        raise VcoreError(f"Say why it is “{state.replace('_', ' ')}”: choose a reason from the list.")
    if row["reason"] and not reasons:
        raise VcoreError(
            f"“{state.replace('_', ' ')}” takes no reason from the list: write it into the note."
        )
    if row["reason"] and row["reason"] not in reasons:
        raise InvalidChoice("reason", row["reason"], reasons)
    if row["reason"] == OTHER and not row["note"]:
        raise VcoreError("“Another reason” needs words: write it into the note, without anybody's name.")
    if len(row["note"]) > LONGEST_NOTE:
        raise VcoreError(f"The note is too long: write at most {LONGEST_NOTE} characters.")
    if row["decided_on"] > today:
        raise VcoreError(f"A decision cannot be of a day to come: {_day(row['decided_on'])} is after today.")
    if row["decided_on"] < row["placement_started"]:
        raise VcoreError(
            f"This placement began on {_day(row['placement_started'])}, so nothing was decided about it on "
            f"{_day(row['decided_on'])}. Give a later day."
        )
    if row["next_date"] is not None and row["next_date"] < row["decided_on"]:
        raise VcoreError("The next date is before the decision. Give a later day, or none.")
    if state is State.AGREED and (row["planned_start"] is None or row["weekly_saving_gbp"] is None):
        raise VcoreError(
            "What is agreed needs a planned start and a saving a week, which may be £0 or below: the tracker holds "
            "them against what later loads show."
        )
    saving = row["weekly_saving_gbp"]
    if saving is not None and not -MOST_WEEKLY_GBP <= saving <= MOST_WEEKLY_GBP:
        raise VcoreError(f"A saving is between −£{MOST_WEEKLY_GBP:,.0f} and £{MOST_WEEKLY_GBP:,.0f} a week.")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(at: datetime) -> str:
    return f"{_day(at.date())} at {at:%H:%M} UTC"
