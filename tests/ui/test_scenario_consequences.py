"""Who else pays, what kind of saving, what is published beside it, and who is on the list: by hand, and gated."""

from __future__ import annotations

import pytest

from tests.small import child, store
from ui.disclosure import Gate
from ui.scenario_consequences import sentences
from ui.scenario_fairness import fairness
from ui.scenario_purses import kinds, purses
from vcore.scenarios import PriceCap, Scenario, StepDown, run

OPEN, CLOSED = Gate(sees_small=True), Gate(sees_small=False)
CAP = PriceCap(cap_gbp=5000)
MOVE = StepDown(matched=1.0, holds=1.0, destination_cost_gbp=1000)
SHARED = {"social_care_cost_gbp": 3600.0, "health_cost_gbp": 600.0}  # of £6,000: 60%, 10%, so education 30%


def result_of(children, *levers, basis="social_care"):
    return run(Scenario(levers=levers, cost_basis=basis), store(children).cohort())


def dear(n: int, first: int = 0, **facts) -> list[dict]:
    return [child(f"d{first + k:03}", weekly_cost_gbp=6000, **facts) for k in range(n)]


def said(table) -> dict[str, str]:
    return dict(zip(table.iloc[:, 0], table.iloc[:, 1], strict=True))


def test_every_purse_saves_its_share_of_a_cap():
    """Twenty at £6,000 capped at £5,000: £1,040,000 a year in all, 60% social care's, 30% education's, 10% health's."""
    told = said(purses(result_of(dear(20, **SHARED), CAP), CLOSED))
    assert told == {
        "The council's children's social care": "£624k less a year",
        "Education": "£312k less a year",
        "Health": "£104k less a year",
        "All public money together": "£1.0m less a year",
    }


@pytest.mark.parametrize(
    ("shared", "gate", "health", "public"),
    [
        (5, CLOSED, "c", "c"),
        (5, OPEN, "£26k less a year", "£1.0m less a year"),
        (0, CLOSED, "No change", "£1.0m less a year"),
        (10, CLOSED, "£52k less a year", "£1.0m less a year"),
    ],
)
def test_what_few_children_s_partners_pay_is_not_told_nor_follows(shared, gate, health, public):
    children = [*dear(shared, **SHARED), *dear(20 - shared, first=shared)]
    told = said(purses(result_of(children, CAP), gate))
    assert told["Health"] == health
    assert told["All public money together"] == public


def test_where_the_headline_is_in_public_money_the_council_s_is_what_is_hidden():
    children = [*dear(5, **SHARED), *dear(15, first=5)]
    told = said(purses(result_of(children, CAP, basis="gross"), CLOSED))
    assert told["All public money together"] == "£1.0m less a year"
    assert told["The council's children's social care"] == "c"


def test_where_health_pays_for_few_education_is_hidden_too():
    children = [*dear(5, **SHARED), *dear(15, first=5, social_care_cost_gbp=3600.0)]
    told = said(purses(result_of(children, CAP), CLOSED))
    assert (told["Health"], told["Education"]) == ("c", "c")
    assert told["All public money together"] == "£1.0m less a year"


@pytest.mark.parametrize(
    ("own", "gate", "cash", "released"),
    [
        (10, CLOSED, "£2.6m less a year", "£2.6m less a year"),
        (5, CLOSED, "c", "c"),
        (5, OPEN, "£3.9m less a year", "£1.3m less a year"),
    ],
)
def test_cash_and_capacity_stand_apart(own, gate, cash, released):
    """Twenty move and save £5,000 a week each: £260,000 a year a child."""
    children = [*dear(own, sourced="in_house"), *dear(20 - own, first=own, sourced="spot")]
    told = said(kinds(result_of(children, MOVE), gate))
    assert told == {"Cash": cash, "Capacity released": released}


def test_what_is_published_is_said_for_enough_children_only():
    few, enough = result_of(dear(9), CAP), result_of(dear(10), CAP)
    assert sentences(few, CLOSED) == []
    assert sentences(few, OPEN)[0].startswith("A cap of £5,000 is less than nine in ten councils pay")
    assert sentences(enough, CLOSED) == sentences(enough, OPEN)


def mixed(girls: int, boys: int) -> list[dict]:
    """So many to discuss, and 20 girls and 20 boys in fostering who are not."""
    here = [*dear(girls, sex="F"), *dear(boys, first=girls, sex="M")]
    for sex in ("F", "M"):
        here += [
            child(f"{sex}{k}", sex=sex, weekly_cost_gbp=500, setting_detail="in_house_fostering")
            for k in range(20)
        ]
    return here


def row(table, group: str) -> list[str]:
    return table.set_index("Group").loc[group].tolist()


def test_the_list_against_everyone_by_hand():
    """15 girls and 15 boys of 35 each: half of the list, half of all."""
    table = fairness(result_of(mixed(15, 15), MOVE), CLOSED)
    assert row(table, "Sex: Female")[:4] == ["15", "35", "50%", "50%"]
    assert row(table, "Sex: Female")[4].startswith("0 (−")
    uneven = fairness(result_of(mixed(20, 10), MOVE), CLOSED)
    assert row(uneven, "Sex: Male")[:4] == ["10", "30", "33%", "43%"]  # 10 of 30, 30 of 70
    assert row(uneven, "Sex: Male")[4].startswith("−10 (")


def test_a_few_on_the_list_are_not_told_nor_follow_from_the_others():
    table = fairness(result_of(mixed(27, 3), MOVE), CLOSED)
    for group in ("Sex: Female", "Sex: Male"):
        listed, _, share, _, gap = row(table, group)
        assert (listed, share, gap) == ("c", "c", "c")
    assert row(table, "Sex: Male")[1] == "23"
    assert row(fairness(result_of(mixed(27, 3), MOVE), OPEN), "Sex: Male")[0] == "3"
    few = fairness(result_of(mixed(2, 2), MOVE), CLOSED)
    assert set(few["To discuss"]) == {"c"}


def test_without_a_move_there_is_no_list():
    assert fairness(result_of(dear(20), CAP), OPEN).empty
