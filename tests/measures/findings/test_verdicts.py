"""When a statement agrees: each rule at its boundaries, on readings made by hand."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcore.facts.published import published
from vcore.measures.findings import Found, Part, Reading, Verdict, verdict
from vcore.measures.findings.verdicts import made_to

N = 3528


def said(name, value=nan, low=nan, high=nan, *, n=500, children=N, demonstration=False, **more):
    found = Found(Reading(value, n, (low, high), **more))
    return verdict(published(name), found, children, demonstration=demonstration)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (50.5, 40, 60, "agrees"),  # printed 51%
        (51.499, 51.4, 51.6, "agrees"),
        (51.5, 51.499, 53, "close"),  # rounds to 52%, and the interval reaches 51%
        (50.499, 48, 50.5, "close"),
        (50.499, 48, 50.499, "differs"),
        (53, 51.5, 55, "differs"),
        (60, nan, nan, "differs"),  # no interval: nothing is close
    ],
)
def test_a_printed_share(value, low, high, expected):
    assert said("K11-02", value, low, high) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("K25-04", 30.5, "agrees"),  # printed +31
        ("K25-04", 31.5, "same direction"),
        ("K25-04", 0.1, "same direction"),
        ("K25-04", 0.0, "differs"),
        ("K25-04", -5, "differs"),
        ("K25-03", -11.0, "agrees"),  # printed −11
        ("K25-03", -0.1, "same direction"),
        ("K25-03", 0.1, "differs"),
        ("K24-04", 2.5, "agrees"),  # 3 times, held against 1
        ("K24-04", 1.01, "same direction"),
        ("K24-04", 1.0, "differs"),
        ("K11-01", 0.15, "agrees"),
        ("K11-01", 0.249, "agrees"),
        ("K11-01", 0.25, "same direction"),
        ("K11-01", -0.01, "differs"),
        ("K12-08", 2900, "agrees"),
        ("K12-08", 4100, "agrees"),
        ("K12-08", 4100.5, "same direction"),
        ("K12-08", -1, "differs"),
    ],
)
def test_a_comparison(name, value, expected):
    assert said(name, value, value - 1, value + 1) == expected


@pytest.mark.parametrize(
    ("value", "high", "expected"),
    [(80.01, 85, "agrees"), (80, 82, "close"), (79, 80, "close"), (70, 75, "differs")],
)
def test_over(value, high, expected):
    assert said("K21-01", value, 60, high) == expected


@pytest.mark.parametrize(
    ("children", "value", "expected"),
    [
        (N, 539, "agrees"),
        (N, 540, "differs"),
        (2 * N, 1078, "agrees"),
        (882, 134.75, "agrees"),
        (882, 140, "differs"),
    ],
)
def test_a_total_is_brought_to_the_reports_number_of_children(children, value, expected):
    assert said("K12-01", value, value, value, children=children) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((True, True), "agrees"),
        ((True, False), "same direction"),
        ((True, True, False), "same direction"),
        ((True, False, False), "differs"),
        ((False,), "differs"),
        ((), "too few children"),
    ],
)
def test_an_order(claims, expected):
    assert said("K21-07", claims=claims) == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [((0, 118), "agrees"), ((3, 97), "same direction"), ((0, 119), "differs"), ((0, 130), "differs")],
)
def test_a_range(ends, expected):
    parts = tuple(Part(word, end, "points") for word, end in zip(("lowest", "highest"), ends, strict=True))
    assert said("K12-02", parts=parts, single=True) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(6, "agrees"), (5, "nothing to compare"), (1, "nothing to compare")]
)
def test_what_describes_the_reports_own_children_never_differs(value, expected):
    assert said("M-09", value) == expected


@pytest.mark.parametrize("name", ["K11-16", "K12-14", "V-13", "F-12"])
def test_charts_and_stories_print_nothing_to_compare(name):
    assert said(name, 5) == "nothing to compare"


@pytest.mark.parametrize(
    ("n", "groups", "expected"),
    [
        (9, (), "too few children"),
        (10, (), "agrees"),
        (100, (9, 91), "too few children"),
        (0, (), "too few children"),
    ],
)
def test_few_children_are_held_against_nothing(n, groups, expected):
    assert (
        said(
            "K26-03",
            900,
            800,
            1000,
            n=n,
            groups=tuple((f"{place}", size) for place, size in enumerate(groups)),
        )
        == expected
    )


def test_a_missing_column_comes_first_and_the_tracker_waits():
    assert verdict(published("K26-01"), Found(Reading(), ("ehcp",)), N) == "cannot be computed"
    assert verdict(published("V-01"), None, N) == "from the tracker, once used"


@pytest.mark.parametrize(
    ("value", "expected"), [(0.5, "agrees"), (7.5, "agrees"), (7.6, "differs"), (0.4, "differs")]
)
def test_the_demonstrations_interval_governs_the_demonstration(value, expected):
    assert said("K25-02", value, 0, 10, demonstration=True) == expected
    assert said("K25-02", value, 0, 10) == "same direction"  # printed +5


def test_targets_that_are_totals_grow_with_the_demonstration():
    assert made_to(published("K12-01"), 84_000) == (12_833, 12_834)
    assert made_to(published("K11-02"), 84_000) == (50.5, 51.5)
    with pytest.raises(ValueError, match="M-02"):
        made_to(published("M-02"), N)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_wider_interval_never_makes_a_value_differ(value, half):
    order = [Verdict.AGREES, Verdict.CLOSE, Verdict.DIFFERS]
    narrow = said("K26-01", value, value - half, value + half)
    wide = said("K26-01", value, value - 2 * half - 1, value + 2 * half + 1)
    assert order.index(wide) <= order.index(narrow)
