"""A scenario as the address carries it: codes and plain numbers, never labels, and no child.

    ?step=independent_fostering&matched=50&holds=64&cap=5000&top=7&basis=social_care&weeks=52

Reading never guesses: what cannot be read is a `Problem` that names it, so that no screen shows another
scenario as if it were the linked one. Pure: knows no session and no data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel

from ui.cohort_link import NAMES as COHORT_NAMES
from ui.cohort_link import Problem
from ui.theme import number
from vcore.errors import InvalidChoice, RefusedRun
from vcore.facts.assumptions import value
from vcore.scenarios import PriceCap, Scenario, StepDown
from vcore.scenarios.book import CostBasis
from vcore.scenarios.levers.step_down import DESTINATIONS, SCREENS
from vcore.settings import settings

Lever = TypeVar("Lever", StepDown, PriceCap)

Part = Literal["move", "cap", "draft"]
BASES: tuple[CostBasis, ...] = ("social_care", "gross")
WEEKS: Mapping[str, float] = {"52": 52.0, "365/7": 365 / 7}  # the two conventions for a year
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")


def _first_cap() -> PriceCap:
    return PriceCap(cap_gbp=value("price_cap_gbp"), top_share=value("price_cap_share"))


@dataclass(frozen=True)
class Draft:
    """What the screen says now: both levers' settings, whether each is on, and how money is counted."""

    move: StepDown = field(default_factory=StepDown)
    cap: PriceCap = field(default_factory=_first_cap)
    moving: bool = True
    capping: bool = True
    basis: CostBasis = "social_care"
    weeks: float = field(default_factory=lambda: settings().weeks_per_year)

    @property
    def scenario(self) -> Scenario:
        """The levers that are on, ready to run."""
        on = [lever for lever, wanted in ((self.move, self.moving), (self.cap, self.capping)) if wanted]
        return Scenario(levers=tuple(on), cost_basis=self.basis, weeks_per_year=self.weeks)

    @classmethod
    def of(cls, scenario: Scenario) -> Draft:
        """The draft that says this scenario. Raises `RefusedRun` where the screen has no place for all of it."""
        first = cls()
        moves = [lever for lever in scenario.levers if isinstance(lever, StepDown)]
        caps = [lever for lever in scenario.levers if isinstance(lever, PriceCap)]
        draft = cls(
            move=moves[0] if moves else first.move,
            cap=caps[0] if caps else first.cap,
            moving=bool(moves),
            capping=bool(caps),
            basis=scenario.cost_basis,
            weeks=scenario.weeks_per_year,
        )
        if draft.scenario.in_order != scenario.in_order or draft.scenario.calendar != scenario.calendar:
            raise RefusedRun(
                f"“{scenario.name}” has levers or settings that this screen cannot show. It can be compared, "
                "but not opened here."
            )
        return draft


def with_settings(lever: Lever, changed: Mapping[str, Any]) -> Lever:
    """The lever with some settings changed. Raises `ValidationError` for an impossible one."""
    return type(lever).model_validate(lever.model_dump() | dict(changed))


class Parameter(NamedTuple):
    """One name in the address: the field it sets, how that is written (None: left out) and read."""

    part: Part
    field: str
    write: Callable[[Any], str | None]
    read: Callable[[str], object]


def limits(model: type[BaseModel], field_name: str) -> tuple[float, float]:
    """The lowest and highest value a field takes, from the field itself."""
    marks = model.model_fields[field_name].metadata
    return next(m.ge for m in marks if hasattr(m, "ge")), next(m.le for m in marks if hasattr(m, "le"))


def _quantity(
    model: type[BaseModel], field_name: str, *, per_unit: int = 1, whole: bool = True
) -> tuple[Callable, Callable]:
    """How a number is written and read; `per_unit` of it in the address make one of the field's."""
    low, high = (end * per_unit for end in limits(model, field_name))

    def write_number(here: float | None) -> str | None:
        return None if here is None else f"{here * per_unit:.{0 if whole else 9}f}"

    def read_number(raw: str) -> float:
        if not _NUMBER.fullmatch(raw) or (whole and "." in raw) or not low <= float(raw) <= high:
            kind = "whole number" if whole else "number"
            raise ValueError(f"write a {kind} from {number(low)} to {number(high)}, without commas.")
        return int(raw) / per_unit if whole else float(raw)

    return write_number, read_number


def _one_of(what: str, valid: Sequence[str]) -> Callable[[str], str]:
    def read_code(raw: str) -> str:
        if raw not in valid:
            raise InvalidChoice(what, raw, valid)
        return raw

    return read_code


