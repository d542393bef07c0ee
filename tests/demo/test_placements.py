"""The demonstration's flows, stability, endings and profiles by time, against plain SQL over its rows."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.demo.conftest import DAY
from vcore import Store
from vcore.facts.domains import NeedModel
from vcore.measures import endings, flows, stability, time_profiles

EARLIER = date(2025, 3, 31)
MOVES = """
WITH before AS (
    SELECT child_id, setting FROM placement
    WHERE started_on <= $earlier AND (ended_on IS NULL OR ended_on > $earlier)
), after AS (
    SELECT child_id, setting FROM placement WHERE started_on <= $day AND (ended_on IS NULL OR ended_on > $day)
)
SELECT coalesce(before.setting, 'not_in_care') AS was, coalesce(after.setting, 'left_care') AS is_now, count(*) AS n
FROM before FULL JOIN after USING (child_id) GROUP BY ALL
"""
YEAR = """
SELECT kid.setting, count(*) AS children, count(*) FILTER (n >= 3) AS many_moves, count(*) FILTER (broken > 0) AS broke_down
FROM kid JOIN (
    SELECT child_id, count(*) AS n,
        count(*) FILTER (breakdown AND ended_on > DATE '2025-03-31' AND ended_on <= DATE '2026-03-31') AS broken
    FROM placement WHERE started_on <= DATE '2026-03-31' AND (ended_on IS NULL OR ended_on > DATE '2025-03-31')
    GROUP BY child_id
) USING (child_id)
GROUP BY kid.setting
"""
SETTLED = """
SELECT count(*), count(*) FILTER (date_diff('day', here.started_on::DATE, $day) / 30.4375 >= 24)
FROM kid JOIN placement AS here ON here.child_id = kid.child_id
    AND here.started_on <= $day AND (here.ended_on IS NULL OR here.ended_on > $day)
WHERE kid.age < 16 AND kid.years >= 2.5
"""
ENDS = """
SELECT CASE WHEN planned < birthday THEN 'planned_end' ELSE 'eighteenth_birthday' END AS reason,
    date_trunc('month', least(planned, birthday))::DATE AS month, count(*) AS n, sum(cost) AS weekly
FROM (
    SELECT kid.cost,
        CASE WHEN turns > $day AND turns <= $day + INTERVAL 1 YEAR THEN turns ELSE DATE '2100-01-01' END AS birthday,
        CASE WHEN ends > $day AND ends <= $day + INTERVAL 1 YEAR THEN ends ELSE DATE '2100-01-01' END AS planned
    FROM (SELECT *, birth_month + INTERVAL 18 YEAR AS turns FROM kid) AS kid
    LEFT JOIN (
        SELECT child_id, planned_end_on AS ends FROM cost
        WHERE started_on <= $day AND (ended_on IS NULL OR ended_on > $day)
    ) AS fee ON fee.child_id = kid.child_id
)
WHERE least(planned, birthday) < DATE '2100-01-01' GROUP BY ALL
"""
BY_TIME = """
SELECT CASE WHEN years < 1 THEN 'Under 1 year' WHEN years < 3 THEN '1 to 3 years' ELSE 'Over 3 years' END AS band,
    count(*) AS children, avg(cost) AS cost, avg(total) AS need, stddev_samp(total) / sqrt(count(total)) AS error
FROM kid GROUP BY band
"""


@pytest.fixture(scope="module")
def store(tables):
    return Store.of_tables(tables, as_of=DAY, needs=NeedModel(), demonstration=True)


def test_flows_between_two_dates(store, rows):
    counts = flows.flows(store.cohort(), store.cohort(as_of=EARLIER))
    expected = rows.execute(MOVES, {"earlier": EARLIER, "day": DAY}).fetchall()
    assert {(then, now): n for then, row in counts.iterrows() for now, n in row.items() if n} == {
        (was, now): n for was, now, n in expected
    }


def test_moves_and_breakdowns_by_setting(store, rows):
    table = stability.by_setting(store.cohort()).set_index("setting")
    expected = rows.execute(YEAR).df().set_index("setting")
    expected.loc["all"] = expected.sum()
    counted = ["children", "many_moves", "broke_down"]
    assert table[counted].to_dict("index") == expected.loc[table.index, counted].to_dict("index")
    long_in_care, settled = rows.execute(SETTLED, {"day": DAY}).fetchone()
    assert tuple(table.loc["all", ["long_in_care", "settled"]]) == (long_in_care, settled)


def test_endings_by_month(store, rows):
    found = endings.endings(store.cohort()).groupby(["reason", "month"])[["children", "weekly_gbp"]].sum()
    expected = rows.execute(ENDS, {"day": DAY}).df()
    expected["month"] = expected["month"].map(pd.Timestamp.date)
    expected = expected.set_index(["reason", "month"]).sort_index()
    assert found["children"].to_dict() == expected["n"].to_dict()
    assert found["weekly_gbp"].to_dict() == pytest.approx(expected["weekly"].fillna(0).to_dict())


def test_need_and_cost_by_time_in_care_as_published(store, rows):
    """K22-02: mean total need is higher in each longer band of time in care."""
    table = time_profiles.by_band(store.cohort(), "time_in_care_band").set_index("time_in_care_band")
    expected = rows.execute(BY_TIME).df().set_index("band").loc[table.index]
    assert table["children"].tolist() == expected["children"].tolist()
    assert table["mean_weekly_gbp"].tolist() == pytest.approx(expected["cost"].tolist())
    assert table["mean_need_total"].tolist() == pytest.approx(expected["need"].tolist())
    reach = (table["high_need_total"] - table["low_need_total"]) / 2
    assert reach.tolist() == pytest.approx((1.96 * expected["error"]).tolist())
    assert table["mean_need_total"].is_monotonic_increasing


def test_need_by_age_as_published(store):
    """K22-01: lowest under 2, higher at 2 to 4 and at 5 to 11; 12 to 16 within 15% of 5 to 11."""
    need = time_profiles.by_band(store.cohort(), "age_band").set_index("age_band")["mean_need_total"]
    assert need.idxmin() == "Under 2"
    assert need["Under 2"] < need["2 to 4"] < need["5 to 11"]
    assert abs(need["12 to 16"] / need["5 to 11"] - 1) < 0.15
