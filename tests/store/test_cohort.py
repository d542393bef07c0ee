"""A cohort's columns one by one are those of its whole table."""

from __future__ import annotations

import gc
from weakref import ref

import pandas as pd

from tests.scenarios.many import many, part_of
from vcore.store import CohortFilter


def test_a_column_is_what_the_whole_table_says():
    store = many(60)
    frame = store.snapshot().frame
    for positions in ([], [0], [3, 7, 31, 59], list(range(60))):
        cohort = part_of(store.cohort(), positions)
        for name in frame.columns:
            expected = frame[name].iloc[positions].reset_index(drop=True)
            pd.testing.assert_series_equal(cohort.column(name), expected)
            pd.testing.assert_series_equal(cohort.children[name], expected)
        some = ["weekly_cost_gbp", "setting", "ehcp"]
        whole = frame[some].iloc[positions].reset_index(drop=True)
        pd.testing.assert_frame_equal(cohort.columns(*some), whole)


def test_cohorts_of_one_base_share_what_it_is_measured_as_and_others_do_not():
    whole = many(60, seed=2)
    girls, boys = whole.cohort(CohortFilter(sexes=("F",))), whole.cohort(CohortFilter(sexes=("M",)))
    assert girls.whole_base is boys.whole_base is girls.everyone_else.whole_base
    assert len(girls.whole_base) == 60
    limited = [whole.cohort(CohortFilter(sexes=(sex,)), authorities=["North"]) for sex in ("F", "M")]
    assert limited[0].whole_base is limited[1].whole_base
    assert limited[0].whole_base is not girls.whole_base
    other = many(60, seed=2).cohort(CohortFilter(sexes=("F",)))
    assert other.whole_base is not girls.whole_base


def test_a_base_is_let_go_with_its_last_cohort():
    cohort = many(20, seed=2).cohort(CohortFilter(sexes=("F",)))
    held = ref(cohort.whole_base)
    del cohort
    gc.collect()
    assert held() is None
