"""The plain ways answer as the model does, and a benchmark of two different answers is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from benchmarks import model
from benchmarks.alternatives import change_a_copy, mask_children, walk_children
from benchmarks.model import FILTERS, AnswersDiffer, compare_model
from tests.scenarios.many import many
from vcore import PriceCap, StepDown, Store

MOVER = {
    "child_id": "a",
    "setting": "residential",
    "setting_detail": "private_residential",
    "weekly_cost_gbp": 6_000.0,
    "severe_count": 0,
    "dol": False,
    "assessment_age_days": 10,
    "months_in_placement": 12.0,
    "need_change": 0,
    "foster_suitability": "suitable",
}
DEAR = {**MOVER, "child_id": "b", "setting": "fostering", "setting_detail": "in_house_fostering"}
THERE = {**DEAR, "child_id": "c", "setting_detail": "independent_fostering", "weekly_cost_gbp": 1_000.0}
NULLABLE = {"severe_count": "Int64", "dol": "boolean", "assessment_age_days": "Int64", "need_change": "Int64"}


@pytest.fixture(scope="module")
def store() -> Store:
    return many(300, seed=3)


@pytest.mark.parametrize("save", [change_a_copy, walk_children])
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        # 0.4 of the mover leaves for £1,000 a week and the rest is capped at £5,000, as is the dear one
        ({}, 0.4 * (6_000 - 1_000) + 0.6 * 1_000 + 1_000),
        ({"weekly_cost_gbp": 5_000.0}, 0.4 * (5_000 - 1_000) + 1_000),
        ({"severe_count": 1}, 1_000 + 1_000),
        ({"severe_count": None}, 1_000 + 1_000),
        ({"dol": True}, 1_000 + 1_000),
        ({"setting_detail": "secure_home"}, 1_000 + 1_000),
        ({"assessment_age_days": 184}, 1_000 + 1_000),
        ({"months_in_placement": 5.9}, 1_000 + 1_000),
        ({"need_change": 5}, 1_000 + 1_000),
        ({"foster_suitability": "unsuitable"}, 1_000 + 1_000),
        ({"need_change": None, "assessment_age_days": None}, 0.4 * 5_000 + 0.6 * 1_000 + 1_000),
    ],
)
def test_both_levers_by_hand(save, changed, expected):
    children = pd.DataFrame([{**MOVER, **changed}, DEAR, THERE]).astype(NULLABLE)
    step = StepDown(matched=0.5, holds=0.8)
    assert save(children, step, PriceCap(cap_gbp=5_000)) == pytest.approx(expected)


@pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS)
def test_masks_pick_the_children_the_conditions_name(store, wanted):
    frame = store.snapshot().frame
    picked = mask_children(frame, wanted)
    assert set(picked["child_id"]) == {
        child.child_id
        for child in frame.itertuples()
        if child.setting in wanted.settings
        and (pd.notna(child.ehcp) and bool(child.ehcp))
        and (wanted.age_min is None or wanted.age_min <= child.age <= wanted.age_max)
        and (wanted.weekly_cost_min is None or child.weekly_cost_gbp >= wanted.weekly_cost_min)
        and (wanted.severe_count_max is None or child.severe_count <= wanted.severe_count_max)
    }


def test_every_line_of_the_model_has_times(store, monkeypatch):
    monkeypatch.setattr(model.Store, "open", lambda folder: store)
    lines = compare_model(Path("never opened"), repeats=2)
    assert [line.what for line in lines if line.theirs is None] == [lines[0].what]
    assert all(line.ours.median_ms > 0 for line in lines)


@pytest.mark.parametrize("way", ["mask_children", "walk_children", "change_a_copy"])
def test_two_different_answers_are_refused(store, monkeypatch, way):
    right = getattr(model, way)
    wrong = {"mask_children": lambda *a: right(*a).iloc[1:]}.get(way, lambda *a: right(*a) + 1)
    everyone = model.CohortFilter()
    monkeypatch.setattr(model, "FILTERS", {"everyone": everyone})
    monkeypatch.setattr(model, way, wrong)
    monkeypatch.setattr(model.Store, "open", lambda folder: store)
    with pytest.raises(AnswersDiffer):
        compare_model(Path("never opened"), repeats=1)
