"""Prevention avoids growth: never cash, never part of what is saved against today, and it touches no child."""

from __future__ import annotations

import pytest

from tests.small import child, store
from vcore.scenarios import Prevention, PriceCap, Scenario, run
from vcore.scenarios.calendar import by_year
from vcore.scenarios.plan import plan

PAIR = [
    child("a", weekly_cost_gbp=4000.0, social_care_cost_gbp=3000.0),
    child("b", weekly_cost_gbp=1000.0),
    child("c", weekly_cost_gbp=None),
]


@pytest.fixture(scope="module")
def cohort():
    return store(PAIR).cohort()


@pytest.mark.parametrize(
    ("basis", "settings", "avoided"),
    [
        ("gross", {"entries_avoided_a_year": 10, "months_avoided": 12}, 10 * 2500),
        ("social_care", {"entries_avoided_a_year": 10, "months_avoided": 12}, 10 * 2000),
        ("gross", {"entries_avoided_a_year": 10, "months_avoided": 6}, 5 * 2500),
        ("gross", {"entries_avoided_a_year": 4, "months_avoided": 24, "cost_weekly_gbp": 700}, 8 * 700),
    ],
)
def test_what_is_avoided_is_the_children_out_at_a_time_by_their_week(cohort, basis, settings, avoided):
    result = run(Scenario(levers=(Prevention(**settings),), cost_basis=basis), cohort)
    assert result.avoided_gbp == result.steps[0].avoided_gbp == pytest.approx(avoided)
    assert result.by_kind == {"cashable": 0, "avoided": pytest.approx(avoided)}


def test_growth_avoided_is_no_saving_against_today(cohort):
    levers = (PriceCap(cap_gbp=3500), Prevention(entries_avoided_a_year=10, months_avoided=12))
    result = run(Scenario(levers=levers, cost_basis="gross"), cohort)
    assert result.weekly_saving_gbp == pytest.approx(500)
    assert result.annual_saving_gbp == pytest.approx(500 * 52)
    assert result.overlap_gbp == 0
    assert result.by_kind == {
        "cashable": pytest.approx(500),
        "avoided": pytest.approx(25_000),
    }  # today's prices
    assert result.steps[1].eligible == result.steps[1].moved == result.children_moved == 0
    assert result.children_affected == 1
    assert result.steps[1].cautions == ("This avoids growth; it frees no money that is spent today.",)
    assert (result.steps[1].effect.book.remaining == 1).all()


def test_the_service_is_paid_in_cash(cohort):
    lever = Prevention(entries_avoided_a_year=10, service_gbp=5200)
    result = run(Scenario(levers=(lever,), cost_basis="gross"), cohort)
    assert result.by_kind["cashable"] == result.weekly_saving_gbp == pytest.approx(-1000)
    assert result.net_first_year_gbp == pytest.approx(-52_000)
    assert Prevention().service_gbp == 0


OUT = 2600  # £ a month: one child a month stays out, whose week would have cost £600
BUILDING = {  # settings → months' worth in each month; one that stays out for half a month counts half in it
    "four months": ({"months_avoided": 4}, [1, 2, 3, 4, 4, 4]),
    "two and a half months": ({"months_avoided": 2.5}, [1, 2, 2.5, 2.5]),
    "less than a month": ({"months_avoided": 0.5}, [0.5, 0.5]),
    "no time": ({"months_avoided": 0}, [0, 0]),
    "begun later": ({"months_avoided": 3, "starts_after_months": 2}, [0, 0, 1, 2, 3, 3]),
    "the service builds up": ({"months_avoided": 4, "ramp_months": 2}, [0.5, 1.5, 2.5, 3.5, 4, 4]),
    "longer than the plan": ({"months_avoided": 120}, list(range(1, 61))),
}


@pytest.mark.parametrize(("settings", "months"), BUILDING.values(), ids=BUILDING)
def test_what_is_avoided_builds_up_month_by_month(cohort, settings, months):
    lever = Prevention(entries_avoided_a_year=12, cost_weekly_gbp=600, **settings)
    avoided = plan(run(Scenario(levers=(lever,), cost_basis="gross"), cohort)).by_kind["avoided"]
    months = months + [months[-1]] * (60 - len(months))
    assert avoided == pytest.approx([OUT * month for month in months])


def test_built_up_a_year_is_the_full_year_effect(cohort):
    lever = Prevention(entries_avoided_a_year=12, months_avoided=4, cost_weekly_gbp=600)
    found = plan(run(Scenario(levers=(lever,), cost_basis="gross"), cohort))
    years = by_year(found.by_kind["avoided"])
    assert years == pytest.approx([OUT * (1 + 2 + 3 + 9 * 4), *[OUT * 48] * 4])
    assert years[1] == pytest.approx(found.result.avoided_gbp * 52)


def test_the_service_is_paid_from_its_first_month_whatever_is_out_by_then(cohort):
    lever = Prevention(entries_avoided_a_year=12, months_avoided=24, service_gbp=1200, starts_after_months=1)
    found = plan(run(Scenario(levers=(lever,), cost_basis="gross"), cohort))
    assert found.cash == pytest.approx([0] + [-1200] * 59)


@pytest.mark.parametrize(
    ("children", "settings", "note"),
    [
        (PAIR[2:], {}, "Prevention avoids no cost: no child here has one. Type what a week would have cost."),
        (PAIR, {"entries_avoided_a_year": 0}, "Prevention changes nothing: no entry is avoided."),
    ],
)
def test_what_avoids_nothing_says_why(children, settings, note):
    result = run(Scenario(levers=(Prevention(**settings),)), store(children).cohort())
    assert result.notes == (note,)
    assert result.avoided_gbp == 0
