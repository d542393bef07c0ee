"""A scenario as the address carries it: codes and plain numbers, never labels, and no child.

    ?price_cap=cap_gbp:5000,top_share:0.07&step_down=to:independent_fostering,matched:0.5&basis=gross&weeks=52

A parameter a lever that is on. Reading never guesses: what cannot be read is a `Problem` that names it, so
that no screen shows another scenario as if it were the linked one. Pure: knows no session and no data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import quote, unquote

from pydantic import ValidationError

from ui.cohort_link import NAMES as COHORT_NAMES
from ui.cohort_link import Problem
from ui.scenario_draft import KINDS, Draft
from vcore.errors import InvalidChoice
from vcore.scenarios.book import CostBasis
from vcore.scenarios.calendar import Calendar, Drift
from vcore.scenarios.lever import Lever
from vcore.scenarios.own_numbers import OwnNumbers, one_each

BASES: tuple[CostBasis, ...] = ("social_care", "gross")
WEEKS: Mapping[str, float] = {"52": 52.0, "365/7": 365 / 7}  # the two conventions for a year
LEVERS, NONE = "levers", "none"  # all off needs a word: naming none means those a screen starts with
BASIS, WEEKS_A_YEAR = "basis", "weeks"
OWN_NUMBERS = "own_numbers"  # key:value:low:high~… of the council's own numbers
CALENDAR = {"plan_start": "start", "plan_uplift": "yearly_uplift", "plan_drifts": "drifts"}
NAMES = (*KINDS, LEVERS, BASIS, WEEKS_A_YEAR, OWN_NUMBERS, *CALENDAR)
_WORDS = {"yes": True, "no": False, "none": None}
_BETWEEN, _NOTHING = "~", "-"  # what stands between the values of a list, and for an empty one


def written(draft: Draft) -> dict[str, str]:
    """The draft's scenario as parameters. What it says, read again, runs the same, whatever the register
    says by then: what rests on an assumption is always written."""
    scenario = draft.scenario
    said = {lever.code(): _settings_of(lever) for lever in scenario.in_order} or {LEVERS: NONE}
    weeks = scenario.weeks_per_year
    code = next((code for code in WEEKS if WEEKS[code] == weeks), None) or _code(weeks)
    own = _BETWEEN.join(":".join(map(_code, dict(one).values())) for one in scenario.assumptions)
    counted = {BASIS: scenario.cost_basis, WEEKS_A_YEAR: code} | ({OWN_NUMBERS: own} if own else {})
    return said | counted | _calendar_said(scenario.calendar)


def read(
    parameters: Mapping[str, Sequence[str]], fresh: Draft | None = None
) -> tuple[Draft, tuple[Problem, ...]]:
    """The draft that the parameters carry, and what in them cannot be followed.

    A lever that is named is on and the others off; where none is named they are those of the `fresh` draft. Names
    that are not about a scenario are left to others, unless they look like a slip for one that is.
    """
    levers: list[Lever] = []
    counted: dict[str, Any] = {}
    problems: list[Problem] = []
    named = not parameters.keys().isdisjoint((*KINDS, LEVERS))
    for name, values in parameters.items():
        raw = values[-1]
        try:
            if name in KINDS:
                levers.append(_lever(name, raw))
            elif name == LEVERS:
                _one_of("choice of levers", raw, (NONE,))
            elif name == BASIS:
                counted["cost_basis"] = _one_of("cost basis", raw, BASES)
            elif name == WEEKS_A_YEAR:
                counted |= _counted(WEEKS.get(raw, raw))
            elif name == OWN_NUMBERS:
                counted["assumptions"] = _own_numbers(raw)
            elif name in CALENDAR:
                now = counted.get("calendar", Calendar())
                counted["calendar"] = now.model_validate(
                    dict(now) | {CALENDAR[name]: _of_calendar(name, raw)}
                )
            elif name not in COHORT_NAMES and (near := get_close_matches(name, NAMES, n=1, cutoff=0.8)):
                problems.append(
                    Problem(name, f"“{name}” is not a setting of a scenario. Did the link mean “{near[0]}”?")
                )
        except ValueError as error:
            problems.append(Problem(name, f"{name}={raw}: {_reason(error)}"))
    draft = fresh or Draft()
    if named:
        draft = draft.counted(levers=tuple(levers), assumptions=())  # the link says what they rest on
    return draft.counted(**counted), tuple(problems)


def limits(model: type[Lever], field_name: str) -> tuple[float, float]:
    """The lowest and highest value a field takes, from the field itself."""
    marks = model.model_fields[field_name].metadata
    return next(m.ge for m in marks if hasattr(m, "ge")), next(m.le for m in marks if hasattr(m, "le"))


def _settings_of(lever: Lever) -> str:
    """What is not the lever's own fixed default; what the register gives is no fixed default."""
    fields = type(lever).model_fields
    told = {name: here for name, here in lever if name != "kind" and here != fields[name].default}
    return ",".join(f"{name}:{_code(here)}" for name, here in told.items())


def _code(here: Any) -> str:
    if isinstance(here, tuple):
        return _BETWEEN.join(map(_code, here)) or _NOTHING
    if here is None or isinstance(here, bool):
        return next(word for word, meaning in _WORDS.items() if meaning is here)
    return quote(str(here).removesuffix(".0"), safe=" ").replace(_BETWEEN, "%7E")


def _lever(kind: str, raw: str) -> Lever:
    """Raises `ValueError` that names the setting which cannot be followed."""
    model = KINDS[kind]
    found: dict[str, Any] = {}
    for part in filter(None, raw.split(",")):
        name, colon, code = part.partition(":")
        if not colon or name not in model.model_fields or name == "kind":
            raise InvalidChoice(
                f"setting of the {model.label.lower()}", name, [n for n in model.model_fields if n != "kind"]
            )
        found[name] = _value(model, name, code)
    return model.model_validate(found)


def _value(model: type[Lever], name: str, code: str) -> Any:
    if "tuple" in str(model.model_fields[name].annotation) and code != "none":
        return () if code == _NOTHING else tuple(map(unquote, code.split(_BETWEEN)))
    return _WORDS[code] if code in _WORDS else unquote(code)


def _counted(weeks: float | str) -> dict[str, float]:
    return {"weeks_per_year": Draft().counted(weeks_per_year=weeks).scenario.weeks_per_year}


def _calendar_said(calendar: Calendar) -> dict[str, str]:
    drifts = [":".join(map(_code, dict(drift).values())) for drift in calendar.drifts]
    said = {**dict(calendar), "drifts": tuple(drifts)}
    neutral = dict(Calendar())
    return {
        name: _BETWEEN.join(here) if isinstance(here := said[field], tuple) else _code(here)
        for name, field in CALENDAR.items()
        if said[field] != neutral[field]
    }


def _of_calendar(name: str, raw: str) -> object:
    if name != "plan_drifts":
        return raw
    return [dict(zip(Drift.model_fields, part.split(":"), strict=True)) for part in raw.split(_BETWEEN)]


def _own_numbers(raw: str) -> tuple[OwnNumbers, ...]:
    parts = [dict(zip(OwnNumbers.model_fields, part.split(":"), strict=True)) for part in raw.split(_BETWEEN)]
    return one_each(OwnNumbers.model_validate(part) for part in parts)


def _one_of(what: str, raw: str, valid: Sequence[str]) -> str:
    if raw not in valid:
        raise InvalidChoice(what, raw, valid)
    return raw


def _reason(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    return f"{where}: {said}" if where else said
