"""One provider's price: the threshold by hand, second rows, and what each group pays to whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import child, store
from vcore import CohortFilter
from vcore.measures.disclosure import dominated, hidden_prices
from vcore.measures.provider_shares import outside_costs

FOSTERED = {"setting_detail": "in_house_fostering", "place_code": "U4", "provider_code": "PR1"}


@pytest.mark.parametrize(
    ("shares", "is_price"),
    [([], False), ([0.8, 0.2], False), ([0.801], True), ([0.4, 0.4], False), ([float("nan")], False)],
)
def test_more_than_four_fifths_is_a_price(shares, is_price):
    assert dominated(shares) is is_price


@pytest.mark.parametrize(
    ("by_provider", "total", "hidden"),
    [
        ([[50, 50], [30, 70]], [100, 100], [False, False]),
        ([[90, 10], [30, 30], [0, 0]], [100, 60, 500], [True, True, False]),  # 90 of 160 is no price
        ([[90, 10], [9, 1], [40, 60]], [100, 10, 100], [True, True, True]),  # 99 of 110 still is
        ([[90, 0], [0, 0]], [90, 0], [True, False]),  # there is nothing else to hide
        ([[0, 0], [0, 0]], [100, 50], [False, False]),  # the council's own services
    ],
)
def test_which_costs_are_hidden_as_prices(by_provider, total, hidden):
    assert hidden_prices(np.array(by_provider), np.array(total)).tolist() == hidden


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=7)
)
def test_what_is_hidden_together_is_no_price_while_anything_else_could_be(rows):
    paid, total = np.array(rows)[:, :2], np.array(rows).sum(axis=1)
    hide = hidden_prices(paid, total)
    for row in range(len(rows)):
        if total[row] and max(paid[row]) / total[row] > 0.8:
            assert hide[row]
    if hide.any() and not hide[total > 0].all():
        assert max(paid[hide].sum(axis=0)) / total[hide].sum() <= 0.8


def test_who_is_paid_for_each_setting():
    found = store(
        [
            child("a", provider="Alder", sourced="spot", weekly_cost_gbp=4000.0),
            child("b", provider="Birch", sourced=None, weekly_cost_gbp=1000.0),
            child("c", provider=None, sourced="spot", weekly_cost_gbp=500.0),
            child("d", provider="Ours", sourced="in_house", weekly_cost_gbp=600.0, **FOSTERED),
            child("e", provider="Alder", weekly_cost_gbp=None),
        ]
    )
    costs = outside_costs(found.cohort(), "setting")
    by_setting = dict(
        zip(costs.values, zip(costs.by_provider.tolist(), costs.total, strict=True), strict=True)
    )
    assert sorted(by_setting["residential"][0], reverse=True)[:2] == [4000, 1000]
    assert by_setting["residential"][1] == 5500 and sum(by_setting["fostering"][0]) == 0
    assert not outside_costs(found.cohort(CohortFilter(age_min=20)), "setting").total.any()
