"""How much was recorded, month by month, and what assessors' totals come to: worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.small import AS_OF, NEEDS, child, tables
from tests.store.test_states import load
from vcore.store import Store
from vcore.store.folder import DataFolder


def recording(children: list[dict], assessor: dict[str, str] | None = None):
    made = tables(children)
    if assessor:
        made["assessment"] = made["assessment"].assign(
            assessor=made["assessment"]["child_id"].map(assessor).astype("str")
        )
    return Store.of_tables(made, as_of=AS_OF, needs=NEEDS).recording("North")


def test_every_month_end_of_the_year_counts_who_was_there_with_what():
    months = recording(
        [
            child("old", started_on=date(2020, 1, 1), assessed_on=date(2025, 6, 30), weekly_cost_gbp=1000.0),
            child("new", started_on=date(2026, 2, 1), assessed_on=date(2026, 3, 1), weekly_cost_gbp=None),
            child("south", authority="South", weekly_cost_gbp=70.0),
        ]
    ).months
    north = months.set_index(months["day"].dt.date)
    assert len(north) == 13
    assert list(north.index[:3]) == [AS_OF, date(2026, 2, 28), date(2026, 1, 31)]
    counts = ["children", "costed", "assessed", "fresh", "weekly_cost_gbp"]
    assert north.loc[AS_OF, counts].tolist() == [2, 1, 2, 1, 1000.0]
    assert north.loc[date(2026, 2, 28), counts].tolist() == [2, 1, 1, 0, 1000.0]
    assert north.loc[date(2025, 12, 31), counts].tolist() == [1, 1, 1, 0, 1000.0]  # 184 days old
    assert north.loc[date(2025, 7, 31), counts].tolist() == [1, 1, 1, 1, 1000.0]
    assert north.loc[date(2025, 5, 31), counts].tolist() == [1, 1, 0, 0, 1000.0]


def test_assessors_are_told_apart_without_being_named():
    found = recording(
        [
            child("a", scores=[1] * 13),
            child("b", scores=[2] * 13),
            child("c", scores=[5] * 13),
            child("d", scores=[9] * 13, assessed_on=date(2025, 3, 31)),  # a year and a day before
            child("e", scores=[9] * 13),
            child("south", authority="South", scores=[9] * 13),
        ],
        {"a": "x", "b": "x", "c": "y", "d": "y", "south": "x"},
    ).assessors
    assert list(found.columns) == ["place", "assessments", "mean", "variance"]
    assert found[["place", "assessments", "mean"]].to_numpy().tolist() == [[1, 2, 19.5], [2, 1, 65.0]]
    assert found["variance"].tolist() == pytest.approx([84.5, 0.0])  # 13 and 26 about 19.5


def test_each_authority_is_told_to_its_own_date(tmp_path):
    folder = DataFolder(tmp_path)
    load(folder, "North", 1000.0, as_of=date(2026, 5, 31))
    load(folder, "South", 70.0)
    store = Store.open(folder.root, needs=NEEDS)
    for authority, day in (("North", date(2026, 5, 31)), ("South", AS_OF)):
        assert store.recording(authority).months["day"].dt.date.iloc[0] == day
