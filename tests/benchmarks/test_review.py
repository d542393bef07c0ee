"""The plain way lists whom the rule lists, and a benchmark of two different lists is refused."""

from __future__ import annotations

import pytest

from benchmarks import review
from benchmarks.review import ListsDiffer, compare_review, list_page
from tests.ui import populated

ALL = populated.store().cohort()


def test_both_ways_list_the_same_children_and_are_timed():
    (line,) = compare_review(ALL, repeats=2)
    assert line.what.startswith("Review list")
    assert any(words.startswith("assessed") for words in list_page(ALL, 60))


def test_two_different_lists_are_refused(monkeypatch):
    monkeypatch.setattr(review, "mask_list", lambda frame, step: frame.head(2))
    with pytest.raises(ListsDiffer, match="the masks 2"):
        compare_review(ALL, repeats=1)
