"""Small numbers: boundaries by hand, and that nothing hidden can be worked out from what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.attacker import list_sums, possible
from vcore.measures import disclosure


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (5, True), (6, False), (100, False)])
def test_counts_from_one_to_five_are_small(count, small):
    assert disclosure.is_small(count) is small


@pytest.mark.parametrize(
    ("children", "base", "shown"),
    [
        (0, 100, True),
        (3, 100, False),
        (6, 100, True),
        (97, 100, False),
        (94, 100, True),
        (100, 100, True),
        (3, None, False),
    ],
)
def test_a_size_is_hidden_when_it_or_the_rest_of_its_base_is_small(children, base, shown):
    assert disclosure.may_show(children, base) is shown


@pytest.mark.parametrize(
    ("children", "base", "shown"),
    [
        (9, None, False),
        (10, None, True),
        (10, 100, True),
        (91, 100, False),
        (90, 100, True),
        (100, 100, True),
    ],
)
def test_a_mean_needs_ten_children_on_both_sides(children, base, shown):
    assert disclosure.may_average(children, base) is shown


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([100, 50, 20], [False, False, False]),
        ([100, 50, 0], [False, False, False]),  # a true zero is shown
        ([100, 50, 3], [False, True, True]),  # a second cell, or 3 = total − 150
        ([100, 3, 2], [True, True, True]),  # the two hidden add up to 5: still a small number
        ([100, 4, 5], [False, True, True]),
        ([3, 0, 0], [True, False, False]),  # nothing else to hide: the total is as small
        ([1, 1, 1, 1, 1, 1, 70, 50], [True] * 6 + [False, True]),  # six hidden of six children are one each
        ([1, 1, 1, 1, 1, 1, 0], [True] * 7),  # and here only a hidden zero makes that unsure
    ],
)
def test_which_cells_of_a_table_are_hidden(counts, hidden):
    assert disclosure.hidden_cells(counts).tolist() == hidden


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.integers(0, 2), st.integers(0, 60)), min_size=1, max_size=9))
def test_no_hidden_count_of_a_list_follows_from_its_total(counts):
    hide = disclosure.hidden_cells(counts)
    cells, total = np.array(counts), sum(counts)
    assert hide[(cells > 0) & (cells <= 5)].all()
    assert hide.all() or not hide[cells == 0].any()
    if not hide.any() or total <= 5:
        return  # a total of 5 or less is hidden itself
    assert cells[hide].sum() > 5
    told = possible(np.array([*counts, total]), np.array([*hide, False]), list_sums(len(counts)), all(hide))
    for (fewest, most), count in zip(told, cells[hide], strict=True):
        assert fewest <= count <= most
        assert fewest < most or len(counts) == 1


def test_a_small_row_takes_a_second_with_it_and_a_true_zero_stays():
    hide, thin = disclosure.hidden_rows(np.array([40, 8, 3, 0]))
    assert hide.tolist() == [False, True, True, False]
    assert thin.tolist() == [False, True, True, False]


def test_one_thin_row_alone_takes_a_second_amount_with_it():
    hide, thin = disclosure.hidden_rows(np.array([40, 30, 8]))
    assert hide.tolist() == [False, False, False]
    assert thin.tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("count", "rounded"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12.5, 15), (539, 540)]
)
def test_counts_round_to_five(count, rounded):
    assert disclosure.rounded_count(count) == rounded


@pytest.mark.parametrize(("gbp", "rounded"), [(49.99, 0), (50, 100), (667_300, 667_300), (667_349, 667_300)])
def test_money_rounds_to_a_hundred(gbp, rounded):
    assert disclosure.rounded_money(gbp) == rounded


@pytest.mark.parametrize(
    ("part", "whole", "enough"),
    [
        ([100, 90, 80], [100, 90, 80], True),  # the base itself
        ([97, 90, 80], [100, 90, 80], False),  # all but three
        ([91, 80, 80], [100, 90, 80], False),
        ([90, 80, 70], [100, 90, 80], True),
        ([90, 87, 70], [100, 90, 80], False),  # three with a cost: total less total is their cost
        ([90, 80, 77], [100, 90, 80], False),
        ([50, 0, 40], [100, 4, 80], True),  # none of the four with a cost is here: nothing to subtract
    ],
)
def test_a_cohort_stands_beside_its_base_when_it_leaves_out_nobody_or_ten(part, whole, enough):
    assert disclosure.leaves_enough(part, whole) is enough


@pytest.mark.parametrize(
    ("counts", "within", "hidden"),
    [
        ([25, 28, 3, 132], "raar", [False, True, True, False]),  # 31 − 28, where the group of 31 is shown
        ([25, 28, 3, 132], None, [True, False, True, False]),
        (
            [3, 40, 50, 60, 70],
            "abbcc",
            [True, True, True, False, False],
        ),  # b hides a, so b's parts are hidden
        ([3, 2, 40, 50], "aabb", [True, True, True, True]),
        ([0, 20, 30], "aab", [False, False, False]),
    ],
)
def test_parts_of_a_group_that_is_shown_too_are_hidden_within_it(counts, within, hidden):
    assert disclosure.hidden_cells(counts, within and list(within)).tolist() == hidden


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), min_size=1, max_size=9))
def test_no_hidden_part_follows_from_the_groups_and_their_total(cells):
    """The list is cells, then groups, then everyone; groups are shown beside their parts."""
    within, counts = [group for group, _ in cells], np.array([n for _, n in cells])
    groups = sorted(set(within))
    inside = np.array([[group == name for group in within] for name in groups], dtype=int)
    totals = inside @ counts
    hide, hide_groups = disclosure.hidden_cells(counts, within), disclosure.hidden_cells(totals)
    assert hide[(counts > 0) & (counts <= 5)].all()
    if counts.sum() <= 5:
        return
    sums = np.vstack(
        [
            np.hstack([inside, -np.eye(len(groups), dtype=int), np.zeros((len(groups), 1), dtype=int)]),
            [0] * len(cells) + [1] * len(groups) + [-1],
        ]
    )
    hidden = np.array([*hide, *hide_groups, False])
    everything = np.array([*counts, *totals, counts.sum()])
    for (fewest, most), count in zip(
        possible(everything, hidden, sums, all(hide)), everything[hidden], strict=True
    ):
        assert fewest <= count <= most
        assert fewest < most or len(cells) == 1, (everything, hidden)


def test_a_table_hides_amounts_within_groups_too():
    hide, thin = disclosure.hidden_rows(np.array([25, 28, 8, 132]), within=list("raar"))
    assert hide.tolist() == [False, False, False, False]
    assert thin.tolist() == [False, True, True, False]


def test_the_points_told_elsewhere_come_first():
    counts = [0, 5, 10, 15, 20, 25, 40, 50]
    assert np.array(counts)[disclosure.shown_steps(counts)].tolist() == [0, 10, 20, 40, 50]
    assert np.array(counts)[disclosure.shown_steps(counts, [25, 20, 7])].tolist() == [0, 10, 25, 40, 50]
