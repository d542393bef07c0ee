"""The calendar: first month, financial years, uplift and drift, against months counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from vcore.errors import RefusedRun
from vcore.scenarios.calendar import Calendar, Drift, by_year

STARTS = {  # data of a day → the plan's first month, and the first April of its years
    date(2026, 3, 31): (date(2026, 4, 1), date(2026, 4, 1)),
    date(2026, 4, 1): (date(2026, 5, 1), date(2026, 4, 1)),
    date(2026, 6, 30): (date(2026, 7, 1), date(2026, 4, 1)),
    date(2026, 12, 31): (date(2027, 1, 1), date(2026, 4, 1)),
    date(2027, 2, 15): (date(2027, 3, 1), date(2026, 4, 1)),
}


@pytest.mark.parametrize(("as_of", "expected"), STARTS.items())
def test_a_plan_starts_in_the_month_after_the_data_in_that_financial_year(as_of, expected):
    months = Calendar().months(as_of)
    days = months.first_days
    assert (days[int(np.flatnonzero(months.since_start == 0)[0])], days[0]) == expected
    assert len(days) == 60
    assert months.years == ["2026/27", "2027/28", "2028/29", "2029/30", "2030/31"]


def test_a_start_of_ones_own_moves_the_years():
    months = Calendar(start=date(2027, 9, 1)).months(date(2026, 3, 31))
    assert months.years[0] == "2027/28"
    assert months.since_start[0] == -5


@pytest.mark.parametrize(
    ("start", "words"),
    [(date(2026, 3, 1), "Start in April 2026 or later"), (date(2031, 5, 1), "Start earlier")],
)
def test_a_start_the_data_cannot_serve_is_refused(start, words):
    with pytest.raises(RefusedRun, match=words):
        Calendar(start=start).months(date(2026, 3, 31))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"start": date(2026, 4, 2)}, "first of a month: write 2026-04-01"),
        ({"yearly_uplift": 0.51}, "less than or equal to 0.5"),
        ({"drifts": ({"setting": "fosterin"},)}, "fostering"),
        ({"drifts": (Drift(setting="fostering"), Drift(setting="fostering"))}, "keep one"),
        ({"finish": 1}, "Extra inputs"),
    ],
)
def test_an_impossible_calendar_cannot_be_built(settings, words):
    with pytest.raises(ValidationError, match=words):
        Calendar(**settings)


def test_prices_rise_each_april_after_the_data():
    calendar = Calendar(yearly_uplift=0.1)
    rises = calendar.uplifted(calendar.months(date(2026, 6, 30)), date(2026, 6, 30))
    assert rises[[0, 11, 12, 59]].tolist() == pytest.approx([1, 1, 1.1, 1.1**4])
    rises = calendar.uplifted(calendar.months(date(2026, 3, 31)), date(2026, 3, 31))
    assert rises[[0, 11, 12]].tolist() == pytest.approx([1.1, 1.1, 1.21])


@pytest.mark.parametrize(
    ("day", "place", "share"),
    [
        ("2026-04-01", 0, 0.0),
        ("2026-04-16", 0, 15 / 30),
        ("2027-02-15", 10, 14 / 28),
        ("2031-03-31", 59, 30 / 31),
        ("2031-04-01", 60, 0.0),
        ("2045-01-09", 60, 0.0),
        ("NaT", 60, 0.0),
        ("2026-03-20", 0, 0.0),
    ],
)
def test_where_a_day_falls(day, place, share):
    months = Calendar().months(date(2026, 3, 31))
    places, shares = months.places(np.array([day], dtype="datetime64[D]"))
    assert (places[0], shares[0]) == (place, pytest.approx(share))


def test_a_year_is_twelve_months():
    assert by_year(np.arange(60.0)).tolist() == [66, 210, 354, 498, 642]
