"""A scenario in the address: every draft comes back as it was, and what cannot be read is named."""

from difflib import get_close_matches

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui import cohort_link, scenario_link
from ui.scenario_link import Draft, read, with_settings, written
from vcore.errors import RefusedRun
from vcore.scenarios import PriceCap, Scenario, StepDown
from vcore.scenarios.levers.step_down import DESTINATIONS, SCREENS

WHOLE_SHARES = st.integers(0, 100).map(lambda percent: percent / 100)
POUNDS = st.integers(0, 100_000)
DRAFTS = st.builds(
    Draft,
    move=st.builds(
        StepDown,
        to=st.sampled_from(DESTINATIONS),
        max_severe=st.integers(0, 40),
        screens=st.sets(st.sampled_from(tuple(SCREENS))).map(tuple),
        matched=WHOLE_SHARES,
        holds=WHOLE_SHARES,
        destination_cost_gbp=st.one_of(st.none(), POUNDS),
        support_weekly_gbp=POUNDS,
        support_weeks=st.integers(0, 520),
        double_running_weeks=st.integers(0, 520),
        return_cost_gbp=st.integers(0, 500_000),
    ),
    cap=st.builds(PriceCap, cap_gbp=POUNDS, top_share=st.one_of(st.none(), WHOLE_SHARES)),
    moving=st.booleans(),
    capping=st.booleans(),
    basis=st.sampled_from(["social_care", "gross"]),
    weeks=st.sampled_from([52.0, 365 / 7, 52.14]),
)


@settings(max_examples=200)
@given(DRAFTS)
def test_every_draft_comes_back_to_run_the_same(draft):
    again, problems = read({name: [code] for name, code in written(draft).items()})
    assert problems == ()
    assert again.scenario == draft.scenario
    assert (again.moving, again.capping) == (draft.moving, draft.capping)


@given(DRAFTS)
def test_a_scenario_is_put_back_on_the_screen_as_it_was(draft):
    assert Draft.of(draft.scenario).scenario == draft.scenario


def test_a_scenario_that_the_screen_has_no_place_for_is_refused():
    with pytest.raises(RefusedRun, match="levers or settings that this screen cannot show"):
        Draft.of(Scenario(levers=(PriceCap(cap_gbp=1), PriceCap(cap_gbp=2))))


def test_the_address_holds_codes_and_whole_numbers():
    draft = Draft(
        move=StepDown(
            to="semi_independent", max_severe=1, screens=("rising_need",), destination_cost_gbp=1400
        ),
        cap=PriceCap(cap_gbp=5000, top_share=0.07),
        basis="gross",
        weeks=365 / 7,
    )
    assert written(draft) == {
        "step": "semi_independent",
        "severe": "1",
        "without": "stale_assessment,recently_moved,unsuitable_for_fostering",
        "matched": "50",
        "holds": "64",
        "price": "1400",
        "support": "300",
        "support_weeks": "26",
        "both_weeks": "2",
        "return": "10000",
        "cap": "5000",
        "top": "7",
        "basis": "gross",
        "weeks": "365/7",
    }


@pytest.mark.parametrize(
    ("link", "moving", "capping"),
    [
        ({}, True, True),
        ({"basis": ["gross"]}, True, True),
        ({"cap": ["5000"]}, False, True),
        ({"matched": ["50"]}, True, False),
        ({"step": ["independent_fostering"], "top": ["7"]}, True, True),
        ({"levers": ["none"]}, False, False),
    ],
)
def test_a_lever_that_is_not_named_is_off_once_another_is(link, moving, capping):
    draft, problems = read(link)
    assert (draft.moving, draft.capping, problems) == (moving, capping, ())


def test_a_linked_cap_without_a_share_reaches_every_placement():
    draft, _ = read({"cap": ["8000"]})
    assert draft.cap == PriceCap(cap_gbp=8000, top_share=None)
    assert read({})[0].cap == PriceCap(cap_gbp=5000, top_share=0.07)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("cap", "5,000", "cap=5,000: write a whole number from 0 to 100,000"),
        ("cap", "100001", "from 0 to 100,000"),
        ("cap", "-1", "from 0 to 100,000"),
        ("cap", "", "from 0 to 100,000"),
        ("top", "7%", "top=7%: write a whole number from 0 to 100"),
        ("top", "101", "from 0 to 100"),
        ("severe", "1.5", "from 0 to 40"),
        ("matched", "nan", "from 0 to 100"),
        ("step", "foster", "Did you mean"),
        ("step", "private_residential", "is not a destination of a step-down"),
        ("without", "stale", "Did you mean 'stale_assessment'?"),
        ("basis", "grss", "Did you mean 'gross'?"),
        ("weeks", "60", "write a number from 50 to 53"),
        ("levers", "all", "Valid: none"),
        ("matchd", "50", "Did the link mean “matched”?"),
    ],
)
def test_what_cannot_be_followed_is_named(name, raw, said):
    draft, (problem,) = read({name: [raw]})
    assert problem.name == name
    assert said in problem.words
    assert draft.move == StepDown()


def test_parameters_of_others_are_left_to_them():
    draft, problems = read({"settings": ["residential"], "page": ["2"], "utm_source": ["mail"]})
    assert (draft, problems) == (Draft(), ())


def test_no_name_of_a_scenario_looks_like_a_slip_for_one_of_a_cohort():
    for mine, theirs in (
        (scenario_link.NAMES, cohort_link.NAMES),
        (cohort_link.NAMES, scenario_link.NAMES),
    ):
        for name in mine:
            assert not get_close_matches(name, theirs, n=1, cutoff=0.8)


def test_limits_are_those_of_the_levers():
    assert scenario_link.limits(PriceCap, "cap_gbp") == (0, 100_000)
    assert scenario_link.limits(PriceCap, "top_share") == (0, 1)
    assert scenario_link.limits(StepDown, "destination_cost_gbp") == (0, 100_000)
    assert scenario_link.limits(StepDown, "matched") == (0, 1)


def test_an_impossible_setting_is_refused():
    with pytest.raises(ValueError, match="less than or equal to 1"):
        with_settings(StepDown(), {"matched": 1.5})
