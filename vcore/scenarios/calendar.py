"""When a plan happens and at which prices: its first month, five financial years, uplift, and drift.

Financial years run April to March. A setting of the scenario; everything starts neutral (today's prices, nothing
drifts), so that twelve full months are the annual figure.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, field_validator

from vcore.errors import InvalidChoice, RefusedRun
from vcore.facts.placements import SETTINGS

YEARS, MONTHS_A_YEAR, APRIL = 5, 12, 4
Yearly = Annotated[float, Field(ge=-0.5, le=0.5)]


class Drift(BaseModel):
    """What happens in one setting if nothing is done, as shares a year: it makes growth, never a saving."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    setting: str
    price_inflation: Yearly = Field(default=0.0, description="Rise of prices, share a year")
    children_change: Yearly = Field(default=0.0, description="Change in children, share a year")

    @field_validator("setting")
    @classmethod
    def known(cls, setting: str) -> str:
        if setting not in SETTINGS:
            raise InvalidChoice("setting", setting, SETTINGS)
        return setting


class Calendar(BaseModel):
    """The first month of a plan, and how prices and numbers change from year to year (shares, 0.03 = 3%).

    `start` None: the month after the date of the data. Prices are those of the data's date; `yearly_uplift`
    raises savings and costs each April after that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    start: date | None = Field(default=None, description="First month of the plan, as its first day")
    yearly_uplift: Yearly = Field(default=0.0, description="Rise of prices each April, share a year")
    drifts: tuple[Drift, ...] = Field(default=(), description="What happens by setting if nothing is done")

    @field_validator("start")
    @classmethod
    def on_the_first(cls, start: date | None) -> date | None:
        if start is not None and start.day != 1:
            raise ValueError(f"A plan starts on the first of a month: write {start.replace(day=1)}.")
        return start

    @field_validator("drifts")
    @classmethod
    def one_a_setting(cls, drifts: tuple[Drift, ...]) -> tuple[Drift, ...]:
        names = [drift.setting for drift in drifts]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"Two drifts are given for {name}: keep one.")
        return drifts

    def months(self, as_of: date) -> Months:
        """The months of the plan for data of a date.

        Raises `RefusedRun` where the plan would start before the data's date, or after all five years.
        """
        earliest = _month(as_of) + 1
        start = earliest if self.start is None else _month(self.start)
        if start < earliest:
            raise RefusedRun(
                f"The plan starts in {_words(start)}, but the data is of {as_of:%d %B %Y}. "
                f"Start in {_words(earliest)} or later."
            )
        if start > earliest + YEARS * MONTHS_A_YEAR:
            raise RefusedRun(
                f"The plan starts in {_words(start)}, more than five years after the data. Start earlier."
            )
        return Months(start, first=_april_before(start))

    def uplifted(self, months: Months, as_of: date, yearly: float | None = None) -> np.ndarray:
        """What a pound of the data's date is in each month: it rises every April (`yearly`, else the uplift)."""
        rises = (months.numbers - _april_before(_month(as_of))) // MONTHS_A_YEAR
        return (1 + (self.yearly_uplift if yearly is None else yearly)) ** rises


class Months(NamedTuple):
    """The 60 months of five financial years, counted since January of year 0; the plan begins in `start`."""

    start: int
    first: int

    @property
    def numbers(self) -> np.ndarray:
        return self.first + np.arange(YEARS * MONTHS_A_YEAR)

    @property
    def since_start(self) -> np.ndarray:
        """0 in the plan's first month; negative before it."""
        return self.numbers - self.start

    @property
    def first_days(self) -> list[date]:
        return [_first_day(number) for number in self.numbers]

    @property
    def years(self) -> list[str]:
        """Such as 2026/27."""
        first = self.first // MONTHS_A_YEAR
        return [f"{year}/{(year + 1) % 100:02d}" for year in range(first, first + YEARS)]

    def places(self, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each day the month it is in (0 the first, at most one after the last) and the share of that month
        before it. NaT is after the last."""
        month = days.astype("datetime64[M]")
        into = (days - month.astype("datetime64[D]")).astype("int64")
        length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype("int64")
        place = month.astype("int64") + 1970 * MONTHS_A_YEAR - self.first
        after = YEARS * MONTHS_A_YEAR
        late = np.isnat(days) | (place >= after)
        place = np.where(late, after, place)
        share = np.divide(into, length, out=np.zeros(len(days)), where=~late)
        return np.maximum(place, 0), np.where(place < 0, 0.0, share)


def by_year(monthly: np.ndarray) -> np.ndarray:
    """The sum of each financial year's twelve months."""
    return monthly.reshape(-1, MONTHS_A_YEAR).sum(axis=1)


def _month(day: date) -> int:
    return day.year * MONTHS_A_YEAR + day.month - 1


def _first_day(number: int) -> date:
    return date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)


def _april_before(number: int) -> int:
    """April of the financial year that the month is in."""
    return number - (number - (APRIL - 1)) % MONTHS_A_YEAR


def _words(number: int) -> str:
    return f"{_first_day(number):%B %Y}"
