"""What a council put in the place of the app's assumptions: by whom, when and why. Nothing is ever overwritten.

The latest edit of an assumption is in force; undoing one is an edit of its own. Whether a number is possible is not
for the ledger to know: the screens ask the model before. A register belongs to those who count the same authorities.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from ledger import activity
from ledger.book import Ledger, now
from ledger.people import Person
from ledger.rights import Right
from ledger.saved_scenarios import scope_of
from ledger.tables import ASSUMPTION_EDITS
from vcore.errors import InvalidChoice, VcoreError

QUALITIES = ("high", "medium", "low", "placeholder")
LONGEST = {"source": 300, "owner": 60, "date": 40, "rationale": 500}
NO_EDIT = 0  # the `seen` of somebody who saw the app's own numbers
_ROW = ASSUMPTION_EDITS.c
_EDIT = (
    _ROW.id, _ROW.key, _ROW.at, _ROW.who, _ROW.who_name, _ROW.value, _ROW.low, _ROW.high,
    _ROW.source, _ROW.owner, _ROW.date, _ROW.quality, _ROW.rationale,
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What the council says of an assumption: its numbers in the register's unit, and where they come from.

    `value`, `low` and `high` None: the app's own again. `date`: when the source is of, in words.
    """

    value: float | None
    low: float | None
    high: float | None
    source: str
    owner: str
    date: str
    quality: str
    rationale: str


APPS_OWN = Entry(None, None, None, "", "", "", "placeholder", "")


@dataclass(frozen=True)
class AssumptionEdit:
    """One edit. `id` rises with time."""

    id: int
    key: str
    at: datetime
    who: str
    who_name: str
    entry: Entry


class SomebodyWasFirst(VcoreError):
    """Another edit came in between."""

    def __init__(self, edit: AssumptionEdit) -> None:
        super().__init__(
            f"{edit.who_name} changed this assumption at {edit.at:%H:%M} UTC on {edit.at.day} {edit.at:%B %Y}, "
            "after you opened it. Nothing of yours was kept: look at what stands there now, and change that."
        )


def edit_assumption(ledger: Ledger, person: Person, key: str, entry: Entry, *, seen: int) -> int:
    """Keeps an edit and returns its number. `seen`: the number of the edit in force when the reader looked.

    Raises `NotAllowed`, `SomebodyWasFirst`, and `VcoreError` for an entry without a source or with texts too long.
    """
    person.require(Right.EDIT_ASSUMPTIONS)
    row = _checked(entry) | {"scope": scope_of(person), "key": key[:60], "at": now(), "after": seen}
    row |= {"who": person.username, "who_name": person.name}
    try:
        with ledger.engine.begin() as connection:
            made = connection.execute(insert(ASSUMPTION_EDITS).values(**row)).inserted_primary_key
    except IntegrityError:
        raise SomebodyWasFirst(edits_in_force(ledger, person)[key[:60]]) from None
    back = entry.value is None
    told = (
        f"{key}: the app's own again" if back else f"{key}: {entry.value:g} ({entry.low:g} to {entry.high:g})"
    )
    activity.record(ledger, person.username, "changed an assumption", told)
    return int(made[0])  # type: ignore[index]


def edits_in_force(ledger: Ledger, person: Person) -> dict[str, AssumptionEdit]:
    """The latest edit of each assumption that was ever changed, by its key: for whoever is signed in."""
    last = (
        select(func.max(_ROW.id)).where(_ROW.scope == scope_of(person)).group_by(_ROW.key).scalar_subquery()
    )
    query = select(*_EDIT).where(_ROW.id.in_(last)).order_by(_ROW.key)
    with ledger.engine.connect() as connection:
        return {row.key: _edit(row) for row in connection.execute(query)}


def history(ledger: Ledger, person: Person, key: str | None = None) -> list[AssumptionEdit]:
    """Every edit of one assumption, or of all, the latest first."""
    query = select(*_EDIT).where(_ROW.scope == scope_of(person)).order_by(_ROW.id.desc())
    if key is not None:
        query = query.where(_ROW.key == key)
    with ledger.engine.connect() as connection:
        return [_edit(row) for row in connection.execute(query)]


def _edit(row) -> AssumptionEdit:
    about = tuple(row)
    return AssumptionEdit(*about[:5], entry=Entry(*about[5:]))


def _checked(entry: Entry) -> dict[str, Any]:
    plain = vars(entry) | {name: " ".join(getattr(entry, name).split()) for name in LONGEST}
    numbers = [number for number in (entry.value, entry.low, entry.high) if number is not None]
    if len(numbers) not in (0, 3) or not all(map(isfinite, numbers)):
        raise VcoreError("Type all three numbers: the value, and the low and the high end of its range.")
    if numbers and not (plain["source"] and plain["owner"]):
        raise VcoreError("Say where the numbers come from and who keeps them true: others will rely on them.")
    if numbers and entry.quality != "placeholder" and plain["source"].casefold().startswith("placeholder"):
        raise VcoreError(
            "Say where the numbers come from in the place of “placeholder”, or leave the quality so."
        )
    if entry.quality not in QUALITIES:
        raise InvalidChoice("quality", entry.quality, QUALITIES)
    for name, longest in LONGEST.items():
        if len(plain[name]) > longest:
            raise VcoreError(f"The {name} is too long: write at most {longest} characters.")
    return plain
