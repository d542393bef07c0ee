"""Those on a list against those it was made from, by hand and against plain pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.scenarios.many import many
from tests.small import child, store
from vcore.measures.fairness import ATTRIBUTES, list_against_base
from vcore.scenarios import Scenario, StepDown, run
from vcore.store import CohortFilter


def test_ten_children_of_whom_four_are_listed_by_hand():
    # listed: 3 girls and 1 boy; not listed: 2 girls and 4 boys
    sexes = ["F", "F", "F", "M", "F", "F", "M", "M", "M", "M"]
    cohort = store(
        [
            child(
                str(n), sex=sex, disability=True if n == 0 else None, ethnicity="Black" if n == 9 else "White"
            )
            for n, sex in enumerate(sexes)
        ]
    ).cohort()
    table = list_against_base(cohort, np.arange(10) < 4).set_index(["attribute", "value"])
    girls = table.loc[("sex", "F")]
    assert (girls["listed"], girls["base"]) == (3, 5)
    assert (girls["listed_share"], girls["base_share"]) == (0.75, 0.5)
    assert girls["gap"] == pytest.approx(0.25)
    # Wilson by hand: 3 of 4 is 0.3006 to 0.9544, 2 of 6 is 0.0968 to 0.7000; × 6/10, who are not listed
    below = np.hypot(0.75 - 0.30064, 0.70000 - 1 / 3)
    above = np.hypot(0.95441 - 0.75, 1 / 3 - 0.09677)
    assert girls["low"] == pytest.approx(0.6 * (0.75 - 1 / 3 - below), abs=1e-4)
    assert girls["high"] == pytest.approx(0.6 * (0.75 - 1 / 3 + above), abs=1e-4)
    assert table.loc[("sex", "M"), "gap"] == pytest.approx(-0.25)
    assert table.loc[("disability", "Not recorded")][["listed", "base"]].tolist() == [3, 9]
    assert table.loc[("disability", "Yes"), "gap"] == pytest.approx(0.25 - 0.1)
    assert table.loc[("ethnicity", "Black")][["listed", "base", "gap"]].tolist() == [
        0,
        1,
        pytest.approx(-0.1),
    ]
    assert table.loc["age_band"].index.tolist() == ["12 to 16"]


def test_those_a_lever_would_discuss_against_plain_pandas():
    cohort = many(seed=8).cohort()
    eligible = run(Scenario(levers=(StepDown(max_severe=3),)), cohort).steps[0].effect.eligible
    table = list_against_base(cohort, eligible)
    children = cohort.children
    bands = pd.cut(
        children["age"],
        [0, 2, 5, 12, 17, 99],
        right=False,
        labels=["Under 2", "2 to 4", "5 to 11", "12 to 16", "17 and over"],
    )
    columns = {
        "sex": children["sex"],
        "age_band": bands.astype(str),
        "ethnicity": children["ethnicity"],
        "disability": children["disability"].map({True: "Yes", False: "No"}).fillna("Not recorded"),
    }
    assert tuple(table["attribute"].unique()) == ATTRIBUTES
    for attribute, values in columns.items():
        rows = table[table["attribute"] == attribute].set_index("value")
        assert rows["base"].to_dict() == values.value_counts().to_dict()
        assert (
            rows["listed"].to_dict()
            == values[eligible].value_counts().reindex(rows.index, fill_value=0).to_dict()
        )
        assert rows["listed"].sum() == eligible.sum() > 10
        assert rows["gap"].to_dict() == pytest.approx(
            (rows["listed"] / eligible.sum() - rows["base"] / len(children)).to_dict()
        )
        assert (rows["low"] <= rows["gap"]).all() and (rows["gap"] <= rows["high"]).all()
        assert rows["gap"].sum() == pytest.approx(0, abs=1e-12)
    ages = table.loc[table["attribute"] == "age_band", "value"].tolist()
    assert ages == [band for band in bands.cat.categories if band in set(bands)]


@pytest.mark.parametrize("everybody", [True, False])
def test_a_list_of_all_or_of_none_has_no_gap_to_speak_of(everybody):
    cohort = store([child("a"), child("b", sex="M")]).cohort()
    table = list_against_base(cohort, np.full(2, everybody))
    assert table["low"].isna().all() and table["high"].isna().all()
    assert table["listed"].sum() == (2 * len(ATTRIBUTES) if everybody else 0)


def test_a_list_from_nobody_is_an_empty_table():
    cohort = store([child("a")]).cohort(CohortFilter(weekly_cost_min=9_999))
    table = list_against_base(cohort, np.zeros(0, dtype=bool))
    assert table.empty
    assert list(table.columns)[:4] == ["attribute", "value", "listed", "base"]
