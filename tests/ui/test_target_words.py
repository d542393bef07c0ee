"""What it would take, in words: children and places first, the most a lever gives, silence where n is small."""

from __future__ import annotations

import pytest

from tests.small import child, store
from ui import target_words as words
from ui.disclosure import Gate
from ui.target_words import FULL_YEAR
from vcore.scenarios import PriceCap, Scenario, StepDown
from vcore.scenarios.goal_seek import goal_seek

OPEN, CLOSED = Gate(sees_small=True), Gate(sees_small=False)


def sought(n: int, target: float, *levers, plain: int = 30, free=None):
    """`n` children in homes at £6,000 with low need, `plain` in fostering at £500; what each lever takes."""
    children = [
        *[child(f"h{k:03}", weekly_cost_gbp=6000) for k in range(n)],
        *[child(f"p{k:03}", weekly_cost_gbp=500, setting_detail="in_house_fostering") for k in range(plain)],
    ]
    found = goal_seek(
        target, Scenario(levers=levers, cost_basis="gross"), store(children).cohort(), free_places=free
    )
    return found, n + plain


def told(found, n: int, kind: str, gate: Gate, *, on: bool = False) -> words.Answer:
    return words.answer(next(row for row in found if row.lever.kind == kind), n, gate, on=on)


def test_a_cap_says_who_then_the_setting_then_the_money():
    """Ten at £6,000: £520,000 a year is £1,000 a week each."""
    found, n = sought(10, 520_000, PriceCap(cap_gbp=5500))
    answer = told(found, n, "price_cap", CLOSED, on=True)
    assert answer.children == "No child would move; 10 placements would change in price or in who pays."
    assert answer.setting == "At most £5,000 a week (now: at most £5,500 a week)."
    assert answer.money == "£520k less a year."
    assert answer.usable


def test_a_move_says_children_and_places_before_money():
    """Half of twenty placed, 64% last: 6.4 moved, 10 places; 20 × ½ × 0.64 × £5,000 × 52 = £1,664,000."""
    move = StepDown(matched=0.2, holds=0.64, destination_cost_gbp=1000)
    found, n = sought(20, 1_664_000, move, free={"independent_fostering": 3})
    answer = told(found, n, "step_down", CLOSED, on=True)
    assert (
        answer.children
        == "About 6 of 20 children discussed would move. 10 places needed in agency fostering: 3 free now."
    )
    assert answer.setting.startswith(
        "A place is found for 50% of them (now: a place is found for 20% of them)"
    )
    assert answer.money.startswith("£1.7m less a year, £")
    unknown, n = sought(20, 1_664_000, move)
    assert told(unknown, n, "step_down", CLOSED).children.endswith(
        "agency fostering: free places not recorded."
    )


def test_what_cannot_reach_says_the_most_it_gives_and_cannot_be_used():
    """The cap's range ends at £4,000: 10 × £2,000 × 52 = £1,040,000."""
    found, n = sought(10, 5_000_000, PriceCap(cap_gbp=5500))
    answer = told(found, n, "price_cap", CLOSED)
    assert answer.money == "Cannot alone; the most it gives is £1.0m less a year (at most £4,000 a week)."
    assert not answer.usable
    assert words.heading([answer], 5_000_000) == "No lever alone can be said to save £5.0m a year."


@pytest.mark.parametrize(("n", "gate", "shown"), [(9, CLOSED, False), (10, CLOSED, True), (1, OPEN, True)])
def test_neither_the_setting_nor_the_money_of_too_few_is_told(n, gate, shown):
    found, everybody = sought(n, 5_000, PriceCap(cap_gbp=5500))
    answer = told(found, everybody, "price_cap", gate)
    assert answer.usable is shown
    if not shown:
        assert answer.children == words.TOO_FEW
        assert not any(letter.isdigit() for letter in answer.setting + answer.money + answer.children)


def test_a_number_that_leaves_few_others_is_not_told():
    found, n = sought(20, 520_000, PriceCap(cap_gbp=5500), plain=3)
    assert told(found, n, "price_cap", CLOSED).children == (
        "No child would move; placements would change in price or in who pays."
    )


def test_a_lever_with_nobody_in_reach_says_why():
    found, n = sought(0, 1_000)
    answer = told(found, n, "step_down", CLOSED)
    assert answer.children
    assert not answer.usable


def test_a_claim_is_no_saving_until_agreed():
    """With every need severe all three purses may be asked; a claim is said to be one."""
    children = [child(str(k), weekly_cost_gbp=6000, scores=[9] * 13, ehcp=True) for k in range(20)]
    found = goal_seek(100_000, Scenario(levers=()), store(children).cohort())
    answer = told(found, 20, "joint_funding", CLOSED)
    assert "claimed a year, until agreed no saving" in answer.money


def test_every_lever_that_is_sought_has_words_for_its_setting():
    found, n = sought(20, 1_000)
    for row in found:
        assert words.answer(row, n, OPEN, on=True).name
        assert words._SETTINGS[row.lever.code()](row.setting)


def test_why_some_save_more_than_asked_is_said_to_whom_small_numbers_are_hidden_from():
    assert words.widened(0) == ""
    assert words.widened(10).startswith(
        "A setting whose amounts would tell about fewer than 10 children is not told"
    )


def test_a_year_and_the_others_are_said_and_what_is_still_to_go():
    year, both = words.Asked("2026/27"), words.Asked("2026/27", with_others=True)
    found = goal_seek(
        260_000,
        Scenario(levers=(PriceCap(cap_gbp=5500),), cost_basis="gross"),
        store([child(f"h{k:03}", weekly_cost_gbp=6000) for k in range(10)]).cohort(),
        year="2026/27",
    )
    cap = next(row for row in found if row.lever.kind == "price_cap")
    answer = words.answer(cap, 10, OPEN, year, on=False)
    assert answer.money == "£260k less in 2026/27 (£260k in a full year)."
    hidden = words.answer(cap, 10, CLOSED, year, on=False, shown=False)
    assert (hidden.children, hidden.usable) == (words.TOO_FEW, False)
    assert words.heading([answer, hidden], 260_000, year).endswith("could save £260k in 2026/27 alone.")
    assert "with the levers that are on" in words.heading([answer, hidden], 260_000, both)
    assert words.how(both, "to the council").startswith("With the other levers as they are, within 2026/27")
    assert (
        words.already(1_600_000, 2_000_000, FULL_YEAR)
        == "As they are the levers that are on save £1.6m a year: £400k to go."
    )
    assert (
        words.already(2_000_000, 2_000_000, both)
        == "As they are the levers that are on save £2.0m in 2026/27, which is enough: nothing more is needed. "
        "Ask for more, or look at each lever by itself."
    )
    assert (
        words.already(-5_000, 2_000_000, FULL_YEAR)
        == "As they are the levers that are on cost £5,000 more a year."
    )


def test_a_lever_that_costs_more_than_it_saves_says_how_much_and_why():
    """Homes of one's own at the price of private ones: two homes with six places for 30 children, and capital."""
    found, n = sought(30, 1_000)
    answer = told(found, n, "own_homes", CLOSED)
    assert answer.children.startswith("Cannot alone: it costs £")
    assert (
        "more a year (2 homes opened). Every place, the staff and the borrowing are paid for"
        in answer.children
    )
    few, n = sought(9, 1_000)
    assert told(few, n, "own_homes", CLOSED).children == words.TOO_FEW
