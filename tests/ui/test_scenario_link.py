"""A scenario in the address: every draft comes back as it was, and what cannot be read is named."""

from datetime import date
from difflib import get_close_matches

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui import cohort_link, scenario_link
from ui.scenario_draft import KINDS, Draft
from ui.scenario_link import read, written
from vcore.facts.placements import SETTINGS
from vcore.scenarios import PriceCap, Scenario, StepDown
from vcore.scenarios.calendar import Calendar, Drift
from vcore.scenarios.levers.step_down import DESTINATIONS, SCREENS
from vcore.scenarios.own_numbers import OwnNumbers

YEARLY = st.floats(-0.5, 0.5)
SHARES, POUNDS = st.floats(0, 1), st.floats(0, 100_000)
MOVES = st.builds(
    StepDown,
    from_settings=st.sets(st.sampled_from(["residential", "fostering"]), min_size=1).map(tuple),
    to=st.sampled_from(DESTINATIONS),
    max_severe=st.integers(0, 40),
    max_need_total=st.one_of(st.none(), st.integers(0, 130)),
    screens=st.sets(st.sampled_from(tuple(SCREENS))).map(tuple),
    matched=SHARES,
    holds=SHARES,
    destination_cost_gbp=st.one_of(st.none(), POUNDS),
    support_weekly_gbp=POUNDS,
)
CAPS = st.builds(PriceCap, cap_gbp=POUNDS, top_share=st.one_of(st.none(), SHARES))
DRAFTS = st.builds(
    lambda levers, basis, weeks, calendar: Draft(
        Scenario(levers=tuple(levers), cost_basis=basis, weeks_per_year=weeks, calendar=calendar)
    ),
    st.tuples(MOVES, CAPS) | st.tuples(MOVES) | st.tuples(CAPS) | st.just(()),
    st.sampled_from(["social_care", "gross"]),
    st.sampled_from([52.0, 365 / 7, 52.14]),
    st.builds(
        Calendar,
        start=st.sampled_from([None, date(2026, 4, 1), date(2027, 1, 1)]),
        yearly_uplift=YEARLY,
        drifts=st.lists(
            st.builds(
                Drift,
                setting=st.sampled_from(SETTINGS),
                price_inflation=YEARLY,
                children_change=YEARLY,
            ),
            max_size=3,
            unique_by=lambda drift: drift.setting,
        ).map(tuple),
    ),
)


@settings(max_examples=200)
@given(DRAFTS)
def test_every_draft_comes_back_to_run_the_same(draft):
    again, problems = read({name: [code] for name, code in written(draft).items()})
    assert problems == ()
    assert again.scenario == draft.scenario


def test_the_councils_own_numbers_travel_too_and_wrong_ones_are_named():
    own = (
        OwnNumbers(key="holds_share", value=0.55, low=0.4, high=0.7),
        OwnNumbers(key="support_weeks", value=20, low=10, high=40),
    )
    draft = Draft.begun(own)
    said = written(draft)
    assert said["own_numbers"] == "holds_share:0.55:0.4:0.7~support_weeks:20:10:40"
    again, problems = read({name: [code] for name, code in said.items()})
    assert (again.scenario, problems) == (draft.scenario, ())
    # a link without them rests on none, whatever the council has now; one without levers starts with the council's
    bare = {name: [code] for name, code in said.items() if name != "own_numbers"}
    assert read(bare, draft)[0].scenario.assumptions == ()
    assert read({"basis": ["gross"]}, draft)[0].scenario.assumptions == own
    for wrong in ("holds_share:1.4:0.4:0.7", "holds_share:0.5", "happiness:1:1:1", "small_count:1:1:1"):
        assert [problem.name for problem in read({"own_numbers": [wrong]})[1]] == ["own_numbers"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_lever_travels_in_a_link_as_a_screen_starts_it(kind):
    draft = Draft().switched((kind,))
    again, problems = read({name: [code] for name, code in written(draft).items()})
    assert (again.scenario, problems) == (draft.scenario, ())


def test_the_address_holds_codes_and_plain_numbers():
    move = StepDown(to="semi_independent", max_severe=1, screens=("rising_need",), destination_cost_gbp=1400)
    cap = PriceCap(cap_gbp=5000, top_share=0.07)
    draft = Draft(Scenario(levers=(move, cap), cost_basis="gross", weeks_per_year=365 / 7))
    said = written(draft)
    assert set(said) == {"step_down", "price_cap", "basis", "weeks"}
    assert (said["basis"], said["weeks"]) == ("gross", "365/7")
    assert "cap_gbp:5000,top_share:0.07" in said["price_cap"]
    for part in (
        "to:semi_independent",
        "max_severe:1",
        "screens:rising_need",
        "matched:0.5",  # what rests on the register is written though nobody changed it
        "holds:0.64",
        "destination_cost_gbp:1400",
    ):
        assert part in said["step_down"].split(",")


@pytest.mark.parametrize(
    ("link", "on"),
    [
        ({}, ("step_down", "price_cap")),
        ({"basis": ["gross"]}, ("step_down", "price_cap")),
        ({"price_cap": ["cap_gbp:5000"]}, ("price_cap",)),
        ({"step_down": [""]}, ("step_down",)),
        ({"price_cap": ["cap_gbp:1"], "step_down": ["matched:0.4"]}, ("step_down", "price_cap")),
        ({"levers": ["none"]}, ()),
    ],
)
def test_a_lever_that_is_not_named_is_off_once_another_is(link, on):
    draft, problems = read(link)
    assert (draft.on, problems) == (on, ())


def test_a_linked_cap_without_a_share_reaches_every_placement():
    draft, _ = read({"price_cap": ["cap_gbp:8000"]})
    assert draft.lever("price_cap") == PriceCap(cap_gbp=8000, top_share=None)
    assert read({})[0].lever("price_cap") == PriceCap(cap_gbp=5000, top_share=0.07)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("price_cap", "cap_gbp:100001", "cap_gbp: Input should be less than or equal to 100000"),
        ("price_cap", "cap_gbp:-1", "greater than or equal to 0"),
        ("price_cap", "cap_gbp:", "cap_gbp"),
        ("price_cap", "cap_gbp:nan", "cap_gbp"),
        ("price_cap", "top_share:0.07", "cap_gbp: Field required"),
        ("price_cap", "cap_gbp:5000,top_share:7%", "top_share"),
        ("price_cap", "cap_gbp:5000,top:7", "Did you mean 'top_share'?"),
        ("price_cap", "5000", "is not a setting of the price cap"),
        ("step_down", "max_severe:1.5", "max_severe"),
        ("step_down", "kind:price_cap", "is not a setting of the step-down"),
        ("step_down", "to:foster", "Did you mean"),
        ("step_down", "to:private_residential", "is not a destination of a step-down"),
        ("step_down", "screens:stale", "Did you mean 'stale_assessment'?"),
        ("basis", "grss", "Did you mean 'gross'?"),
        ("weeks", "60", "less than or equal to 53"),
        ("levers", "all", "Valid: none"),
        ("plan_start", "2026-04-02", "first of a month"),
        ("plan_uplift", "3%", "yearly_uplift"),
        ("plan_drifts", "residential", "plan_drifts=residential"),
        ("plan_drifts", "castle:0.1:0", "is not a setting"),
        ("step_dwn", "matched:0.5", "Did the link mean “step_down”?"),
    ],
)
def test_what_cannot_be_followed_is_named(name, raw, said):
    _, (problem,) = read({name: [raw]})
    assert problem.name == name
    assert said in problem.words


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
