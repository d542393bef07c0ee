"""Whether cost follows need: against pandas, a printed table of Fisher's intervals, and properties."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.small import child, store
from vcore import CohortFilter
from vcore.measures import association
from vcore.measures.association import correlation

MANY = st.integers(30, 120).flatmap(
    lambda n: st.tuples(
        arrays.arrays("int64", n, elements=st.integers(0, 130)),
        arrays.arrays("int64", n, elements=st.integers(200, 30_000)),
    )
)


def of(need, cost):
    return association.association(np.asarray(need, "float64"), np.asarray(cost, "float64"))


@given(MANY)
def test_r_and_rank_r_are_those_of_pandas(drawn):
    need, cost = (pd.Series(values, dtype="float64") for values in drawn)
    found = of(need, cost)
    if need.nunique() == 1 or cost.nunique() == 1:
        assert np.isnan(found[1:]).all()
        return
    assert found.n == len(need)
    assert found.r == pytest.approx(need.corr(cost), abs=1e-9)
    assert found.rank_r == pytest.approx(need.rank().corr(cost.rank()), abs=1e-9)
    assert found.r_squared == pytest.approx(found.r * found.r)


@given(MANY, st.floats(0.1, 50), st.floats(-1_000, 1_000))
def test_r_does_not_care_about_units_and_turns_with_the_sign(drawn, factor, shift):
    need, cost = (values.astype("float64") for values in drawn)
    first, scaled, turned = of(need, cost), of(need, cost * factor + shift), of(-need, cost)
    if np.isnan(first.r):
        return
    assert scaled.r == pytest.approx(first.r, abs=1e-6)
    assert scaled.rank_r == pytest.approx(first.rank_r, abs=1e-6)
    assert turned.r == pytest.approx(-first.r, abs=1e-9)
    assert -1 <= first.low <= first.r <= first.high <= 1
    assert of(cost, need).r == pytest.approx(first.r, abs=1e-12)


@pytest.mark.parametrize(
    ("r", "n", "low", "high"),
    [  # tanh(atanh(r) ∓ 1.959964 ÷ √(n − 3)), worked on paper
        (0.2, 3_357, 0.1674, 0.2322),  # the published r over the published children: 0.17 to 0.23
        (0.2, 103, 0.0067, 0.3789),
        (0.0, 103, -0.1935, 0.1935),
        (0.9, 39, 0.8163, 0.9467),
        (-0.5, 52, -0.6801, -0.2630),
    ],
)
def test_fishers_interval(r, n, low, high):
    need, cost = exactly(r, n)
    found = of(need, cost)
    assert found.r == pytest.approx(r)
    assert (found.low, found.high) == pytest.approx((low, high), abs=2e-4)


def exactly(r, n):
    """Two series of n with a correlation of exactly r."""
    draw = np.random.default_rng(4)
    need = draw.normal(size=n)
    need = (need - need.mean()) / need.std()
    other = draw.normal(size=n)
    other = other - other.mean() - need * (need @ other) / n
    other = other / other.std()
    return need, r * need + np.sqrt(1 - r * r) * other


def test_a_straight_line_is_certain():
    found = of(range(40), range(100, 140))
    assert found.r == pytest.approx(1)
    assert found.rank_r == pytest.approx(1)
    assert found.low <= found.r <= found.high <= 1


@pytest.mark.parametrize(("n", "known"), [(0, False), (1, False), (29, False), (30, True)])
def test_too_few_children_have_no_correlation(n, known):
    draw = np.random.default_rng(2)
    found = of(draw.integers(0, 50, n), draw.integers(200, 900, n))
    assert found.n == n
    assert np.isnan(found[1:]).all() != known
    assert np.isnan(correlation(draw.normal(size=n), draw.normal(size=n))) != known


def test_where_all_are_the_same_there_is_nothing_to_follow():
    assert np.isnan(of([7] * 40, range(40))[1:]).all()
    assert np.isnan(of(range(40), [0.1] * 40)[1:]).all()


def test_only_children_with_a_cost_and_an_assessment_count():
    children = [
        child(f"{place}", weekly_cost_gbp=300.0 + 7 * place, scores=[place % 10] * 13) for place in range(32)
    ]
    children += [child("x", weekly_cost_gbp=None), child("y", scores=None, weekly_cost_gbp=9_000.0)]
    cohort = store(children).cohort()
    expected = pd.Series([13.0 * (place % 10) for place in range(32)]).corr(pd.Series(range(32), dtype=float))
    found = association.of_cohort(cohort)
    assert (found.n, found.r) == (32, pytest.approx(expected))
    nobody = store(children).cohort(CohortFilter(age_min=20))
    assert association.of_cohort(nobody) == pytest.approx((0, nan, nan, nan, nan), nan_ok=True)
