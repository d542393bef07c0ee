"""The gate: what a role without child level may see, by hand; and that nothing leaks through a table."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.disclosure import Gate

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)


@pytest.mark.parametrize(
    ("n", "of", "words"),
    [(0, 50, "0"), (1, 50, "c"), (5, 50, "c"), (6, 50, "6"), (45, 50, "c"), (50, 50, "50")],
)
def test_a_count_is_hidden_when_it_or_its_complement_is_small(n, of, words):
    assert CLOSED.count(n, of) == words
    assert OPEN.count(n, of) == str(n)


@pytest.mark.parametrize(
    ("n", "of", "words"),
    [(0, 50, "x"), (9, 50, "c"), (10, 50, "£1"), (41, 50, "c"), (40, 50, "£1"), (50, 50, "£1")],
)
def test_an_amount_needs_ten_children_on_both_sides(n, of, words):
    assert CLOSED.amount("£1", n, of) == words
    assert OPEN.amount("£1", n, of) == ("x" if n == 0 else "£1")


def test_a_table_says_c_where_it_hides_and_stays_empty_where_nothing_is_known():
    groups = pd.DataFrame(
        {"g": list("abcd"), "children": [40, 30, 3, 0], "mean": [10.0, np.nan, 30.0, np.nan]}
    )
    told = CLOSED.table(groups, "children", ["mean"])
    assert told["children"].tolist() == [40, "c", "c", 0]
    assert told["mean"].fillna("empty").tolist() == [10.0, "empty", "c", "empty"]
    assert OPEN.table(groups, "children", ["mean"]) is groups


def test_a_row_is_hidden_when_what_it_leaves_out_of_the_base_is_small():
    groups = pd.DataFrame({"g": list("abc"), "children": [40, 30, 20], "gbp": [4.0, 3.0, 2.0]})
    told = CLOSED.table(groups, "children", ["gbp"], rest=[2, 0, 90])
    assert told["children"].tolist() == ["c", 30, "c"]  # 42 − 40 gives the 2 away, and 92 − 90 would too
    assert told["gbp"].tolist() == ["c", 3.0, "c"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8))
def test_no_hidden_cell_of_a_cohort_beside_its_rest_follows_from_the_base(pairs):
    mine, rest = ([pair[side] for pair in pairs] for side in (0, 1))
    here = CLOSED.table(pd.DataFrame({"n": mine}), "n", [], rest)["n"].tolist()
    there = CLOSED.table(pd.DataFrame({"n": rest}), "n", [], mine)["n"].tolist()
    for (own, other), shown, shown_other in zip(pairs, here, there, strict=True):
        if 1 <= own <= 5 or 1 <= other <= 5:
            assert shown == "c" or own == 0
            assert shown_other == "c" or other == 0
        assert (shown == "c") <= (shown_other == "c" or other == 0)  # base − other = own


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_between_two_shown_points_of_a_running_total_are_ten_children_or_none(steps):
    counts = np.cumsum(steps)
    shown = counts[CLOSED.steps(counts)]
    gaps = np.diff(np.unique([0, *shown, counts[-1]]))
    assert all(gap >= 10 for gap in gaps) or len(gaps) <= 1
    assert OPEN.steps(counts).all()
