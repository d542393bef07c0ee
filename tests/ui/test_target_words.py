"""What it would take, in words: children and places first, the most a lever gives, silence where n is small."""

from __future__ import annotations

import pytest

from tests.small import child, store
from ui import target_words as words
from ui.disclosure import Gate
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
    assert words.heading(found, 5_000_000, CLOSED) == "No lever alone can be said to save £5.0m a year."


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
