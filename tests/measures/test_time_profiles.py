"""Need and cost by time in care and by age: band edges, means and intervals, by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.small import child, store
from vcore import CohortFilter
from vcore.measures.time_profiles import by_band

COHORT = store(
    [
        child("a", care_started_on=date(2025, 4, 1), birth_month=date(2025, 1, 1), weekly_cost_gbp=100.0, scores=[1] * 13),
        child("b", care_started_on=date(2025, 3, 1), birth_month=date(2024, 4, 1), weekly_cost_gbp=1000.0, scores=[1] * 13),
        child("c", care_started_on=date(2024, 3, 1), birth_month=date(2024, 3, 1), weekly_cost_gbp=2000.0, scores=None),
        child("d", care_started_on=date(2023, 6, 1), birth_month=date(2014, 4, 1), weekly_cost_gbp=6000.0, scores=[3] * 13),
        child("e", care_started_on=date(2020, 3, 1), birth_month=date(2009, 3, 1), weekly_cost_gbp=None, scores=[4] * 13),
    ]
).cohort()  # fmt: skip


def test_time_in_care():
    table = by_band(COHORT, "time_in_care_band").set_index("time_in_care_band")
    assert table["children"].to_dict() == {"Under 1 year": 1, "1 to 3 years": 3, "Over 3 years": 1}
    assert table["costed"].tolist() == [1, 3, 0]
    assert table["assessed"].tolist() == [1, 2, 1]
    middle = table.loc["1 to 3 years"]
    assert middle["mean_weekly_gbp"] == 3000.0
    assert middle["mean_need_total"] == 26.0  # of 13 and 39; c is not assessed
    # squares around 3,000: 4m + 1m + 9m = 14m, by 2 = 7m; standard error √(7m ÷ 3)
    reach = 1.96 * (7_000_000 / 3) ** 0.5
    assert middle["low_weekly_gbp"] == pytest.approx(max(0, 3000 - reach))
    assert middle["high_weekly_gbp"] == pytest.approx(3000 + reach)
    assert middle["low_need_total"] == pytest.approx(26 - 1.96 * (338 / 2) ** 0.5)
    alone = table.loc["Under 1 year"]
    assert (alone["mean_weekly_gbp"], np.isnan(alone["low_weekly_gbp"])) == (100.0, True)
    assert np.isnan(table.loc["Over 3 years", "mean_weekly_gbp"])


def test_age_bands_that_hold_nobody_stay():
    table = by_band(COHORT, "age_band")
    assert table["age_band"].tolist() == ["Under 2", "2 to 4", "5 to 11", "12 to 16", "17 and over"]
    assert table["children"].tolist() == [2, 1, 1, 0, 1]  # born in April 2024: 1 until April 2026


def test_nobody():
    empty = store([child("a")]).cohort(CohortFilter(age_min=24))
    table = by_band(empty, "age_band")
    assert table["children"].sum() == 0
    assert table["mean_need_total"].isna().all()


def test_the_interval_is_that_of_the_mean_against_pandas():
    draw = np.random.default_rng(3)
    whole = store(
        [
            child(f"{place:03d}", weekly_cost_gbp=float(cost))
            for place, cost in enumerate(draw.gamma(2, 900, 60))
        ]
    ).cohort()
    cost = pd.Series(whole.children["weekly_cost_gbp"])
    row = by_band(whole, "time_in_care_band").set_index("time_in_care_band").loc["Over 3 years"]
    assert row["high_weekly_gbp"] - row["mean_weekly_gbp"] == pytest.approx(1.96 * cost.sem())
    assert row["mean_weekly_gbp"] - row["low_weekly_gbp"] == pytest.approx(1.96 * cost.sem())
