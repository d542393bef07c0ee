"""The step-down against hand arithmetic: who is eligible at every boundary, and what a move is worth."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from pydantic import ValidationError

from tests.small import AS_OF, NEEDS, child, store, tables
from vcore.errors import InvalidChoice, RefusedRun
from vcore.scenarios import Scenario, StepDown, run
from vcore.store import CohortFilter, Store
from vcore.tables import score_column

QUIET = [1] * 13
ONE_SEVERE = [7] + [1] * 12
PLAIN = {"matched": 1, "holds": 1, "destination_cost_gbp": 1000}
ONE_OFF = {"support_weekly_gbp": 0, "support_weeks": 0, "double_running_weeks": 0, "return_cost_gbp": 0}


def days_ago(days: int):
    return AS_OF - timedelta(days=days)


def step_down(cohort, basis="gross", **settings):
    scenario = Scenario(levers=(StepDown(**(PLAIN | settings)),), cost_basis=basis)
    return run(scenario, cohort)


def eligible(children, **settings) -> int:
    return step_down(store(children).cohort(), **settings).steps[0].eligible


CASES = {  # a child in residential who fits, but for these facts → still eligible?
    "plain": ({}, True),
    "in-house home": ({"setting_detail": "in_house_residential"}, True),
    "in a family": ({"setting_detail": "in_house_fostering"}, False),
    "not costed": ({"weekly_cost_gbp": None}, False),
    "not assessed": ({"scores": None}, False),
    "moderate everywhere": ({"scores": [6] * 13}, True),
    "one severe": ({"scores": ONE_SEVERE}, False),
    "assessed 183 days ago": ({"assessed_on": days_ago(183)}, True),
    "assessed 184 days ago": ({"assessed_on": days_ago(184)}, False),
    "moved 183 days ago": ({"started_on": days_ago(183)}, True),  # 6.01 months
    "moved 182 days ago": ({"started_on": days_ago(182)}, False),  # 5.98 months
    "unsuitable": ({"foster_suitability": "unsuitable"}, False),
    "suitability not known": ({"foster_suitability": "not known"}, True),
    "secure": ({"setting_detail": "secure_home"}, False),
    "specialist": ({"setting_detail": "specialist_residential"}, False),
    "deprived of liberty": ({"dol": True}, False),
    "not deprived of liberty": ({"dol": False}, True),
    "liberty not recorded": ({"dol": None}, True),
}
SCREENED_BY = {
    "assessed 184 days ago": "stale_assessment",
    "moved 182 days ago": "recently_moved",
    "unsuitable": "unsuitable_for_fostering",
}


@pytest.fixture(scope="module")
def one_of_each():
    return store([child(name, **facts) for name, (facts, _) in CASES.items()]).cohort()


def names_eligible(cohort, **settings) -> set[str]:
    return set(cohort.children["child_id"][step_down(cohort, **settings).steps[0].effect.eligible])


def test_who_is_eligible(one_of_each):
    assert names_eligible(one_of_each) == {name for name, (_, stays) in CASES.items() if stays}


@pytest.mark.parametrize(("name", "screen"), SCREENED_BY.items())
def test_each_screen_can_be_removed_by_name(one_of_each, name, screen):
    others = tuple(kept for kept in StepDown().screens if kept != screen)
    assert names_eligible(one_of_each, screens=others) - names_eligible(one_of_each) == {name}
    assert name not in names_eligible(one_of_each, screens=(screen,))


def test_hard_limits_hold_with_every_screen_removed(one_of_each):
    left = names_eligible(one_of_each, screens=(), max_severe=13)
    assert left.isdisjoint({"secure", "specialist", "deprived of liberty"})
    assert left >= {*SCREENED_BY, "one severe"}


@pytest.mark.parametrize(("change", "stays"), [(4, True), (5, False), (-5, True), (None, True)])
def test_rising_need_screens_out_from_five_points(change, stays):
    kept = tables([child("a", scores=QUIET)])
    if change is not None:
        before = kept["assessment"].assign(
            assessed_on=pd.Timestamp("2025-06-30"),
            scores=score_column(pd.DataFrame([EARLIER[change]]).values),
        )
        kept["assessment"] = pd.concat([before, kept["assessment"]], ignore_index=True)
    cohort = Store.of_tables(kept, as_of=AS_OF, needs=NEEDS).cohort()
    assert step_down(cohort).steps[0].eligible == stays


EARLIER = {4: [0] * 4 + [1] * 9, 5: [0] * 5 + [1] * 8, -5: [2] * 5 + [1] * 8}  # 13 points now


@pytest.mark.parametrize(
    ("birth_month", "to", "stays"),
    [
        ("2010-03-01", "semi_independent", True),  # 16 this month
        ("2010-04-01", "semi_independent", False),  # 15
        ("2010-04-01", "independent_fostering", True),
    ],
)
def test_nobody_under_sixteen_goes_to_supported_accommodation(birth_month, to, stays):
    facts = {"birth_month": pd.Timestamp(birth_month), "foster_suitability": "suitable"}
    assert eligible([child("a", **facts)], to=to, screens=()) == stays


def test_unsuitable_for_fostering_matters_only_on_the_way_to_a_family():
    older = child("a", birth_month=pd.Timestamp("2009-03-01"), foster_suitability="unsuitable")
    assert eligible([older], to="semi_independent") == 1
    assert eligible([older], to="in_house_fostering") == 0


def test_nobody_moves_to_where_they_live():
    fostered = [
        child("a", setting_detail="independent_fostering"),
        child("b", setting_detail="in_house_fostering"),
    ]
    assert eligible(fostered, from_settings=("fostering",)) == 1


@pytest.mark.parametrize(
    ("limits", "who"),
    [
        ({"max_need_total": 13}, 1),
        ({"max_need_total": 12}, 0),
        ({"age_min": 14, "age_max": 14}, 1),
        ({"age_min": 15}, 0),
        ({"age_max": 13}, 0),
        ({"max_severe": 1}, 1),
    ],
)
def test_limits_are_inclusive(limits, who):
    assert eligible([child("a", scores=QUIET)], **limits) == who


def test_severe_limit_counts_domains():
    children = [child("a", scores=QUIET), child("b", scores=ONE_SEVERE), child("c", scores=[7, 7] + [1] * 11)]
    assert [eligible(children, max_severe=most) for most in (0, 1, 2)] == [1, 2, 3]


def test_funnel_keeps_its_order_and_counts():
    cohort = store(
        [
            child("in_family", setting_detail="in_house_fostering"),
            child("secure", setting_detail="secure_home"),
            child("severe", scores=ONE_SEVERE),
            child("uncosted", weekly_cost_gbp=None),
            child("stale", assessed_on=days_ago(200)),
            child("stale_and_new", assessed_on=days_ago(200), started_on=days_ago(5)),
            child("new", started_on=days_ago(5)),
            child("unsuitable", foster_suitability="unsuitable"),
            child("free"),
        ]
    ).cohort()
    assert list(step_down(cohort).steps[0].funnel.items()) == [
        ("in_setting", 8),
        ("costed_and_assessed", 7),
        ("within_severe_limit", 6),
        ("within_need_and_age", 6),
        ("hard_limits", 5),
        ("stale_assessment", 3),
        ("recently_moved", 2),
        ("rising_need", 2),
        ("unsuitable_for_fostering", 1),
    ]


def test_destination_is_the_upper_quartile_of_the_whole_snapshot():
    fostered = [
        child(f"f{cost}", setting_detail="independent_fostering", weekly_cost_gbp=cost)
        for cost in (1000.0, 1100.0, 1300.0, None)
    ]
    cohort = store([child("a", weekly_cost_gbp=4000.0), *fostered]).cohort(
        CohortFilter(settings=("residential",))
    )
    assert len(cohort) == 1
    result = step_down(cohort, destination_cost_gbp=None)
    assert result.weekly_saving_gbp == pytest.approx(4000 - 1200)  # halfway from 1,100 to 1,300


def test_another_authority_s_prices_stay_unknown_to_a_reader_limited_to_one():
    fostered = [
        child(f"f{cost}", authority=where, setting_detail="independent_fostering", weekly_cost_gbp=cost)
        for cost, where in ((1000.0, "North"), (1100.0, "North"), (9000.0, "South"), (9100.0, "South"))
    ]
    children = store([child("a", weekly_cost_gbp=4000.0), *fostered])
    limited = children.cohort(CohortFilter(settings=("residential",)), authorities=("North",))
    assert step_down(limited, destination_cost_gbp=None).weekly_saving_gbp == pytest.approx(4000 - 1075)


def test_kinship_is_priced_by_kinship_placements_of_any_kind_and_moves_nobody_already_there():
    kin = [
        child(f"k{cost}", setting_detail=detail, kinship=True, weekly_cost_gbp=cost)
        for cost, detail in ((300.0, "in_house_fostering"), (500.0, "independent_fostering"))
    ]
    others = [
        child("home", weekly_cost_gbp=4000.0),
        child("carer", setting_detail="in_house_fostering", weekly_cost_gbp=900.0),
        child("placed", setting_detail="with_parents", kinship=True, weekly_cost_gbp=5000.0),
    ]
    cohort = store(kin + others).cohort()
    result = step_down(
        cohort, to="kinship", from_settings=("residential", "fostering"), destination_cost_gbp=None
    )
    assert set(cohort.children["child_id"][result.steps[0].effect.eligible]) == {"home", "carer"}
    assert result.weekly_saving_gbp == pytest.approx(4000 + 900 - 2 * 450)  # 300 to 500, three quarters up
    assert result.steps[0].settings.order == StepDown().order
    assert "kinship fostering" in StepDown(to="kinship").explain()


def test_relatives_too_may_be_recorded_as_unsuitable():
    assert eligible([child("a", foster_suitability="unsuitable")], to="kinship") == 0


def test_no_price_anywhere_is_refused_in_words():
    cohort = store([child("a")]).cohort()
    with pytest.raises(RefusedRun, match="Type what a week there would cost"):
        step_down(cohort, destination_cost_gbp=None)


def test_moves_are_weighted_and_a_dearer_destination_counts_against():
    cohort = store([child("a", weekly_cost_gbp=4000), child("b", weekly_cost_gbp=600)]).cohort()
    result = step_down(cohort, matched=0.5, holds=0.64)
    assert result.steps[0].moved == pytest.approx(2 * 0.32)
    assert result.weekly_saving_gbp == pytest.approx(0.32 * 3000 + 0.32 * -400)


def test_social_care_saving_may_be_a_cost():
    cohort = store([child("a", weekly_cost_gbp=4000, social_care_cost_gbp=800)]).cohort()
    assert step_down(cohort).weekly_saving_gbp == pytest.approx(3000)
    assert step_down(cohort, "social_care").weekly_saving_gbp == pytest.approx(-200)


@pytest.mark.parametrize(
    ("settings", "gbp"),
    [
        ({"support_weekly_gbp": 300, "support_weeks": 26}, 2 * 0.5 * 7800),
        ({"double_running_weeks": 2}, 0.5 * 2 * (4000 + 3000)),
        ({"return_cost_gbp": 10_000}, 2 * 0.5 * 0.36 * 10_000),
        (
            {
                "support_weekly_gbp": 300,
                "support_weeks": 26,
                "double_running_weeks": 2,
                "return_cost_gbp": 10_000,
            },
            7800 + 7000 + 3600,
        ),
    ],
)
def test_delivery_cost_is_paid_for_every_match(settings, gbp):
    cohort = store([child("a", weekly_cost_gbp=4000), child("b", weekly_cost_gbp=3000)]).cohort()
    result = step_down(cohort, matched=0.5, holds=0.64, **(ONE_OFF | settings))
    assert result.delivery_cost_gbp == pytest.approx(gbp)
    assert result.net_first_year_gbp == pytest.approx(result.weekly_saving_gbp * 52 - gbp)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"setting_detail": "in_house_fostering"}, "no child in this cohort lives in the settings"),
        ({"scores": None}, "none of these children has both a cost and a needs assessment"),
        ({"scores": ONE_SEVERE}, "more severe and complex needs than it allows"),
        ({"dol": True}, "no child left may be moved"),
        ({"assessed_on": days_ago(300)}, "assessed in the last six months"),
    ],
)
def test_a_step_down_of_nobody_says_why(facts, why):
    (note,) = step_down(store([child("a", **facts)]).cohort()).notes
    assert note.startswith("The step-down moves nobody: ")
    assert why in note


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"to": "in_house_fosterin"}, "in_house_fostering"),
        ({"to": "private_residential"}, "destination"),
        ({"screens": ("stale_assesment",)}, "stale_assessment"),
        ({"from_settings": ("residental",)}, "residential"),
    ],
)
def test_an_unknown_choice_names_the_nearest(wrong, hint):
    with pytest.raises((ValidationError, InvalidChoice), match=hint):
        StepDown(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"matched": 1.01},
        {"holds": -0.01},
        {"support_weeks": -1},
        {"return_cost_gbp": 500_001},
        {"from_settings": ()},
        {"age_min": 12, "age_max": 11},
        {"max_severe": -1},
    ],
)
def test_impossible_moves_cannot_be_built(wrong):
    with pytest.raises(ValidationError):
        StepDown(**wrong)


def test_explains_itself():
    assert StepDown(matched=0.5, holds=0.64).explain() == (
        "Of the children with no severe and complex need, 50% find a place in agency fostering "
        "and 64% of those moves last."
    )
