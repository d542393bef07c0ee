"""When a lever is in effect: by month of a plan, as shares of all it does; and who is still there by then.

Pure arrays of 60 months, or of 61 numbers where what was there at first counts too.
"""

from __future__ import annotations

from math import floor
from typing import NamedTuple

import numpy as np

from vcore.scenarios.calendar import MONTHS_A_YEAR, YEARS, Months
from vcore.scenarios.run import Step

MONTHS_IN_ALL = YEARS * MONTHS_A_YEAR


class Timing(NamedTuple):
    """By month of the plan, as shares of all a lever does: `done` anew, `lost` again because moves do not last,
    and `paid`: in effect, where 1 is what `apply` counts (what lasts)."""

    done: np.ndarray
    lost: np.ndarray
    paid: np.ndarray


def timing_of(step: Step, months: Months, weeks: float) -> Timing:
    """When a lever starts, ramps up and loses again, with its notice."""
    lever, since = step.settings, np.arange(MONTHS_IN_ALL)
    notice = lever.notice_weeks * MONTHS_A_YEAR / weeks
    done = np.diff(lever.phased_in(since, placed(step)), prepend=0.0)
    staying = lever.staying(since)
    lost = np.convolve(done, -np.diff(staying, prepend=1.0))[:MONTHS_IN_ALL]
    paid = np.convolve(done, staying)[:MONTHS_IN_ALL] / lasting(step)
    paid = (1 - notice % 1) * paid + (notice % 1) * np.append(0.0, paid[:-1])  # notice ends within a month
    own = months.since_start - lever.starts_after_months - lever.lag_months - floor(notice)
    return Timing(*(np.where(own >= 0, by_own[np.maximum(own, 0)], 0.0) for by_own in (done, lost, paid)))


def placed(step: Step) -> float:
    """Children who move, for good or not."""
    return step.moved / lasting(step)


def lasting(step: Step) -> float:
    """The share of moves that lasts; where none does nothing is saved, and any divisor will do."""
    return float(step.settings.lasting) or 1.0


def left_each_month(rows: np.ndarray, ends: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """The sum of the rows that end later than each month, and of the part of those that end in it."""
    return standing(rows, ends)[1:] + np.bincount(ends, rows * shares, MONTHS_IN_ALL + 1)[:-1]


def standing(rows: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The sum of the rows at first, and of those that are left after each month: 61 numbers."""
    return np.bincount(ends, rows, MONTHS_IN_ALL + 1)[::-1].cumsum()[::-1]
