"""A council's own numbers: what they may be, where they are used, and that a scenario keeps those it was made with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.small import child, store
from vcore.facts.assumptions import register
from vcore.scenarios import PriceCap, Scenario, StepDown, run
from vcore.scenarios.goal_seek import goal_seek
from vcore.scenarios.impact import impacts
from vcore.scenarios.levers import LEVERS
from vcore.scenarios.own_numbers import OwnNumbers, RefusedNumbers, check_together, limits, own_numbers
from vcore.scenarios.ranges import spans_of

HOLDS = OwnNumbers(key="holds_share", value=0.55, low=0.4, high=0.7)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("holds_share", 1.4, 0.4, 0.8),
            "the value is 140%, outside its limits of 0% to 100%, because a share is",
        ),
        (("holds_share", 0.5, -0.1, 0.8), "the low end is −10%, outside its limits"),
        (("holds_share", 0.9, 0.4, 0.8), "the value is 90%, outside its own range of 40% to 80%"),
        (
            ("home_capital_gbp", 5e5, 4e5, 5e7),
            "the high end is £50,000,000, outside .* “Shift to homes of our own”",
        ),
        (("children_a_carer", 1, 0, 2), "a carer without a child is no carer"),
        (("taper_months", 6.5, 3, 12), "counted in ones"),
        (("taper_months", None, 3, 12), "Type a number for the value"),
        (("taper_months", 6, 3, float("nan")), "Type a number for the high end"),
        (("support_weeks", 1e300, 3, 12), "Type a number for the value"),
        (("small_count", 3, 3, 3), "a rule or a published fact"),
        (("hold_share", 0.5, 0.4, 0.6), "Did you mean 'holds_share'"),
    ],
)
def test_impossible_numbers_are_refused_with_the_limit_and_why(given, said):
    with pytest.raises(RefusedNumbers, match=said):
        own_numbers(*given)


def test_the_ends_of_the_limits_are_within_them():
    assert own_numbers("holds_share", 1.0, 0.0, 1.0) == OwnNumbers(key="holds_share", value=1, low=0, high=1)
    assert own_numbers("fee_change_share", -0.5, -0.5, -0.5).low == -0.5
    with pytest.raises(ValidationError, match="outside its limits"):
        OwnNumbers(key="holds_share", value=0.5, low=0.4, high=1.01)


def test_no_rule_that_hides_small_numbers_can_be_changed():
    rules = {"small_count", "smallest_n_for_mean", "dominant_provider_share", "stale_assessment_days"}
    assert not rules & set(limits())
    assert {key for lever in LEVERS for key in lever.assumptions().values()} <= set(limits())
    for key, allowed in limits().items():  # what the app ships is possible
        known = register()[key]
        assert allowed.low <= known.low <= known.high <= allowed.high, key


def test_a_scenario_keeps_its_numbers_and_no_assumption_twice():
    scenario = Scenario(levers=(), assumptions=(HOLDS,))
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
    assert scenario.known("holds_share").value == 0.55
    assert scenario.known("holds_share").source == register()["holds_share"].source
    assert scenario.known("matched_share") == register()["matched_share"]
    with pytest.raises(ValidationError, match="keep one"):
        Scenario(levers=(), assumptions=(HOLDS, HOLDS))


def test_levers_start_from_them_and_ranges_and_goal_seek_follow():
    matched = OwnNumbers(key="matched_share", value=0.2, low=0.1, high=0.3)
    scenario = Scenario(levers=(), assumptions=(matched, HOLDS))
    lever = StepDown.starting(scenario.known)
    assert (lever.matched, lever.holds, lever.support_weeks) == (0.2, 0.55, 26.0)
    set_up = scenario.model_copy(update={"levers": (lever,)})
    spans = {span.key: (span.low, span.central, span.high) for span in spans_of(set_up)}
    assert spans["matched_share"] == (0.1, 0.2, 0.3)
    few = store(
        [
            child("a", weekly_cost_gbp=5_000.0),
            child("b", weekly_cost_gbp=900.0, setting_detail="independent_fostering", place_code="U4"),
        ]
    ).cohort()
    sought = next(row for row in goal_seek(10_000_000, scenario, few) if isinstance(row.lever, StepDown))
    assert sought.setting == 0.3  # the end of our own range
    # matched at its low end, less support, double running and the moves that end early
    by_hand = 0.1 * 0.55 * (5_000 - 900) * 52 - 0.1 * (300 * 26 + 2 * 5_000 + 0.45 * 10_000)
    assert {one.key: (one.low_gbp, one.high_gbp) for one in impacts(run(set_up, few))}["matched_share"][
        0
    ] == pytest.approx(by_hand)


def test_numbers_that_a_lever_cannot_start_from_together_are_refused():
    check_together([HOLDS])
    early = OwnNumbers(key="returned_in_one_year_share", value=0.5, low=0.15, high=0.6)
    with pytest.raises(RefusedNumbers, match="“Return home” could not start"):
        check_together([early])  # more back after one year than after six


@given(share=st.floats(0, 1))
def test_what_the_app_ships_and_the_same_as_ones_own_are_one(share):
    cap = PriceCap.starting(Scenario(levers=()).known)
    assert cap == PriceCap.starting() == PriceCap(cap_gbp=5000, top_share=0.07)
    own = OwnNumbers(key="price_cap_share", value=share, low=0, high=1)
    assert PriceCap.starting(Scenario(levers=(), assumptions=(own,)).known).top_share == share
