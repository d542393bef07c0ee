"""Days and years that plans for children go by: school years, and the March before which birthdays are planned for."""

from __future__ import annotations

from datetime import date

GCSE_YEARS = (10, 11)
_SEPTEMBER, _TURNS_18_IN = 9, 13  # a child turns 18 in the school year that would be their Year 13


def next_march(day: date) -> date:
    """The first of March after a date: who turns 17 before it may be planned for within the year's budget.

    On the last day of February it is the one of the year after: no day is left before this year's.
    """
    this_year = date(day.year, 3, 1)
    return this_year if (this_year - day).days > 1 else this_year.replace(year=day.year + 1)


def school_year(as_of: date, turns_18_on: date) -> int:
    """The year group (11: Year 11, the GCSE year) of a child on a day, by age alone; 0 is Reception.

    A school year runs from 1 September to 31 August.
    """
    return _TURNS_18_IN - (_starts(turns_18_on) - _starts(as_of))


def _starts(day: date) -> int:
    return day.year if day.month >= _SEPTEMBER else day.year - 1
