"""The money plan: what a scenario saves and costs month by month over five financial years (April to March).

A month is a twelfth of the scenario's weeks a year, so that twelve full months are the annual figure. A lever's
saving counts for each child from the month of the move (or of the renewal) until the child's own known end: the
planned end of the placement or the 18th birthday, in that month only the share of its days before it. Moves that
do not last stop saving when the child returns, so the first year may exceed the full-year effect, which counts
only what lasts. What a home costs whoever lives there counts from the month it opens, and what prevention avoids
builds up from month to month. Each lever is counted in sequence, as if those before it were in place already. Only
children here today are counted: nobody who comes into care later. Pure; never a children × months matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vcore.scenarios.baseline import Baseline, baseline_of
from vcore.scenarios.calendar import MONTHS_A_YEAR, YEARS, Calendar, Drift, Months
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.phasing import beyond_each_month, lasting, left_each_month, placed, standing, timing_of
from vcore.scenarios.run import Result
from vcore.scenarios.scenario import Scenario
from vcore.scenarios.step import Step

KINDS: tuple[SavingKind, ...] = ("cashable", "released", "avoided", "claimed")
_MONTHS = YEARS * MONTHS_A_YEAR


@dataclass(frozen=True, eq=False)
class Line:
    """One lever in the plan. Arrays have 60 values, one a month from April of the first financial year, in £.

    `moved` children move in a month and `returned` come back, since not every move lasts. `ended` is the
    full-year value of what stops because children's own ends come. `in_effect` is how much of it counts each
    month before anybody's own end: 1 is what lasts. `counted` says of each kind of saving, and of all together,
    how many children stand behind it at first and at the end of each month: 61 numbers. `beyond` is the part of
    `savings` that belongs to no child's placement.
    """

    step: Step
    savings: dict[SavingKind, np.ndarray]
    one_off: np.ndarray
    moved: np.ndarray
    returned: np.ndarray
    ended: np.ndarray
    in_effect: np.ndarray
    counted: tuple[np.ndarray, ...]
    beyond: dict[SavingKind, np.ndarray]

    @cached_property
    def saving(self) -> np.ndarray:
        """Less than today, £ a month; growth avoided is no part of it."""
        less = (gbp for kind, gbp in self.savings.items() if kind != "avoided")
        return sum(less, np.zeros(_MONTHS))


@dataclass(frozen=True, eq=False)
class Plan:
    """A scenario's money over five financial years, in its cost basis, at the prices of its calendar."""

    result: Result
    months: Months
    lines: tuple[Line, ...]

    @property
    def years(self) -> list[str]:
        return self.months.years

    @cached_property
    def by_kind(self) -> dict[SavingKind, np.ndarray]:
        """£ a month of each kind of saving, all levers; kinds that no lever makes are left out."""
        return {
            kind: sum((line.savings.get(kind, np.zeros(_MONTHS)) for line in self.lines), np.zeros(_MONTHS))
            for kind in KINDS
            if any(kind in line.savings for line in self.lines)
        }

    @cached_property
    def one_off(self) -> np.ndarray:
        """£ a month of making the moves."""
        return sum((line.one_off for line in self.lines), np.zeros(_MONTHS))

    @cached_property
    def moved(self) -> np.ndarray:
        """Children who move in each month, for good or not: a sum of weights."""
        return sum((line.moved for line in self.lines), np.zeros(_MONTHS))

    @cached_property
    def returned(self) -> np.ndarray:
        """Children who come back in each month."""
        return sum((line.returned for line in self.lines), np.zeros(_MONTHS))

    @cached_property
    def unclaimed(self) -> np.ndarray:
        """Less than today, £ a month, before one-off cost: neither growth avoided nor claims."""
        lines = (line for line in self.lines if line.step in self.result.unclaimed)
        return sum((line.saving for line in lines), np.zeros(_MONTHS))

    @cached_property
    def cash(self) -> np.ndarray:
        """Cashable savings, £ a month."""
        return self.by_kind.get("cashable", np.zeros(_MONTHS))

    @cached_property
    def net_cash(self) -> np.ndarray:
        """Cashable savings less one-off cost, £ a month. Capacity, avoided and claimed money pays no bill."""
        return self.cash - self.one_off

    @cached_property
    def payback_months(self) -> int | None:
        """Months from the plan's start after which cashable savings have paid all one-off cost so far back for
        good. 0: nothing to pay back; None: not within the five years."""
        if not (self.one_off > 0).any():
            return 0
        short = np.flatnonzero(np.cumsum(self.net_cash) < -1e-6)
        if not len(short):
            return 1
        last = int(short[-1])
        return None if last == _MONTHS - 1 else int(self.months.since_start[last]) + 2

    @cached_property
    def growth(self) -> dict[str, np.ndarray]:
        """£ a month that the placements of each setting with a drift cost more (or less) than today."""
        return {drift.setting: _drifted(self.result, self.months, drift) for drift in self.calendar.drifts}

    @cached_property
    def growing(self) -> dict[str, int]:
        """How many children with a cost stand behind each setting's growth."""
        base = baseline_of(self.result.cohort)
        costed = ~np.isnan(base.gross)
        return {name: int((costed & base.among("setting", [name])).sum()) for name in self.growth}

    @property
    def calendar(self) -> Calendar:
        """The scenario's calendar."""
        return self.result.scenario.calendar


