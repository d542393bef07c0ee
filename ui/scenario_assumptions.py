"""The settings of scenarios beside each other, in words: only those that differ.

Any lever, by its own fields: a label is the field's description, a value is told by what the field holds. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pandas as pd
from pydantic import BaseModel

from ui.scenario_words import WHOSE, weeks_words
from ui.theme import date_words, money_full, number, percent
from vcore.facts.assumptions import register
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS
from vcore.scenarios import Scenario
from vcore.scenarios.lever import Lever

NOT_USED, NOT_SET = "not used", "not set"
_LABELS = {**DETAIL_LABELS, **SETTING_LABELS}


def differing(scenarios: Mapping[str, Scenario], about: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """What differs, a row each: `Assumption` and a column for each scenario, by its name.

    `about` holds rows from outside the scenarios, such as their children, by name and scenario.
    """
    told = {name: dict(_told_of_all(scenario)) for name, scenario in scenarios.items()}
    rows = [{"Assumption": what, **cells} for what, cells in about.items() if len(set(cells.values())) > 1]
    for key in dict.fromkeys(key for cells in told.values() for key in cells):
        cells = {name: told[name].get(key, _missing(key, told[name])) for name in scenarios}
        if len(set(cells.values())) > 1 and not _of_unused(key, told.values()):
            rows.append({"Assumption": ": ".join(filter(None, key)), **cells})
    return pd.DataFrame(rows, columns=["Assumption", *scenarios])


def lever_keys(levers: Sequence[Lever]) -> list[str]:
    """A name for each lever that two scenarios share: "Price cap", and "Price cap (2)" for a second one."""
    seen: Counter[str] = Counter()
    keys = []
    for lever in levers:
        seen[lever.label] += 1
        keys.append(lever.label if seen[lever.label] == 1 else f"{lever.label} ({seen[lever.label]})")
    return keys


Key = tuple[str, str]


def _told_of_all(scenario: Scenario) -> Iterator[tuple[Key, str]]:
    yield ("", "Weeks a year"), weeks_words(scenario.weeks_per_year)
    yield ("", "Whose money"), WHOSE[scenario.cost_basis]
    for label, words in _fields(scenario.calendar):
        yield ("", label), words
    for key, lever in zip(lever_keys(scenario.in_order), scenario.in_order, strict=True):
        yield (key, ""), lever.explain()
        for label, words in _fields(lever):
            yield (key, label), words


def _fields(model: BaseModel) -> Iterator[tuple[str, str]]:
    for name, field in type(model).model_fields.items():
        if name != "kind":
            label = (field.description or _spelt(name)).split(";")[
                0
            ]  # what no value means needs no saying here
            yield label, _value(model, name)


def _missing(key: Key, told: Mapping[Key, str]) -> str:
    return NOT_SET if (key[0], "") in told else NOT_USED


def _of_unused(key: Key, told: Iterable[Mapping[Key, str]]) -> bool:
    """A setting of a lever that not all use (its sentence says it all), or the sentence of one that all use."""
    lever, label = key
    if not lever:
        return False
    used_by_all = all((lever, "") in cells for cells in told)
    return used_by_all if not label else not used_by_all


def _value(model: BaseModel, name: str) -> str:
    value = getattr(model, name)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: NOT_SET}[value]
    if isinstance(value, int | float):
        return _amount(name, float(value), _unit(model, name))
    return _words(value)


def _amount(name: str, amount: float, unit: str) -> str:
    if unit == "share" or name.endswith("_share"):
        return percent(amount)
    if name.endswith("_gbp") or unit.startswith("GBP"):
        return money_full(amount)
    return number(amount, 0 if amount == round(amount) else 2)


def _unit(model: BaseModel, name: str) -> str:
    """The unit that the register of assumptions gives the field; a limit of 1 is a share too."""
    key = model.assumptions().get(name) if isinstance(model, Lever) else None
    if key is not None:
        return register()[key].unit
    limits = [getattr(mark, "le", None) for mark in type(model).model_fields[name].metadata]
    is_whole = type(model).model_fields[name].annotation is int
    return "share" if not is_whole and any(limit in (0.5, 1) for limit in limits) else ""


def _words(value: object) -> str:
    if isinstance(value, BaseModel):
        return ", ".join(f"{label.lower()} {words}" for label, words in _fields(value))
    if isinstance(value, tuple):
        return ", ".join(map(_words, value)) or "none"
    if isinstance(value, date):
        return date_words(value)
    return _LABELS.get(str(value), _spelt(str(value)))


def _spelt(name: str) -> str:
    words = name.removesuffix("_gbp").replace("_", " ")
    return words[:1].upper() + words[1:]
