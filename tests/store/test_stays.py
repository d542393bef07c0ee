"""Stays: stretches of placement and fee, against a day-by-day look-up in plain pandas."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from tests import stays
from tests.stays import FEES, PLACEMENTS


@pytest.fixture(scope="module")
def store():
    return stays.store()


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
