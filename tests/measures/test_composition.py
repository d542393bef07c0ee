"""Sizes, groups, needs and quality of a small cohort, worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.small import child, store
from vcore import CohortFilter
from vcore.facts.domains import ALTERNATIVE_CUT_POINTS
from vcore.measures import composition, needs, quality
from vcore.store import NOT_RECORDED

STORE = store(
    [
        child("a", weekly_cost_gbp=6000.0, ehcp=True, scores=[7] + [0] * 12),
        child("b", weekly_cost_gbp=4000.0, ehcp=False, scores=[6] + [0] * 12),
        child("c", weekly_cost_gbp=None, ehcp=None, scores=[2] * 13),
        child("d", weekly_cost_gbp=500.0, setting_detail="in_house_fostering", place_code="U4", scores=None),
        child("e", weekly_cost_gbp=500.0, setting_detail="in_house_fostering", place_code="U4", assessed_on=pd.Timestamp("2025-09-28")),
    ]
)  # fmt: skip
ALL = STORE.cohort()


def test_a_cohort_against_its_base():
    size = composition.size(STORE.cohort(CohortFilter(settings=("residential",))))
    assert (size.children, size.base_children, size.weekly_gbp, size.base_weekly_gbp) == (
        3,
        5,
        10_000,
        11_000,
    )
    assert (size.share_of_children, size.share_of_spend) == (0.6, 10 / 11)


def test_groups_by_setting():
    table = composition.by_group(ALL, "setting").set_index("setting")
    assert list(table.index) == ["residential", "fostering"]  # most spend first
    residential = table.loc["residential"]
    assert (residential["children"], residential["costed"], residential["assessed"]) == (3, 2, 3)
    assert (residential["weekly_gbp"], residential["mean_weekly_gbp"]) == (10_000, 5_000)
    assert residential["mean_need_total"] == pytest.approx((7 + 6 + 26) / 3)
    assert residential["without_severe"] == 2
    assert table["share_of_spend"].tolist() == pytest.approx([10 / 11, 1 / 11])
    assert table["share_of_children"].tolist() == [0.6, 0.4]
    assert table.loc["fostering", "mean_need_total"] == 13


def test_what_is_not_recorded_is_a_group_of_its_own():
    table = composition.by_group(ALL, "ehcp").set_index("ehcp")
    assert table["children"].to_dict() == {"Yes": 1, "No": 1, NOT_RECORDED: 3}


def test_an_empty_cohort_has_no_groups_and_no_shares():
    empty = STORE.cohort(CohortFilter(age_min=20))
    assert composition.by_group(empty, "setting").empty
    assert composition.size(empty).share_of_spend == 0


def test_needs_by_domain():
    table = needs.by_domain(ALL).set_index("domain")
    first = table.loc["physical_health"]  # scores 7, 6, 2, 1 of four assessed children
    assert (first["assessed"], first["mean"], first["prevalence"], first["depth"]) == (4, 4.0, 1.0, 4.0)
    assert first[["none", "minor", "moderate", "severe"]].tolist() == [0, 0.5, 0.25, 0.25]
    second = table.loc["emotional_health"]  # 0, 0, 2, 1
    assert (second["mean"], second["prevalence"], second["depth"]) == (0.75, 0.5, 1.5)


def test_severe_needs_move_with_the_cut_points():
    assert needs.without_severe(ALL, "residential") == (2, 3)
    assert needs.without_severe(ALL, "residential", ALTERNATIVE_CUT_POINTS) == (1, 3)  # 6 is severe there


def test_quality_counts_what_is_there_and_what_is_old():
    found = quality.quality(ALL)  # e's assessment is 184 days old
    assert found == (5, 4, 4, 1)
    assert (found.costed_share, found.stale_share) == (0.8, 0.25)
