"""Plausibility: a scenario's result a child or a week, beside what councils and the department have published.

Says where a result lies outside anything published, and what to look at then. Never changes a result, and being
inside proves nothing: periods, prices and children differ.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from vcore.facts.assumptions import assumption
from vcore.facts.delivered import delivered
from vcore.facts.england import reference
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.levers import FeeChange, NeedBands, PriceCap, StepDown
from vcore.scenarios.run import Result
from vcore.scenarios.step import Step

Verdict = Literal["below", "within", "above"]
MOVED_OUT = ("reunification", "step_down")
"""Levers that do what the published results are of: children go home, or from a home to a family."""


class Check(NamedTuple):
    """One figure of the scenario beside a published range (`low` to `high`, NaN: open), in the same unit.

    `children` is how many the figure is of: a mean is for those who may see one of so few.
    """

    lever: str
    figure: Literal["saved_a_child", "price_there", "cap", "price_cut", "fee_change"]
    value: float
    low: float
    high: float
    verdict: Verdict
    children: int
    sentence: str


def plausibility(result: Result) -> tuple[Check, ...]:
    """What can be held against something published, in the order the levers act; nothing for a lever without effect."""
    checks: list[Check] = []
    price = baseline_of(result.cohort).gross
    for step in result.steps:
        before, price = price, step.effect.book.price
        if not step.eligible:
            continue
        if step.settings.kind in MOVED_OUT and step.moved > 0:
            checks.append(_saved_a_child(step, result.scenario.weeks_per_year))
        if isinstance(step.settings, StepDown):
            checks += _price_there(step, step.settings)
        if isinstance(step.settings, PriceCap):
            checks.append(_cap(step, step.settings))
        if isinstance(step.settings, PriceCap | NeedBands):
            checks.append(_price_cut(step, before))
        if isinstance(step.settings, FeeChange):
            checks.append(_fee_change(step, step.settings))
    return tuple(checks)


def _saved_a_child(step: Step, weeks: float) -> Check:
    here = step.in_sequence_gbp * weeks / step.moved
    most, *_, least = delivered()
    verdict = _against(here, least.per_child_gbp, most.per_child_gbp)
    said = {
        "above": "more than any published result: look at the price there and at which placements they leave",
        "within": "inside what has been published",
        "below": "less than any published result: these children may not be in dear placements",
    }[verdict]
    return Check(
        step.lever,
        "saved_a_child",
        here,
        least.per_child_gbp,
        most.per_child_gbp,
        verdict,
        step.eligible,
        f"Each child who moves for good {_saves(here)} a year, {said}. Published: {_published()}.",
    )


def _price_there(step: Step, lever: StepDown) -> list[Check]:
    """Only for fostering: nothing is published of what a week of supported accommodation or kinship costs."""
    if lever.to not in ("in_house_fostering", "independent_fostering"):
        return []
    here = float(lever.destination_price(step.effect.book.baseline))
    low, england = reference("fostering_unit_cost_la_p10"), reference("fostering_unit_cost_england")
    verdict = _against(here, low.value, np.nan)
    under = f", under what nine in ten councils pay ({_pounds(low.value)})" if verdict == "below" else ""
    return [
        Check(
            step.lever,
            "price_there",
            here,
            low.value,
            np.nan,
            verdict,
            step.eligible,
            f"A week there is taken at {_pounds(here)}{under}; fostering costs {_pounds(england.value)} "
            f"a week across England ({england.period}), children with fewer needs among them.",
        )
    ]


def _cap(step: Step, lever: PriceCap) -> Check:
    low, high = (reference(f"residential_unit_cost_la_{end}").value for end in ("p10", "p90"))
    england = reference("residential_unit_cost_england")
    verdict = _against(lever.cap_gbp, low, high)
    said = {
        "below": "less than nine in ten councils pay on average",
        "within": "what most councils pay on average",
        "above": "more than nine in ten councils pay on average",
    }[verdict]
    return Check(
        step.lever,
        "cap",
        lever.cap_gbp,
        low,
        high,
        verdict,
        step.eligible,
        f"A cap of {_pounds(lever.cap_gbp)} is {said} for a week in residential care: {_pounds(low)} to "
        f"{_pounds(high)} for eight in ten, {_pounds(england.value)} across England ({england.period}).",
    )


def _price_cut(step: Step, before: np.ndarray) -> Check:
    """How deep prices fall where they fall, against the margin of those who charge them."""
    book = step.effect.book
    stay = np.where(step.effect.eligible, book.remaining, 0.0)
    paid = float(book.total(np.nan_to_num(before) * stay))
    less = paid - float(book.total(np.nan_to_num(book.price) * stay))
    cut = less / paid if paid > 0 else 0.0
    margin = assumption("provider_margin").value
    verdict = _against(cut, np.nan, margin)
    said = (
        f"deeper than the {margin:.1%} margin of the largest providers (CMA 2022): expect some to refuse or to "
        "hand placements back"
        if verdict == "above"
        else f"inside the {margin:.1%} margin of the largest providers (CMA 2022)"
    )
    return Check(
        step.lever,
        "price_cut",
        cut,
        np.nan,
        margin,
        verdict,
        step.eligible,
        f"Where prices fall they fall by {cut:.0%} on average, {said}.",
    )


def _fee_change(step: Step, lever: FeeChange) -> Check:
    growth = {name: reference(f"{name}_price_growth") for name in ("fostering", "residential")}
    low, high = (growth[name].value / 100 for name in ("fostering", "residential"))
    verdict = _against(lever.change, low, high)
    return Check(
        step.lever,
        "fee_change",
        lever.change,
        low,
        high,
        verdict,
        step.eligible,
        f"A change of {_signed(lever.change)} stands beside prices that rose by {low:.1%} in fostering and {high:.1%} "
        f"in residential care across England ({growth['residential'].period}).",
    )


def _against(here: float, low: float, high: float) -> Verdict:
    if here < low:
        return "below"
    return "above" if here > high else "within"


def _saves(gbp: float) -> str:
    return f"saves {_thousands(gbp)}" if gbp >= 0 else f"costs {_thousands(-gbp)} more"


def _published() -> str:
    """Every published result, the highest first."""
    return ", ".join(
        f"{one.council} {_thousands(one.per_child_gbp)}"
        + (f" ({one.children} children)" if one.children > 1 else "")
        for one in delivered()
    )


def _signed(share: float) -> str:
    return f"{share:+.1%}".replace("-", "−")


def _thousands(gbp: float) -> str:
    return f"£{gbp / 1_000:,.0f}k"


def _pounds(gbp: float) -> str:
    return f"£{gbp:,.0f}"
