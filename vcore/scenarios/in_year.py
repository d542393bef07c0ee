"""What a lever saves within one financial year of a plan: the plan's own months, without all else that a plan tells.

For who asks the same question of one lever many times, as goal seek does.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from vcore.errors import InvalidChoice
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Effect
from vcore.scenarios.calendar import MONTHS_A_YEAR
from vcore.scenarios.levers import AnyLever
from vcore.scenarios.phasing import MONTHS_IN_ALL, beyond_each_month, left_each_month, timing_of
from vcore.scenarios.scenario import Scenario
from vcore.scenarios.step import Step


class InYear:
    """One financial year, such as 2026/27, of a scenario's plan on some children.

    Raises `InvalidChoice` for a year that the plan does not reach, and `RefusedRun` as the calendar does.
    """

    def __init__(self, scenario: Scenario, base: Baseline, as_of: date, year: str) -> None:
        self._weeks = scenario.weeks_per_year
        self._months = scenario.calendar.months(as_of)
        if year not in self._months.years:
            raise InvalidChoice("financial year of this plan", year, self._months.years)
        first = self._months.years.index(year) * MONTHS_A_YEAR
        self._own = slice(first, first + MONTHS_A_YEAR)
        self._rises = scenario.calendar.uplifted(self._months, as_of)
        self._ends, self._shares = base.ends_in(self._months)

    def saving_gbp(self, lever: AnyLever, effect: Effect) -> float:
        """£ less than today in the year, before one-off cost; growth avoided is no part of it."""
        step = Step(lever, 0.0, effect)
        timing = timing_of(step, self._months, self._weeks)
        touched = np.flatnonzero(effect.weekly_saving_gbp != 0)
        count = np.broadcast_to(effect.book.baseline.count, effect.eligible.shape)[touched]
        rows, ends = effect.weekly_saving_gbp[touched] * count, self._ends[touched]
        if lever.refills:
            ends = np.full_like(ends, MONTHS_IN_ALL)
        beyond = [gbp for kind, gbp in beyond_each_month(step, timing).items() if kind != "avoided"]
        weekly = left_each_month(rows, ends, self._shares[touched]) * timing.paid
        weekly = sum(beyond, weekly) * self._rises
        return float(weekly[self._own].sum()) * self._weeks / MONTHS_A_YEAR
