"""How complete and how fresh a cohort's data is. The banner on every page comes from here."""

from __future__ import annotations

from typing import NamedTuple

from vcore.facts.assumptions import value
from vcore.scoring import stale
from vcore.store import Cohort


class Quality(NamedTuple):
    """Counts of children: all, with a cost, with an assessment, and with a stale one."""

    children: int
    costed: int
    assessed: int
    stale: int

    @property
    def costed_share(self) -> float:
        return self.costed / self.children if self.children else float("nan")

    @property
    def stale_share(self) -> float:
        return self.stale / self.assessed if self.assessed else float("nan")


def quality(cohort: Cohort) -> Quality:
    """Completeness of cost and freshness of needs."""
    return Quality(
        children=len(cohort),
        costed=cohort.recorded("weekly_cost_gbp"),
        assessed=cohort.recorded("need_total"),
        stale=int(stale(cohort.numbers("assessment_age_days"), value("stale_assessment_days")).sum()),
    )
