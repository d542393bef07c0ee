"""The plain ways to do what the model does, to hold it against: masks, a copied frame, a loop over children.

They answer the same, and `benchmarks.model` checks that they do. Written as one would without the model:
never imports its measures or levers, only their settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

import pandas as pd

from vcore import CohortFilter, PriceCap, StepDown
from vcore.facts.assumptions import value

_HARD_LIMITS = ("secure_home", "specialist_residential")


def mask_children(frame: pd.DataFrame, wanted: CohortFilter) -> pd.DataFrame:
    """The children a filter picks, by a boolean mask for each of its conditions."""
    keep = pd.Series(True, index=frame.index)
    if wanted.settings is not None:
        keep &= frame["setting"].isin(wanted.settings)
    if wanted.ehcp is not None:
        keep &= (frame["ehcp"] == wanted.ehcp).fillna(False).astype(bool)
    if wanted.age_min is not None:
        keep &= frame["age"] >= wanted.age_min
    if wanted.age_max is not None:
        keep &= frame["age"] <= wanted.age_max
    if wanted.weekly_cost_min is not None:
        keep &= frame["weekly_cost_gbp"] >= wanted.weekly_cost_min
    if wanted.severe_count_max is not None:
        keep &= (frame["severe_count"] <= wanted.severe_count_max).fillna(False).astype(bool)
    return frame[keep]


def change_a_copy(frame: pd.DataFrame, step: StepDown, cap: PriceCap) -> float:
    """Weekly £ saved, gross: copy the children, change the copy, subtract."""
    after = frame.copy(deep=True)
    moves = (
        after["setting"].isin(step.from_settings)
        & ~after["setting_detail"].isin((*_HARD_LIMITS, step.to))
        & after["weekly_cost_gbp"].notna()
        & (after["severe_count"] <= step.max_severe).fillna(False)
        & ~after["dol"].fillna(False)
        & ~(after["assessment_age_days"] > value("stale_assessment_days")).fillna(False)
        & ~(after["months_in_placement"] < value("recently_moved_months"))
        & ~(after["need_change"] >= value("rising_need_points")).fillna(False)
        & ~(after["foster_suitability"] == "unsuitable")
    )
    reached = after["child_id"].isin(_dearest(after, cap))
    after.loc[reached, "weekly_cost_gbp"] = after["weekly_cost_gbp"].clip(upper=cap.cap_gbp)
    after.loc[moves, "weekly_cost_gbp"] *= 1 - step.matched * step.holds
    after.loc[moves, "weekly_cost_gbp"] += step.matched * step.holds * _destination_gbp(frame, step)
    return float((frame["weekly_cost_gbp"] - after["weekly_cost_gbp"]).sum())


def walk_children(frame: pd.DataFrame, step: StepDown, cap: PriceCap) -> float:
    """Weekly £ saved, gross: one child after another."""
    destination = _destination_gbp(frame, step)
    dearest = _dearest(frame, cap)
    stale, recent, rising = (
        value(name) for name in ("stale_assessment_days", "recently_moved_months", "rising_need_points")
    )
    saved = 0.0
    children: Iterator[Any] = frame.itertuples()
    for child in children:
        cost = child.weekly_cost_gbp
        if pd.isna(cost):
            continue
        moves = (
            child.setting in step.from_settings
            and child.setting_detail not in (*_HARD_LIMITS, step.to)
            and pd.notna(child.severe_count)
            and child.severe_count <= step.max_severe
            and not (pd.notna(child.dol) and child.dol)
            and not (pd.notna(child.assessment_age_days) and child.assessment_age_days > stale)
            and not child.months_in_placement < recent
            and not (pd.notna(child.need_change) and child.need_change >= rising)
            and child.foster_suitability != "unsuitable"
        )
        weight = step.matched * step.holds if moves else 0.0
        cut = max(0.0, cost - cap.cap_gbp) if child.child_id in dearest else 0.0
        saved += weight * (cost - destination) + (1 - weight) * cut
    return saved


def _destination_gbp(frame: pd.DataFrame, step: StepDown) -> float:
    """Weekly £ where the children move to: the upper quartile of what it costs today."""
    return float(frame.loc[frame["setting_detail"] == step.to, "weekly_cost_gbp"].quantile(0.75))


def _dearest(frame: pd.DataFrame, cap: PriceCap) -> set[str]:
    """The child ids a cap reaches: the dearest share of everybody, ties by child id."""
    share = 1.0 if cap.top_share is None else cap.top_share
    ranked = frame.sort_values(["weekly_cost_gbp", "child_id"], ascending=[False, True])
    return set(ranked["child_id"].head(ceil(share * len(frame) - 1e-9)))
