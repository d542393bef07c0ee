"""What the formulas of the Months sheet come to: when a lever is in effect, and which savings are still there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vcore.exports.workbook.levers import Part
from vcore.exports.workbook.rows import MONTHS
from vcore.scenarios.calendar import MONTHS_A_YEAR
from vcore.scenarios.plan import Plan


class Timing(NamedTuple):
    """As in the plan: by the lever's own months `phased` and `there`; by the plan's, `paid`, `done` and `lost`."""

    phased: np.ndarray
    there: np.ndarray
    paid: np.ndarray
    done: np.ndarray
    lost: np.ndarray
    lasting: float


def timing_of(plan: Plan, part: Part) -> Timing:
    """The lever's timing, as `plan` reckons it, with what its formulas go through on the way."""
    lever, since = part.step.settings, np.arange(MONTHS)
    lasting = float(lever.lasting) or 1.0
    notice = lever.notice_weeks * MONTHS_A_YEAR / plan.result.scenario.weeks_per_year
    phased = lever.phased_in(since, part.step.moved / lasting)
    there = np.convolve(np.diff(phased, prepend=0.0), lever.staying(since))[:MONTHS]
    own = plan.months.since_start - lever.starts_after_months - int(notice)

    def shifted(by_own: np.ndarray) -> np.ndarray:
        return np.where(own >= 0, by_own[np.maximum(own, 0)], 0.0)

    late = notice % 1
    paid = ((1 - late) * there + late * np.append(0.0, there[:-1])) / lasting
    done = np.diff(phased, prepend=0.0)
    lost = done - np.diff(there, prepend=0.0)
    return Timing(phased, there, shifted(paid), shifted(done), shifted(lost), lasting)


def counted_to_the_end(values: np.ndarray, until: np.ndarray) -> np.ndarray:
    """The sum of the rows that are counted to the end of each month."""
    return np.array([values[until >= month + 1].sum() for month in range(MONTHS)])


def part_of_a_month(values: np.ndarray, until: np.ndarray) -> np.ndarray:
    """The sum of the rows that end in each month, by how much of it they count."""
    share = until - np.floor(until)
    return np.bincount(until.astype(int), values * share, MONTHS + 1)[:MONTHS]
