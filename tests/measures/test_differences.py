"""Need by domain between two cohorts, its change over time, levels and groups: by hand and against plain pandas."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import AS_OF, NEEDS, child, store
from vcore import CohortFilter
from vcore.measures import change, differences, needs, profiles
from vcore.store import Store


def scored(child_id: str, first: int, setting: str = "private_residential", **facts) -> dict:
    place = {"private_residential": "K2", "in_house_fostering": "U4"}[setting]
    return child(child_id, setting_detail=setting, place_code=place, scores=[first] + [0] * 12, **facts)


FOUR = store(
    [
        scored("a", 4),
        scored("b", 8),
        scored("c", 1, "in_house_fostering"),
        scored("d", 3, "in_house_fostering"),
        child("e", scores=None),
    ]
)
RESIDENTIAL = CohortFilter(settings=("residential",))


def test_the_gap_between_a_cohort_and_everyone_else_by_hand():
    cohort = FOUR.cohort(RESIDENTIAL)
    first = differences.by_domain(cohort, cohort.everyone_else).iloc[
        0
    ]  # the only domain with a gap comes first
    assert (first["domain"], first["assessed"], first["other_assessed"]) == ("physical_health", 2, 2)
    assert (first["mean"], first["other_mean"], first["gap"]) == (6.0, 2.0, 4.0)
    reach = 1.96 * np.sqrt(8 / 2 + 2 / 2)  # variances of (4, 8) and of (1, 3)
    assert (first["low"], first["high"]) == pytest.approx((4 - reach, 4 + reach))


def test_beside_all_children_the_shared_children_narrow_the_interval():
    cohort = FOUR.cohort(RESIDENTIAL)
    first = differences.by_domain(cohort, cohort.whole_base).iloc[0]
    assert (first["gap"], first["other_assessed"]) == (2.0, 4)  # 6 − (4 + 8 + 1 + 3) ÷ 4
    everyone = np.array([4, 8, 1, 3])
    shared = ((everyone[:2] - 6) * (everyone[:2] - 4)).sum()
    reach = 1.96 * np.sqrt(8 / 2 + everyone.var(ddof=1) / 4 - 2 * shared / (2 * 4))
    assert first["high"] == pytest.approx(2 + reach)


def test_with_nobody_to_compare_the_order_is_by_the_cohorts_own_need():
    cohort = FOUR.cohort()
    table = differences.by_domain(cohort, cohort.everyone_else)
    assert table["gap"].isna().all() and table["low"].isna().all()
    assert table.iloc[0]["domain"] == "physical_health"


def test_one_child_has_a_gap_but_no_interval():
    cohort = FOUR.cohort(CohortFilter(need_total_min=8))
    first = differences.by_domain(cohort, cohort.everyone_else).iloc[0]
    assert first["gap"] == pytest.approx(8 - 8 / 3)
    assert np.isnan(first["low"]) and np.isnan(first["high"])


@settings(deadline=None, max_examples=15)  # each makes a store of its own
@given(st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=4, max_size=30))
def test_gaps_lie_within_their_intervals_and_turn_with_the_sides(scores):
    made = [
        scored(f"{place:03d}", score, "private_residential" if here else "in_house_fostering")
        for place, (score, here) in enumerate(scores)
    ]
    cohort = store(made).cohort(RESIDENTIAL)
    there = differences.by_domain(cohort, cohort.everyone_else).set_index("domain")
    back = differences.by_domain(cohort.everyone_else, cohort).set_index("domain")
    known = there.dropna(subset=["low"])
    assert (known["low"] <= known["gap"]).all() and (known["gap"] <= known["high"]).all()
    assert there["gap"].to_numpy() == pytest.approx(-back.loc[there.index, "gap"].to_numpy(), nan_ok=True)


def test_levels_are_counted_at_their_cut_points():
    made = [scored(str(score), score) for score in (0, 1, 3, 4, 6, 7, 10)]
    counts = needs.level_counts(store([*made, child("none", scores=None)]).cohort())
    assert counts.loc["physical_health"].to_dict() == {"none": 1, "minor": 2, "moderate": 2, "severe": 2}
    assert counts.loc["self_care"].to_dict() == {"none": 7, "minor": 0, "moderate": 0, "severe": 0}
    assert list(counts.index) == list(NEEDS.ids)


def test_groups_have_their_own_means_and_what_is_not_recorded_is_one():
    made = [scored("a", 4, ehcp=True), scored("b", 8, ehcp=True), scored("c", 1, ehcp=False), scored("d", 9)]
    table = profiles.by_group(store([*made, child("e", ehcp=False, scores=None)]).cohort(), "ehcp").set_index(
        "ehcp"
    )
    assert table["assessed"].to_dict() == {"Yes": 2, "No": 1, "Not recorded": 1}
    assert table["physical_health"].to_dict() == {"Yes": 6.0, "No": 1.0, "Not recorded": 9.0}


@pytest.fixture(scope="module")
def demonstration() -> Store:
    return Store.demo()


def test_change_by_setting_equals_plain_pandas(demonstration):
    cohort = demonstration.cohort()
    table = change.by_setting(cohort).set_index("setting")
    plain = cohort.children.dropna(subset=["need_change"]).astype({"need_change": "float64"})
    groups = plain.groupby("setting")["need_change"]
    assert table["assessed_twice"].to_dict() == groups.size().to_dict()
    assert table["mean_change"].to_dict() == pytest.approx(groups.mean().to_dict())
    reach = 1.96 * groups.std() / np.sqrt(groups.size())
    assert (table["high"] - table["mean_change"]).to_dict() == pytest.approx(reach.to_dict())
    assert table["children"].to_dict() == cohort.children["setting"].value_counts().to_dict()


def test_thirds_of_earlier_need_hold_everybody_assessed_twice_once(demonstration):
    cohort = demonstration.cohort()
    thirds = change.by_earlier_need(cohort)
    plain = cohort.children[["need_total", "need_change"]].dropna().astype("float64")
    before = plain["need_total"] - plain["need_change"]
    assert thirds["assessed_twice"].sum() == len(plain)
    low = plain[before < before.quantile(1 / 3)]
    assert thirds.set_index("third").loc["lowest third", "mean_change"] == pytest.approx(
        low["need_change"].mean()
    )


def test_nobody_assessed_twice_has_no_change():
    cohort = store([scored("a", 4, assessed_on=date(2026, 1, 1))]).cohort()
    assert change.by_setting(cohort)["mean_change"].isna().all()
    assert change.by_earlier_need(cohort)["assessed_twice"].sum() == 0
    assert cohort.as_of == AS_OF and isinstance(change.by_setting(cohort), pd.DataFrame)
