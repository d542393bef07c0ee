"""How much each assumption matters: the scenario run again with one at its low end, then at its high end.

One at a time: two assumptions that move together are not looked at here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import ValidationError

from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.book import Book
from vcore.scenarios.run import Result

Rating = Literal["high", "medium", "low", "none"]
HIGH_SHARE, MEDIUM_SHARE = 0.2, 0.05  # of what is saved in a full year


class Impact(NamedTuple):
    """The first full year, net of one-off cost (£), with a lever's field at the ends of its assumption's range.

    `place` is the lever's place in the order they act. NaN where the lever cannot have that value.
    """

    place: int
    field: str
    key: str
    low_gbp: float
    high_gbp: float


def impacts(result: Result) -> list[Impact]:
    """One for every assumption a lever of the scenario rests on; those left unset are not assumed."""
    levers = result.scenario.in_order
    return [
        Impact(place, name, key, *(_net(result, place, {name: end}) for end in (known.low, known.high)))
        for place, lever in enumerate(levers)
        for name, key in lever.assumptions().items()
        if getattr(lever, name) is not None
        for known in [result.scenario.known(key)]
    ]


def rating(impact: Impact, result: Result) -> Rating:
    """How far the answer swings between the two ends, beside what a full year saves."""
    swing = abs(impact.high_gbp - impact.low_gbp)
    whole = abs(result.annual_saving_gbp)
    if not swing > 0.5:
        return "none"
    if swing >= HIGH_SHARE * whole:
        return "high"
    return "medium" if swing >= MEDIUM_SHARE * whole else "low"


def _net(result: Result, place: int, changed: dict[str, float]) -> float:
    """The same run with one lever changed: those before it have done what they did, those after it act again."""
    scenario, before = result.scenario, result.steps[:place]
    lever, *after = scenario.in_order[place:]
    try:
        levers = [type(lever).model_validate(lever.model_dump() | changed), *after]
    except ValidationError:
        return float("nan")
    weekly = sum(step.in_sequence_gbp for step in before)
    once = sum(float(step.effect.delivery_cost_gbp) for step in before)
    book = before[-1].effect.book if before else Book.opened(baseline_of(result.cohort), scenario.cost_basis)
    for each in levers:
        effect = each.apply(book)
        weekly += float(effect.in_all_gbp)
        once += float(effect.delivery_cost_gbp)
        book = effect.book
    return weekly * scenario.weeks_per_year - once
