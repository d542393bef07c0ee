"""Dealing in exact shares, the exact facts about scores in homes, the cost curve, pseudonyms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcore.demo.homes import pin
from vcore.demo.names import named, pseudonyms
from vcore.demo.prices import curve
from vcore.demo.shares import deal, deal_within, highest, split

WEIGHTS = st.lists(st.floats(0, 1_000), min_size=1, max_size=12).filter(lambda weights: sum(weights) > 1e-3)


@pytest.mark.parametrize(
    ("total", "weights", "counts"),
    [
        (10, [1, 1], [5, 5]),
        (10, [2, 1], [7, 3]),  # 6.67 and 3.33: the larger remainder gets the odd one
        (3, [1, 1, 1, 1], [1, 1, 1, 0]),  # equal remainders: the first ones
        (0, [1, 2], [0, 0]),
        (7, [0, 5], [0, 7]),
        (539, [132, 382, 25], [132, 382, 25]),
    ],
)
def test_split_by_largest_remainder(total, weights, counts):
    assert split(total, weights).tolist() == counts


@given(st.integers(0, 5_000), WEIGHTS)
def test_split_adds_up_and_stays_within_one_of_exact(total, weights):
    counts = split(total, weights)
    assert counts.sum() == total
    exact = total * np.array(weights) / sum(weights)
    assert (np.abs(counts - exact) < 1 + 1e-6).all()


@given(st.integers(0, 300), WEIGHTS, st.integers(0, 9))
def test_dealing_hands_out_exactly_the_split(total, weights, seed):
    dealt = deal(np.random.default_rng(seed), total, weights)
    assert np.bincount(dealt, minlength=len(weights)).tolist() == split(total, weights).tolist()


def test_dealing_within_groups_keeps_each_groups_shares():
    groups = np.array([0, 1] * 10)
    dealt = deal_within(np.random.default_rng(0), groups, np.array([[1, 0, 0], [0, 3, 2]]))
    assert dealt[groups == 0].tolist() == [0] * 10
    assert np.bincount(dealt[groups == 1]).tolist() == [0, 6, 4]


@pytest.mark.parametrize(
    ("count", "chosen"), [(0, []), (1, [4]), (2, [1, 4]), (3, [1, 2, 4]), (9, [1, 2, 4]), (-1, [])]
)
def test_highest_among_some(count, chosen):
    score, among = np.array([9.0, 2.0, 1.0, 8.0, 5.0]), np.array([False, True, True, False, True])
    assert np.flatnonzero(highest(score, among, count)).tolist() == chosen


@given(st.integers(0, 1_000_000), st.floats(0.2, 1.2))
def test_pinned_scores_carry_the_published_counts(seed, spread):
    rng = np.random.default_rng(seed)
    strength = np.exp(1.0 + spread * rng.standard_normal((539, 1)) + 0.6 * rng.standard_normal((539, 13)))
    scores = pin(np.minimum(strength.astype("int64"), 10), strength, 3528)
    totals = scores.sum(axis=1)
    assert (scores.max(axis=1) < 7).sum() == 273
    assert (totals <= 24).sum() == 88
    assert (totals.min(), totals.max()) == (0, 118)
    assert 0 <= scores.min() <= scores.max() <= 10


@pytest.mark.parametrize(("children", "costed"), [(3_528, 3_357), (84_000, 79_929), (1_000, 952), (100, 95)])
def test_cost_curve_falls_and_carries_the_tail(children, costed):
    falling = curve(children, costed)
    assert len(falling) == costed
    assert (np.diff(falling) <= 0).all()
    assert falling.min() > 0
    if children >= 1_000:  # whole pounds: rounding moves a sum by less than half a pound a child
        assert falling.sum() == pytest.approx(4_722_000 * children / 3_528, rel=1e-3)
        assert np.maximum(falling - 5_000, 0).sum() == pytest.approx(667_300 * children / 3_528, rel=1e-2)


def test_pseudonyms_are_distinct_stable_and_depend_on_seed_and_kind():
    numbers = np.arange(20_000)
    first = pseudonyms(1, "child", numbers)
    assert first.is_unique
    assert first.str.fullmatch("[0-9a-f]{16}").all()
    assert (pseudonyms(1, "child", numbers[::-1])[::-1].to_numpy() == first.to_numpy()).all()
    for other in (pseudonyms(2, "child", numbers), pseudonyms(1, "assessor", numbers)):
        assert not set(first) & set(other)
    assert pseudonyms(1, "child", np.array([-1, 0])).isna().tolist() == [True, False]


def test_labels_by_position():
    found = named(["north", "south"], np.array([1, -1, 0]))
    assert found.isna().tolist() == [False, True, False]
    assert found.dropna().tolist() == ["south", "north"]
