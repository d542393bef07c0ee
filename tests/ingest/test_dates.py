"""Dates as councils write them: a worked table, and every day there and back in every style."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcore.ingest.dates import financial_year, known_parts, month_first, parse_dates, parse_financial_years

LAST_OF_MARCH = date(2026, 3, 31)


def parsed(*texts: str, months: bool = False) -> list[date | None]:
    found = parse_dates(pd.Series(texts, dtype="str"), this_year=2026, months=months)["date"]
    return [None if pd.isna(day) else day.date() for day in found]


@pytest.mark.parametrize(
    ("text", "day", "style"),
    [
        ("31/03/2026", LAST_OF_MARCH, "dd/mm/yyyy"),
        ("31-3-2026", LAST_OF_MARCH, "dd/mm/yyyy"),
        ("31.03.2026", LAST_OF_MARCH, "dd/mm/yyyy"),
        ("31/03/2026 00:00", LAST_OF_MARCH, "dd/mm/yyyy"),
        ("31/03/2026 09:30:15", LAST_OF_MARCH, "dd/mm/yyyy"),
        ("2026-03-31", LAST_OF_MARCH, "yyyy-mm-dd"),
        ("2026-03-31T00:00:00Z", LAST_OF_MARCH, "yyyy-mm-dd"),
        ("2026-03-31 00:00:00.000", LAST_OF_MARCH, "yyyy-mm-dd"),
        ("31/03/26", LAST_OF_MARCH, "dd/mm/yy"),
        ("01/02/46", date(2046, 2, 1), "dd/mm/yy"),
        ("01/02/47", date(1947, 2, 1), "dd/mm/yy"),
        ("29/02/2024", date(2024, 2, 29), "dd/mm/yyyy"),
        ("29/02/2025", None, None),
        ("31/04/2026", None, None),
        ("00/01/2026", None, None),
        ("12/13/2026", None, None),
        ("01/01/1899", None, None),
        ("01/01/20266", None, None),
        ("45000", None, None),
        ("March 2026", None, None),
        ("2026-04", None, None),
        ("", None, None),
    ],
)
def test_a_date_is_read_day_first_or_iso(text, day, style):
    read = parse_dates(pd.Series([text], dtype="str"), this_year=2026)
    assert parsed(text) == [day]
    assert (None if pd.isna(read["style"][0]) else read["style"][0]) == style


@given(
    st.dates(date(1950, 1, 1), date(2045, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d.%m.%Y", "%d/%m/%Y %H:%M:%S"]),
)
def test_every_day_comes_back_in_every_style(day, style):
    written = day.strftime(style)
    if style == "%d/%m/%y" and day.year < 1947:
        day = day.replace(year=day.year + 100)
    assert parsed(written) == [day]


def test_one_column_may_mix_styles():
    assert parsed("01/02/2026", "2026-02-01", "01/02/26") == [date(2026, 2, 1)] * 3


@pytest.mark.parametrize("text", ["01/04/2026", "17/04/2026", "2026-04", "04/2026", "2026-04-30"])
def test_a_month_is_its_first_day(text):
    assert parsed(text, months=True) == [date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("05/03/2014", "2014-03-05"),
        ("2014-03-05", "2014-03-05"),
        ("zz/03/2014", "2014-03"),
        ("ZZ/3/2014", "2014-03"),
        ("03/2014", "2014-03"),
        ("2014-03", "2014-03"),
        ("zz/zz/2014", "2014"),
        ("zz/2014", "2014"),
        ("2014", "2014"),
        ("zz/zz/zzzz", ""),
        ("zz-zz-zzzz", ""),
        ("zz/13/2014", None),
        ("zz/03/1814", None),
        ("zz/03/zzzz", None),
        ("05/zz/2014", None),
        ("31/02/2014", None),
        ("March 2014", None),
        ("14", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(text, known):
    texts = pd.Series([text], dtype="str")
    read = known_parts(texts, parse_dates(texts, this_year=2026)["date"])[0]
    assert (None if pd.isna(read) else read) == known


@pytest.mark.parametrize(
    ("texts", "turned"),
    [
        (("04/25/2026", "04/26/2026", "01/02/2026"), 2),
        (("04/25/2026", "25/04/2026"), 0),  # the second shows that days come first: the first is a slip
        (("31/02/2026", "30/02/2026"), 0),
        (("2026-04-25",), 0),
    ],
)
def test_month_first_dates_are_noticed_unless_others_are_day_first(texts, turned):
    text = pd.Series(texts, dtype="str")
    assert month_first(text, parse_dates(text, this_year=2026)["date"]).sum() == turned


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025/26", "2025/26"),
        ("2025-26", "2025/26"),
        ("2025–26", "2025/26"),
        ("2025/2026", "2025/26"),
        ("1999/00", "1999/00"),
        ("2025/27", None),
        ("2025", None),
        ("25/26", None),
        ("", None),
    ],
)
def test_a_financial_year_names_two_years_that_follow(text, year):
    read = parse_financial_years(pd.Series([text], dtype="str"))[0]
    assert (None if pd.isna(read) else read) == year


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2026-03-31", "2025/26"),
        ("2026-04-01", "2026/27"),
        ("2025-12-31", "2025/26"),
        ("2000-01-01", "1999/00"),
    ],
)
def test_the_financial_year_turns_on_the_first_of_april(day, year):
    assert financial_year(pd.Timestamp(day)) == year
