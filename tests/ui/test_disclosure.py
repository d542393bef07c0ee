"""The gate: what a role without child level may see, by hand; and that nothing leaks through a table."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.attacker import possible, table_sums
from ui.disclosure import KEY, Gate
from vcore.measures.disclosure import HIDDEN

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


def test_the_key_tells_the_three_ways_of_being_empty_apart():
    hidden, missing, none = KEY.split(" · ")
    assert hidden.startswith("c: hidden") and "child" in hidden and "provider" in hidden
    assert (missing, none) == ("x: not available", "0: none")


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


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=6))
def test_a_cohort_its_rest_and_their_base_together_give_no_hidden_count_away(pairs):
    """Three lists with their totals: the cohort's, everyone else's and the base's, whose rows are the sums of both."""
    mine, rest = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
    if not (CLOSED.counts(mine.sum(), mine.sum() + rest.sum()) and mine.sum() and rest.sum()):
        return  # nothing is told of such a cohort
    base = mine + rest
    told = [
        CLOSED.table(pd.DataFrame({"n": n}), "n", [], other)["n"].to_numpy() == HIDDEN
        for n, other in ((mine, rest), (rest, mine), (base, np.zeros_like(base)))
    ]
    table = np.array([[*n, n.sum()] for n in (mine, rest, base)])
    hide = np.array([[*hidden, False] for hidden in told])
    if not hide.any():
        return
    ranges = possible(table.ravel(), hide.ravel(), table_sums(*table.shape), may_be_none=True)
    for (fewest, most), count in zip(ranges, table[hide], strict=True):
        assert fewest <= count <= most
        assert count == 0 or fewest < most, (table, hide)


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_between_two_shown_points_of_a_running_total_are_ten_children_or_none(steps):
    counts = np.cumsum(steps)
    shown = counts[CLOSED.steps(counts)]
    gaps = np.diff(np.unique([0, *shown, counts[-1]]))
    assert all(gap >= 10 for gap in gaps) or len(gaps) <= 1
    assert OPEN.steps(counts).all()


COUNTS = pd.DataFrame({"boys": [3, 30], "girls": [20, 40]}, index=["North", "South"])


def test_a_two_way_table_is_told_with_its_totals_and_nothing_that_gives_a_cell_away():
    told = CLOSED.crosstab(COUNTS)
    assert told.to_dict("split")["data"] == [["c", "c", 23], ["c", "c", 70], [33, 60, 93]]
    assert list(told.index) == ["North", "South", "Total"] and list(told.columns) == [
        "boys",
        "girls",
        "Total",
    ]
    assert OPEN.crosstab(COUNTS).to_numpy().tolist() == [[3, 20, 23], [30, 40, 70], [33, 60, 93]]


def test_of_a_handful_of_children_not_even_the_zeros_are_told():
    few = CLOSED.crosstab(pd.DataFrame({"boys": [3, 0], "girls": [0, 2]}))
    assert set(few.to_numpy().ravel()) == {"c"}


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([0.81, 0.19], "c"),
        ([0.8, 0.2], "£5,400"),  # "more than" 80%
        ([1.0], "c"),
        ([], "£5,400"),  # all of it is the council's own services
        ([0.5, float("nan")], "£5,400"),
    ],
)
def test_the_price_of_a_dominant_provider_is_for_those_who_may_know_prices(shares, told):
    assert CLOSED.price("£5,400", shares) == OPEN.price("£5,400", shares) == told
    assert Gate(sees_small=False, sees_prices=True).price("£5,400", shares) == "£5,400"
