"""The price cap against hand arithmetic: its boundary, its reach, ties, and both cost bases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from tests.small import AS_OF, NEEDS, child, store
from vcore.scenarios import PriceCap, Scenario, run
from vcore.store import Cohort, CohortFilter, Snapshot

WEEKLY = {"a": 9000.0, "b": 6000.0, "c": 5000.0, "d": 4000.0, "e": None}  # five children, one not costed


@pytest.fixture(scope="module")
def five():
    return store([child(name, weekly_cost_gbp=cost) for name, cost in WEEKLY.items()]).cohort()


def capped(cohort, cap, top_share=None, basis="gross"):
    scenario = Scenario(levers=(PriceCap(cap_gbp=cap, top_share=top_share),), cost_basis=basis)
    return run(scenario, cohort)


@pytest.mark.parametrize(
    ("cap", "top_share", "saving", "above"),
    [
        (5000, None, 4000 + 1000, 2),  # a placement exactly at the cap stays as it is
        (4999, None, 4001 + 1001 + 1, 3),
        (5000, 1.0, 5000, 2),
        (5000, 0.0, 0, 0),
        (5000, 0.2, 4000, 1),  # ceil(0.2 × 5) = 1: the uncosted child counts in n
        (5000, 0.21, 5000, 2),  # ceil(1.05) = 2
        (0, None, 24_000, 4),
        (0, 0.8, 24_000, 4),
        (9000, None, 0, 0),
    ],
)
def test_sum_of_what_is_above_the_cap(five, cap, top_share, saving, above):
    result = capped(five, cap, top_share)
    assert result.weekly_saving_gbp == pytest.approx(saving)
    assert result.steps[0].eligible == above
    assert result.steps[0].moved == 0
    assert result.delivery_cost_gbp == 0


def test_funnel_counts_children_after_each_test(five):
    assert capped(five, 5000, 0.4).steps[0].funnel == {
        "in_cohort": 5,
        "costed": 4,
        "dearest": 2,
        "above_cap": 2,
    }


@pytest.mark.parametrize(
    ("n", "share", "reached"),
    [
        (3528, 0.07, 247),  # 246.96
        (84_000, 0.07, 5880),  # 0.07 × 84,000 is a hair above 5,880 in floating point
        (30, 0.1, 3),
        (10, 0.101, 2),
    ],
)
def test_reach_is_the_share_rounded_up(n, share, reached):
    costs = np.linspace(9000.0, 2000.0, n)
    frame = pd.DataFrame({"weekly_cost_gbp": costs, "social_care_cost_gbp": costs})
    snapshot = Snapshot(AS_OF, NEEDS, frame, np.zeros((n, 13)))
    everyone = Cohort(CohortFilter(), snapshot, snapshot.everyone, snapshot.everyone)
    step = capped(everyone, 1000, share).steps[0]
    assert step.eligible == step.funnel["dearest"] == reached


def test_ties_go_by_child_id():
    same = [child(name, weekly_cost_gbp=8000, social_care_cost_gbp=own) for name, own in TIED.items()]
    result = capped(store(same).cohort(), 6000, 1 / 3, basis="social_care")
    assert result.weekly_saving_gbp == pytest.approx(2000 * 2000 / 8000)  # child a, though listed second


TIED = {"c": 8000, "a": 2000, "b": 4000}


def test_social_care_takes_its_share_of_the_cut_and_ranks_by_gross():
    cohort = store(
        [
            child("a", weekly_cost_gbp=9000, social_care_cost_gbp=900),
            child("b", weekly_cost_gbp=8000, social_care_cost_gbp=8000),
        ]
    ).cohort()
    assert capped(cohort, 5000, 0.5, "social_care").weekly_saving_gbp == pytest.approx(4000 * 0.1)
    assert capped(cohort, 5000, None, "social_care").weekly_saving_gbp == pytest.approx(400 + 3000)
    assert capped(cohort, 5000, 0.5, "gross").weekly_saving_gbp == pytest.approx(4000)


def test_a_placement_that_costs_nothing_breaks_no_ratio():
    cohort = store([child("a", weekly_cost_gbp=0.0), child("b", weekly_cost_gbp=6000)]).cohort()
    result = capped(cohort, 5000, None, "social_care")
    assert result.weekly_saving_gbp == pytest.approx(1000)
    assert result.baseline_weekly_gbp == pytest.approx(6000)


def test_a_cap_that_changes_nothing_says_why(five):
    assert capped(five, 9500).notes == (
        "The cap changes nothing: no placement in its reach costs more than £9,500 a week.",
    )
    nobody = store([child("a", weekly_cost_gbp=None)]).cohort()
    assert capped(nobody, 5000).notes == (
        "The cap changes nothing: no placement with a cost is in its reach.",
    )
    assert capped(five, 5000).notes == ()


@pytest.mark.parametrize("wrong", [{"cap_gbp": -1}, {"cap_gbp": 100_001}, {"cap_gbp": 1, "top_share": 1.01}])
def test_impossible_caps_cannot_be_built(wrong):
    with pytest.raises(ValidationError):
        PriceCap(**wrong)


def test_explains_itself():
    assert PriceCap(cap_gbp=5000, top_share=0.07).explain() == (
        "Bring the dearest 7% of placements down to £5,000 a week where they cost more."
    )
    assert PriceCap(cap_gbp=5000).explain() == (
        "Bring all placements down to £5,000 a week where they cost more."
    )
