"""A handful of children made by hand, for tests whose answers can be worked out on paper."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from vcore.facts.domains import NeedModel
from vcore.facts.placements import SETTING_OF
from vcore.store import Store
from vcore.tables import checked, score_column

AS_OF = date(2026, 3, 31)
NEEDS = NeedModel()


def child(child_id: str, **facts) -> dict:
    """One child's facts; what is not named takes a plain value. `scores` None: not assessed."""
    return {
        "child_id": child_id,
        "authority": "North",
        "population": "in_care",
        "birth_month": date(2012, 3, 1),
        "sex": "F",
        "ethnicity": "White",
        "care_started_on": date(2022, 3, 31),
        "started_on": date(2024, 3, 31),
        "place_code": "K2",
        "provider_code": "PR4",
        "setting_detail": "private_residential",
        "kinship": False,
        "legal_status": "C2",
        "weekly_cost_gbp": 4000.0,
        "social_care_cost_gbp": None,
        "scores": [1] * 13,
        "assessed_on": date(2026, 1, 31),
        "foster_suitability": None,
        "health_cost_gbp": 0.0,
    } | facts


def tables(children: list[dict], needs: NeedModel = NEEDS) -> dict[str, pd.DataFrame]:
    """The stored tables of these children: one placement, one fee and one assessment each."""
    frame = pd.DataFrame(children)
    frame["setting"] = frame["setting_detail"].map(SETTING_OF)
    frame["breakdown"] = False
    cost = frame[frame["weekly_cost_gbp"].notna()].copy()
    cost["social_care_cost_gbp"] = (
        cost["social_care_cost_gbp"].astype("float64").fillna(cost["weekly_cost_gbp"])
    )
    others = cost["weekly_cost_gbp"] - cost["social_care_cost_gbp"] - cost["health_cost_gbp"]
    cost["education_cost_gbp"] = others.clip(lower=0)  # a hair below 0 where health pays all the rest
    assessed = frame[frame["scores"].notna()].reset_index(drop=True)
    assessed["scores"] = score_column(
        np.array(assessed["scores"].tolist()).reshape(len(assessed), len(needs.domains))
    )
    return checked(
        {
            "child": frame,
            "care": frame.assign(started_on=frame["care_started_on"]),
            "placement": frame,
            "cost": cost,
            "assessment": assessed,
        },
        needs,
    )


def store(children: list[dict], needs: NeedModel = NEEDS) -> Store:
    return Store.of_tables(tables(children, needs), as_of=AS_OF, needs=needs)
