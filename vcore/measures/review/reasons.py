"""Why a child is on the list, and what to weigh before anybody decides: in words, for the few rows on a screen.

Need comes first and price last. A flag is for the discussion; nothing here decides anything about a child.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from math import isnan
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.facts.school_years import GCSE_YEARS, school_year
from vcore.measures.child_returns import absence_words, permanence_words
from vcore.measures.review.conditions import Within
from vcore.measures.review.rule import ReviewRule
from vcore.store import Cohort
from vcore.store.snapshot import DAYS_A_MONTH, Snapshot

COLUMNS = (
    "child_id",
    "authority",
    "age",
    "setting_detail",
    "place_code",
    "months_in_placement",
    "years_in_care",
    "need_total",
    "severe_count",
    "need_change",
    "weekly_cost_gbp",
    "assessment_age_days",
    "breakdowns_12m",
    "missing_12m",
    "away_12m",
    "previous_permanence",
    "foster_suitability",
    "days_to_17",
    "days_to_18",
    "ehcp",
    "sibling_group",
)
RESIDENTIAL_SCHOOL = "S1"  # PLACE of the return
_SIZES: WeakKeyDictionary[Snapshot, np.ndarray] = WeakKeyDictionary()


def rows_at(cohort: Cohort, places: np.ndarray, above: np.ndarray | None) -> pd.DataFrame:
    """The rows of children at some places of the cohort: `COLUMNS`, `above_expected` (weekly £, NaN where not
    known) and `siblings`, how many of the same sibling group are in care here, the child among them."""
    frame, here = cohort.snapshot.frame, cohort.chosen[places]
    rows = pd.DataFrame({name: frame[name].take(here).reset_index(drop=True) for name in COLUMNS})
    return rows.assign(
        above_expected=np.nan if above is None else above[places],
        siblings=_group_sizes(cohort.snapshot)[here],
    )


def _group_sizes(snapshot: Snapshot) -> np.ndarray:
    """How many children of each child's sibling group are in care; 0 where none is recorded. Counted once."""
    if snapshot not in _SIZES:
        group, names = pd.factorize(snapshot.frame["sibling_group"])
        _SIZES[snapshot] = np.append(np.bincount(group[group >= 0], minlength=len(names)), 0)[group]
    return _SIZES[snapshot]


def reasons(row: Any, rule: ReviewRule) -> list[str]:
    """Why this child: first what the rule asks about, then what else a discussion starts from. `row` is one of
    `rows_at`, by `itertuples`."""
    asked = {condition.fact for condition in rule.conditions if isinstance(condition, Within)}
    said = [_need(row)]
    if _known(row.need_change) and (
        "need_change" in asked or abs(row.need_change) >= value("rising_need_points")
    ):
        said.append(_change(int(row.need_change)))
    if row.breakdowns_12m:
        said.append(f"{_count(row.breakdowns_12m, 'breakdown')} in 12 months")
    if "days_to_17" in asked and _known(row.days_to_17):
        said.append(f"turns 17 {_in_time(row.days_to_17)}")
    if "years_in_care" in asked:
        said.append(f"in care {row.years_in_care:.1f} years")
    said.append(_assessed(row.assessment_age_days))
    if row.foster_suitability in ("preferred", "suitable"):
        said.append(f"fostering recorded as {row.foster_suitability}")
    if _known(row.above_expected) and round(row.above_expected) != 0:
        side = "above" if row.above_expected > 0 else "below"
        said.append(f"£{abs(row.above_expected):,.0f} a week {side} what need alone suggests")
    return said


def flags(row: Any, as_of: date, own_words: Collection[str] = ()) -> list[str]:
    """What to weigh before deciding: the GCSE years, a school the plan may name, siblings, times they were missing, a
    permanent home they had before, the child's own words."""
    said = []
    year = school_year(as_of, as_of + timedelta(days=int(row.days_to_18)))
    if year in GCSE_YEARS:
        said.append(f"Year {year}: GCSEs")
    if row.ehcp is True and row.place_code == RESIDENTIAL_SCHOOL:
        said.append("EHCP, and lives at a residential school it may name")
    if row.siblings > 1:
        said.append(f"one of {row.siblings} siblings in care")
    elif isinstance(row.sibling_group, str):
        said.append("to be kept with siblings")
    said += filter(
        None, (absence_words(row.missing_12m, row.away_12m), permanence_words(row.previous_permanence))
    )
    if row.child_id in own_words:
        said.append("has said what they wish")
    return said


def _need(row: Any) -> str:
    if not _known(row.severe_count):
        return "need not assessed"
    if row.severe_count == 0:
        return "no severe need in any domain"
    return f"severe need in {_count(row.severe_count, 'domain')}"


def _change(points: int) -> str:
    if points == 0:
        return "need as it was"
    return f"need {'up' if points > 0 else 'down'} {abs(points)} {'point' if abs(points) == 1 else 'points'}"


def _assessed(days: Any) -> str:
    if not _known(days):
        return "never assessed"
    months = round(days / DAYS_A_MONTH)
    return "assessed this month" if months == 0 else f"assessed {_count(months, 'month')} ago"


def _in_time(days: int) -> str:
    months = round(days / DAYS_A_MONTH)
    return f"in {_count(months, 'month')}" if months else "this month"


def _count(n: int, one: str) -> str:
    return f"{n} {one if n == 1 else one + 's'}"


def _known(number: Any) -> bool:
    return number is not pd.NA and not isnan(float(number))
