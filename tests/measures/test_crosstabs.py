"""Two-way tables with totals: boundaries by hand, and that an attacker with every shown number learns no hidden one."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.attacker import possible, table_sums
from vcore.measures.disclosure import hidden_table


def of(picture: str) -> np.ndarray:
    """`c` is hidden, `.` is shown; the last row and column are totals."""
    return np.array([[cell == "c" for cell in line] for line in picture.split()])


@pytest.mark.parametrize(
    ("counts", "picture"),
    [
        ([[10, 20], [30, 40]], "... ... ..."),
        ([[0, 0], [0, 0]], "... ... ..."),
        ([[6, 0], [0, 6]], "... ... ..."),
        ([[3, 20], [30, 40]], "cc. cc. ..."),  # one alone follows from either total
        (
            [[5, 60, 9], [70, 8, 90], [60, 70, 80]],
            "cc.. cc.. .... ....",
        ),  # 60 + 70 + 8 children, not 9 + 60 + 80
        ([[3, 0], [0, 40]], "c.c .cc cc."),  # its totals are as small as it is
        ([[2, 3, 90], [80, 70, 60]], "ccc. ccc. ...."),  # 2 + 3 in a row is small too
        ([[1, 1, 1], [1, 1, 1]], "cccc cccc cccc"),  # six ones: told of nowhere
        ([[1, 2], [1, 1]], "ccc ccc ccc"),  # five children
        ([[0, 6], [3, 50]], "... cc. cc."),  # a column's total of 3, so a second total as well
    ],
)
def test_which_cells_of_a_two_way_table_are_hidden(counts, picture):
    assert hidden_table(np.array(counts)).tolist() == of(picture).tolist()


TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.integers(0, 8), st.integers(0, 60)), min_size=columns, max_size=columns),
        min_size=1,
        max_size=4,
    )
)


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_no_hidden_count_of_a_two_way_table_follows_from_all_that_is_shown(counts):
    cells = np.array(counts)
    table = np.pad(cells, ((0, 1), (0, 1)))
    table[-1, :-1], table[:-1, -1], table[-1, -1] = cells.sum(axis=0), cells.sum(axis=1), cells.sum()
    hide = hidden_table(cells)
    assert hide.shape == table.shape
    assert hide[(table > 0) & (table < 6)].all()
    if not hide.all():
        assert not hide[table == 0].any() and not hide[-1, -1]
        for line, hidden in (*zip(table, hide, strict=True), *zip(table.T, hide.T, strict=True)):
            assert hidden[-1] or not 1 <= line[:-1][hidden[:-1]].sum() <= 5
    ranges = possible(table.ravel(), hide.ravel(), table_sums(*table.shape), hide.all()) if hide.any() else []
    for (fewest, most), count in zip(ranges, table[hide], strict=True):
        assert fewest <= count <= most
        assert hide.all() or fewest < most


def test_a_table_without_small_counts_is_shown_whole_and_a_large_one_takes_no_time():
    draw = np.random.default_rng(5)
    assert not hidden_table(draw.integers(6, 90, (8, 8))).any()
    counts = draw.poisson(7, (13, 13))
    started = time.perf_counter()
    hide = hidden_table(counts)
    assert time.perf_counter() - started < 1
    assert hide.any() and not hide.all()
