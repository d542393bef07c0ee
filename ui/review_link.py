"""A review rule as the address carries it: codes, never labels, and no child.

    ?review=for:family&review=lives_in:residential&review=severe_count:..0&review=screens:stale_assessment

A part a thing it says. Reading never guesses: what cannot be read is a `Problem` that names it. Pure: knows no
session and no data.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from ui.cohort_link import Problem
from vcore.errors import InvalidChoice
from vcore.facts.domains import NeedModel
from vcore.measures.breakdown_signal import SignalRule
from vcore.measures.review.conditions import AtLevel, Condition, LivesIn, Within
from vcore.measures.review.numbers import FACTS
from vcore.measures.review.rule import ReviewRule
from vcore.measures.review.signal import Flagged

NAME = "review"  # in the address
_FOR, _SCREENS, _LIVES_IN, _LEVEL, _SIGNAL = "for", "screens", "lives_in", "level-", "signal"
_LONGEST_RAW = 60


def written(rule: ReviewRule) -> list[str]:
    """The rule as values of one parameter. `read(written(rule), needs)` is the rule."""
    parts = [f"{_FOR}:{rule.purpose}", *(_written(condition) for condition in rule.conditions)]
    return [*parts, f"{_SCREENS}:{','.join(rule.screens)}"] if rule.screens else parts


def read(values: Sequence[str], needs: NeedModel) -> tuple[ReviewRule, tuple[Problem, ...]]:
    """The rule that a link carries, and what in it cannot be followed."""
    rule, problems = ReviewRule(), []
    for raw in values:
        try:
            rule = _with(rule, raw, needs)
        except (InvalidChoice, ValueError) as error:
            problems.append(Problem(NAME, f"{NAME}={raw[:_LONGEST_RAW]}: {reason(error)}"))
    return rule, tuple(problems)


def reason(error: Exception) -> str:
    """Why a rule or a condition is refused, as one sentence."""
    if isinstance(error, ValidationError):
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return str(error)


def _written(condition: Condition) -> str:
    if isinstance(condition, LivesIn):
        return f"{_LIVES_IN}:{','.join(condition.places)}"
    if isinstance(condition, AtLevel):
        level = f"..{condition.level}" if condition.or_less else f"{condition.level}.."
        return f"{condition.key}:{level}"
    if isinstance(condition, Flagged):
        limits = condition.signal.model_dump(exclude_none=True)
        return f"{_SIGNAL}:{','.join(f'{name}.{limit}' for name, limit in limits.items())}"
    assert isinstance(condition, Within)
    low, high = ("" if end is None else f"{end:.10g}" for end in (condition.low, condition.high))
    return f"{condition.fact}:{low}..{high}"


def _with(rule: ReviewRule, raw: str, needs: NeedModel) -> ReviewRule:
    name, _, said = raw.partition(":")
    if name == _FOR:
        return ReviewRule(purpose=said, conditions=rule.conditions, screens=rule.screens)
    if name == _SCREENS:
        return ReviewRule(purpose=rule.purpose, conditions=rule.conditions, screens=tuple(said.split(",")))
    if name == _LIVES_IN:
        return rule.with_condition(LivesIn(places=tuple(said.split(","))))
    if name == _SIGNAL:
        return rule.with_condition(Flagged.model_validate({"signal": _limits(said)}))
    if name.startswith(_LEVEL):
        return rule.with_condition(_level(name.removeprefix(_LEVEL), said, needs))
    if name not in FACTS:
        raise InvalidChoice("condition of a review list", name, (_FOR, _SCREENS, _LIVES_IN, _SIGNAL, *FACTS))
    low, dots, high = said.partition("..")
    if not dots:
        raise ValueError(f"Write a span such as {name}:5..10, {name}:5.. or {name}:..10.")
    return rule.with_condition(Within(fact=name, low=_number(low), high=_number(high)))


def _limits(said: str) -> dict[str, str]:
    """The limits of the breakdown signal, such as `total.48,rise.5`."""
    limits = {name: limit for name, _, limit in (part.partition(".") for part in said.split(","))}
    for name in limits:
        if name not in SignalRule.model_fields:
            raise InvalidChoice("limit of the breakdown signal", name, SignalRule.model_fields)
    return limits


def _level(domain: str, said: str, needs: NeedModel) -> AtLevel:
    if domain not in needs.ids:
        raise InvalidChoice("domain of need here", domain, needs.ids)
    or_less = said.startswith("..")
    return AtLevel.model_validate({"domain": domain, "level": said.strip("."), "or_less": or_less})


def _number(digits: str) -> float | None:
    try:
        return float(digits) if digits else None
    except ValueError:
        raise ValueError(f"“{digits}” is not a number.") from None
