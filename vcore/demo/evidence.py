"""Children as at a date, worked out from the tables in plain pandas, for the report to look at.

Knows only rows: nothing here may read how the cohort was fitted, or the store.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from vcore.facts.domains import DEFAULT_CUT_POINTS, NeedModel
from vcore.tables import Tables, score_matrix

AGE_BANDS = {"0–1": (0, 1), "2–4": (2, 4), "5–11": (5, 11), "12–16": (12, 16), "17": (17, 99)}
CARE_BANDS = ("under 1 year", "1 to 3 years", "over 3 years")
MODERATE, SEVERE = DEFAULT_CUT_POINTS.moderate, DEFAULT_CUT_POINTS.severe


@dataclass(frozen=True)
class Evidence:
    """`children`: one row a child in care, with `total`, `peak` and one column a domain; `domains`: their names."""

    children: pd.DataFrame
    domains: tuple[str, ...]

    def where(self, **facts: object) -> pd.DataFrame:
        """The children with these facts, such as `setting="residential"`; a missing fact never matches."""
        chosen = np.ones(len(self.children), bool)
        for column, wanted in facts.items():
            chosen &= (self.children[column] == wanted).fillna(False).to_numpy(bool)
        return self.children[chosen]

    def means(self, children: pd.DataFrame | None = None) -> pd.Series:
        """Mean score by domain, of everybody or of some."""
        return (self.children if children is None else children)[list(self.domains)].mean()

    def means_by(self, groups: pd.Series | str) -> pd.DataFrame:
        """Mean score by group (rows) and domain (columns)."""
        return self.children.groupby(groups, observed=True)[list(self.domains)].mean()

    def top_share(self, share: float) -> float:
        """% of weekly spend that goes to the dearest share of all children, uncosted ones at the bottom."""
        costs = self.children["weekly_cost_gbp"].fillna(0).sort_values(ascending=False)
        count = math.ceil(share * len(costs) - 1e-9)
        return 100 * costs.iloc[:count].sum() / costs.sum()

    def above_cap(self, cap_gbp: float) -> float:
        """£ a week above a price."""
        return (self.children["weekly_cost_gbp"] - cap_gbp).clip(lower=0).sum()


def evidence(tables: Tables, needs: NeedModel, as_of: date) -> Evidence:
    """Every child in care on `as_of` with the placement, fee and latest assessment of that day."""
    day = pd.Timestamp(as_of)
    care = _in_force(tables["care"], day).drop_duplicates("child_id")
    placement = _in_force(tables["placement"], day)
    fee = _in_force(tables["cost"], day)
    seen = tables["assessment"].query("assessed_on <= @day").sort_values("assessed_on", kind="stable")
    seen = seen.drop_duplicates("child_id", keep="last")
    scores = pd.DataFrame(score_matrix(seen["scores"], len(needs.domains)), seen["child_id"], list(needs.ids))
    scores = scores.assign(total=scores.sum(axis=1), peak=scores.max(axis=1))
    children = (
        tables["child"]
        .merge(care[["child_id", "care_started_on"]], on="child_id")
        .merge(placement[["child_id", "setting", "setting_detail", "place_code"]], on="child_id", how="left")
        .merge(fee[["child_id", "weekly_cost_gbp"]], on="child_id", how="left")
        .merge(scores, left_on="child_id", right_index=True, how="left")
    )
    months = 12 * (day.year - children["birth_month"].dt.year) + day.month - children["birth_month"].dt.month
    years = (day - children["care_started_on"]).dt.days / 365.25
    age = months // 12
    return Evidence(
        children.assign(
            age=age,
            age_band=pd.cut(age, [-1, *(last for _, last in AGE_BANDS.values())], labels=list(AGE_BANDS)),
            care_band=pd.cut(years, [-1, 1, 3, 99], labels=list(CARE_BANDS), right=False),
        ),
        needs.ids,
    )


def _in_force(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return rows[(rows["started_on"] <= day) & ~(rows["ended_on"] <= day)]
