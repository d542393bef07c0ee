"""How many of those moved are still there after so many months, against shares worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from vcore.scenarios import PriceCap, StepDown

YEARS = np.array([0, 12, 24, 48, 72])


def test_a_price_that_falls_stays_down():
    assert PriceCap(cap_gbp=5000).staying(YEARS).tolist() == [1] * 5
    assert PriceCap(cap_gbp=5000).lasting == 1


def test_moves_end_at_the_same_yearly_rate_until_four_years_and_none_after():
    move = StepDown(holds=0.64)
    # 0.64 over four years: 0.8 over two, √0.8 = 0.894427 over one
    assert move.staying(YEARS) == pytest.approx([1, 0.894427, 0.8, 0.64, 0.64], abs=1e-6)
    assert move.lasting == 0.64


def test_each_simulated_future_has_its_own_curve():
    futures = StepDown.model_construct(holds=np.array([[0.64], [0.25], [0.0]]))
    assert futures.staying(np.array([0, 24, 48])) == pytest.approx(
        np.array([[1, 0.8, 0.64], [1, 0.5, 0.25], [1, 0, 0]])
    )
