"""The money plan against hand arithmetic and a plain reckoning of every child in every month."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as check
from hypothesis import strategies as st

from tests.scenarios.many import many, part_of
from tests.small import AS_OF, child, store
from vcore.scenarios import PriceCap, Scenario, StepDown, run
from vcore.scenarios.calendar import Calendar, Drift, by_year
from vcore.scenarios.plan import Plan, plan

NEVER = date(2020, 1, 1)  # born then: 18 after the plan
FREE: dict[str, Any] = {
    "support_weekly_gbp": 0,
    "support_weeks": 0,
    "double_running_weeks": 0,
    "return_cost_gbp": 0,
}
CAP: dict[str, Any] = {"cap_gbp": 3000}


def planned(children: list[dict], *levers, weeks: float = 52, **calendar) -> Plan:
    scenario = Scenario(
        levers=levers, cost_basis="gross", weeks_per_year=weeks, calendar=Calendar(**calendar)
    )
    return plan(run(scenario, store(children).cohort()))


def moving(**settings) -> StepDown:
    """Everybody moves to £1,200 a week at no other cost, but for these settings."""
    return StepDown(**{"matched": 1, "holds": 1, "destination_cost_gbp": 1200, **FREE, **settings})


def dear(name="a", **facts) -> dict:
    return child(name, **({"weekly_cost_gbp": 4200, "birth_month": NEVER} | facts))


def test_twelve_full_months_are_the_annual_figure():
    for weeks in (52, 365 / 7):
        done = planned([dear()], PriceCap(**CAP), weeks=weeks)
        assert by_year(done.lines[0].saving) == pytest.approx([1200 * weeks] * 5)
        assert done.cash == pytest.approx([1200 * weeks / 12] * 60)


ENDS = {  # a child's own end → months that the saving of £1,200 a week counts in 2026/27 and 2027/28
    "no end": ({}, 12, 12),
    "18 in July 2026": ({"birth_month": date(2008, 7, 1)}, 3, 0),
    "18 in April 2026": ({"birth_month": date(2008, 4, 1)}, 0, 0),
    "18 this month": ({"birth_month": date(2008, 3, 1)}, 0, 0),
    "planned end 16 June 2026": ({"planned_end_on": date(2026, 6, 16)}, 2.5, 0),
    "planned end 1 May 2027": ({"planned_end_on": date(2027, 5, 1)}, 12, 1),
    "planned end has passed": ({"planned_end_on": date(2026, 3, 31)}, 12, 12),
    "18 before the planned end": (
        {"birth_month": date(2008, 7, 1), "planned_end_on": date(2026, 8, 10)}, 3, 0,
    ),
    "planned end before 18": (
        {"birth_month": date(2008, 9, 1), "planned_end_on": date(2026, 5, 1)}, 1, 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "first", "second"), ENDS.values(), ids=ENDS)
def test_a_saving_stops_at_the_childs_own_end(facts, first, second):
    done = planned([dear(**facts)], PriceCap(**CAP))
    assert by_year(done.cash)[:2] == pytest.approx([5200 * first, 5200 * second])


TIMINGS = {  # settings → months' worth in the first and second year
    "later": ({"starts_after_months": 5}, 7, 12),
    "next year": ({"starts_after_months": 14}, 0, 10),
    "over four months": ({"ramp_months": 4}, 0.25 + 0.5 + 0.75 + 9, 12),
    "notice of two months": ({"notice_weeks": 52 / 6}, 10, 12),
    "notice of a month and a half": ({"notice_weeks": 52 / 8}, 10.5, 12),
    "later, with notice, over two months": (
        {"starts_after_months": 3, "notice_weeks": 52 / 12, "ramp_months": 2}, 0.5 + 7, 12,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "first", "second"), TIMINGS.values(), ids=TIMINGS)
def test_when_a_lever_takes_effect(settings, first, second):
    done = planned([dear()], PriceCap(**CAP, **settings))
    assert by_year(done.cash)[:2] == pytest.approx([5200 * first, 5200 * second])


def test_moves_a_month_cost_when_they_are_made():
    homes = [dear(str(n), sourced="spot") for n in range(3)]
    done = planned(homes, moving(moves_a_month=1.5, support_weekly_gbp=100, support_weeks=20))
    assert done.moved[:3] == pytest.approx([1.5, 1.5, 0])
    assert done.one_off[:3] == pytest.approx([3000, 3000, 0])
    assert done.cash[:3] == pytest.approx([1.5 * 13_000, 3 * 13_000, 3 * 13_000])
    assert done.payback_months == 1


def test_moves_that_do_not_last_save_until_the_child_returns_and_then_cost():
    homes = [dear(str(n), sourced="spot") for n in range(4)]
    done = planned(homes, moving(holds=0.75, return_cost_gbp=8000))
    staying = [0.75 ** (min(month, 48) / 48) for month in range(60)]  # to ¾ over four years
    assert done.moved[:2] == pytest.approx([4, 0])
    assert done.cash == pytest.approx([4 * 13_000 * share for share in staying])
    lost = [0, *(4 * (before - after) for before, after in pairwise(staying))]
    assert done.returned == pytest.approx(lost)
    assert done.one_off == pytest.approx([8000 * children for children in lost])
    assert done.one_off.sum() == pytest.approx(done.result.delivery_cost_gbp)
    assert done.cash[-1] * 12 == pytest.approx(done.result.annual_saving_gbp)


def test_a_move_that_never_lasts_saves_nothing():
    done = planned([dear(sourced="spot")], moving(holds=0, return_cost_gbp=8000))
    assert not done.cash.any()


PAYBACKS = {  # one-off £ of a move that saves £13,000 a month → months to pay it back
    0: 0,
    12_999: 1,
    13_000: 1,
    13_001: 2,
    60 * 13_000: 60,
    60 * 13_000 + 1: None,
}


@pytest.mark.parametrize(("cost", "months"), PAYBACKS.items())
def test_payback(cost, months):
    move = moving(support_weekly_gbp=cost / 10, support_weeks=10)
    assert planned([dear(sourced="spot")], move).payback_months == months


def test_payback_is_counted_from_the_plans_start():
    move = moving(starts_after_months=2, support_weekly_gbp=2_000, support_weeks=10)
    done = planned([dear(sourced="spot")], move, start=date(2026, 7, 1))
    assert done.payback_months == 4  # from July: moved in September, paid back by the end of October
    assert done.cash[:6] == pytest.approx([0, 0, 0, 0, 0, 13_000])


def test_capacity_pays_nothing_back():
    move = moving(double_running_weeks=1)
    done = planned([dear(sourced="in_house")], move)
    assert list(done.by_kind) == ["cashable", "released"]
    assert by_year(done.by_kind["released"])[0] == pytest.approx(3000 * 52)
    assert not done.cash.any()
    assert done.payback_months is None


def test_what_stops_later_is_told_as_a_full_year():
    done = planned([dear(birth_month=date(2008, 7, 1)), dear("b")], PriceCap(**CAP))
    assert by_year(done.lines[0].ended) == pytest.approx([1200 * 52, 0, 0, 0, 0])
    assert done.lines[0].ended[3] == pytest.approx(1200 * 52)
    assert [kind[[0, 3, 4, 60]].tolist() for kind in done.lines[0].counted] == [[2, 2, 1, 1]] * 2


def test_what_stops_before_it_began_was_never_saved():
    done = planned([dear(birth_month=date(2008, 7, 1))], PriceCap(**CAP, starts_after_months=6))
    assert not done.cash.any()
    assert not done.lines[0].ended.any()


def test_uplift_raises_savings_each_april():
    done = planned([dear()], PriceCap(**CAP), yearly_uplift=0.02)
    assert by_year(done.cash) == pytest.approx([1200 * 52 * 1.02**year for year in range(1, 6)])


def test_drift_makes_growth_and_no_saving():
    homes = [dear("a"), dear("b", setting_detail="in_house_fostering", weekly_cost_gbp=500)]
    drift = Drift(setting="residential", price_inflation=0.05, children_change=-0.02)
    done = planned(homes, PriceCap(**CAP), drifts=(drift,))
    factor = 1.05 * 0.98
    assert by_year(done.growth["residential"]) == pytest.approx(
        [4200 * 52 * (factor**year - 1) for year in range(1, 6)]
    )
    assert by_year(done.cash) == pytest.approx([1200 * 52] * 5)


def test_no_lever_and_nobody_make_a_plan_of_noughts():
    assert not planned([dear()]).net_cash.any()
    assert planned([dear()]).payback_months == 0
    cohort = part_of(store([dear()]).cohort(), [])
    nobody = plan(run(Scenario(levers=(PriceCap(**CAP),)), cohort))
    assert not nobody.cash.any()


def by_the_month(result, child_row, weekly: float, settings) -> list[float]:
    """£ of one child's saving in each of 60 months from April 2026: every day known by hand.

    `weekly` is what the child's move saves if it lasts; 50% do, over 48 months.
    """
    ends = [AS_OF + timedelta(days=int(child_row["days_to_18"]))]
    if pd.notna(child_row["planned_end_on"]) and child_row["planned_end_on"].date() > AS_OF:
        ends.append(child_row["planned_end_on"].date())
    end = min(ends)
    placed = result.steps[0].moved / 0.5
    notice = settings.notice_weeks * 12 / result.scenario.weeks_per_year

    def done_by(since: int) -> float:
        if since < 0:
            return 0.0
        share = 1.0
        if settings.ramp_months:
            share = min(share, (since + 1) / settings.ramp_months)
        return min(share, settings.moves_a_month * (since + 1) / placed)

    def there_in(since: int) -> float:
        """The share of all moves that are made by then and still last."""
        return sum(
            (done_by(made) - done_by(made - 1)) * 0.5 ** (min(since - made, 48) / 48)
            for made in range(since + 1)
        )

    told = []
    for place in range(60):
        month = pd.Period("2026-04", "M") + place
        since = place - settings.starts_after_months - math.floor(notice)
        share = (1 - notice % 1) * there_in(since) + (notice % 1) * there_in(since - 1)
        here = sum(day.date() < end for day in pd.date_range(month.start_time, month.end_time, freq="D"))
        told.append(weekly / 0.5 * result.scenario.weeks_per_year / 12 * share * here / month.days_in_month)
    return told


@pytest.mark.parametrize("seed", range(4))
def test_against_a_reckoning_of_every_child_in_every_month(seed):
    draw = np.random.default_rng(seed)
    children = [
        child(
            f"{n:02d}",
            weekly_cost_gbp=float(draw.integers(1000, 9000)),
            birth_month=pd.Timestamp(2008 + int(draw.integers(0, 8)), int(draw.integers(1, 13)), 1),
            planned_end_on=[None, AS_OF + timedelta(days=int(draw.integers(-50, 1900)))][draw.integers(2)],
            sourced=str(draw.choice(["spot", "block"])),
        )
        for n in range(30)
    ]
    timing: dict[str, Any] = {
        "starts_after_months": int(draw.integers(0, 20)),
        "moves_a_month": float(draw.uniform(0.3, 4)),
        "ramp_months": int(draw.integers(0, 12)),
        "notice_weeks": float(draw.uniform(0, 20)),
    }
    cohort = store(children).cohort()
    move = StepDown(matched=0.8, holds=0.5, destination_cost_gbp=1500, screens=(), **timing)
    result = run(Scenario(levers=(move,), cost_basis="gross"), cohort)
    done = plan(result)
    frame = cohort.children
    expected = np.zeros(60)
    for row, weekly in zip(frame.to_dict("records"), result.steps[0].effect.weekly_saving_gbp, strict=True):
        expected += by_the_month(result, row, float(weekly), move)
    assert np.allclose(done.lines[0].saving, expected)
    assert np.allclose(sum(done.by_kind.values()), expected)


EVERYONE = many(120, seed=7).cohort()
COHORTS = st.sets(st.integers(0, len(EVERYONE) - 1)).map(lambda some: part_of(EVERYONE, list(some)))


@check(max_examples=40, deadline=None)
@given(cohort=COHORTS, later=st.integers(0, 30), ramp=st.integers(0, 24), notice=st.floats(0, 60))
def test_what_comes_later_never_saves_more_in_any_year(cohort, later, ramp, notice):
    now, then = (
        plan(run(Scenario(levers=(PriceCap(cap_gbp=2000, **settings),)), cohort))
        for settings in (
            {},
            {"starts_after_months": later, "ramp_months": ramp, "notice_weeks": notice},
        )
    )
    assert (by_year(then.cash) <= by_year(now.cash) + 1e-6).all()
    assert (np.diff(now.cash) <= 1e-6).all()  # nobody is added
    assert by_year(now.cash)[0] <= now.result.annual_saving_gbp + 1e-6
