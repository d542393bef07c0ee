"""Programme figures, counted by hand."""

from datetime import date
from math import isnan, nan

import pytest

from vcore.measures.programme import programme

FIRST, TODAY = date(2025, 1, 1), date(2026, 11, 2)


def test_children_searches_changes_and_pounds_a_child():
    children = [
        (False, False, nan),
        (True, False, nan),
        (True, True, 2_000.0),
        (True, True, -500.0),
        (True, True, nan),
    ]
    found = programme(children, FIRST, TODAY, weeks_per_year=52)
    assert (found.profiled, found.searches, found.changes, found.costed_changes) == (5, 4, 3, 2)
    assert (found.search_share, found.change_share) == (0.8, 0.6)
    assert (found.annual_gbp, found.per_change_gbp) == (78_000.0, 39_000.0)
    assert found.months == pytest.approx(670 / 30.4375)


def test_nobody_yet():
    found = programme([], TODAY, TODAY, weeks_per_year=52)
    assert (found.profiled, found.annual_gbp, found.months) == (0, 0, 0)
    assert isnan(found.search_share) and isnan(found.change_share) and isnan(found.per_change_gbp)
