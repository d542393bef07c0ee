"""Keeping scenarios: save, copy, rename, delete, and the one that is adopted.

Only the owner changes a scenario. One scenario of the same authorities can be adopted: it is shared and locked until
its owner lifts that, or until another is adopted in its place. Every change is in the scenario's history and in the
activity.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ledger import activity
from ledger.book import Ledger, now
from ledger.people import Person
from ledger.rights import Right
from ledger.saved_scenarios import (
    LONGEST_FILTER,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_TEXT,
    Kept,
    SavedScenario,
    find_scenario,
    scope_of,
)
from ledger.tables import SCENARIO_CHANGES, SCENARIOS
from vcore.errors import VcoreError

_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_CODE_LENGTH = 6
_ROW = SCENARIOS.c


def save_scenario(
    ledger: Ledger, person: Person, kept: Kept, *, name: str, note: str = "", shared: bool = False
) -> str:
    """Saves a scenario and returns its code. Raises `VcoreError` for a name that is empty, long or taken."""
    return _add(ledger, person, kept, _described(name, note) | {"shared": shared}, "saved")


def copy_scenario(ledger: Ledger, code: str, person: Person, *, name: str) -> str:
    """A copy of one's own, as it was kept, for oneself. Returns its code. Raises `VcoreError`."""
    found = find_scenario(ledger, code, person)
    described = _described(name, found.note) | {"shared": False}
    return _add(ledger, person, found.kept, described, f"copied from {found.name} ({found.code})")


def save_again(ledger: Ledger, code: str, person: Person, kept: Kept) -> None:
    """Puts other settings and figures in the place of those of one's own scenario. Raises `VcoreError`."""
    found = _unlocked(ledger, code, person)
    _change(ledger, found, person, _checked(kept) | {"kept_at": now()}, "saved again", "")


def rename_scenario(ledger: Ledger, code: str, person: Person, *, name: str, note: str, shared: bool) -> None:
    """Another name or note for one's own, or shares it, or no longer. Raises `VcoreError`."""
    found, described = _unlocked(ledger, code, person), _described(name, note)
    told = f"{found.name} is now {described['name']} ({_sharing(shared)})"
    _change(ledger, found, person, described | {"shared": shared}, "changed", told)


def delete_scenario(ledger: Ledger, code: str, person: Person) -> None:
    """Deletes one's own saved scenario and its history; the activity keeps the line. Raises `VcoreError`."""
    found = _unlocked(ledger, code, person)
    with ledger.engine.begin() as connection:
        connection.execute(delete(SCENARIOS).where(_ROW.code == code))
    activity.record(ledger, person.username, "deleted a saved scenario", f"{code}: {found.name}")


def adopt_scenario(ledger: Ledger, code: str, person: Person) -> None:
    """Shares one's own scenario, locks it, and makes it the adopted one in the place of any other.

    Raises `VcoreError`.
    """
    found, scope = _own(ledger, code, person), scope_of(person)
    before = select(_ROW.code, _ROW.name).where(_ROW.adopted_for == scope, _ROW.code != code)
    try:
        with ledger.engine.begin() as connection:
            for other, name in connection.execute(before).all():
                connection.execute(update(SCENARIOS).where(_ROW.code == other).values(adopted_for=None))
                _note(connection, other, person, "no longer adopted", f"{found.name} is, in place of {name}")
            adopted = update(SCENARIOS).where(_ROW.code == code).values(adopted_for=scope, shared=True)
            connection.execute(adopted)
            _note(connection, code, person, "adopted", "")
    except IntegrityError:
        raise VcoreError(
            "Somebody adopted another scenario at the same moment. Look, and try again."
        ) from None
    activity.record(ledger, person.username, "adopted a saved scenario", f"{code}: {found.name}")


def lift_adoption(ledger: Ledger, code: str, person: Person) -> None:
    """Unlocks one's own adopted scenario. Raises `VcoreError`."""
    _change(ledger, _own(ledger, code, person), person, {"adopted_for": None}, "no longer adopted", "")


def _own(ledger: Ledger, code: str, person: Person) -> SavedScenario:
    found = find_scenario(ledger, code, person)
    if found.owner != person.username:
        raise VcoreError(
            f"“{found.name}” belongs to {found.owner_name}: only they can change it. Make a copy of your own."
        )
    return found


def _unlocked(ledger: Ledger, code: str, person: Person) -> SavedScenario:
    found = _own(ledger, code, person)
    if found.adopted:
        raise VcoreError(f"“{found.name}” is adopted, and locked. Lift that first, or work on a copy.")
    return found


def _described(name: str, note: str) -> dict[str, Any]:
    plain, note = " ".join(name.split()), note.strip()
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise VcoreError(f"Give the scenario a name of at most {LONGEST_NAME} characters.")
    if len(note) > LONGEST_NOTE:
        raise VcoreError(f"The note is too long: write at most {LONGEST_NOTE} characters.")
    return {"name": plain, "name_key": plain.casefold()[:LONGEST_NAME], "note": note}


def _checked(kept: Kept) -> dict[str, Any]:
    if len(kept.cohort) > LONGEST_FILTER:
        raise VcoreError("There are too many names in the filters to save them. Choose fewer.")
    if max(len(kept.scenario), len(kept.figures)) > LONGEST_TEXT:
        raise VcoreError("This scenario is too long to save. Use fewer levers.")
    return vars(kept)


def _add(ledger: Ledger, person: Person, kept: Kept, described: dict[str, Any], what: str) -> str:
    person.require(Right.SEE_COHORTS)
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    at = now()
    whose = {"code": code, "scope": scope_of(person), "owner": person.username}
    row = {**whose, **described, **_checked(kept), "created_at": at, "kept_at": at}
    with _name_is_free(described["name"]), ledger.engine.begin() as connection:
        connection.execute(insert(SCENARIOS).values(**row))
        _note(connection, code, person, what, "")
    told = f"{code}: {described['name']} ({_sharing(described['shared'])})"
    activity.record(ledger, person.username, "saved a scenario", told)
    return code


def _change(
    ledger: Ledger, found: SavedScenario, person: Person, values: dict[str, Any], what: str, detail: str
) -> None:
    name = values.get("name", found.name)
    with _name_is_free(name), ledger.engine.begin() as connection:
        connection.execute(update(SCENARIOS).where(_ROW.code == found.code).values(**values))
        _note(connection, found.code, person, what, detail)
    activity.record(
        ledger, person.username, "changed a saved scenario", f"{found.code}: {detail or f'{name}, {what}'}"
    )


@contextmanager
def _name_is_free(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise VcoreError(f"You already have a scenario called “{name}”. Choose another name.") from None


def _note(connection: Connection, code: str, person: Person, what: str, detail: str) -> None:
    line = {"code": code, "at": now(), "who": person.username, "what": what[:60], "detail": detail[:500]}
    connection.execute(insert(SCENARIO_CHANGES).values(**line))


def _sharing(shared: bool) -> str:
    return "shared" if shared else "for themselves"
