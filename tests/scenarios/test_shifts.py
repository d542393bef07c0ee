"""In-house fostering and homes of our own against hand arithmetic: places, prices, empty places and capital."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.scenarios.many import discussed, many, reckon_moves
from tests.small import AS_OF, child, store
from vcore.errors import RefusedRun
from vcore.scenarios import InHouseFostering, OwnHomes, Scenario, run
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.in_year import InYear
from vcore.scenarios.plan import plan

RECENT = {"started_on": AS_OF - timedelta(days=400)}
LONG = {"started_on": AS_OF - timedelta(days=731)}
AGENCY = {"setting_detail": "independent_fostering", "weekly_cost_gbp": 1000.0}
PRICED = {"price_weekly_gbp": 500.0, "overhead_weekly_gbp": 200.0, "children_a_carer": 1.5}


def only(lever, cohort, basis="gross"):
    return run(Scenario(levers=(lever,), cost_basis=basis), cohort).steps[0]


def names_eligible(lever, cohort) -> set[str]:
    return set(cohort.children["child_id"][only(lever, cohort).effect.eligible])


def agency(n: int, **facts):
    return store([child(str(index), **(RECENT | AGENCY | facts)) for index in range(n)]).cohort()


def private(n: int, **facts):
    return store([child(str(index), **(RECENT | facts)) for index in range(n)]).cohort()


def test_who_may_go_in_house():
    cases = {
        "plain": ({}, True),
        "in-house already": ({"setting_detail": "in_house_fostering"}, False),
        "with relatives": ({"kinship": True}, False),
        "long settled": (LONG, False),
        "new": ({"started_on": AS_OF - timedelta(days=30)}, False),
        "deprived of liberty": ({"dol": True}, False),
        "unsuitable": ({"foster_suitability": "unsuitable"}, False),
        "one severe": ({"scores": [7] + [1] * 12}, False),
    }
    cohort = store([child(name, **(RECENT | AGENCY | facts)) for name, (facts, _) in cases.items()]).cohort()
    assert names_eligible(InHouseFostering(**PRICED), cohort) == {
        name for name, (_, goes) in cases.items() if goes
    }


@pytest.mark.parametrize(
    ("settings", "places"),
    [
        ({"vacancies": 3, "carers_a_year": 0}, 3),
        ({"vacancies": 0, "carers_a_year": 2}, 3),
        ({"vacancies": 1, "carers_a_year": 2, "years": 2}, 7),
        ({"vacancies": 50, "carers_a_year": 0}, 10),  # half of 20 children are matched
    ],
)
def test_no_more_move_than_there_are_places(settings, places):
    step = only(InHouseFostering(matched=0.5, **PRICED, **settings), agency(20))
    assert step.eligible == 20
    assert step.moved == pytest.approx(places)
    assert step.in_sequence_gbp == pytest.approx(places * (1000 - 500 - 200))


def test_where_places_are_short_everybody_moves_by_the_same_weight():
    step = only(InHouseFostering(matched=0.5, vacancies=3, carers_a_year=0, **PRICED), agency(20))
    assert step.effect.moved.tolist() == pytest.approx([3 / 20] * 20)


def test_in_house_costs_the_upper_quartile_here_and_the_service():
    there = [
        child(f"f{cost}", setting_detail="in_house_fostering", weekly_cost_gbp=cost)
        for cost in (400.0, 500.0, 700.0)
    ]
    cohort = store([child("a", **(RECENT | AGENCY)), *there]).cohort()
    lever = InHouseFostering(matched=1, vacancies=1, carers_a_year=0, overhead_weekly_gbp=150)
    assert only(lever, cohort).in_sequence_gbp == pytest.approx(1000 - (600 + 150))
    with pytest.raises(RefusedRun, match="Type what a week there would cost"):
        only(lever, agency(1))


def test_carers_are_found_once_and_both_homes_are_paid_for_a_while():
    lever = InHouseFostering(
        matched=0.5, vacancies=3, carers_a_year=0, recruiting_gbp=12_000, double_running_weeks=2, **PRICED
    )
    assert only(lever, agency(20)).effect.delivery_cost_gbp == pytest.approx(3 * (12_000 + 2 * 1000))


@pytest.mark.parametrize(
    ("cohort", "settings", "why"),
    [
        (
            agency(2),
            {"vacancies": 0, "carers_a_year": 0},
            "there is no free place and no carer is to be approved",
        ),
        (private(2), {"vacancies": 5}, "no child in this cohort lives with an agency's carers"),
        (agency(2, kinship=True), {"vacancies": 5}, "no child left may be moved (with relatives"),
    ],
)
def test_an_in_house_shift_of_nobody_says_why(cohort, settings, why):
    step = only(InHouseFostering(**PRICED, **settings), cohort)
    assert step.moved == step.in_sequence_gbp == 0
    (note,) = step.notes
    assert note.startswith("The shift to in-house fostering moves nobody: ")
    assert why in note


NO_CAPITAL = {"capital_gbp": 0.0, "double_running_weeks": 0.0}


def test_every_place_is_paid_for_filled_or_not():
    lever = OwnHomes(
        matched=1, homes=2, places_a_home=3, occupancy=0.5, running_weekly_gbp=3000, **NO_CAPITAL
    )
    step = only(lever, private(10))  # £4,000 a week each
    assert step.moved == pytest.approx(3)
    assert step.effect.moved.tolist() == pytest.approx([0.3] * 10)
    assert step.effect.beyond_gbp == pytest.approx(-3 * 3000)
    assert step.in_sequence_gbp == step.alone_gbp == pytest.approx(3 * (4000 - 3000) - 3 * 3000)


def test_places_that_too_few_children_could_fill_stay_empty():
    lever = OwnHomes(
        matched=0.5, homes=2, places_a_home=3, occupancy=1, running_weekly_gbp=3000, **NO_CAPITAL
    )
    step = only(lever, private(4))
    assert step.moved == pytest.approx(2)
    assert step.in_sequence_gbp == pytest.approx(2 * 4000 - 6 * 3000)


def test_like_for_like_a_home_filled_as_usual_costs_what_private_homes_do():
    lever = OwnHomes(matched=1, homes=2, places_a_home=3, **NO_CAPITAL)
    assert (lever.occupancy, lever.cost_beside_private) == (0.85, 1.0)
    step = only(lever, private(10))
    assert step.moved == pytest.approx(0.85 * 6)
    assert step.in_sequence_gbp == pytest.approx(0, abs=1e-6)
    dearer = only(lever.model_copy(update={"cost_beside_private": 1.1}), private(10))
    assert "cost about as much as private ones" in step.cautions[0]
    assert dearer.in_sequence_gbp == pytest.approx(-0.1 * 4000 * 5.1)
    emptier = only(lever.model_copy(update={"occupancy": 0.7}), private(10))
    assert emptier.in_sequence_gbp == pytest.approx(4000 * 4.2 - 6 * 0.85 * 4000)


@pytest.mark.parametrize(
    ("settings", "weekly"),
    [
        # £675,000 over 25 years at 5.5%: 0.0745494 a year → £50,320.8 ÷ 52
        ({"financing_years": 25, "financing_rate": 0.055}, 967.71),
        ({"financing_years": 25, "financing_rate": 0.055, "grant_share": 0.5}, 483.85),
        ({"financing_years": 25, "financing_rate": 0.0}, 675_000 / 25 / 52),
        ({"financing_years": 25, "financing_rate": 0.0, "grant_share": 1}, 0),
    ],
)
def test_capital_is_paid_back_as_an_annuity(settings, weekly):
    lever = OwnHomes(homes=1, capital_gbp=675_000, **settings)
    assert lever.financing_weekly_gbp == pytest.approx(weekly, abs=0.01)
    assert lever.model_copy(update={"homes": 3}).financing_weekly_gbp == pytest.approx(3 * weekly, abs=0.03)


def test_capital_is_cash_that_is_paid_and_the_vacated_place_is_by_its_sourcing():
    lever = OwnHomes(
        matched=1,
        homes=1,
        places_a_home=2,
        occupancy=1,
        running_weekly_gbp=3000,
        capital_gbp=520_000,
        financing_years=10,
        financing_rate=0,
        double_running_weeks=0,
    )
    step = only(lever, private(2, sourced="block"))
    assert step.by_kind == {"cashable": pytest.approx(-1000), "released": pytest.approx(2000)}
    assert step.in_sequence_gbp == pytest.approx(1000)


def test_what_health_pays_is_the_council_s_gain_and_not_the_public_s():
    lever = OwnHomes(
        matched=1,
        homes=1,
        places_a_home=2,
        occupancy=1,
        running_weekly_gbp=3500,
        health_weekly_gbp=600,
        **NO_CAPITAL,
    )
    cohort = private(2, social_care_cost_gbp=3800.0)
    assert only(lever, cohort).in_sequence_gbp == pytest.approx(2 * (4000 - 3500))
    step = only(lever, cohort, "social_care")
    assert step.in_sequence_gbp == pytest.approx(2 * (3800 - (3500 - 600)))
    assert step.others_gbp == pytest.approx(2 * (200 - 600))  # others stop paying £200 and start paying £600
    # in these children's fees education pays all that social care does not
    assert step.by_purse == pytest.approx(
        {"social_care": 2 * 900, "education": 2 * 200, "health": -2 * 600, "public": 2 * 500}
    )


def test_setting_up_a_home_is_paid_once():
    lever = OwnHomes(
        matched=1,
        homes=2,
        places_a_home=1,
        occupancy=1,
        running_weekly_gbp=3000,
        set_up_gbp=100_000,
        double_running_weeks=3,
    )
    assert only(lever, private(5)).effect.delivery_cost_gbp == pytest.approx(2 * 100_000 + 2 * 3 * 4000)
    assert OwnHomes().set_up_gbp == OwnHomes().grant_share == OwnHomes().health_weekly_gbp == 0


@pytest.mark.parametrize(
    ("cohort", "homes", "why"),
    [
        (private(3), 0, "no home is to be opened"),
        (agency(3), 2, "no child in this cohort lives in a private children's home"),
        (private(3, **LONG), 2, "no child left is less than two years where they live"),
    ],
)
def test_no_home_opens_for_nobody(cohort, homes, why):
    step = only(OwnHomes(homes=homes), cohort)
    assert step.moved == step.in_sequence_gbp == step.effect.delivery_cost_gbp == 0
    assert step.cautions == ()
    (note,) = step.notes
    assert note.startswith("The shift to homes of our own moves nobody: ")
    assert why in note


def test_a_home_is_paid_for_once_registered_and_filled_again_when_a_child_leaves():
    lever = OwnHomes(
        matched=1,
        homes=1,
        places_a_home=2,
        occupancy=1,
        running_weekly_gbp=3000,
        registration_months=3,
        **(NO_CAPITAL | {"capital_gbp": 520_000.0, "financing_years": 10, "financing_rate": 0}),
    )
    nearly_18 = private(2, birth_month=date(2008, 10, 1))
    monthly = plan(run(Scenario(levers=(lever,), cost_basis="gross"), nearly_18)).cash
    a_month = (2 * 1000 - 1000) * 52 / 12
    assert monthly == pytest.approx([0] * 3 + [a_month] * 57)


FILLING: dict[str, Any] = {  # 2 places at £3,000 and £1,000 of loan a week; a child's own place costs £4,000
    "matched": 1,
    "homes": 1,
    "places_a_home": 2,
    "occupancy": 1,
    "running_weekly_gbp": 3000,
    "capital_gbp": 520_000,
    "financing_years": 10,
    "financing_rate": 0,
    "double_running_weeks": 0,
    "registration_months": 3,
}
A_WEEK = 52 / 12  # £ a week to £ a month


@pytest.mark.parametrize(
    ("settings", "cash"),
    [
        # registered after 3 months; children come in quarters over 4 months
        ({"ramp_months": 4}, [0, 0, 0, -5000, -3000, -1000, 1000]),
        ({"moves_a_month": 0.5}, [0, 0, 0, -5000, -3000, -1000, 1000]),
        # open for 2 months of notice with nobody in it
        ({"notice_weeks": 52 / 6}, [0, 0, 0, -7000, -7000, 1000, 1000]),
        # 1½ months of notice: half of the first month with children is lost
        ({"notice_weeks": 52 / 8}, [0, 0, 0, -7000, -3000, 1000, 1000]),
        ({"starts_after_months": 2, "ramp_months": 2}, [0, 0, 0, 0, 0, -3000, 1000]),
    ],
)
def test_a_home_is_paid_for_in_full_from_the_day_it_opens(settings, cash):
    lever = OwnHomes(**FILLING, **settings)
    found = plan(run(Scenario(levers=(lever,), cost_basis="gross"), private(2)))
    assert found.cash == pytest.approx([week * A_WEEK for week in cash + [1000] * (60 - len(cash))])
    assert found.lines[0].moved.sum() == pytest.approx(2)


def test_what_a_home_costs_does_not_wait_for_capacity_to_come_free():
    found = plan(
        run(
            Scenario(levers=(OwnHomes(**FILLING, ramp_months=2),), cost_basis="gross"),
            private(2, sourced="block"),
        )
    )
    assert found.cash[2:5] == pytest.approx([0, (-7000 + 3000) * A_WEEK, (-7000 + 6000) * A_WEEK])
    assert found.by_kind["released"][2:5] == pytest.approx([0, 1000 * A_WEEK, 2000 * A_WEEK])


def test_setting_up_is_paid_by_the_opening_and_both_placements_as_children_come():
    lever = OwnHomes(
        **(FILLING | {"set_up_gbp": 120_000, "double_running_weeks": 1}), ramp_months=2, notice_weeks=52 / 12
    )
    found = plan(run(Scenario(levers=(lever,), cost_basis="gross"), private(2)))
    assert found.one_off[:7] == pytest.approx([0, 0, 0, 120_000, 4000, 4000, 0])
    assert found.one_off.sum() == pytest.approx(found.result.delivery_cost_gbp) == pytest.approx(128_000)


def test_a_home_that_opens_after_the_five_years_costs_nothing_in_them():
    lever = OwnHomes(**(FILLING | {"registration_months": 60, "set_up_gbp": 120_000}))
    found = plan(run(Scenario(levers=(lever,), cost_basis="gross"), private(2)))
    assert not found.cash.any()
    assert not found.one_off.any()


def test_goal_seek_s_year_pays_for_a_home_from_its_opening_too():
    cohort = private(2)
    scenario = Scenario(levers=(OwnHomes(**FILLING, ramp_months=4),), cost_basis="gross")
    effect = run(scenario, cohort).steps[0].effect
    year = InYear(scenario, baseline_of(cohort), cohort.as_of, "2026/27")
    # April to June nothing; then −5, −3 and −1 thousand a week, and six months of 1 thousand
    assert year.saving_gbp(scenario.levers[0], effect) == pytest.approx((-9000 + 6 * 1000) * A_WEEK)


@pytest.mark.parametrize("basis", ["gross", "social_care"])
def test_both_against_a_reckoning_row_by_row(basis):
    cohort = many(seed=4).cohort()
    children = cohort.children
    screens = ("stale_assessment", "recently_moved", "rising_need", "long_settled")

    def goes_in_house(row) -> bool:
        return (
            row.setting_detail == "independent_fostering"
            and not row.kinship
            and discussed(row, max_severe=3, screens=(*screens, "unsuitable_for_fostering"))
        )

    def goes_to_our_home(row) -> bool:
        return row.setting_detail == "private_residential" and discussed(row, max_severe=13, screens=screens)

    detail, cost = children["setting_detail"], children["weekly_cost_gbp"]
    for lever, eligible, places, price, partners in (
        (
            InHouseFostering(max_severe=3, vacancies=1, carers_a_year=1),
            goes_in_house,
            1 + 1.2,
            cost[detail == "in_house_fostering"].quantile(0.75) + 250,
            0,
        ),
        (
            OwnHomes(homes=1, health_weekly_gbp=90),
            goes_to_our_home,
            3 * 0.85,
            cost[detail == "private_residential"].mean() * 0.85,
            90,
        ),
    ):
        who = sum(eligible(row) for row in children.itertuples())
        weight = min(0.5, places / who)
        expected = reckon_moves(
            children, eligible, weight=weight, price=price, partners=partners, basis=basis
        )
        step = only(lever, cohort, basis)
        assert step.eligible == expected["eligible"] > 3
        assert step.moved == pytest.approx(expected["moved"]) == pytest.approx(min(places, who / 2))
        beyond = 0.0
        if isinstance(lever, OwnHomes):
            beyond = -(3 - expected["moved"]) * price - 675_000 * 0.0745494 / 52
        assert step.in_sequence_gbp == pytest.approx(expected["weekly"] + beyond, rel=1e-5)
        assert step.by_kind["released"] == pytest.approx(expected["released"])
