"""Risk ratios worked by hand: crude, pooled over strata, and where there is nothing to divide."""

from __future__ import annotations

from math import exp, isnan, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcore.measures.risk import risk_ratio, stratified


def flags(*groups: tuple[int, bool, bool, int]):
    """Children from (how many, exposed, case, stratum)."""
    rows = [row for n, *row in groups for _ in range(n)]
    exposed, case, stratum = (np.array(column) for column in zip(*rows, strict=True))
    return exposed.astype(bool), ~exposed.astype(bool), case.astype(bool), stratum


def test_a_risk_of_three_in_ten_over_one_in_ten_is_three():
    exposed, other, case, _ = flags(
        (30, True, True, 0), (70, True, False, 0), (10, False, True, 0), (90, False, False, 0)
    )
    found = risk_ratio(exposed, other, case)
    assert (found.with_it, found.without, found.ratio) == (100, 100, pytest.approx(3.0))
    error = sqrt(1 / 30 - 1 / 100 + 1 / 10 - 1 / 100)
    assert (found.low, found.high) == pytest.approx((exp(log(3) - 1.96 * error), exp(log(3) + 1.96 * error)))


def test_a_ratio_that_only_the_mix_made_is_gone_within_strata():
    """In each stratum the risk is the same for both; the exposed are mostly in the stratum of high risk."""
    exposed, other, case, stratum = flags(
        (40, True, True, 1), (40, True, False, 1), (10, False, True, 1), (10, False, False, 1),
        (2, True, True, 0), (18, True, False, 0), (8, False, True, 0), (72, False, False, 0),
    )  # fmt: skip
    assert risk_ratio(exposed, other, case).ratio == pytest.approx((42 / 100) / (18 / 100))
    assert stratified(exposed, other, case, stratum).ratio == pytest.approx(1.0)


def test_pooled_by_hand():
    exposed, other, case, stratum = flags(
        (6, True, True, 1), (4, True, False, 1), (3, False, True, 1), (7, False, False, 1),
        (2, True, True, 0), (8, True, False, 0), (1, False, True, 0), (19, False, False, 0),
    )  # fmt: skip
    above, below = 6 * 10 / 20 + 2 * 20 / 30, 3 * 10 / 20 + 1 * 10 / 30
    spread = (9 * 10 * 10 - 6 * 3 * 20) / 20**2 + (3 * 10 * 20 - 2 * 1 * 30) / 30**2
    found = stratified(exposed, other, case, stratum)
    assert found.ratio == pytest.approx(above / below)
    assert log(found.high / found.low) == pytest.approx(2 * 1.96 * sqrt(spread / (above * below)))


@pytest.mark.parametrize(
    "groups",
    [
        ((5, True, False, 0), (5, False, True, 0)),
        ((5, True, True, 0), (5, False, False, 0)),
        ((5, True, True, 0),),
    ],
    ids=["no case with it", "no case without", "nobody without"],
)
def test_nothing_to_divide_has_no_ratio(groups):
    exposed, other, case, _ = flags(*groups)
    assert isnan(risk_ratio(exposed, other, case).ratio)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 2)), min_size=1, max_size=60))
def test_the_ratio_lies_within_its_interval_and_turns_with_the_sides(children):
    exposed, case, stratum = (np.array(column) for column in zip(*children, strict=True))
    there, back = (stratified(*sides, case, stratum) for sides in ((exposed, ~exposed), (~exposed, exposed)))
    if isnan(there.ratio):
        assert isnan(back.ratio)
        return
    assert there.low <= there.ratio * (1 + 1e-9) and there.ratio <= there.high * (1 + 1e-9)
    assert there.ratio * back.ratio == pytest.approx(1.0)
