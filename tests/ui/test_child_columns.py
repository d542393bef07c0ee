"""Rows about single children hold no column that the registry withholds from whoever is shown them."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from ledger import column_rights
from ledger.rights import RIGHTS, Role
from tests.small import child, store
from ui import child_columns, child_reads
from vcore.facts.columns import registry
from vcore.measures.review.reasons import rows_at

ONE = store([child("aaaa1111", provider="Home 1", weekly_cost_gbp=900.0)])
UI = Path(child_columns.__file__).parent
SOURCES = {"rows_at", "one_child", "history_in", "similar"}  # what answers with rows about single children


@pytest.mark.parametrize(("role", "seen"), [(Role.COMMISSIONER, True), (Role.ANALYST, False)])
def test_a_childs_fees_name_the_provider_to_those_alone_who_may_see_it(role, seen):
    found = child_reads.history_in(ONE.cohort(), ONE, "aaaa1111", RIGHTS[role])
    assert found.fees["weekly_cost_gbp"].tolist() == [900.0]
    assert ("provider" in found.fees) is seen


def test_a_column_marked_as_never_shown_is_in_no_row(monkeypatch):
    """What the registry says decides: the same rows, with one word of it changed."""
    marked = [
        column.model_copy(update={"rights": "never_shown"})
        if column.column in ("foster_suitability", "kind", "score")
        else column
        for column in registry()
    ]
    rows = rows_at(ONE.cohort(), np.array([0]), None)
    rights = RIGHTS[Role.COMMISSIONER]
    assert "foster_suitability" in child_columns.of_rows(rows, rights)
    monkeypatch.setattr(column_rights, "registry", lambda: marked)
    column_rights._withheld.cache_clear()
    try:
        assert "foster_suitability" not in child_columns.of_rows(rows, rights)
        assert "foster_suitability" not in child_columns.of_row(rows.iloc[0], rights)
        history = child_reads.history_in(ONE.cohort(), ONE, "aaaa1111", rights)
        assert "foster_suitability" not in history.assessments
        assert list(history.missing_periods) == ["started_on", "ended_on"]
        assert list(history.questionnaires) == ["year_ended_on"]
    finally:
        column_rights._withheld.cache_clear()


def test_whoever_asks_for_rows_about_single_children_holds_them_to_the_registry():
    asking = set()
    for path in UI.glob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        named = {getattr(call, "id", getattr(call, "attr", "")) for call in calls}
        if named & SOURCES:
            asking.add(path.stem)
    through = {path.stem for path in UI.glob("*.py") if "child_columns.of_" in path.read_text()}
    from_child_reads = {"child_similar", "huddle_pack"}  # they use what it hands them
    assert asking - from_child_reads == through == {"child_reads", "review_desk", "review_file"}
