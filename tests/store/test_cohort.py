"""A cohort's columns one by one are those of its whole table."""

from __future__ import annotations

import pandas as pd

from tests.scenarios.many import many, part_of


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
