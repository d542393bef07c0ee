"""A cohort as the address carries it: codes, never labels, and no child.

    ?settings=residential&ehcp=yes&age=12-16&weekly_cost=5000-&as_of=2026-03-31&compare=all

Reading never guesses: what cannot be read is a `Problem` that names it, so that no screen shows everyone as
if it were the cohort. Pure: knows no session and no data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from vcore.errors import InvalidChoice
from vcore.facts.codes import ETHNICITIES, LEGAL_STATUSES, SEXES
from vcore.facts.placements import SETTING_DETAILS, SETTINGS
from vcore.store import CohortFilter
from vcore.store.filters import ONE_OF

AS_OF, COMPARE = "as_of", "compare"
LISTS: Mapping[str, tuple[str, ...] | None] = {  # None: whatever the data holds
    "authorities": None,
    "settings": SETTINGS,
    "setting_details": SETTING_DETAILS,
    "sexes": SEXES,
    "ethnicities": ETHNICITIES,
    "providers": None,
    "legal_statuses": LEGAL_STATUSES,
}
FLAGS = ("disability", "ehcp", "excluded", "uasc", "dol", "kinship", "in_area", "emergency", "registered")
RANGES = ("age", "years_in_care", "weekly_cost", "need_total", "severe_count", "distance", "days_to_17")
NAMES = (*LISTS, *FLAGS, *RANGES, AS_OF, COMPARE)

_FLAG_WORDS = {"yes": True, "no": False, "not_recorded": "not_recorded"}
WHOLE_NUMBERS = frozenset({"age", "need_total", "severe_count", "days_to_17"})
_SPAN = re.compile(r"(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?")


@dataclass(frozen=True)
class Choice:
    """A cohort filter, the date it is asked at (None: the latest), and what it is compared with.

    `compare` is a code of `ui.comparison`, as somebody wrote it: what it means only the data can tell.
    """

    filter: CohortFilter = field(default_factory=CohortFilter)
    as_of: date | None = None
    compare: str = ""


@dataclass(frozen=True)
class Problem:
    """A part of a link that cannot be followed, in words that name it."""

    name: str
    words: str


def written(choice: Choice) -> dict[str, list[str]]:
    """The choice as parameters, every value of every name. `read(written(choice))` is the choice."""
    chosen = choice.filter.chosen()
    parameters: dict[str, list[str]] = {
        name: list(values) for name in LISTS if isinstance(values := chosen.get(name), tuple)
    }
    parameters |= {flag: [_flag_word(chosen[flag])] for flag in FLAGS if flag in chosen}
    for name in RANGES:
        low, high = chosen.get(f"{name}_min"), chosen.get(f"{name}_max")
        if low is not None or high is not None:
            parameters[name] = [f"{_digits(low)}-{_digits(high)}"]
    if choice.as_of is not None:
        parameters[AS_OF] = [choice.as_of.isoformat()]
    if choice.compare:
        parameters[COMPARE] = [choice.compare]
    return parameters


def read(parameters: Mapping[str, Sequence[str]]) -> tuple[Choice, tuple[Problem, ...]]:
    """The choice that the parameters carry, and what in them cannot be followed.

    Names that are not about a cohort are left to others, unless they look like a slip for one that is.
    """
    fields: dict[str, Any] = {}
    as_of: date | None = None
    compare = ""
    problems: list[Problem] = []
    for name, raw in parameters.items():
        try:
            if name == AS_OF:
                as_of = _day(raw[-1])
            elif name == COMPARE:
                compare = raw[-1]
            elif name in LISTS:
                fields[name] = _codes(name, raw)
            elif name in FLAGS:
                fields[name] = _flag(name, raw[-1])
            elif name in RANGES:
                fields |= _span(name, raw[-1])
            elif (span := name.rpartition("_")[0]) in RANGES and name in CohortFilter.model_fields:
                problems.append(
                    Problem(
                        name,
                        f"“{name}” is not a filter: a link gives both ends at once, such as {span}=10-16.",
                    )
                )
            elif near := get_close_matches(name, NAMES, n=1, cutoff=0.8):
                problems.append(Problem(name, f"“{name}” is not a filter. Did the link mean “{near[0]}”?"))
        except (InvalidChoice, ValueError) as error:
            problems.append(Problem(name, _words(name, raw, error)))
    return Choice(CohortFilter.model_validate(fields), as_of, compare), tuple(problems)


def _codes(name: str, raw: Sequence[str]) -> tuple[str, ...]:
    valid = LISTS[name]
    codes = tuple(raw) if valid is None else tuple(code for part in raw for code in part.split(","))
    for code in codes:
        if valid is not None and code not in valid:
            raise InvalidChoice(f"known {ONE_OF[name]}", code, valid)
    return tuple(dict.fromkeys(codes))


def _flag(name: str, raw: str) -> object:
    if raw not in _FLAG_WORDS:
        raise InvalidChoice("choice here", raw, _FLAG_WORDS)
    return _FLAG_WORDS[raw]


def _flag_word(value: object) -> str:
    return next(word for word, meaning in _FLAG_WORDS.items() if meaning == value)


def _span(name: str, raw: str) -> dict[str, float]:
    found = _SPAN.fullmatch(raw)
    if found is None or raw == "-":
        raise ValueError(f"Write a span such as {name}=5-10, {name}=5- or {name}=-10.")
    number = int if name in WHOLE_NUMBERS else float
    ends = {f"{name}_min": found[1], f"{name}_max": found[2]}
    span = {end: number(digits) for end, digits in ends.items() if digits is not None}
    CohortFilter.model_validate(span)
    return span


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(f"Write a date such as {AS_OF}=2026-03-31.") from None


def _words(name: str, raw: Sequence[str], error: Exception) -> str:
    if isinstance(error, ValidationError):
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
    else:
        reason = str(error)
    return f"{name}={','.join(raw)}: {reason}"


def _digits(value: object) -> str:
    return "" if value is None else f"{float(str(value)):.10g}"
