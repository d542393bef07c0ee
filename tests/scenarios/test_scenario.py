"""A scenario as a document: the same after a round trip, and nothing unknown gets in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vcore.facts.assumptions import register
from vcore.scenarios import PriceCap, Scenario, StepDown
from vcore.scenarios.levers import LEVERS

SHARES = st.floats(0, 1)
CAPS = st.builds(PriceCap, cap_gbp=st.floats(0, 100_000), top_share=st.one_of(st.none(), SHARES))
MOVES = st.builds(
    StepDown,
    to=st.sampled_from(["in_house_fostering", "independent_fostering", "semi_independent"]),
    max_severe=st.integers(0, 40),
    screens=st.sets(st.sampled_from(StepDown().screens)).map(tuple),
    matched=SHARES,
    holds=SHARES,
    destination_cost_gbp=st.one_of(st.none(), st.floats(0, 100_000)),
)


@given(levers=st.lists(st.one_of(CAPS, MOVES), max_size=4), basis=st.sampled_from(["gross", "social_care"]))
def test_json_there_and_back_is_the_same_scenario(levers, basis):
    scenario = Scenario(levers=tuple(levers), cost_basis=basis, name="Plan B")
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


@pytest.mark.parametrize(
    "stranger",
    [
        {"levers": [], "colour": "blue"},
        {"levers": [{"kind": "price_cap", "cap_gbp": 5000, "ethnicities": ["White"]}]},
        {"levers": [{"kind": "wishful_thinking"}]},
        {"levers": [], "cost_basis": "net"},
        {"levers": [], "weeks_per_year": 54},
        {"levers": [], "name": ""},
    ],
)
def test_what_is_unknown_or_impossible_is_refused(stranger):
    with pytest.raises(ValidationError):
        Scenario.model_validate_json(json.dumps(stranger))


def test_settings_cannot_be_changed_after_the_fact():
    with pytest.raises(ValidationError):
        PriceCap(cap_gbp=5000).cap_gbp = 1  # pyright: ignore[reportAttributeAccessIssue]


def test_screens_and_settings_are_kept_once_and_in_their_order():
    lever = StepDown(
        screens=("rising_need", "stale_assessment", "rising_need"), from_settings=("residential", "fostering")
    )
    assert lever.screens == ("stale_assessment", "rising_need")
    assert lever.from_settings == ("fostering", "residential")


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_can_start_on_a_screen_and_rests_on_the_register(lever):
    started = lever.starting()
    assert lever.label
    assert set(lever.assumptions().values()) <= set(register())
    for name, key in lever.assumptions().items():
        used = getattr(started, name)
        assert used is None or isinstance(used, int | float), (name, key)
