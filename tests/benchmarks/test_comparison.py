"""Medians, what 95% stayed within, aims at their edges, and the table they make."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.comparison import Aim, Comparison, Times, table

TEN = Times([10.0] * 5)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_times_are_summed_up_as_numpy_does(each_ms):
    times = Times(each_ms)
    assert times.median_ms == pytest.approx(np.median(each_ms))
    assert times.p95_ms == pytest.approx(np.percentile(each_ms, 95))


@pytest.mark.parametrize(
    ("ours_ms", "aim", "errors", "met"),
    [
        (15.0, Aim(times_beside=1.5), None, True),
        (15.1, Aim(times_beside=1.5), None, False),
        (60.0, Aim(median_ms=60), None, True),
        (60.1, Aim(median_ms=60), None, False),
        (300.0, Aim(p95_ms=300), 0, True),
        (300.1, Aim(p95_ms=300), 0, False),
        (1.0, Aim(p95_ms=300), 1, False),  # fast, but something went wrong
        (1.0, None, None, None),
    ],
)
def test_an_aim_is_met_up_to_its_limit(ours_ms, aim, errors, met):
    assert Comparison("x", Times([ours_ms] * 3, errors), "y", TEN, aim).met is met


def test_one_slow_answer_in_twenty_is_within_the_95_percent():
    mostly = Times([10.0] * 39 + [9_000.0])
    assert mostly.p95_ms == 10.0
    assert mostly.median_ms == 10.0


def test_a_ratio_to_something_slower_or_nothing():
    assert Comparison("x", Times([5.0]), "y", TEN).ratio == 0.5
    assert Comparison("x", Times([5.0])).ratio is None
    assert Comparison("x", Times([5.0]), aim=Aim(times_beside=2)).met is False  # nothing to hold it against


def test_the_table_says_all_of_it():
    lines = [
        Comparison("Cap", Times([1_234.0]), "bare", TEN, Aim(times_beside=1.5)),
        Comparison("Crowd", Times([4.0, 4.0], 2), "bare", Times([8.0], 0), Aim(p95_ms=300)),
    ]
    assert table(lines).splitlines()[2:] == [
        "| Cap | 1,234 ms (1,234 ms) | bare | 10 ms (10 ms) | 123.4 × | ≤ 1.5 × | **no** |",
        "| Crowd | 4 ms (4 ms, 2 errors) | bare | 8 ms (8 ms, 0 errors) | 0.5 × | 95% ≤ 300 ms, no error | **no** |",
    ]
