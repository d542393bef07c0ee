"""Some hundreds of generated children, and plain row-by-row reckonings of levers beside the model's."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

import numpy as np
import pandas as pd

from tests.small import AS_OF, child, store
from vcore.store import Cohort, CohortFilter, Store

DETAILS = (
    "in_house_fostering",
    "independent_fostering",
    "private_residential",
    "in_house_residential",
    "secure_home",
    "semi_independent",
)


def many(n: int = 500, seed: int = 1) -> Store:
    """A store of n varied children: every screen, hard limit and gap occurs."""
    draw, extra = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    children = []
    for index in range(n):
        cost = float(np.round(draw.lognormal(7.8, 0.8)))
        costed = draw.random() > 0.1
        detail = DETAILS[draw.integers(len(DETAILS))]
        children.append(
            child(
                f"{index:04d}",
                setting_detail=detail,
                kinship=detail.endswith("fostering") and index % 5 == 0,
                legal_status=("C2", "V2", "E1", "C1", "J1")[index % 5],
                sourced=(None, "spot", "in_house", "framework", "block")[index % 5],
                weekly_cost_gbp=cost if costed else None,
                social_care_cost_gbp=cost * (own := float(draw.choice([0.2, 0.6, 1.0]))) if costed else None,
                scores=draw.integers(0, 8, 13).tolist() if draw.random() > 0.1 else [2] * 13,
                assessed_on=AS_OF - timedelta(days=int(draw.integers(10, 260))),
                started_on=AS_OF - timedelta(days=int(draw.integers(10, 900))),
                birth_month=pd.Timestamp(2008 + int(draw.integers(0, 12)), 5, 1),
                sex=str(draw.choice(["F", "M"])),
                disability=[True, False, None][draw.integers(3)],
                dol=[True, False, None, None][draw.integers(4)],
                foster_suitability=[None, "suitable", "unsuitable"][draw.integers(3)],
                ehcp=[True, False, None][extra.integers(3)],
                staffing_ratio=[None, 1.0, 2.0, 3.5][extra.integers(4)],
                provider=["Ash", "Birch", None][extra.integers(3)],
                health_cost_gbp=cost * (1 - own) * float(extra.choice([0.0, 0.4, 1.0])) if costed else 0.0,
            )
        )
    return store(children)


def part_of(whole: Cohort, positions: list[int]) -> Cohort:
    """The children at these positions, as a cohort of their own."""
    return Cohort(CohortFilter(), whole.snapshot, whole.base, np.array(sorted(positions), dtype="int64"))


def reckon(children: pd.DataFrame, *, step, cap, destination: float, basis: str) -> dict[str, float]:
    """Weekly £ of a step-down, of a cap, and of the cap after the step-down: one row at a time."""
    ranked = children.dropna(subset="weekly_cost_gbp").sort_values(
        ["weekly_cost_gbp", "child_id"], ascending=[False, True]
    )
    share = 1.0 if cap.top_share is None else cap.top_share
    dearest = set(ranked["child_id"].head(ceil(round(share * len(children), 6))))
    sums = dict.fromkeys(("step_down", "cap_alone", "cap_after", "delivery", "eligible"), 0.0)
    for row in ranked.itertuples():
        own = 1.0 if basis == "gross" else row.social_care_cost_gbp / row.weekly_cost_gbp
        moves = (
            row.setting in step.from_settings
            and row.setting_detail not in ("secure_home", "specialist_residential", step.to)
            and pd.notna(row.severe_count)
            and row.severe_count <= step.max_severe
            and not (pd.notna(row.dol) and row.dol)
            and row.assessment_age_days <= 183
            and row.months_in_placement >= 6
            and not (step.to != "semi_independent" and row.foster_suitability == "unsuitable")
            and not (step.to == "semi_independent" and row.age < 16)
        )
        weight = step.matched * step.holds if moves else 0.0
        cut = max(0.0, row.weekly_cost_gbp - cap.cap_gbp) * own if row.child_id in dearest else 0.0
        sums["eligible"] += moves
        sums["step_down"] += weight * (row.weekly_cost_gbp * own - destination)
        sums["cap_alone"] += cut
        sums["cap_after"] += (1 - weight) * cut
        sums["delivery"] += (step.matched if moves else 0) * (
            step.support_weekly_gbp * step.support_weeks
            + step.double_running_weeks * row.weekly_cost_gbp * own
            + (1 - step.holds) * step.return_cost_gbp
        )
    return sums


def discussed(row, *, max_severe: int = 0, screens: tuple[str, ...]) -> bool:
    """Whether nothing that every move shares speaks against discussing a child."""
    against = {
        "stale_assessment": row.assessment_age_days > 183,
        "recently_moved": row.months_in_placement < 6,
        "rising_need": pd.notna(row.need_change) and row.need_change >= 5,
        "unsuitable_for_fostering": row.foster_suitability == "unsuitable",
        "long_settled": row.months_in_placement >= 24,
    }
    return (
        pd.notna(row.weekly_cost_gbp)
        and pd.notna(row.severe_count)
        and row.severe_count <= max_severe
        and row.setting_detail not in ("secure_home", "specialist_residential")
        and not (pd.notna(row.dol) and row.dol)
        and not any(against[screen] for screen in screens)
    )


def reckon_moves(children: pd.DataFrame, eligible, *, weight, price: float, partners=0.0, basis: str) -> dict:
    """Weekly £ of moves, one row at a time: `eligible` and `weight` say who moves and how much of each."""
    sums = {"eligible": 0, "moved": 0.0, "weekly": 0.0, "released": 0.0, "placed_cost": 0.0}
    for row in children.itertuples():
        if not eligible(row):
            continue
        own = 1.0 if basis == "gross" else row.social_care_cost_gbp / row.weekly_cost_gbp
        saved = weight * (row.weekly_cost_gbp * own - price + (0 if basis == "gross" else partners))
        sums["eligible"] += 1
        sums["moved"] += weight
        sums["weekly"] += saved
        sums["released"] += saved if row.sourced in ("in_house", "block") else 0
        sums["placed_cost"] += row.weekly_cost_gbp * own
    return sums
