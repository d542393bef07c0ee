"""Who is in a cohort and what they cost: sizes against the base, and groups of any attribute.

Means of cost are over costed children, means of need over assessed ones, each with its own n.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.bands import BANDS
from vcore.store import Cohort

NOT_RECORDED = "Not recorded"


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
    cost = cohort.snapshot.frame["weekly_cost_gbp"].to_numpy()
    return Size(
        children=len(cohort.chosen),
        base_children=len(cohort.base),
        weekly_gbp=float(pd.Series(cost[cohort.chosen]).sum()),
        base_weekly_gbp=float(pd.Series(cost[cohort.base]).sum()),
    )


def by_group(children: pd.DataFrame, attribute: str) -> pd.DataFrame:
    """One row a value of the attribute, most spend first; what is not recorded is a row of its own.

    An attribute is a column, or one in bands (`facts.bands`). Columns: the attribute (text), `children`,
    `costed`, `assessed`, `weekly_gbp`, `mean_weekly_gbp`, `mean_need_total`, `without_severe` (assessed
    children with no severe need), and `share_of_children`, `share_of_spend` (0–1).
    """
    cost = children["weekly_cost_gbp"].to_numpy("float64")
    need = children["need_total"].to_numpy("float64", na_value=np.nan)
    severe = children["severe_count"].to_numpy("float64", na_value=np.nan)
    group, values = pd.factorize(as_text(children, attribute), sort=True)

    def add_up(amounts: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=amounts, minlength=len(values)).astype("float64")

    counts = {
        "children": np.ones(len(children)),
        "costed": ~np.isnan(cost),
        "assessed": ~np.isnan(need),
        "without_severe": severe == 0,
    }
    table = pd.DataFrame(
        {name: add_up(counted).astype("int64") for name, counted in counts.items()},
        index=pd.Index(values, name=attribute),
    )
    table["weekly_gbp"] = add_up(np.nan_to_num(cost))
    table["need"] = add_up(np.nan_to_num(need))
    table["weekly_gbp"] = table["weekly_gbp"].where(table["costed"] > 0)  # missing is missing, never £0
    table["mean_weekly_gbp"] = table["weekly_gbp"] / table["costed"].where(table["costed"] > 0)
    table["mean_need_total"] = table.pop("need") / table["assessed"].where(table["assessed"] > 0)
    table["share_of_children"] = table["children"] / max(len(children), 1)
    spend = table["weekly_gbp"].sum()
    table["share_of_spend"] = table["weekly_gbp"] / spend if spend > 0 else float("nan")
    return table.sort_values(["weekly_gbp", "children"], ascending=False, kind="stable").reset_index()


def of_cohort(cohort: Cohort, attribute: str) -> pd.DataFrame:
    """`by_group` of a cohort's children, reading only the columns that it takes."""
    column = BANDS[attribute][0] if attribute in BANDS else attribute
    return by_group(cohort.columns(column, "weekly_cost_gbp", "need_total", "severe_count"), attribute)


def beside(cohort: Cohort, other: Cohort, attribute: str) -> pd.DataFrame:
    """`by_group` with a row for every value that either cohort has, and the other one's beside it.

    Adds `other_children`, `other_costed`, `other_assessed` and `share_of_other` (0–1, of the other cohort's
    children; NaN where it holds nobody). Values that nobody in the cohort has come last, with 0 children and
    no means.
    """
    here = of_cohort(cohort, attribute).set_index(attribute)
    there = of_cohort(other, attribute).set_index(attribute)
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


def as_text(children: pd.DataFrame, attribute: str) -> pd.Series:
    """Each child's value of an attribute as text, in its band where it has bands; never missing."""
    if attribute in BANDS:
        column, bands = BANDS[attribute]
        place = np.searchsorted(list(bands.values()), children[column], side="right") - 1
        return pd.Series(np.array(list(bands))[place], index=children.index, dtype="str")
    values = children[attribute]
    if values.dtype == "boolean":
        values = values.map({True: "Yes", False: "No"})
    return values.astype("str").fillna(NOT_RECORDED)
