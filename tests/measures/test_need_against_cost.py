"""Need beside cost in bands, worked by hand on a few children and against pandas on many."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.many import many, part_of
from tests.small import child, store
from tests.ui import populated
from vcore.facts.bands import WEEKLY_COST_BANDS_GBP
from vcore.facts.domains import Domain, NeedModel
from vcore.measures import need_against_cost
from vcore.measures.need_against_cost import LowerNeed, known_children

STORE = store(
    [
        child(
            "a", provider="One", weekly_cost_gbp=5_000.0, scores=[2] * 11 + [2, 0]
        ),  # need 24, both limits exactly
        child("b", weekly_cost_gbp=4_999.99, scores=[1] * 13),
        child("c", weekly_cost_gbp=9_000.0, scores=[2] * 12 + [1]),  # need 25
        child("d", provider="Other", weekly_cost_gbp=6_000.0, scores=[0] * 13),
        child("e", weekly_cost_gbp=20_000.0, scores=[10] * 13),  # need 130, the maximum
        child("f", weekly_cost_gbp=None, scores=[0] * 13),
        child("g", weekly_cost_gbp=7_000.0, scores=None),
    ]
)
ALL = STORE.cohort()
MANY = many(120).cohort()


def test_who_costs_much_at_low_need_both_ends_counting():
    assert need_against_cost.lower_need_higher_cost(known_children(ALL), 24, 5_000) == LowerNeed(
        2, 11_000, 5, 44_999.99, 6 / 11
    )
    assert need_against_cost.lower_need_higher_cost(known_children(ALL), 23, 5_000)[:2] == (1, 6_000)
    assert need_against_cost.lower_need_higher_cost(known_children(ALL), 130, 0)[:2] == (5, 44_999.99)
    assert need_against_cost.lower_need_higher_cost(known_children(part_of(ALL, [])), 24, 5_000) == LowerNeed(
        0, 0, 0, 0, 0
    )


def test_children_fall_in_the_band_that_starts_at_or_below_them():
    found = need_against_cost.cells(known_children(ALL))
    needs, costs = need_against_cost.need_bands(ALL.snapshot.needs), WEEKLY_COST_BANDS_GBP
    assert needs == tuple(range(0, 130, 10))
    where = {(needs[row], costs[column]): int(found[row, column]) for row, column in np.argwhere(found)}
    assert where == {(20, 5_000): 1, (10, 4_000): 1, (20, 7_500): 1, (0, 5_000): 1, (120, 15_000): 1}


@pytest.mark.parametrize(
    ("domains", "maximum", "bands"), [(12, 10, 12), (13, 10, 13), (1, 10, 2), (40, 100, 13)]
)
def test_bands_fit_any_councils_domains(domains, maximum, bands):
    needs = NeedModel(
        domains=tuple(Domain(id=f"d{n}", label=f"D {n}") for n in range(domains)), maximum=maximum
    )
    assert len(need_against_cost.need_bands(needs)) == bands


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(0, 119), max_size=120))
def test_cells_add_up_and_medians_are_those_of_pandas(chosen):
    cohort = part_of(MANY, sorted(chosen))
    rows = cohort.children[["need_total", "weekly_cost_gbp"]].dropna().astype("float64")
    found = need_against_cost.cells(known_children(cohort))
    assert found.sum() == len(rows)
    band = rows["need_total"] // 10
    expected = rows.groupby(band)["weekly_cost_gbp"]
    table = need_against_cost.median_cost(known_children(cohort)).set_index("need_from")
    assert table["children"].tolist() == found.sum(axis=1).tolist()
    for start, costs in expected:
        told = table.loc[start * 10, "median_weekly_gbp"]
        assert np.isnan(told) if len(costs) < 10 else told == pytest.approx(costs.median())
    assert table["median_weekly_gbp"].notna().sum() == (expected.size() >= 10).sum()


def test_in_house_against_private_is_that_of_the_rows():
    cohort = populated.store().cohort()
    rows = cohort.children.dropna(subset=["need_total", "weekly_cost_gbp"])
    found = need_against_cost.by_provision(known_children(cohort)).set_index("setting_detail")
    assert list(found.index) == [
        "in_house_fostering",
        "independent_fostering",
        "in_house_residential",
        "private_residential",
    ]
    for home, told in found.iterrows():
        own = rows[rows["setting_detail"] == home]
        need, cost = own["need_total"].astype(float), own["weekly_cost_gbp"]
        assert told["children"] == len(own)
        assert (told["mean_need_total"], told["mean_weekly_gbp"]) == pytest.approx((need.mean(), cost.mean()))
        expected = need.corr(cost) if len(own) >= 30 else np.nan
        assert told["r"] == pytest.approx(expected, nan_ok=True)
    assert found["r"].isna().tolist() == [False, False, True, False]  # 25 in-house homes are too few


def test_nobody_has_no_means():
    found = need_against_cost.by_provision(known_children(part_of(ALL, [])))
    assert found["children"].tolist() == [0, 0, 0, 0]
    assert found[["mean_need_total", "mean_weekly_gbp", "r"]].isna().all(axis=None)
    assert pd.isna(need_against_cost.median_cost(known_children(part_of(ALL, [])))["median_weekly_gbp"]).all()


def test_the_share_of_the_provider_paid_most_counts_outside_providers_only():
    children = [child(f"p{n}", provider="One", weekly_cost_gbp=4_500.0, scores=[1] * 13) for n in range(2)]
    children += [
        child("q", provider="Other", weekly_cost_gbp=1_000.0, scores=[1] * 13),
        child(
            "own",
            provider="North",
            setting_detail="in_house_residential",
            place_code="K2",
            provider_code="PR1",
            weekly_cost_gbp=90_000.0,
            scores=[5] * 13,
        ),
    ]
    known = known_children(store(children).cohort())
    homes = need_against_cost.by_provision(known).set_index("setting_detail")["top_provider_share"]
    assert homes["private_residential"] == pytest.approx(0.9)
    assert homes[["in_house_residential", "in_house_fostering"]].tolist() == [0, 0]
    bands = need_against_cost.median_cost(known).set_index("need_from")["top_provider_share"]
    assert (bands[10], bands[60], bands[120]) == (pytest.approx(0.9), 0, 0)
    assert need_against_cost.lower_need_higher_cost(known, 20, 4_000).top_provider_share == 1
    assert need_against_cost.lower_need_higher_cost(known, 130, 0).top_provider_share == pytest.approx(0.09)
