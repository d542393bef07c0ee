"""The demonstration's date and its arithmetic on whole months and days.

Dates travel as numpy `datetime64[D]`; a month is counted from January 1970. This module draws nothing.
"""

from __future__ import annotations

from datetime import date

import numpy as np

AS_OF = date(2026, 3, 31)
TODAY = np.datetime64(AS_OF)
THIS_MONTH = int(TODAY.astype("M8[M]").astype("int64"))
RECORDS_START = np.datetime64("2020-04-01")  # fees and assessments before this are not in the records
NEVER = np.datetime64("NaT", "D")
DAYS_PER_YEAR = 365.25


def months_of(days: np.ndarray) -> np.ndarray:
    """The month each date falls in."""
    return days.astype("M8[M]").astype("int64")


def first_days(months: np.ndarray) -> np.ndarray:
    """The first day of each month."""
    return np.asarray(months, "int64").astype("M8[M]").astype("M8[D]")


def birthdays(birth_months: np.ndarray, age: int) -> np.ndarray:
    """The day each child reaches an age, birthdays being the first of the birth month."""
    return first_days(birth_months + 12 * age)


def financial_years(days: np.ndarray) -> np.ndarray:
    """The calendar year in which the financial year (April to March) of each date starts."""
    return (months_of(days) - 3) // 12 + 1970


def days_between(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Whole days from start to end."""
    return (end - start).astype("int64")
