"""Intervals of shares against published and hand-worked examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcore.measures.intervals import share_gap, wilson

COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_wilsons_interval_of_273_of_539():
    assert wilson(273, 539) == pytest.approx((0.4644, 0.5485), abs=5e-5)  # by hand calculator
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


@given(COUNTS)
def test_a_share_lies_in_its_interval(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12 and counts[0] / counts[1] <= high + 1e-12 <= 1 + 1e-9


def test_the_share_of_none_is_not_known():
    assert np.isnan(wilson(0, 0)).all()
    assert np.isnan(share_gap(np.array([0]), 0, np.array([3]), 10)).all()


@pytest.mark.parametrize(
    ("counts", "interval"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_a_gap_of_shares_is_newcombe_s(counts, interval):
    k, n, other_k, other_n = counts
    gap, low, high = share_gap(np.array([k]), n, np.array([other_k]), other_n)
    assert gap == pytest.approx(k / n - other_k / other_n)
    assert (low[0], high[0]) == pytest.approx(interval, abs=1e-4)


@given(COUNTS, COUNTS)
def test_a_gap_lies_in_its_interval_and_turns_with_its_sides(one, other):
    gap, low, high = share_gap(np.array(one[0]), one[1], np.array(other[0]), other[1])
    assert -1 - 1e-9 <= low <= gap + 1e-9 and gap <= high + 1e-9 <= 1 + 2e-9
    assert share_gap(np.array(other[0]), other[1], np.array(one[0]), one[1]) == pytest.approx(
        (-gap, -high, -low)
    )
