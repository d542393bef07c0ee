"""Going home and permanence against hand arithmetic: who is eligible, what it is worth, how many stay."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from tests.scenarios.many import discussed, many, reckon_moves
from tests.small import AS_OF, child, store
from vcore.errors import InvalidChoice
from vcore.scenarios import Permanence, Reunification, Scenario, run

ONE_SEVERE = [7] + [1] * 12
RECENT = {"started_on": AS_OF - timedelta(days=400)}  # neither new nor long settled
IN_FAMILY = {"setting_detail": "in_house_fostering", "weekly_cost_gbp": 500.0}


def days_ago(days: int):
    return AS_OF - timedelta(days=days)


def only(lever, cohort, basis="gross"):
    return run(Scenario(levers=(lever,), cost_basis=basis), cohort).steps[0]


def names_eligible(lever, cohort) -> set[str]:
    return set(cohort.children["child_id"][only(lever, cohort).effect.eligible])


GOING_HOME = {  # a child who fits, but for these facts → still eligible?
    "in a home": ({}, True),
    "in a family": (IN_FAMILY, True),
    "with relatives": (IN_FAMILY | {"kinship": True}, True),
    "in supported accommodation": ({"setting_detail": "semi_independent"}, False),
    "at home already": ({"setting_detail": "with_parents"}, False),
    "secure": ({"setting_detail": "secure_home"}, False),
    "deprived of liberty": ({"dol": True}, False),
    "one severe": ({"scores": ONE_SEVERE}, False),
    "not costed": ({"weekly_cost_gbp": None}, False),
    "not assessed": ({"scores": None}, False),
    "accommodated by agreement": ({"legal_status": "V2"}, True),
    "placement order": ({"legal_status": "E1"}, False),
    "police protection": ({"legal_status": "L1"}, False),
    "remanded": ({"legal_status": "J1"}, False),
    "legal status not known": ({"legal_status": None}, True),
    "stale": ({"assessed_on": days_ago(184)}, False),
    "new": ({"started_on": days_ago(5)}, True),
    "730 days there": ({"started_on": days_ago(730)}, True),  # 23.98 months
    "731 days there": ({"started_on": days_ago(731)}, False),  # 24.02 months
}


def test_who_may_go_home():
    cohort = store([child(name, **(RECENT | facts)) for name, (facts, _) in GOING_HOME.items()]).cohort()
    assert names_eligible(Reunification(), cohort) == {name for name, (_, goes) in GOING_HOME.items() if goes}
    unscreened = names_eligible(Reunification(screens=()), cohort)
    assert unscreened - names_eligible(Reunification(), cohort) == {"stale", "731 days there"}


def test_going_home_saves_the_placement_of_those_who_stay_there():
    cohort = store(
        [
            child("a", weekly_cost_gbp=4000.0, social_care_cost_gbp=3000.0, **RECENT),
            child("b", **(RECENT | IN_FAMILY)),
        ]
    ).cohort()
    lever = Reunification(
        matched=0.5,
        returned_in_six_years=0.35,
        home_support_weekly_gbp=100,
        support_package_gbp=7857,
        return_cost_gbp=10_000,
    )
    gross, own = only(lever, cohort), only(lever, cohort, "social_care")
    assert gross.moved == pytest.approx(2 * 0.325)
    assert gross.in_sequence_gbp == pytest.approx(0.325 * (3900 + 400))
    assert own.in_sequence_gbp == pytest.approx(0.325 * (2900 + 400))
    assert own.others_gbp == pytest.approx(0.325 * 1000)
    assert gross.effect.delivery_cost_gbp == pytest.approx(2 * 0.5 * (7857 + 0.35 * 10_000))
    assert Reunification().home_support_weekly_gbp == 0


def test_returns_to_care_are_a_fifth_in_a_year_and_35_in_100_in_six():
    curve = Reunification().staying(np.array([0, 6, 12, 42, 72, 100]))
    assert curve == pytest.approx([1, 0.9, 0.8, 0.725, 0.65, 0.65])
    assert Reunification().lasting == pytest.approx(0.65)


def test_returns_within_a_year_are_among_those_within_six():
    with pytest.raises(ValidationError, match="the second includes the first"):
        Reunification(returned_in_one_year=0.4)


def test_children_go_home_from_families_and_homes_only():
    with pytest.raises((ValidationError, InvalidChoice), match="fostering"):
        Reunification(from_settings=("fosterng",))


def test_a_return_home_of_nobody_says_why():
    step = only(Reunification(), store([child("a", legal_status="E1", **RECENT)]).cohort())
    assert step.notes == (
        "The return home moves nobody: no child left may go home (secure or specialist home, deprivation of "
        "liberty, placement order, emergency protection or remand).",
    )


STAYING_FOR_GOOD = {
    "settled": (IN_FAMILY, True),
    "731 days there": (IN_FAMILY | {"started_on": days_ago(731)}, True),
    "730 days there": (IN_FAMILY | {"started_on": days_ago(730)}, False),
    "with relatives for a year": (IN_FAMILY | {"kinship": True, "started_on": days_ago(365)}, True),
    "with relatives, new": (IN_FAMILY | {"kinship": True, "started_on": days_ago(30)}, False),
    "with an agency": (IN_FAMILY | {"setting_detail": "independent_fostering"}, True),
    "in a home": ({}, False),
    "one severe": (IN_FAMILY | {"scores": ONE_SEVERE}, False),
    "deprived of liberty": (IN_FAMILY | {"dol": True}, False),
    "aged 9": (IN_FAMILY | {"birth_month": pd.Timestamp(2016, 4, 1)}, True),
    "aged 10": (IN_FAMILY | {"birth_month": pd.Timestamp(2016, 3, 1)}, True),
}


@pytest.fixture(scope="module")
def fostered():
    long = {"started_on": days_ago(900)}
    return store([child(name, **(long | facts)) for name, (facts, _) in STAYING_FOR_GOOD.items()]).cohort()


def test_who_may_stay_for_good(fostered):
    stays = {name for name, (_, stays) in STAYING_FOR_GOOD.items() if stays}
    assert names_eligible(Permanence(), fostered) == stays
    assert names_eligible(Permanence(relatives_only=True), fostered) == {"with relatives for a year"}
    assert names_eligible(Permanence(settled_years=0), fostered) == stays | {"730 days there"}


def test_adoption_is_looked_at_up_to_nine(fostered):
    assert names_eligible(Permanence(route="adoption"), fostered) == {"aged 9"}


def test_an_order_ends_the_fee_and_starts_an_allowance_and_is_cash_in_house_too():
    cohort = store([child("a", sourced="in_house", started_on=days_ago(900), **IN_FAMILY)]).cohort()
    lever = Permanence(
        matched=0.5, holds=0.9, allowance_weekly_gbp=200, order_cost_gbp=8000, return_cost_gbp=10_000
    )
    step = only(lever, cohort)
    assert step.in_sequence_gbp == pytest.approx(0.45 * 300)
    assert step.by_kind == {"cashable": pytest.approx(0.45 * 300)}
    assert step.effect.delivery_cost_gbp == pytest.approx(0.5 * (8000 + 0.1 * 10_000))


def test_orders_end_at_one_yearly_rate_over_five_years():
    curve = Permanence(holds=0.81).staying(np.array([0, 30, 60, 90]))
    assert curve == pytest.approx([1, 0.9, 0.81, 0.81])


def test_an_order_for_nobody_says_why():
    new = child("a", **(IN_FAMILY | {"started_on": days_ago(300)}))
    step = only(Permanence(), store([new]).cohort())
    assert step.notes == (
        "The permanence order moves nobody: no child left is with relatives or has been settled for long enough.",
    )


@pytest.mark.parametrize("basis", ["gross", "social_care"])
def test_both_against_a_reckoning_row_by_row(basis):
    cohort = many(seed=3).cohort()

    def goes_home(row) -> bool:
        return (
            row.setting in ("fostering", "residential")
            and row.legal_status not in ("E1", "J1")
            and discussed(row, max_severe=2, screens=("stale_assessment", "rising_need", "long_settled"))
        )

    def stays(row) -> bool:
        return (
            row.setting == "fostering"
            and (row.kinship or row.months_in_placement >= 18)
            and discussed(row, max_severe=2, screens=("stale_assessment", "recently_moved", "rising_need"))
        )

    home = Reunification(max_severe=2, matched=0.3, home_support_weekly_gbp=70)
    order = Permanence(max_severe=2, matched=0.4, settled_years=1.5)
    for lever, eligible, weight, price in (
        (home, goes_home, 0.3 * 0.65, 70),
        (order, stays, 0.4 * 0.943, 200),
    ):
        step = only(lever, cohort, basis)
        expected = reckon_moves(cohort.children, eligible, weight=weight, price=price, basis=basis)
        assert step.eligible == expected["eligible"] > 0
        assert step.moved == pytest.approx(expected["moved"])
        assert step.in_sequence_gbp == pytest.approx(expected["weekly"])
        released = 0 if lever is order else expected["released"]
        assert step.by_kind.get("released", 0) == pytest.approx(released)
