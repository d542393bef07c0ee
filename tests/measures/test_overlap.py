"""Two cohorts laid over each other, by hand and against sets of ids; and what may stand side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.small import AS_OF, NEEDS, child, store, tables
from vcore import CohortFilter, Store
from vcore.measures import disclosure
from vcore.measures.overlap import overlap

STORE = store(
    [
        child("a", weekly_cost_gbp=6000.0, ehcp=True, scores=[7] + [0] * 12),
        child("b", weekly_cost_gbp=4000.0, ehcp=False, scores=[6] + [0] * 12),
        child("c", weekly_cost_gbp=None, ehcp=None, scores=[2] * 13),
        child("d", weekly_cost_gbp=500.0, ehcp=True, setting_detail="in_house_fostering", place_code="U4", scores=None),
        child("e", weekly_cost_gbp=500.0, ehcp=False, setting_detail="in_house_fostering", place_code="U4"),
    ]
)  # fmt: skip
HOMES = STORE.cohort(CohortFilter(settings=("residential",)))  # a b c
PLANS = STORE.cohort(CohortFilter(ehcp=True))  # a d


def test_who_is_in_one_in_the_other_in_both_and_in_neither():
    found = {what: table.iloc[0].tolist() for what, table in overlap(HOMES, PLANS).items()}
    assert found == {  # neither, first only, second only, both
        "children": [1, 2, 1, 1],
        "costed": [1, 1, 1, 1],  # c has no cost
        "assessed": [1, 2, 0, 1],  # d has no assessment
        "without_severe": [1, 2, 0, 0],
        "with_severe": [0, 0, 0, 1],
    }


def test_the_same_by_an_attribute():
    found = overlap(HOMES, PLANS, "setting")["children"]
    assert found.loc["residential"].tolist() == [0, 2, 0, 1]
    assert found.loc["fostering"].tolist() == [1, 0, 1, 0]
    assert overlap(HOMES, PLANS, "ehcp")["children"].loc["Not recorded"].tolist() == [0, 1, 0, 0]


def test_two_dates_are_laid_over_each_other_by_child():
    moved = pd.Timestamp("2025-06-01")
    then = [child("a"), child("b"), child("c", started_on=moved), child("d", ehcp=True)]
    rows = tables(then)
    second = tables([child("b", setting_detail="in_house_fostering", place_code="U4", started_on=moved)])
    rows["placement"].loc[rows["placement"]["child_id"] == "b", "ended_on"] = moved
    rows["placement"] = pd.concat([rows["placement"], second["placement"]], ignore_index=True)
    state = Store.of_tables(rows, as_of=AS_OF, needs=NEEDS)
    homes = CohortFilter(settings=("residential",))
    now, before = state.cohort(homes), state.cohort(homes, pd.Timestamp("2025-03-31").date())
    assert (len(now), len(before)) == (3, 3)
    # a and d are there at both dates, c came, b has moved to a family since
    assert overlap(now, before)["children"].iloc[0].tolist() == [0, 1, 1, 2]
    by_place = overlap(now, before, "setting")["children"]
    assert by_place.loc["residential"].tolist() == [0, 1, 1, 2]
    assert by_place.loc["fostering"].tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("parts", "may"),
    [
        ([100, 0, 0, 50], True),
        ([100, 10, 10, 10], True),
        ([100, 9, 10, 10], False),
        ([0, 50, 50, 3], False),
        ([3, 50, 50, 0], False),  # both together are the base less three
        ([0, 0, 0, 0], True),
    ],
)
def test_two_cohorts_stand_side_by_side_when_each_part_is_nobody_or_ten(parts, may):
    assert disclosure.may_stand_beside(parts) is may


SETS = st.lists(st.integers(0, 3), min_size=0, max_size=80)  # where each child is: a part of four


@given(SETS)
def test_no_sum_of_shown_totals_is_about_one_to_nine_children(where):
    """Whatever is added to and taken from each other of two cohorts and their base: nobody, or ten."""
    parts = [where.count(part) for part in range(4)]  # neither, first, second, both
    if not disclosure.may_stand_beside(parts):
        assert any(1 <= n <= 9 for n in parts)
        return
    base, first, second = (
        set(range(len(where))),
        *({place for place, part in enumerate(where) if part & bit} for bit in (1, 2)),
    )
    reachable = {frozenset(), frozenset(base), frozenset(first), frozenset(second)}
    for _ in range(3):  # all that unions and differences make of them
        reachable |= {a - b for a in reachable for b in reachable} | {
            a | b for a in reachable for b in reachable
        }
    assert not [found for found in reachable if 1 <= len(found) <= 9]


ROWS = st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=1, max_size=8)


@settings(deadline=None)
@given(ROWS)
@example([(0, 6, 0, 0), (0, 6, 0, 1)])
@example([(0, 12, 0, 0), (0, 16, 0, 11), (0, 16, 0, 1)])
def test_no_hidden_row_of_two_cohorts_follows_from_the_rows_that_are_shown(rows):
    parts = np.array(rows)
    hide, thin = disclosure.hidden_beside(parts)
    for own, hidden, poor in zip(parts, hide, thin, strict=True):
        assert hidden or not any(1 <= n <= 5 for n in own)
        assert poor or not any(1 <= n <= 9 for n in own)
        assert poor or not hidden
    for part in parts.T:  # the total less what is shown
        if part.sum() >= 10:
            assert part[hide].sum() == 0 or part[hide].sum() > 5
            assert part[thin].sum() == 0 or part[thin].sum() >= 10
    if (
        disclosure.may_stand_beside(parts.sum(axis=0))  # else there is no such table
        and hide.any()
        and (parts.sum(axis=1) > 0).sum() > 1
    ):
        assert hide.sum() >= 2


def test_rows_within_a_group_are_hidden_within_it():
    parts = np.array([[25, 0, 0, 0], [28, 0, 0, 0], [3, 20, 0, 0], [132, 0, 0, 0]])
    hide, _ = disclosure.hidden_beside(parts, within=list("raar"))
    assert hide.tolist() == [False, True, True, False]


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "settings": st.sampled_from([("residential",), ("fostering",), ("fostering", "residential")]),
        "ehcp": st.sampled_from([True, False, "not_recorded"]),
        "weekly_cost_max": st.sampled_from([500.0, 4_000.0]),
        "severe_count_max": st.just(0),
    },
)


@settings(deadline=None, max_examples=40)
@given(FILTERS, FILTERS, st.sampled_from([None, "setting", "ehcp", "age_band"]))
def test_the_parts_are_those_of_the_sets_of_children(one, two, attribute):
    first, second = (STORE.cohort(CohortFilter.model_validate(fields)) for fields in (one, two))
    base = STORE.cohort().children
    costed = set(base.loc[base["weekly_cost_gbp"].notna(), "child_id"])
    a, b, everyone = (set(each.children["child_id"]) for each in (first, second, STORE.cohort()))
    found = overlap(first, second, attribute)
    for what, kept in (("children", everyone), ("costed", costed)):
        sets = {"neither": everyone - a - b, "first_only": a - b, "second_only": b - a, "both": a & b}
        expected = {part: len(children & kept) for part, children in sets.items()}
        assert found[what].sum().to_dict() == expected
