"""A council's own numbers in the place of the app's assumptions: which can have some, and within which limits.

A scenario carries those it was made with, so that an old one keeps its figures and its ranges. Whose they are,
from when and why is not told here. Never reads where a council keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vcore.errors import InvalidChoice, VcoreError
from vcore.facts.assumptions import Assumption, register
from vcore.scenarios.levers import LEVERS

Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]


class Limits(NamedTuple):
    """Between what an assumption's numbers must lie, and why. `whole`: it counts in ones."""

    low: float
    high: float
    why: str
    whole: bool = False


class RefusedNumbers(VcoreError):
    """Numbers that an assumption cannot have."""


_BESIDE_LEVERS: Mapping[str, Limits] = {  # what scenarios and the outturn ask beside the fields of levers
    "carer_growth_share": Limits(0, 1, "a service does not grow by more than itself in a year"),
    "own_home_share": Limits(0, 1, "it is a share of the children in private homes"),
    "children_a_carer": Limits(0.1, 5, "a carer without a child is no carer"),
    "turnover_replaced_share": Limits(
        0, 2, "new placements take up at most twice the cost of those that end"
    ),
}


class OwnNumbers(BaseModel):
    """The value, low and high end that a council uses of one assumption, in the register's unit.

    Raises `ValidationError`, whose words are those of `RefusedNumbers`, for numbers it cannot have.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str = Field(description="Which assumption of the register")
    value: Number = Field(description="Where levers start")
    low: Number = Field(description="Low end of the plausible range")
    high: Number = Field(description="High end of the plausible range")

    @model_validator(mode="after")
    def possible(self) -> Self:
        if fault := _fault(self):
            raise ValueError(fault)
        return self

    def instead_of(self, known: Assumption) -> Assumption:
        """The assumption with these numbers."""
        return known.model_copy(update={"value": self.value, "low": self.low, "high": self.high})


def own_numbers(key: str, value: float | None, low: float | None, high: float | None) -> OwnNumbers:
    """The numbers, checked. Raises `RefusedNumbers`: what is wrong, the limit, and why there is one."""
    given = {"value": value, "low": low, "high": high}
    for name, number in given.items():
        if number is None or not abs(number) <= 1e9:
            label = "value" if name == "value" else f"{name} end"
            raise RefusedNumbers(f"Type a number for the {label}: between −1,000 million and 1,000 million.")
    made = OwnNumbers.model_construct(
        key=key, value=float(value or 0), low=float(low or 0), high=float(high or 0)
    )
    if fault := _fault(made):
        raise RefusedNumbers(fault)
    return made


def one_each(own: Iterable[OwnNumbers]) -> tuple[OwnNumbers, ...]:
    """In the order of their keys, so that two scenarios with the same are equal. Raises `ValueError` for two of one."""
    found = tuple(sorted(own, key=lambda one: one.key))
    for here, following in pairwise(found):
        if here.key == following.key:
            raise ValueError(f"Two sets of numbers are given for {here.key}: keep one.")
    return found


def check_together(own: Iterable[OwnNumbers]) -> None:
    """Raises `RefusedNumbers` where a lever could not start from all of these, with the lever's own reason."""
    by_key = {one.key: one for one in own}

    def known(key: str) -> Assumption:
        return by_key[key].instead_of(register()[key]) if key in by_key else register()[key]

    for lever in LEVERS:
        try:
            lever.starting(known)
        except ValidationError as error:
            said = error.errors()[0]["msg"].removeprefix("Value error, ")
            raise RefusedNumbers(
                f"With these numbers the lever “{lever.label}” could not start: {said}"
            ) from None


@cache
def limits() -> Mapping[str, Limits]:
    """The assumptions that a council can have numbers of its own for, each with its limits.

    Those that a lever starts from have the limits of the lever's own fields. Others are rules and definitions
    that more than scenarios follow, or published facts: they are not a council's to change here.
    """
    found: dict[str, Limits] = dict(_BESIDE_LEVERS)
    for lever in LEVERS:
        for name, key in lever.assumptions().items():
            field = lever.model_fields[name]
            low = next(mark.ge for mark in field.metadata if hasattr(mark, "ge"))
            high = next(mark.le for mark in field.metadata if hasattr(mark, "le"))
            why = _why(register()[key].unit, float(high), lever.label)
            here = Limits(float(low), float(high), why, whole=field.annotation is int)
            found[key] = _narrower(found.get(key, here), here)
    return found


def _narrower(one: Limits, other: Limits) -> Limits:
    return Limits(max(one.low, other.low), min(one.high, other.high), one.why, whole=one.whole or other.whole)


def _why(unit: str, high: float, lever: str) -> str:
    if unit == "share" and high == 1:
        return "a share is at most all of them"
    return f"the lever “{lever}” can be set no further"


def _fault(own: OwnNumbers) -> str:
    """What is wrong with the numbers; empty where nothing is."""
    known, allowed = register(), limits()
    if own.key not in known:
        return str(InvalidChoice("known assumption", own.key, allowed))
    label = known[own.key].label
    if own.key not in allowed:
        return f"“{label}” is a rule or a published fact that every page follows: it has no numbers of a council's own."
    within = allowed[own.key]
    unit = known[own.key].unit
    for name, number in (("value", own.value), ("low end", own.low), ("high end", own.high)):
        if not within.low <= number <= within.high:
            return (
                f"{label}: the {name} is {_said(number, unit)}, outside its limits of {_said(within.low, unit)} to "
                f"{_said(within.high, unit)}, because {within.why}. Type a number within them."
            )
        if within.whole and number != round(number):
            return f"{label}: the {name} is {number:g}, but it is counted in ones. Type a whole number."
    if not own.low <= own.value <= own.high:
        ends = f"{_said(own.low, unit)} to {_said(own.high, unit)}"
        return (
            f"{label}: the value is {_said(own.value, unit)}, outside its own range of {ends}. A range holds the "
            "value it is about: widen the range, or type a value within it."
        )
    return ""


def _said(number: float, unit: str) -> str:
    sign = "−" if number < 0 else ""
    if unit == "share":
        return f"{sign}{100 * abs(number):,.6g}%"
    if unit.startswith("GBP"):
        return f"{sign}£{abs(number):,.0f}"
    return f"{sign}{abs(number):,.6g}"
