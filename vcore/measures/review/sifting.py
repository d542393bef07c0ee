"""Who is on a review list, and how the cohort narrows to them: condition by condition, limits, then screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from vcore.measures.child_facts import ChildFacts, facts_of
from vcore.measures.cost_model import CostModel
from vcore.measures.review.purposes import HARD_LIMITS, limit_words, within_limits
from vcore.measures.review.rule import ReviewRule
from vcore.measures.screening import SCREEN_WORDS, screened_out
from vcore.store import Cohort


class Step(NamedTuple):
    """One step of the funnel: the children left after it, and of those before it, how many nothing says about."""

    key: str
    words: str
    left: int
    not_recorded: int = 0


@dataclass(frozen=True, eq=False)
class Sifted:
    """`listed` says yes or no of each child of the cohort; `steps` begin with all of them."""

    listed: np.ndarray
    steps: tuple[Step, ...]

    @property
    def children(self) -> int:
        """How many are for discussion."""
        return self.steps[-1].left

    @property
    def emptied_by(self) -> Step | None:
        """The first step that leaves nobody, where somebody was before it."""
        return next((step for step in self.steps[1:] if step.left == 0), None) if self.steps[0].left else None


def above_expected(cohort: Cohort, model: CostModel | None) -> np.ndarray | None:
    """Weekly £ of each child above what need alone suggests; NaN where not known, None while nothing is learnt.

    A question about a placement, never a saving.
    """
    if model is None:
        return None
    return facts_of(cohort).numbers("weekly_cost_gbp") - model.expected_from_need[cohort.chosen]


def sift(cohort: Cohort, rule: ReviewRule, model: CostModel | None = None) -> Sifted:
    """The children of a cohort whom a rule lists. A missing value meets no condition and screens nobody out.

    `model`: what placements should cost, for a rule that `waits`; without it such a condition is met by nobody.
    """
    facts = facts_of(cohort)
    gap = above_expected(cohort, model) if rule.waits else None
    left = np.ones(len(cohort), dtype=bool)
    steps = [Step("all", "children here", len(cohort))]
    for condition in rule.conditions:
        unknown = int((left & ~condition.recorded(facts, gap)).sum())
        left = left & condition.met(facts, gap)
        words = condition.words(cohort.snapshot.needs)
        steps.append(Step(condition.key, words, int(left.sum()), unknown))
    for key, words, passed in _limits_and_screens(facts, rule):
        left = left & passed
        steps.append(Step(key, words, int(left.sum())))
    return Sifted(left, tuple(steps))


def _limits_and_screens(facts: ChildFacts, rule: ReviewRule) -> list[tuple[str, str, np.ndarray]]:
    inside = within_limits(facts, rule.purpose)
    limits = [] if inside is None else [(HARD_LIMITS, limit_words(rule.purpose), inside)]
    return limits + [(name, SCREEN_WORDS[name], ~screened_out(facts, name)) for name in rule.screens]


def ways_out(cohort: Cohort, rule: ReviewRule, model: CostModel | None = None) -> dict[str, int]:
    """For an empty list: each condition or screen that, taken away alone, leaves somebody, and how many."""
    keys = [*(condition.key for condition in rule.conditions), *rule.screens]
    left = {key: sift(cohort, rule.without(key), model).children for key in keys}
    return {key: n for key, n in left.items() if n}
