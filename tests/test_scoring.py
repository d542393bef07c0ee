"""Totals, levels, severe counts and bands, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vcore import scoring
from vcore.facts.domains import ALTERNATIVE_CUT_POINTS, CutPoints, NeedModel

CUTS = CutPoints()
NOBODY = [np.nan] * 13


def profile(*scores: int) -> np.ndarray:
    """One child: these scores, then zeros."""
    return np.array([[*scores, *[0] * (13 - len(scores))]], dtype=float)


@pytest.mark.parametrize(
    ("score", "level", "alternative"),
    [(0, 0, 0), (1, 1, 1), (2, 1, 1), (3, 1, 2), (4, 2, 2), (5, 2, 2), (6, 2, 3), (7, 3, 3), (10, 3, 3)],
)
def test_levels_start_at_their_cut_points(score, level, alternative):
    assert scoring.levels(profile(score), CUTS)[0, 0] == level
    assert scoring.levels(profile(score), ALTERNATIVE_CUT_POINTS)[0, 0] == alternative


@pytest.mark.parametrize(
    ("scores", "band"),
    [
        ((), 0),
        ((6, 6), 0),  # two moderate
        ((6, 6, 6), 1),  # three moderate
        ((7,), 1),  # one severe, no moderate: the published rule's gap
        ((7, 6, 6), 1),
        ((7, 6, 6, 6), 1),  # one severe, three moderate
        ((7, 7), 2),
        ((10,) * 13, 2),
    ],
)
def test_every_profile_falls_in_its_band(scores, band):
    assert scoring.band(profile(*scores), CUTS)[0] == band


def test_a_child_without_an_assessment_has_no_total_level_or_band():
    scores = np.array([NOBODY])
    assert np.isnan(scoring.total(scores)[0])
    assert np.isnan(scoring.severe_count(scores, CUTS)[0])
    assert (scoring.levels(scores, CUTS) == -1).all()
    assert scoring.band(scores, CUTS)[0] == -1


def test_prevalence_and_depth_by_hand():
    scores = np.array([[0.0, 4.0], [2.0, 8.0], [0.0, 0.0], [np.nan, np.nan]])
    assert scoring.prevalence(scores, CUTS) == pytest.approx([1 / 3, 2 / 3])
    assert scoring.depth(scores) == pytest.approx([2.0, 6.0])
    assert np.isnan(scoring.depth(scores[2:])).all()


@pytest.mark.parametrize(("days", "expected"), [(183, False), (184, True), (np.nan, False)])
def test_stale_means_older_than_the_limit(days, expected):
    assert scoring.stale(np.array([days], dtype="float64"), 183).tolist() == [expected]


def test_columns_are_nullable_whole_numbers_in_the_models_order():
    needs = NeedModel()
    table = pd.DataFrame(scoring.score_columns(np.array([[*list(range(10)), 0, 7, 9], NOBODY]), needs))
    assert list(table) == [*needs.columns, "need_total", "severe_count"]
    assert table["need_total"].tolist() == [sum(range(10)) + 16, pd.NA]
    assert table["severe_count"].tolist() == [5, pd.NA]  # 7, 8, 9, 7, 9
    assert (table.dtypes == "Int64").all()


@given(arrays("float64", (7, 13), elements=st.integers(0, 10).map(float)))
def test_bands_are_complete_and_exclusive_and_never_fall_when_a_score_rises(scores):
    bands = scoring.band(scores, CUTS)
    assert set(bands) <= {0, 1, 2}
    worse = np.minimum(scores + 1, 10)
    assert (scoring.total(worse) >= scoring.total(scores)).all()
    assert (scoring.severe_count(worse, CUTS) >= scoring.severe_count(scores, CUTS)).all()


@given(arrays("float64", (5, 13), elements=st.integers(0, 10).map(float)))
def test_level_shares_add_up_to_all_assessed(scores):
    level = scoring.levels(scores, CUTS)
    assert sum((level == index).sum() for index in range(4)) == scores.size
    assert (scoring.moderate_count(scores, CUTS) == (level == 2).sum(axis=1)).all()


@pytest.mark.parametrize(
    ("points", "band"), [(0, 0), (24, 0), (25, 1), (47, 1), (48, 2), (130, 2), (float("nan"), -1)]
)
def test_bands_by_total_need_end_at_their_own_points(points, band):
    scores = np.array([[points, *[0.0] * 12]])
    assert scoring.band_by_total(scores, scoring.TotalRule(24, 47))[0] == band
