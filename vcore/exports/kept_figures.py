"""A scenario's answer as it is kept with it: the figures a later reader holds today's against.

A few totals, never a row of a child. Whether they may be shown is the reader's gate's to say: the counts that it
asks for are among them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from vcore.measures.disclosure import rounded_count, rounded_money
from vcore.scenarios import Result, Step
from vcore.scenarios.levers import LEVERS
from vcore.store import Cohort

Count = Annotated[int, Field(ge=0, le=10_000_000)]
Weight = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
Pounds = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
_CENT = 2
CLAIMS = frozenset(lever.code() for lever in LEVERS if lever.counts_as == "claimed")


class Counts(BaseModel):
    """How many children, those with a cost and those with an assessment."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    children: Count
    costed: Count
    assessed: Count


class LeverFigures(BaseModel):
    """What one lever does: weekly £ by itself and in sequence, whom it looks at and how many it moves."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Annotated[str, Field(max_length=60)]
    alone_weekly_gbp: Pounds
    in_sequence_weekly_gbp: Pounds
    eligible: Count
    moved: Weight


class KeptFigures(BaseModel):
    """The headline figures of one run, in the scenario's cost basis. `rounded`: counts to 5 and money to £100.

    `day` is the date of its children and prices; None in figures kept before it was.
    `claimed_annual_gbp` is the part of the annual saving that partners are asked for: no saving until they agree.
    Figures kept before it stood apart (decision 10) lack it: their levers tell it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    rounded: bool = False
    day: date | None = None
    cohort: Counts
    base: Counts
    children_affected: Count
    affected_assessed: Count
    affected_mean_need: Annotated[float, Field(ge=0, le=4_000, allow_inf_nan=False)] | None
    children_moved: Weight
    baseline_weekly_gbp: Pounds
    weekly_saving_gbp: Pounds
    annual_saving_gbp: Pounds
    overlap_weekly_gbp: Pounds
    delivery_cost_gbp: Pounds
    net_first_year_gbp: Pounds
    levers: tuple[LeverFigures, ...]
    claimed_annual_gbp: Pounds = Field(default_factory=lambda kept: _claimed_annual_gbp(**kept))

    @property
    def unclaimed_annual_gbp(self) -> float:
        """The full-year effect as a screen's headline tells it."""
        return self.annual_saving_gbp - self.claimed_annual_gbp

    @property
    def unclaimed_net_first_year_gbp(self) -> float:
        return self.net_first_year_gbp - self.claimed_annual_gbp

    @property
    def unclaimed_overlap_weekly_gbp(self) -> float:
        """Weekly £ counted twice among the levers that claim nothing."""
        claims = (lever for lever in self.levers if lever.kind in CLAIMS)
        return self.overlap_weekly_gbp - sum(
            lever.alone_weekly_gbp - lever.in_sequence_weekly_gbp for lever in claims
        )


def _claimed_annual_gbp(
    levers: tuple[LeverFigures, ...], weekly_saving_gbp: float, annual_saving_gbp: float, **_: object
) -> float:
    """What of a year's saving the levers claimed, at the weeks a year that the two savings tell."""
    claimed = sum(lever.in_sequence_weekly_gbp for lever in levers if lever.kind in CLAIMS)
    return (
        round(claimed * annual_saving_gbp / weekly_saving_gbp, _CENT)
        if claimed and weekly_saving_gbp
        else 0.0
    )


def figures_of(result: Result) -> KeptFigures:
    """The figures of a run, money to the penny."""
    assessed, need = _need_of_affected(result)
    return KeptFigures(
        day=result.cohort.as_of,
        cohort=counts_of(result.cohort),
        base=counts_of(result.cohort.whole_base),
        children_affected=result.children_affected,
        affected_assessed=assessed,
        affected_mean_need=need,
        children_moved=round(result.children_moved, 6),
        baseline_weekly_gbp=round(result.baseline_weekly_gbp, _CENT),
        weekly_saving_gbp=round(result.weekly_saving_gbp, _CENT),
        annual_saving_gbp=round(result.annual_saving_gbp, _CENT),
        overlap_weekly_gbp=round(result.overlap_gbp, _CENT),
        delivery_cost_gbp=round(result.delivery_cost_gbp, _CENT),
        net_first_year_gbp=round(result.net_first_year_gbp, _CENT),
        claimed_annual_gbp=round(result.claimed_gbp * result.scenario.weeks_per_year, _CENT),
        levers=tuple(_lever(step) for step in result.steps),
    )


def counts_of(cohort: Cohort) -> Counts:
    """Children, those with a cost and those with an assessment."""
    known = cohort.columns("weekly_cost_gbp", "need_total").notna().sum()
    return Counts(
        children=len(cohort), costed=int(known["weekly_cost_gbp"]), assessed=int(known["need_total"])
    )


def to_take_away(figures: KeptFigures) -> KeptFigures:
    """The figures for a file of somebody who may not see small numbers: counts to 5, money to £100."""

    def rounded(part: BaseModel) -> dict[str, object]:
        return {name: _rounded(name, getattr(part, name)) for name in type(part).model_fields}

    return KeptFigures.model_validate(
        rounded(figures)
        | {
            "rounded": True,
            "cohort": rounded(figures.cohort),
            "base": rounded(figures.base),
            "levers": [rounded(lever) for lever in figures.levers],
        }
    )


def _rounded(name: str, value: object) -> object:
    if name == "affected_mean_need" and isinstance(value, float):
        return round(value, 1)
    if name.endswith("_gbp") and isinstance(value, float):
        return float(rounded_money(value))
    return rounded_count(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _lever(step: Step) -> LeverFigures:
    return LeverFigures(
        kind=step.settings.kind,
        alone_weekly_gbp=round(step.alone_gbp, _CENT),
        in_sequence_weekly_gbp=round(step.in_sequence_gbp, _CENT),
        eligible=step.eligible,
        moved=round(step.moved, 6),
    )


def _need_of_affected(result: Result) -> tuple[int, float | None]:
    """How many of those affected have an assessment, and their mean total need."""
    if not result.steps:
        return 0, None
    touched = np.logical_or.reduce([step.effect.eligible for step in result.steps])
    need = result.cohort.column("need_total")[touched].dropna().astype("float64")
    return len(need), None if need.empty else float(need.mean())
