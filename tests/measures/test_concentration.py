"""How concentrated spend is, worked by hand and against plain sorting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcore.measures.concentration import CURVE_POINTS, curve, dearest_count, running_total, share_of_spend

TEN = running_total(
    np.array([100.0, 50.0, 30.0, 10.0, 10.0, np.nan, np.nan, np.nan, np.nan, np.nan])
)  # total 200


@pytest.mark.parametrize(
    ("share", "n", "count"),
    [
        (0.07, 84_000, 5_880),  # plain ceil of 0.07 × 84,000 gives 5,881
        (0.07, 3_528, 247),
        (0.10, 3_528, 353),
        (0.05, 3_528, 177),
        (0.01, 3_528, 36),
        (0.0, 100, 0),
        (1.0, 100, 100),
        (0.001, 100, 1),
        (0.5, 0, 0),
    ],
)
def test_how_many_a_top_share_takes(share, n, count):
    assert dearest_count(share, n) == count


@pytest.mark.parametrize(("share", "expected"), [(0.1, 0.5), (0.2, 0.75), (0.3, 0.9), (0.5, 1.0), (1.0, 1.0)])
def test_shares_count_uncosted_children_at_the_bottom(share, expected):
    assert share_of_spend(TEN, share) == pytest.approx(expected)


@pytest.mark.parametrize("costs", [[], [np.nan], [0.0, 0.0]])
def test_no_spend_has_no_share_and_no_curve(costs):
    running = running_total(np.array(costs, dtype="float64"))
    assert np.isnan(share_of_spend(running, 0.1))
    assert curve(running).empty


def test_the_curve_by_hand():
    found = curve(TEN).set_index("share_of_children")["share_of_spend"]
    assert found.to_dict() == pytest.approx(
        {0.0: 0, 0.1: 0.5, 0.2: 0.75, 0.3: 0.9, 0.4: 0.95, 0.5: 1, 0.6: 1, 0.7: 1, 0.8: 1, 0.9: 1, 1.0: 1}
    )


@given(st.lists(st.one_of(st.none(), st.floats(1, 50_000)), min_size=1, max_size=400))
def test_the_curve_rises_ever_more_slowly_and_stays_small(costs):
    running = running_total(np.array(costs, dtype="float64"))
    if not running[-1]:
        return
    found = curve(running)
    assert len(found) <= CURVE_POINTS + 1
    assert found.iloc[0].tolist() == [0, 0]
    assert found.iloc[-1].tolist() == pytest.approx([1, 1])
    slopes = found["share_of_spend"].diff().iloc[1:] / found["share_of_children"].diff().iloc[1:]
    assert (slopes >= -1e-9).all()
    assert (slopes.diff().dropna() <= 1e-6).all()
