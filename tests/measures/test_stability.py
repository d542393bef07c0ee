"""Moves, breakdowns and long-term stability: on both sides of every threshold, by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.small import AS_OF, child, store
from vcore import CohortFilter
from vcore.measures.stability import by_setting
from vcore.store import Cohort, Snapshot

FOSTERED = {"setting_detail": "in_house_fostering", "place_code": "U4"}


def with_facts(rows: list[dict]) -> Cohort:
    """A cohort whose derived columns are what the rows say, whatever the dates."""
    plain = {
        "age": 10,
        "years_in_care": 4.0,
        "months_in_placement": 24.0,
        "placements_12m": 1,
        "breakdowns_12m": 0,
    }
    snapshot = store([child(f"{place:02d}") for place in range(len(rows))]).snapshot()
    facts = pd.DataFrame([plain | {"setting": "residential"} | row for row in rows])
    frame = snapshot.frame.assign(**{name: facts[name] for name in facts})
    everyone = np.arange(len(rows))
    return Cohort(CohortFilter(), Snapshot(AS_OF, snapshot.needs, frame, snapshot.scores), everyone, everyone)


@pytest.mark.parametrize(
    ("facts", "many_moves", "broke_down", "long_in_care", "settled"),
    [
        ({}, 0, 0, 1, 1),
        ({"placements_12m": 2}, 0, 0, 1, 1),
        ({"placements_12m": 3}, 1, 0, 1, 1),
        ({"placements_12m": 6, "breakdowns_12m": 3}, 1, 1, 1, 1),
        ({"breakdowns_12m": 1}, 0, 1, 1, 1),
        ({"age": 15}, 0, 0, 1, 1),
        ({"age": 16}, 0, 0, 0, 0),
        ({"years_in_care": 2.5}, 0, 0, 1, 1),
        ({"years_in_care": 2.49}, 0, 0, 0, 0),
        ({"months_in_placement": 23.9}, 0, 0, 1, 0),
    ],
)
def test_both_sides_of_every_threshold(facts, many_moves, broke_down, long_in_care, settled):
    row = by_setting(with_facts([facts])).iloc[-1]
    assert (row["setting"], row["children"]) == ("all", 1)
    assert tuple(row[["many_moves", "broke_down", "long_in_care", "settled"]]) == (
        many_moves,
        broke_down,
        long_in_care,
        settled,
    )


def test_settings_in_their_order_with_their_means_and_everybody_last():
    table = by_setting(
        with_facts(
            [
                {"placements_12m": 3, "months_in_placement": 2.0},
                {"placements_12m": 1, "months_in_placement": 10.0},
                {"setting": "fostering", "placements_12m": 2, "months_in_placement": 30.0},
            ]
        )
    )
    assert table["setting"].tolist() == ["fostering", "residential", "all"]
    assert table["children"].tolist() == [1, 2, 3]
    assert table["mean_placements"].tolist() == [2.0, 2.0, 2.0]
    assert table["mean_months"].tolist() == [30.0, 6.0, 14.0]


def test_an_empty_cohort_is_nobody():
    table = by_setting(store([child("a")]).cohort(CohortFilter(age_min=24)))
    assert table["setting"].tolist() == ["all"]
    assert table.loc[0, "children"] == 0
    assert np.isnan(table.loc[0, "mean_months"])


def test_from_the_dates_of_a_placement():
    whole = store(
        [child("a", started_on=date(2024, 3, 31)), child("b", started_on=date(2024, 4, 30), **FOSTERED)]
    )
    table = by_setting(whole.cohort()).set_index("setting")
    assert table["settled"].to_dict() == {
        "residential": 0,
        "fostering": 0,
        "all": 0,
    }  # 730 days: 23.98 months
    assert table["long_in_care"].to_dict() == {"residential": 1, "fostering": 1, "all": 2}
