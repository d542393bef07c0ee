"""The council's register: the app's assumptions with what finance put in their place, by whom and when.

New scenarios start from it; one that was set up before keeps the numbers it was made with. Never runs a scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.assumption_edits import AssumptionEdit, edits_in_force, history
from ui import session
from ui.theme import date_words
from vcore.facts.assumptions import Assumption, register
from vcore.scenarios import Scenario
from vcore.scenarios.own_numbers import OwnNumbers, RefusedNumbers, own_numbers

KEPT = "kept with this scenario"
_TOLD = ("value", "low", "high", "source", "owner", "date", "quality", "rationale")


def in_force() -> Mapping[str, Assumption]:
    """Every assumption by its key, as the council has it now."""
    return session.once_a_run("register in force", _in_force)


def edits() -> Mapping[str, AssumptionEdit]:
    """The edit in force of each assumption that was ever changed."""
    return session.once_a_run("register edits", lambda: edits_in_force(session.ledger(), session.person()))


def own() -> tuple[OwnNumbers, ...]:
    """The council's own numbers, for a scenario to start from."""
    shipped = register()
    return tuple(
        OwnNumbers(key=key, value=known.value, low=known.low, high=known.high)
        for key, known in sorted(in_force().items())
        if _numbers(known) != _numbers(shipped[key])
    )


def known_of(scenario: Scenario) -> Mapping[str, Assumption]:
    """Every assumption as a scenario has it: where the register has moved on, with the numbers it was made with."""
    now = in_force()
    moved = [key for key in now if _numbers(now[key]) != _numbers(scenario.known(key))]
    if not moved:
        return now
    every = history(session.ledger(), session.person())
    return {**now, **{key: _as_made(scenario.known(key), key, every) for key in moved}}


def moved_on(scenario: Scenario) -> tuple[str, ...]:
    """The labels of assumptions that the council has other numbers for than this scenario was made with."""
    return tuple(
        known.label for key, known in in_force().items() if _numbers(known) != _numbers(scenario.known(key))
    )


def edited(known: Assumption, edit: AssumptionEdit) -> Assumption:
    """The assumption as an edit has it; `changed` says who did it, and when."""
    entry, who = edit.entry, f"{edit.who_name}, {date_words(edit.at.date())}"
    if entry.value is None:
        return known.model_copy(update={"changed": f"the app's own again: {who}"})
    told: dict[str, Any] = {name: getattr(entry, name) for name in _TOLD}
    return known.model_copy(update=told | {"changed": who})


def _in_force() -> Mapping[str, Assumption]:
    found = edits()
    return {
        key: edited(known, found[key]) if key in found and _possible(found[key]) else known
        for key, known in register().items()
    }


def _possible(edit: AssumptionEdit) -> bool:
    """Whether this version of the app can still start from it."""
    if edit.entry.value is None:
        return True
    try:
        own_numbers(edit.key, edit.entry.value, edit.entry.low, edit.entry.high)
    except RefusedNumbers:
        return False
    return True


def _as_made(made: Assumption, key: str, every: list[AssumptionEdit]) -> Assumption:
    """The numbers a scenario was made with, in the words of the edit they are from; the app's own had none."""
    if _numbers(made) == _numbers(register()[key]):
        return made.model_copy(update={"changed": f"the app's own, {KEPT}"})
    for edit in every:
        if edit.key == key and (edit.entry.value, edit.entry.low, edit.entry.high) == _numbers(made):
            found = edited(register()[key], edit)
            return found.model_copy(update={"changed": f"{found.changed}, {KEPT}"})
    unknown = {
        "source": "came with this scenario's file or link",
        "quality": "low",
        "rationale": "",
        "date": "",
    }
    return made.model_copy(update={**unknown, "changed": KEPT})


def _numbers(known: Assumption) -> tuple[float, float, float]:
    return known.value, known.low, known.high
