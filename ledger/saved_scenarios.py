"""Saved scenarios: levers and a cohort's filter under a name, with the figures they came to and on which data.

What a scenario holds is text that the screens write and read: the ledger does not look inside. Never holds a child.
Whoever may count the same authorities may open what is shared. `ledger.scenario_keeping` writes them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from ledger.book import Ledger
from ledger.people import Person
from ledger.rights import Right
from ledger.tables import PEOPLE, SCENARIO_CHANGES, SCENARIOS
from vcore.errors import VcoreError

LONGEST_NAME, LONGEST_NOTE, LONGEST_FILTER, LONGEST_TEXT = 60, 500, 4_000, 60_000
_ROW = SCENARIOS.c
_KEPT = (_ROW.scenario, _ROW.cohort, _ROW.figures, _ROW.as_of, _ROW.snapshot, _ROW.engine_version)
_VISIBLE = (
    select(
        _ROW.code, _ROW.name, _ROW.note, _ROW.owner, PEOPLE.c.name.label("owner_name"), _ROW.shared,
        _ROW.adopted_for.is_not(None), _ROW.kept_at, *_KEPT,
    )
    .join_from(SCENARIOS, PEOPLE)
    .where(_ROW.scope == bindparam("scope"), or_(_ROW.owner == bindparam("person"), _ROW.shared))
)  # fmt: skip
_LISTED = _VISIBLE.order_by(
    _ROW.adopted_for.is_(None), _ROW.owner != bindparam("person"), _ROW.kept_at.desc()
)
_FOUND = _VISIBLE.where(_ROW.code == bindparam("code"))


@dataclass(frozen=True)
class Kept:
    """What is saved, as the screens wrote it. `as_of` None: the latest date there was."""

    scenario: str
    cohort: str
    figures: str
    as_of: date | None
    snapshot: str
    engine_version: str


@dataclass(frozen=True)
class SavedScenario:
    """One saved scenario and whose it is. `kept_at`: when its figures were kept."""

    code: str
    name: str
    note: str
    owner: str
    owner_name: str
    shared: bool
    adopted: bool
    kept_at: datetime
    kept: Kept


@dataclass(frozen=True)
class Change:
    """One thing that somebody did to a saved scenario."""

    at: datetime
    who: str
    what: str
    detail: str


class NoSuchScenario(VcoreError):
    """No saved scenario has this code, or none that this person may open."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"There is no saved scenario “{code[:12]}” for you: it has been deleted, its owner keeps it to "
            "themselves, or it is about other authorities than yours. Ask whoever named it to share it."
        )


def list_scenarios(ledger: Ledger, person: Person) -> list[SavedScenario]:
    """Those this person may open: the adopted one, their own, then others', the latest first."""
    with ledger.engine.connect() as connection:
        return [_saved(row) for row in connection.execute(_LISTED, _asked_by(person))]


def find_scenario(ledger: Ledger, code: str, person: Person) -> SavedScenario:
    """The saved scenario with this code. Raises `NoSuchScenario` unless this person may open it."""
    with ledger.engine.connect() as connection:
        row = connection.execute(_FOUND, {**_asked_by(person), "code": code}).first()
    if row is None:
        raise NoSuchScenario(code)
    return _saved(row)


def changes_of(ledger: Ledger, code: str, person: Person) -> list[Change]:
    """What was done to a scenario that this person may open, the latest first. Raises `NoSuchScenario`."""
    find_scenario(ledger, code, person)
    row = SCENARIO_CHANGES.c
    query = select(row.at, row.who, row.what, row.detail).where(row.code == code).order_by(row.id.desc())
    with ledger.engine.connect() as connection:
        return [Change(*found) for found in connection.execute(query)]


def _asked_by(person: Person) -> dict[str, str]:
    person.require(Right.SEE_COHORTS)
    return {"person": person.username, "scope": scope_of(person)}


def scope_of(person: Person) -> str:
    """The authorities whose children this person counts, in whatever letters: their scenarios are about these."""
    return "*" if person.authorities is None else json.dumps(sorted(map(str.casefold, person.authorities)))


def _saved(row: Any) -> SavedScenario:
    first = len(row) - len(_KEPT)
    return SavedScenario(*row[:first], kept=Kept(*row[first:]))
