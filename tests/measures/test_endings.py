"""What ends in the next 12 months: on both sides of every date, each child once."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import AS_OF, child, store
from vcore import CohortFilter
from vcore.measures.endings import BIRTHDAY, PLANNED, added_up, crossed, endings, months, outside_costs_ending

FAR = date(2012, 3, 1)  # 18 in March 2030


def ends(birth_month: date = FAR, planned: date | None = None) -> list[tuple[str, str]]:
    """The month and reason of one child's ending, as on 31 March 2026; empty for none."""
    found = endings(store([child("a", birth_month=birth_month, planned_end_on=planned)]).cohort())
    return [(f"{row.month:%Y-%m}", row.reason) for row in found.itertuples()]


@pytest.mark.parametrize(
    ("birth_month", "planned", "expected"),
    [
        (FAR, None, []),
        (date(2008, 4, 1), None, [("2026-04", BIRTHDAY)]),  # 18 on 1 April 2026, tomorrow
        (date(2008, 3, 1), None, []),  # 18 since 1 March
        (date(2009, 3, 1), None, [("2027-03", BIRTHDAY)]),
        (date(2009, 4, 1), None, []),  # 18 on 1 April 2027, a day too late
        (FAR, date(2026, 3, 31), []),  # today
        (FAR, date(2026, 4, 1), [("2026-04", PLANNED)]),
        (FAR, date(2027, 3, 31), [("2027-03", PLANNED)]),
        (FAR, date(2027, 4, 1), []),
        (FAR, date(2025, 6, 1), []),  # overdue: it did not end
        (date(2008, 10, 1), date(2026, 9, 30), [("2026-09", PLANNED)]),
        (date(2008, 10, 1), date(2026, 10, 1), [("2026-10", BIRTHDAY)]),  # the same day
        (date(2008, 10, 1), date(2026, 10, 2), [("2026-10", BIRTHDAY)]),
        (date(2008, 10, 1), date(2026, 1, 2), [("2026-10", BIRTHDAY)]),
    ],
)
def test_the_first_ending_after_the_date_and_within_a_year(birth_month, planned, expected):
    assert ends(birth_month, planned) == expected


def test_children_money_and_need_by_month_and_by_setting():
    found = endings(
        store(
            [
                child("a", planned_end_on=date(2026, 5, 3), weekly_cost_gbp=5000.0, scores=[2] * 13),
                child("b", birth_month=date(2008, 5, 1), weekly_cost_gbp=None, scores=None),
                child("c", birth_month=date(2008, 5, 1), weekly_cost_gbp=700.0, setting_detail="in_house_fostering"),
                child("d", planned_end_on=date(2026, 6, 1), weekly_cost_gbp=300.0, setting_detail="in_house_fostering"),
                child("e"),
            ]
        ).cohort()
    )  # fmt: skip
    by_month = crossed(found, "month", [date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)])
    assert by_month.to_numpy().tolist() == [[0, 0], [2, 1], [0, 1]]
    sums = added_up(found, "setting", ["fostering", "residential"])
    assert list(sums) == ["costed", "assessed", "weekly_gbp", "need_total"]
    assert sums.to_numpy().tolist() == [[2, 2, 1000, 26], [1, 1, 5000, 26]]
    homes = found[found["setting"] == "residential"].set_index("reason")
    assert homes[["children", "costed", "assessed"]].to_numpy().tolist() == [[1, 0, 0], [1, 1, 1]]
    assert homes["need_total"].to_dict() == {BIRTHDAY: 0.0, PLANNED: 26.0}


def test_nobody_ends_where_nobody_is():
    found = endings(store([child("a")]).cohort(CohortFilter(age_min=24)))
    assert found.empty
    assert crossed(found, "month", [date(2026, 4, 1)]).to_numpy().tolist() == [[0, 0]]


@pytest.mark.parametrize(
    ("as_of", "first", "n"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), 12),
        (date(2026, 3, 15), date(2026, 3, 1), 13),
        (date(2024, 2, 29), date(2024, 3, 1), 12),
    ],
)
def test_the_months_ahead(as_of, first, n):
    found = months(as_of)
    assert (found[0], len(found)) == (first, n)
    assert found == sorted(set(found))


DAYS = st.one_of(st.none(), st.integers(-60, 500).map(lambda days: AS_OF + timedelta(days=days)))
MONTHS_OLD = st.integers(0, 18 * 12 + 3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(MONTHS_OLD, DAYS), min_size=1, max_size=8))
def test_a_child_ends_once_or_not_at_all(drawn):
    made = [
        child(
            f"{place}",
            birth_month=(pd.Timestamp(2026, 3, 1) - pd.DateOffset(months=old)).date(),
            planned_end_on=planned or pd.NaT,
            weekly_cost_gbp=100.0,
        )
        for place, (old, planned) in enumerate(drawn)
    ]
    found = endings(store(made).cohort())
    expected = 0
    for row in made:
        birthday = (pd.Timestamp(row["birth_month"]) + pd.DateOffset(years=18)).date()
        days = [day for day in (birthday, row["planned_end_on"]) if not pd.isna(day)]
        expected += any(AS_OF < day <= date(2027, 3, 31) for day in days)
    assert found["children"].sum() == expected <= len(made)
    assert found["weekly_gbp"].sum() == 100.0 * expected
    assert set(found["month"]) <= set(months(AS_OF))


def test_the_cost_that_ends_by_outside_provider():
    """One provider is paid £4,000 and £1,000 of what ends in June; £500 in June are the council's own carers'."""
    own = {
        "setting_detail": "in_house_fostering",
        "place_code": "U4",
        "provider_code": "PR1",
        "provider": None,
    }
    cohort = store(
        [
            child("a", birth_month=FAR, planned_end_on=date(2026, 6, 1), provider="X"),
            child(
                "b", birth_month=FAR, planned_end_on=date(2026, 6, 9), provider="X", weekly_cost_gbp=1_000.0
            ),
            child("c", birth_month=FAR, planned_end_on=date(2026, 6, 9), weekly_cost_gbp=500.0, **own),
            child("d", birth_month=FAR, provider="Y", weekly_cost_gbp=9_000.0),  # stays
        ]
    ).cohort()
    by_month = outside_costs_ending(cohort, "month")
    june = by_month.values.index(date(2026, 6, 1))
    assert by_month.total[june] == by_month.total.sum() == 5_500
    assert sorted(by_month.by_provider[june]) == [0, 5_000]
    assert sorted(by_month.shares) == [0, 5_000 / 5_500]
    by_setting = outside_costs_ending(cohort, "setting")
    costs = zip(by_setting.total, by_setting.by_provider.max(axis=1), strict=True)
    told = dict(zip(by_setting.values, costs, strict=True))
    assert told["residential"] == (5_000, 5_000) and told["fostering"] == (500, 0)
    assert np.count_nonzero(by_setting.total) == 2
