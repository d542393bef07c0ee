"""When a lever is in effect: by month of a plan, as shares of all it does; and who is still there by then.

Pure arrays of 60 months, or of 61 numbers where what was there at first counts too.
"""

from __future__ import annotations

from math import floor
from typing import NamedTuple

import numpy as np

from vcore.scenarios.book import once_a_draw
from vcore.scenarios.calendar import MONTHS_A_YEAR, YEARS, Months
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.step import Step

MONTHS_IN_ALL = YEARS * MONTHS_A_YEAR


class Timing(NamedTuple):
    """By month of the plan, as shares of all a lever does: `done` anew, `lost` again because moves do not last,
    and `paid`: in effect, where 1 is what `apply` counts (what lasts). `opened` is 1 from the lever's own first
    month, which waits for registration but for no notice."""

    done: np.ndarray
    lost: np.ndarray
    paid: np.ndarray
    opened: np.ndarray


def timing_of(step: Step, months: Months, weeks: float) -> Timing:
    """When a lever starts, ramps up and loses again, with its notice."""
    lever, since = step.settings, np.arange(MONTHS_IN_ALL)
    notice = lever.notice_weeks * MONTHS_A_YEAR / weeks
    done = np.diff(lever.phased_in(since, placed(step)), prepend=0.0)
    staying = lever.staying(since)
    lost = np.convolve(done, -np.diff(staying, prepend=1.0))[:MONTHS_IN_ALL]
    paid = np.convolve(done, staying)[:MONTHS_IN_ALL] / lasting(step)
    paid = (1 - notice % 1) * paid + (notice % 1) * np.append(0.0, paid[:-1])  # notice ends within a month
    opened = months.since_start - lever.starts_after_months - lever.lag_months
    own = opened - floor(notice)
    done, lost, paid = (np.where(own >= 0, by_own[np.maximum(own, 0)], 0.0) for by_own in (done, lost, paid))
    return Timing(done, lost, paid, np.where(opened >= 0, 1.0, 0.0))


def beyond_each_month(step: Step, timing: Timing) -> dict[SavingKind, np.ndarray]:
    """Weekly £ in each month that belong to no child's placement, by what they are.

    What is paid from the opening is paid in full, and less is left of it as children come. What is avoided is the
    sum of those kept out so far and not yet past the months they would have stayed.
    """
    opened = float(once_a_draw(step.effect.opened_gbp))
    return {
        kind: gbp * _built_up(timing.paid, step.settings.building_months)
        if kind == "avoided"
        else opened * timing.opened + (gbp - opened) * timing.paid
        for kind, gbp in step.beyond_by_kind.items()
    }


def _built_up(each_month: np.ndarray, months: float) -> np.ndarray:
    """Shares of all that is out at a time, where each month's children stay out for so many months from its first
    day; of the last month, its part."""
    if months <= 0:
        return each_month
    stays = np.clip(months - np.arange(MONTHS_IN_ALL), 0.0, 1.0)
    return np.convolve(each_month, stays)[:MONTHS_IN_ALL] / months


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