def _screens_removed(screens: tuple[str, ...]) -> str | None:
    return ",".join(name for name in SCREENS if name not in screens) or None


def _screens_left(raw: str) -> tuple[str, ...]:
    removed = [_one_of("screen", tuple(SCREENS))(name) for name in raw.split(",")]
    return tuple(name for name in SCREENS if name not in removed)


_write_weeks, _read_weeks = _quantity(Scenario, "weeks_per_year", whole=False)
PARAMETERS: Mapping[str, Parameter] = {
    "step": Parameter("move", "to", str, _one_of("destination of a step-down", DESTINATIONS)),
    "severe": Parameter("move", "max_severe", *_quantity(StepDown, "max_severe")),
    "without": Parameter("move", "screens", _screens_removed, _screens_left),
    "matched": Parameter("move", "matched", *_quantity(StepDown, "matched", per_unit=100)),
    "holds": Parameter("move", "holds", *_quantity(StepDown, "holds", per_unit=100)),
    "price": Parameter("move", "destination_cost_gbp", *_quantity(StepDown, "destination_cost_gbp")),
    "support": Parameter("move", "support_weekly_gbp", *_quantity(StepDown, "support_weekly_gbp")),
    "support_weeks": Parameter("move", "support_weeks", *_quantity(StepDown, "support_weeks")),
    "both_weeks": Parameter("move", "double_running_weeks", *_quantity(StepDown, "double_running_weeks")),
    "return": Parameter("move", "return_cost_gbp", *_quantity(StepDown, "return_cost_gbp")),
    "cap": Parameter("cap", "cap_gbp", *_quantity(PriceCap, "cap_gbp")),
    "top": Parameter("cap", "top_share", *_quantity(PriceCap, "top_share", per_unit=100)),
    "basis": Parameter("draft", "basis", str, _one_of("cost basis", BASES)),
    "weeks": Parameter(
        "draft",
        "weeks",
        lambda weeks: next((code for code in WEEKS if WEEKS[code] == weeks), None) or _write_weeks(weeks),
        lambda raw: WEEKS.get(raw) or _read_weeks(raw),
    ),
}
LEVERS, NONE = "levers", "none"  # both off needs a word: naming neither means both
NAMES = (*PARAMETERS, LEVERS)


def written(draft: Draft) -> dict[str, str]:
    """The draft as parameters; a lever that is off is left out. What it says, read again, runs the same."""
    parts = {"move": draft.move if draft.moving else None, "cap": draft.cap if draft.capping else None}
    said = {} if draft.moving or draft.capping else {LEVERS: NONE}
    for name, parameter in PARAMETERS.items():
        part = draft if parameter.part == "draft" else parts[parameter.part]
        code = None if part is None else parameter.write(getattr(part, parameter.field))
        if code is not None:
            said[name] = code
    return said


def read(parameters: Mapping[str, Sequence[str]]) -> tuple[Draft, tuple[Problem, ...]]:
    """The draft that the parameters carry, and what in them cannot be followed.

    A lever that is named is on and the other off; with neither named both are on, unless `levers=none`.
    Names that are not about a scenario are left to others, unless they look like a slip for one that is.
    """
    found: dict[str, dict[str, Any]] = {"move": {}, "cap": {}, "draft": {}}
    named: set[str] = set()
    problems: list[Problem] = []
    for name, values in parameters.items():
        raw = values[-1]
        try:
            if name == LEVERS:
                _one_of("choice of levers", (NONE,))(raw)
                found["draft"] |= {"moving": False, "capping": False}
            elif parameter := PARAMETERS.get(name):
                named.add(parameter.part)
                found[parameter.part][parameter.field] = parameter.read(raw)
            elif name not in COHORT_NAMES and (near := get_close_matches(name, NAMES, n=1, cutoff=0.8)):
                problems.append(
                    Problem(name, f"“{name}” is not a setting of a scenario. Did the link mean “{near[0]}”?")
                )
        except ValueError as error:
            problems.append(Problem(name, f"{name}={raw}: {error}"))
    if named & {"move", "cap"}:
        found["draft"] |= {"moving": "move" in named, "capping": "cap" in named}
    if "cap" in named:
        found["cap"].setdefault("top_share", None)  # a linked cap without a share reaches every placement
    first = Draft()
    return (
        replace(
            first,
            move=with_settings(first.move, found["move"]),
            cap=with_settings(first.cap, found["cap"]),
            **found["draft"],
        ),
        tuple(problems),
    )
