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
from vcore.scenarios.book import Book, Effect, Purse, once_a_draw
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.levers import AnyLever
from vcore.scenarios.scenario import Scenario
from vcore.store import Cohort

PAID_FOR_ANYWAY = ("in_house", "block")
PURSES: tuple[Purse, ...] = get_args(Purse)


@dataclass(frozen=True, eq=False)
class Step:
    """What one lever does. Money is weekly £; `eligible` counts children, `moved` adds up their weights."""

    settings: AnyLever
    alone_gbp: float
    effect: Effect

    @property
    def lever(self) -> str:
        """The lever's name, such as 'StepDown'."""
        return type(self.settings).__name__

    @property
    def in_sequence_gbp(self) -> float:
        """Less than today; growth avoided is no part of it."""
        return float(self.effect.in_all_gbp)

    @property
    def avoided_gbp(self) -> float:
        """What is never spent because placements do not begin."""
        return float(once_a_draw(self.effect.avoided_gbp))

    @property
    def eligible(self) -> int:
        return int(self.effect.eligible.sum())

    @property
    def moved(self) -> float:
        return self._total(self.effect.moved)

    @cached_property
    def rows_by_kind(self) -> dict[SavingKind, np.ndarray]:
        """The saving of each row in sequence, weekly £, by what it is.

        A vacated place bought for one child (spot or framework, or not said) saves cash after its notice; an
        in-house or block place is released capacity until somebody else fills it.
        """
        saving = self.effect.weekly_saving_gbp
        if self.settings.counts_as != "by_sourcing":
            return {self._kind: saving}
        kept = self.effect.book.baseline.among("sourced", PAID_FOR_ANYWAY)
        return {"cashable": np.where(kept, 0.0, saving), "released": np.where(kept, saving, 0.0)}

    @cached_property
    def beyond_by_kind(self) -> dict[SavingKind, float]:
        """Weekly £ that belong to no child's placement, by what they are; growth avoided among them."""
        beyond: dict[SavingKind, float] = {self._kind: float(once_a_draw(self.effect.beyond_gbp))}
        if self.settings.counts_as == "avoided":
            beyond["avoided"] = self.avoided_gbp
        return beyond

    @cached_property
    def by_kind(self) -> dict[SavingKind, float]:
        """The saving in sequence, weekly £, by what it is; growth avoided beside it."""
        kinds: dict[SavingKind, float] = {kind: self._total(rows) for kind, rows in self.rows_by_kind.items()}
        for kind, gbp in self.beyond_by_kind.items():
            kinds[kind] = kinds.get(kind, 0.0) + gbp
        return kinds

    @property
    def _kind(self) -> SavingKind:
        """What is neither capacity nor growth avoided."""
        counts_as = self.settings.counts_as
        return "cashable" if counts_as in ("by_sourcing", "avoided") else counts_as

    @cached_property
    def others_gbp(self) -> float:
        """Weekly £ that education, health and other funders gain (or, negative, pay more), in sequence."""
        saving = self.effect.saving
        return self._total(saving.public_gbp - saving.social_care_gbp)

    @cached_property
    def by_purse(self) -> dict[Purse, float]:
        """Weekly £ that each purse saves (negative: pays more), in sequence; `public` is all of them."""
        return {purse: float(gbp) for purse, gbp in self.effect.by_purse.items()}

    def _total(self, values: np.ndarray) -> float:
        return float(self.effect.book.total(values))

    @property
    def funnel(self) -> dict[str, int]:
        """How many children are left after each test, in order."""
        return self.effect.funnel

    @property
    def notes(self) -> tuple[str, ...]:
        return self.effect.notes

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to know of an effect that is there."""
        return self.effect.cautions


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
        """The annual saving scaled by head-count to England (`children_in_care_england` unless given).

        Only a scale: it assumes that every authority's children and prices are like these.
        Raises `RefusedRun` for an empty cohort.
        """
        if not len(self.cohort):
            raise RefusedRun("Nobody is in this cohort, so there is nothing to scale to England.")
        england = value("children_in_care_england") if children_in_england is None else children_in_england
        return self.annual_saving_gbp * england / len(self.cohort)


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