def plan(result: Result) -> Plan:
    """The scenario's run, month by month. Raises `RefusedRun` for a start the data cannot serve."""
    scenario, as_of = result.scenario, result.cohort.as_of
    months = scenario.calendar.months(as_of)
    rises = scenario.calendar.uplifted(months, as_of)
    lines = []
    if result.steps:
        ends, shares = result.steps[0].effect.book.baseline.ends_in(months)
        lines = [_line(step, months, ends, shares, rises, scenario.weeks_per_year) for step in result.steps]
    return Plan(result, months, tuple(lines))


def _line(
    step: Step, months: Months, ends: np.ndarray, shares: np.ndarray, rises: np.ndarray, weeks: float
) -> Line:
    lever, effect, timing = step.settings, step.effect, timing_of(step, months, weeks)
    touched = np.flatnonzero(effect.eligible | (effect.weekly_saving_gbp != 0))
    count = np.broadcast_to(effect.book.baseline.count, effect.eligible.shape)[touched]
    ends, shares = ends[touched], shares[touched]
    if lever.refills:
        ends = np.full_like(ends, _MONTHS)
    own: dict[SavingKind, np.ndarray] = {
        kind: rows[touched] * count for kind, rows in step.rows_by_kind.items()
    }
    savings: dict[SavingKind, np.ndarray] = {
        kind: left_each_month(rows, ends, shares) * timing.paid for kind, rows in own.items()
    }
    beyond = beyond_each_month(step, timing)
    for kind, weekly in beyond.items():
        savings[kind] = savings.get(kind, np.zeros(_MONTHS)) + weekly
    here = left_each_month(effect.moved[touched] * count, ends, shares) / lasting(step)
    moved, returned = here * timing.done, here * timing.lost
    # levers that place children name it so; what a return costs falls when the child returns
    returns_gbp = getattr(lever, "return_cost_gbp", 0.0)
    opening = float(effect.opening_cost_gbp)
    once = float(effect.delivery_cost_gbp) - opening - placed(step) * (1 - float(lever.lasting)) * returns_gbp
    made = moved / placed(step) if step.moved > 0 else timing.done
    behind = (effect.eligible[touched] * count, *((rows != 0) * count for rows in own.values()))
    monthly = rises * weeks / MONTHS_A_YEAR
    return Line(
        step,
        {kind: weekly * monthly for kind, weekly in savings.items()},
        one_off=(once * made + returned * returns_gbp + opening * np.diff(timing.opened, prepend=0.0))
        * rises,
        moved=moved,
        returned=returned,
        ended=-np.diff(standing(sum(own.values(), np.zeros(len(touched))), ends))
        * timing.paid
        * rises
        * weeks,
        in_effect=timing.paid * rises,
        counted=tuple(standing(children, ends) for children in behind),
        beyond={kind: weekly * monthly for kind, weekly in beyond.items()},
    )


def _drifted(result: Result, months: Months, drift: Drift) -> np.ndarray:
    scenario, as_of, base = result.scenario, result.cohort.as_of, baseline_of(result.cohort)
    weekly = np.nansum(np.where(base.among("setting", [drift.setting]), _basis_cost(base, scenario), 0.0))
    factors = [
        scenario.calendar.uplifted(months, as_of, yearly)
        for yearly in (drift.price_inflation, drift.children_change)
    ]
    return weekly * scenario.weeks_per_year / MONTHS_A_YEAR * (factors[0] * factors[1] - 1)


def _basis_cost(base: Baseline, scenario: Scenario) -> np.ndarray:
    return base.gross if scenario.cost_basis == "gross" else base.gross * base.social_care_share
