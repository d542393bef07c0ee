"""How complete, how fresh, how alike: worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vcore.measures.quality import FIELDS, assessor_spread, completeness, freshness


def children(**columns) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    return pd.DataFrame({name: [None] * n for name in FIELDS} | columns).astype(
        {"weekly_cost_gbp": "float64"}
    )


def test_a_field_is_recorded_by_children_and_by_cost():
    found = completeness(
        children(
            weekly_cost_gbp=[1000.0, 3000.0, None, 0.0],
            ethnicity=["White", "Not known", "Black", None],
            sex=["F", "U", "M", "M"],
            ehcp=[True, False, None, None],
        )
    )
    assert found.loc["weekly_cost_gbp"].tolist() == [3, 0.75, 1.0]
    assert found.loc["ethnicity"].tolist() == [2, 0.5, 0.25]
    assert found.loc["sex"].tolist() == [3, 0.75, 0.25]
    assert found.loc["ehcp"].tolist() == [2, 0.5, 1.0]
    assert found.loc["provider"].tolist() == [0, 0.0, 0.0]


def test_nobody_and_no_cost_have_no_share():
    assert completeness(children(weekly_cost_gbp=[]).iloc[:0])["share"].isna().all()
    free = completeness(children(weekly_cost_gbp=[None], sex=["F"]))
    assert free.loc["sex", "share"] == 1.0 and np.isnan(free.loc["sex", "cost_share"])


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (0, "Under 3 months"),
        (91, "Under 3 months"),
        (92, "3 to 6 months"),
        (183, "3 to 6 months"),
        (184, "6 to 12 months"),
        (365, "6 to 12 months"),
        (366, "Over 12 months"),
        (5000, "Over 12 months"),
        (None, "No assessment"),
    ],
)
def test_an_assessment_has_one_age(days, label):
    found = freshness(pd.Series([days], dtype="Int64"))
    assert found[label] == 1 and sum(found.values()) == 1


def assessors(*rows: tuple[int, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["assessments", "mean", "variance"])


def test_the_spread_between_assessors_is_the_intraclass_correlation():
    # two groups of 10: means 20 and 30, variances 40 → between = 10·(5² + 5²)/1 = 500, within = 40
    found = assessor_spread(assessors((10, 20.0, 40.0), (10, 30.0, 40.0), (9, 90.0, 1.0)))
    assert found is not None
    assert found[:4] == (2, 20, 20.0, 30.0)
    assert found.between_share == pytest.approx((500 - 40) / (500 + 9 * 40))


def test_assessors_who_differ_less_than_chance_have_no_spread():
    found = assessor_spread(assessors((50, 30.0, 100.0), (50, 30.1, 100.0)))
    assert found is not None and found.between_share == 0.0


def test_one_assessor_is_no_comparison():
    assert assessor_spread(assessors((100, 30.0, 10.0), (9, 60.0, 10.0))) is None
    assert assessor_spread(assessors()) is None
