"""How complete and how fresh a cohort's data is, and how alike its assessors score. The banner comes from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

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


FIELDS: Mapping[str, str] = {  # column of the snapshot → what it is called
    "weekly_cost_gbp": "Weekly cost",
    "need_total": "Needs assessment",
    "ethnicity": "Ethnicity",
    "sex": "Sex",
    "disability": "Disability",
    "ehcp": "Education, health and care plan",
    "suspended_ever": "Suspended from school",
    "permanently_excluded": "Permanently excluded from school",
    "uasc": "Unaccompanied asylum-seeking",
    "dol": "Deprivation of liberty",
    "sdq_score": "Strengths and difficulties score",
    "foster_suitability": "Whether fostering would suit",
    "legal_status": "Legal status",
    "provider": "Provider",
    "sourced": "How the placement was bought",
    "registered": "Registered with Ofsted or CQC",
    "in_area": "In the authority's own area",
    "distance_miles": "Distance from home",
    "planned_end_on": "Planned end",
}
SAYS_NOTHING = frozenset({"Not known", "not known", "U"})  # values that say that nobody said
AGES_DAYS: Mapping[str, tuple[int, int | None]] = {  # label → from, up to but not including
    "Under 3 months": (0, 92),
    "3 to 6 months": (92, 184),
    "6 to 12 months": (184, 366),
    "Over 12 months": (366, None),
}
FEWEST_ASSESSMENTS = 10  # of an assessor whose mean is looked at


def completeness(children: pd.DataFrame) -> pd.DataFrame:
    """A row a field of `FIELDS` (index: its column): `recorded` children, `share` of children (0–1), and
    `cost_share` of the weekly cost whose children have it. NaN where there is nobody, or no cost."""
    cost = children["weekly_cost_gbp"].fillna(0.0)
    rows = {}
    for column in FIELDS:
        known = children[column].notna() & ~children[column].isin(SAYS_NOTHING)
        rows[column] = (
            int(known.sum()),
            known.mean() if len(children) else np.nan,
            cost[known].sum() / cost.sum() if cost.sum() else np.nan,
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["recorded", "share", "cost_share"])


def freshness(assessment_age_days: pd.Series) -> dict[str, int]:
    """How many children's latest assessment is how old, and how many have none; the labels are `AGES_DAYS`'."""
    found = {
        label: int(((assessment_age_days >= low) & (assessment_age_days < (high or np.inf))).sum())
        for label, (low, high) in AGES_DAYS.items()
    }
    return found | {"No assessment": int(assessment_age_days.isna().sum())}


class Spread(NamedTuple):
    """How assessors differ. `between_share` (0–1): the part of the differences between totals that goes with who
    assessed, beyond what chance alone makes (intraclass correlation of a one-way analysis of variance)."""

    assessors: int
    assessments: int
    lowest_mean: float
    highest_mean: float
    between_share: float


def assessor_spread(assessors: pd.DataFrame) -> Spread | None:
    """Of a row an assessor (`assessments`, `mean`, `variance`), those with `FEWEST_ASSESSMENTS` or more.

    None for fewer than two of them. Assessors see different children: a spread is a question, not a verdict.
    """
    own = assessors[assessors["assessments"] >= FEWEST_ASSESSMENTS]
    if len(own) < 2:
        return None
    n, mean, variance = (own[name].to_numpy(dtype="float64") for name in ("assessments", "mean", "variance"))
    groups, total = len(own), n.sum()
    between = (n * (mean - (n * mean).sum() / total) ** 2).sum() / (groups - 1)
    within = ((n - 1) * variance).sum() / (total - groups)
    typical = (total - (n**2).sum() / total) / (groups - 1)
    whole = between + (typical - 1) * within
    share = max(0.0, (between - within) / whole) if whole else 0.0
    return Spread(groups, int(total), float(mean.min()), float(mean.max()), float(share))
