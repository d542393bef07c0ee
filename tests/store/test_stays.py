"""Stays: stretches of placement and fee, against a day-by-day look-up in plain pandas."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from tests.small import AS_OF, NEEDS, child, tables
from vcore.store import Store
from vcore.tables import checked

PLACEMENTS = [  # child, from, to, kind
    ("a", date(2024, 1, 1), date(2025, 5, 1), "private_residential"),
    ("a", date(2025, 5, 1), None, "independent_fostering"),
    ("b", date(2024, 1, 1), date(2025, 6, 1), "in_house_fostering"),
    ("c", date(2024, 1, 1), None, "in_house_fostering"),
]
FEES = [  # child, from, to, £ a week, of which social care
    ("a", date(2024, 1, 1), date(2025, 4, 1), 4_000.0, 3_000.0),
    ("a", date(2025, 4, 1), date(2025, 5, 1), 4_200.0, 3_100.0),
    ("a", date(2025, 6, 1), None, 1_000.0, 1_000.0),
    ("b", date(2024, 1, 1), date(2025, 6, 1), 500.0, 500.0),
    ("c", date(2024, 1, 1), None, 700.0, 600.0),
]
PLACES = {
    "private_residential": ("K2", "PR4", "residential"),
    "independent_fostering": ("U4", "PR4", "fostering"),
    "in_house_fostering": ("U4", "PR1", "fostering"),
}


@pytest.fixture(scope="module")
def store():
    whole = tables([child(name, weekly_cost_gbp=None) for name in "abc"])
    whole["placement"] = pd.DataFrame(
        [
            {
                "child_id": name, "authority": "South" if name == "c" else "North", "started_on": began, "ended_on": to,
                "place_code": PLACES[kind][0], "provider_code": PLACES[kind][1], "setting": PLACES[kind][2],
                "setting_detail": kind, "kinship": False, "end_reason": None, "breakdown": False,
            }
            for name, began, to, kind in PLACEMENTS
        ]
    )  # fmt: skip
    whole["cost"] = pd.DataFrame(
        [
            {
                "child_id": name, "authority": "South" if name == "c" else "North", "started_on": began, "ended_on": to,
                "weekly_cost_gbp": gbp, "social_care_cost_gbp": own, "education_cost_gbp": gbp - own,
                "health_cost_gbp": 0.0,
            }
            for name, began, to, gbp, own in FEES
        ]
    )  # fmt: skip
    return Store.of_tables(checked(whole, NEEDS), as_of=AS_OF, needs=NEEDS)


def on(rows, name, day):
    found = [row for row in rows if row[0] == name and row[1] <= day and (row[2] is None or day < row[2])]
    return found[-1] if found else None


def test_every_day_of_every_stretch_has_the_placement_and_the_fee_of_that_day(store):
    stretches = store.stays(["a", "b"]).stretches
    for name in "ab":
        for offset in range(0, 800, 7):
            day = date(2024, 1, 1) + timedelta(days=offset)
            (row,) = [
                row
                for row in stretches.itertuples()
                if row.child_id == name and row.started_on <= pd.Timestamp(day)
                and (pd.isna(row.ended_on) or pd.Timestamp(day) < row.ended_on)
            ]  # fmt: skip
            placement, fee = on(PLACEMENTS, name, day), on(FEES, name, day)
            assert (None if pd.isna(row.setting_detail) else row.setting_detail) == (
                placement and placement[3]
            )
            assert pd.isna(row.social_care_cost_gbp) if fee is None else row.social_care_cost_gbp == fee[4]
            assert pd.isna(row.placement_started_on) if placement is None else (
                row.placement_started_on == pd.Timestamp(placement[1])
            )  # fmt: skip


def test_only_the_children_asked_for_and_no_row_for_a_stranger(store):
    found = store.stays(["a", "gone"])
    assert set(found.stretches["child_id"]) == set(found.turns_18_on.index) == {"a"}
    assert found.turns_18_on["a"] == pd.Timestamp(2030, 3, 1)
    nobody = store.stays([])
    assert len(nobody.stretches) == len(nobody.turns_18_on) == 0
    assert nobody.stretches.dtypes.equals(found.stretches.dtypes)


def test_mean_prices_are_of_the_day_and_of_the_authorities_asked(store):
    days = [date(2025, 4, 1), date(2025, 7, 1)]
    both = store.mean_prices(days, ["North", "South"])
    assert list(both.itertuples(index=False, name=None)) == [
        (pd.Timestamp(2025, 4, 1), "in_house_fostering", 550.0),
        (pd.Timestamp(2025, 4, 1), "private_residential", 3_100.0),
        (pd.Timestamp(2025, 7, 1), "in_house_fostering", 600.0),
        (pd.Timestamp(2025, 7, 1), "independent_fostering", 1_000.0),
    ]
    north = store.mean_prices(days, ["North"])
    assert north["mean_gbp"].tolist() == [500.0, 3_100.0, 1_000.0]
    assert len(store.mean_prices([], ["North"])) == len(store.mean_prices(days, [])) == 0
