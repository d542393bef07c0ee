"""Who is in a cohort and what they cost: sizes against the base, and groups of any attribute.

Means of cost are over costed children, means of need over assessed ones, each with its own n.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.store import Cohort, Groups


class Size(NamedTuple):
    """A cohort against its base. Shares are 0–1 and NaN where the base is empty or has no spend."""

    children: int
    base_children: int
    weekly_gbp: float
    base_weekly_gbp: float

    @property
    def share_of_children(self) -> float:
        return self.children / self.base_children if self.base_children else float("nan")

    @property
    def share_of_spend(self) -> float:
        return self.weekly_gbp / self.base_weekly_gbp if self.base_weekly_gbp else float("nan")


def size(cohort: Cohort) -> Size:
    """How many children, how many they were picked from, and the weekly £ of both."""
    cost = cohort.snapshot.numbers("weekly_cost_gbp")
    return Size(
        children=len(cohort.chosen),
        base_children=len(cohort.base),
        weekly_gbp=float(np.nansum(cost[cohort.chosen])),
        base_weekly_gbp=float(np.nansum(cost[cohort.base])),
    )


def by_group(cohort: Cohort, attribute: str, only: np.ndarray | None = None) -> pd.DataFrame:
    """One row a value of the attribute, most spend first; what is not recorded is a row of its own.

    An attribute is a column, or one in bands (`facts.bands`); `only` says which of the children count. Columns: the
    attribute (text), and those of `added_up`.
    """
    return added_up(cohort, attribute, cohort.groups(attribute), only)


def added_up(cohort: Cohort, name: str, groups: Groups, only: np.ndarray | None = None) -> pd.DataFrame:
    """One row a group that holds somebody, most spend first.

    Columns: `name` (text), `children`, `costed`, `assessed`, `without_severe` (assessed children with no severe
    need), `weekly_gbp`, `mean_weekly_gbp`, `mean_need_total`, and `share_of_children`, `share_of_spend` (0–1).
    """
    cost, need, severe = (
        cohort.numbers(column) for column in ("weekly_cost_gbp", "need_total", "severe_count")
    )
    if only is not None:
        groups, cost, need, severe = (
            Groups(groups.place[only], groups.values),
            cost[only],
            need[only],
            severe[only],
        )
    known, assessed = ~np.isnan(cost), ~np.isnan(need)
    children, costed = groups.counts(), groups.counts(known)
    weekly = np.where(costed > 0, groups.counts(np.where(known, cost, 0.0)), np.nan)  # missing is never £0
    seen, without_severe = groups.counts(assessed), groups.counts(severe == 0)
    points = groups.counts(np.where(assessed, need, 0.0))
    spend = np.nansum(weekly)
    here = children > 0
    order = np.lexsort((-children, np.where(np.isnan(weekly), np.inf, -weekly)))
    rows = order[here[order]]
    with np.errstate(invalid="ignore", divide="ignore"):
        columns = {
            "children": children,
            "costed": costed.astype("int64"),
            "assessed": seen.astype("int64"),
            "without_severe": without_severe.astype("int64"),
            "weekly_gbp": weekly,
            "mean_weekly_gbp": weekly / costed,
            "mean_need_total": points / seen,
            "share_of_children": children / max(len(cost), 1),
            "share_of_spend": weekly / spend if spend > 0 else np.full(len(weekly), np.nan),
        }
    values = pd.Index(groups.values, dtype="str").take(rows)
    return pd.DataFrame({name: values} | {column: numbers[rows] for column, numbers in columns.items()})


def mean(cohort: Cohort, column: str) -> float:
    """The mean of a column of numbers over the children who have one; NaN where nobody has."""
    amounts = cohort.numbers(column)
    known = amounts[~np.isnan(amounts)]
    return float(known.mean()) if len(known) else float("nan")


def beside(cohort: Cohort, other: Cohort, attribute: str) -> pd.DataFrame:
    """`by_group` with a row for every value that either cohort has, and the other one's beside it.

    Adds `other_children`, `other_costed`, `other_assessed` and `share_of_other` (0–1, of the other cohort's
    children; NaN where it holds nobody). Values that nobody in the cohort has come last, with 0 children and
    no means.
    """
    here = by_group(cohort, attribute).set_index(attribute)
    there = by_group(other, attribute).set_index(attribute)
    values = here.index.append(there.index.difference(here.index))
    table = here.reindex(values)
    counted = ["children", "costed", "assessed", "without_severe"]
    table[counted] = table[counted].fillna(0).astype("int64")
    table["share_of_children"] = table["share_of_children"].fillna(0.0)
    for counts in ("children", "costed", "assessed"):
        table[f"other_{counts}"] = there[counts].reindex(values, fill_value=0)
    others = table["other_children"].sum()
    table["share_of_other"] = table["other_children"] / others if others else float("nan")
    return table.reset_index()


def option_counts(cohort: Cohort, column: str) -> dict[str, int]:
    """How many children have each value of a column, by the value's code, most first.

    A yes or no is "yes" and "no"; what is not recorded is "not_recorded". Nothing recorded at all: no options.
    """
    values = cohort.column(column)
    if not values.notna().any():
        return {}
    if values.dtype == "boolean":
        values = values.map({True: "yes", False: "no"})
    counts = values.astype("str").fillna("not_recorded").value_counts()
    return {str(code): int(n) for code, n in counts.items()}


def is_recorded(cohort: Cohort, column: str) -> bool:
    """Whether the column holds anything for any of the children."""
    return bool(cohort.column(column).notna().any())
