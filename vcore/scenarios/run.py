"""Run a scenario on a cohort: each lever alone, all in sequence, and the overlap between the two.

A child moved by one lever is never touched by a later one; what was not moved is. Weekly and annual
figures are recurrent and before delivery cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np

from vcore.errors import RefusedRun
from vcore.facts.assumptions import value
from vcore.measures.fairness import equality_notes, unfair_words
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.book import Book, Purse
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.scenario import Scenario
from vcore.scenarios.step import Step
from vcore.store import Cohort

PURSES: tuple[Purse, ...] = get_args(Purse)


@dataclass(frozen=True, eq=False)
class Result:
    """A scenario's answer for a cohort, in the scenario's cost basis."""

    scenario: Scenario
    cohort: Cohort
    baseline_weekly_gbp: float
    steps: tuple[Step, ...]
    notes: tuple[str, ...]

    @cached_property
    def weekly_saving_gbp(self) -> float:
        """Less than today. Growth avoided is apart: it was never spent."""
        return sum(step.in_sequence_gbp for step in self.steps)

    @property
    def annual_saving_gbp(self) -> float:
        """Full-year effect: weekly × the scenario's weeks a year."""
        return self.weekly_saving_gbp * self.scenario.weeks_per_year

    @property
    def avoided_gbp(self) -> float:
        """Weekly £ never spent because placements do not begin: never part of a saving."""
        return sum(step.avoided_gbp for step in self.steps)

    @cached_property
    def unclaimed(self) -> tuple[Step, ...]:
        """The levers that save by themselves: what another purse is asked for is no saving until it agrees."""
        return tuple(step for step in self.steps if step.settings.counts_as != "claimed")

    @cached_property
    def claimed_gbp(self) -> float:
        """Weekly £ of `weekly_saving_gbp` that partners are asked for: shown beside what is saved, never in it."""
        return self.weekly_saving_gbp - self.unclaimed_weekly_gbp

    @cached_property
    def unclaimed_weekly_gbp(self) -> float:
        """Less than today, without claims."""
        return sum(step.in_sequence_gbp for step in self.unclaimed)

    @property
    def unclaimed_annual_gbp(self) -> float:
        """Full-year effect without claims: what a screen's headline tells."""
        return self.unclaimed_weekly_gbp * self.scenario.weeks_per_year

    @property
    def unclaimed_overlap_gbp(self) -> float:
        """Weekly £ counted twice among the levers that claim nothing."""
        return sum(step.alone_gbp for step in self.unclaimed) - self.unclaimed_weekly_gbp

    @property
    def unclaimed_net_first_year_gbp(self) -> float:
        return self.unclaimed_annual_gbp - self.delivery_cost_gbp

    @property
    def overlap_gbp(self) -> float:
        """Weekly £ that would be counted twice if the levers' separate savings were added."""
        return sum(step.alone_gbp for step in self.steps) - self.weekly_saving_gbp

    @cached_property
    def delivery_cost_gbp(self) -> float:
        """One-off £ of making the moves."""
        return float(sum(step.effect.delivery_cost_gbp for step in self.steps))

    @cached_property
    def by_kind(self) -> dict[SavingKind, float]:
        """Weekly £ by what the saving is: never to be added into one headline."""
        totals: dict[SavingKind, float] = {}
        for step in self.steps:
            for kind, gbp in step.by_kind.items():
                totals[kind] = totals.get(kind, 0.0) + gbp
        return totals

    @property
    def others_gbp(self) -> float:
        """Weekly £ that other funders than social care gain (or, negative, pay more)."""
        return sum(step.others_gbp for step in self.steps)

    @cached_property
    def by_purse(self) -> dict[Purse, float]:
        """Weekly £ that each purse saves (negative: pays more); `public` is all of them together."""
        return {purse: sum(step.by_purse[purse] for step in self.steps) for purse in PURSES}

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to know of the levers' effects, in the order they act."""
        return tuple(caution for step in self.steps for caution in step.cautions)

    @property
    def net_first_year_gbp(self) -> float:
        return self.annual_saving_gbp - self.delivery_cost_gbp

    @property
    def children_moved(self) -> float:
        """Children expected to move for good (a sum of weights, so rarely whole)."""
        return sum(step.moved for step in self.steps)

    @property
    def children_affected(self) -> int:
        """Children any lever looks at: moved in part, or with a price that changes."""
        touched = [step.effect.eligible for step in self.steps]
        return int(np.logical_or.reduce(touched).sum()) if touched else 0

    def national_annual_gbp(self, children_in_england: float | None = None) -> float:
        """The annual saving, without claims, scaled by head-count to England (`children_in_care_england` unless given).

        Only a scale: it assumes that every authority's children and prices are like these.
        Raises `RefusedRun` for an empty cohort.
        """
        if not len(self.cohort):
            raise RefusedRun("Nobody is in this cohort, so there is nothing to scale to England.")
        england = value("children_in_care_england") if children_in_england is None else children_in_england
        return self.unclaimed_annual_gbp * england / len(self.cohort)


def refuse_if_unfair(cohort: Cohort) -> None:
    """Raises `RefusedRun` for a cohort picked by what may never choose who moves or what is paid."""
    if words := unfair_words(cohort.filter):
        raise RefusedRun(
            f"A scenario cannot run on children picked by {words}: it may help to understand a cohort, "
            f"never to choose who moves or what is paid. Remove the {words} filter."
        )


def run(scenario: Scenario, cohort: Cohort) -> Result:
    """Run every lever alone and in sequence.

    Raises `RefusedRun` for a cohort picked by ethnicity or unaccompanied status, or when a lever needs a
    price that the data does not hold.
    """
    refuse_if_unfair(cohort)
    opened = Book.opened(baseline_of(cohort), scenario.cost_basis)
    book = opened
    steps: list[Step] = []
    for lever in scenario.in_order:
        effect = lever.apply(book)
        alone = effect if book is opened else lever.apply(opened)
        steps.append(Step(lever, float(alone.in_all_gbp), effect))
        book = effect.book
    notes = equality_notes(cohort.filter)
    notes += [note for step in steps for note in step.notes]
    return Result(scenario, cohort, float(np.nansum(opened.basis_price)), tuple(steps), tuple(notes))
