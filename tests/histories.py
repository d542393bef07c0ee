"""Small made histories: children with every placement, fee and assessment they had, and when they left care."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tests.small import AS_OF, NEEDS
from vcore import Store
from vcore.facts.placements import SETTING_OF
from vcore.measures.history import History
from vcore.tables import checked, score_column

THEN = date(2025, 3, 31)  # twelve months before AS_OF
HOMES = {
    "fostering": ("in_house_fostering", "U4", "PR1"),
    "residential": ("private_residential", "K2", "PR4"),
    "semi_independent": ("semi_independent", "K3", "PR4"),
    "parents_or_adoption": ("with_parents", "P1", "PR1"),
}
FEES = {"fostering": 800.0, "residential": 5_000.0, "semi_independent": 1_200.0, "parents_or_adoption": None}
LONG_AGO = date(2022, 1, 1)
BROKE = "CREQB"


def spell(
    setting: str,
    start: date = LONG_AGO,
    end: date | None = None,
    broke: bool = False,
    provider: str | None = None,
) -> dict:
    """One placement."""
    detail, place, run_by = HOMES[setting]
    return {
        "setting": SETTING_OF[detail],
        "setting_detail": detail,
        "place_code": place,
        "provider_code": run_by,
        "kinship": False,
        "started_on": start,
        "ended_on": end or pd.NaT,
        "end_reason": BROKE if broke else None,
        "breakdown": broke,
        "provider": provider,
    }


def life(child_id: str, *spells: dict, left: date | None = None, **facts) -> dict:
    """One child: its placements, the day it left care, and `assessed`: days with what was scored then."""
    return {
        "child_id": child_id,
        "authority": "North",
        "population": "in_care",
        "birth_month": date(2014, 3, 1),
        "sex": "F",
        "ethnicity": "White",
        "spells": spells,
        "left": left,
        "assessed": {date(2025, 1, 31): [1] * 13},
    } | facts


def leaver(child_id: str = "leaver", authority: str = "North", on: date = date(2025, 4, 20)) -> dict:
    """A child who left care soon after `THEN`, so that the history reaches back to it; never assessed."""
    gone = spell("residential", end=on)
    return life(child_id, gone, left=on, authority=authority, assessed={})


def store_of(*lives: dict, as_of: date = AS_OF) -> Store:
    """The lives as a store."""
    own = ["child_id", "authority"]
    frame = pd.DataFrame(lives)
    placement = pd.DataFrame(
        [each | {key: one[key] for key in own} for one in lives for each in one["spells"]]
    )
    cost = placement.assign(weekly_cost_gbp=placement["setting"].map(FEES)).dropna(subset="weekly_cost_gbp")
    cost = cost.assign(
        social_care_cost_gbp=cost["weekly_cost_gbp"], education_cost_gbp=0.0, health_cost_gbp=0.0
    )
    seen = [
        {"assessed_on": day, "scores": scores} | {key: one[key] for key in own}
        for one in lives
        for day, scores in one["assessed"].items()
    ]
    assessment = pd.DataFrame(seen, columns=[*own, "assessed_on", "scores"])
    assessment["scores"] = score_column(np.array(assessment["scores"].tolist()).reshape(len(seen), 13))
    began = [min(each["started_on"] for each in one["spells"]) for one in lives]
    care = frame[own].assign(
        care_started_on=began,
        care_ended_on=frame["left"],
        started_on=began,
        ended_on=frame["left"],
        legal_status="C2",
    )
    made = {"child": frame, "care": care, "placement": placement, "cost": cost, "assessment": assessment}
    return Store.of_tables(checked(made, NEEDS), as_of=as_of, needs=NEEDS)


def history(store: Store, then: date = THEN, until: date | None = None) -> History:
    """Everybody in care on a day, and what followed."""
    return History(store.cohort(as_of=then), store.afterwards(then, until))
