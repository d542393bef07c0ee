"""Needs assessments, a column a domain or a row a score."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.care import read_care
from tests.ingest.folders import TWO_DOMAINS, assert_balanced, codes, faults, problem
from vcore.tables import score_matrix

IN_CARE = {"DECOM": "01/01/2024", "RNE": "S"}
WIDE, LONG = "CHILD,ASSESSED_ON,health,school", "CHILD,ASSESSED_ON,DOMAIN,SCORE"


def read(folder, **needs: str):
    return read_care(folder, IN_CARE, IN_CARE | {"CHILD": "2"}, **needs)


def scored(reading) -> list[tuple[str, list[int]]]:
    """Each assessment's date and its scores in the order of the need model: school, health."""
    table = reading.tables["assessment"].sort_values(["assessed_on", "child_id"])
    matrix = score_matrix(table["scores"], len(TWO_DOMAINS.domains))
    return [
        (f"{day:%Y-%m-%d}", row.astype(int).tolist())
        for day, row in zip(table["assessed_on"], matrix, strict=True)
    ]


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def test_wide_and_long_make_the_same_table(tmp_path):
    wide = read(tmp_path / "w", wide=lines(WIDE, "1,01/02/2025,3,7", "1,01/08/2025,0,10", "2,2025-02-01,5,5"))
    long = read(tmp_path / "l", long=lines(
        LONG, "1,01/02/2025,school,7", "2,01/02/2025,HEALTH,5", "1,01/08/2025,health,0", "1,01/02/2025,health,3",
        "1,01/08/2025,School,10", "2,01/02/2025,school,5.0",
    ))  # fmt: skip
    pd.testing.assert_frame_equal(
        *(
            each.tables["assessment"].sort_values(["child_id", "assessed_on"], ignore_index=True)
            for each in (wide, long)
        )
    )
    assert sorted(scored(wide)) == [("2025-02-01", [5, 5]), ("2025-02-01", [7, 3]), ("2025-08-01", [10, 0])]
    assert faults(wide) == faults(long) == set()


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("1,01/02/2025,11,7", "NUMBER_OUT_OF_RANGE", "health"),
        ("1,01/02/2025,-1,7", "NUMBER_OUT_OF_RANGE", "health"),
        ("1,01/02/2025,3.5,7", "NUMBER_UNREADABLE", "health"),
        ("1,01/02/2025,3,high", "NUMBER_UNREADABLE", "school"),
        ("1,01/02/2025,3,", "ASSESSMENT_INCOMPLETE", "scores"),
        ("1,01/04/2026,3,7", "DATE_IN_FUTURE", "ASSESSED_ON"),
        ("3,01/02/2025,3,7", "CHILD_NOT_IN_HEADER", "CHILD"),
        (",01/02/2025,3,7", "CELL_MISSING", "CHILD"),
    ],
)
def test_a_bad_assessment_is_set_aside_with_one_clear_reason(row, code, column, tmp_path):
    found = read(tmp_path, needs=lines(WIDE, row, "2,01/02/2025,5,5"))
    told = problem(found, code)
    assert faults(found) == {code}
    assert (told["file"], told["line"], told["column"]) == ("needs.csv", 2, column)
    assert scored(found) == [("2025-02-01", [5, 5])]
    assert found.report.counts.loc["needs.csv"].tolist() == [2, 1, 0, 1, 0]


def test_a_bad_score_in_a_long_file_takes_its_assessment_with_it(tmp_path):
    found = read(
        tmp_path,
        needs=lines(
            LONG,
            "1,01/02/2025,school,11",
            "1,01/02/2025,health,3",
            "2,01/02/2025,scool,5",
            "2,01/02/2025,health,5",
        ),
    )
    assert problem(found, "NUMBER_OUT_OF_RANGE")["found"] == "11"
    assert problem(found, "CODE_UNKNOWN")["expected"].startswith("school (nearest)")
    assert found.report.problems.query("code == 'ASSESSMENT_INCOMPLETE'")["line"].tolist() == [3, 5]
    assert found.report.counts.loc["needs.csv"].tolist() == [4, 0, 0, 4, 0]


@pytest.mark.parametrize(
    ("needs", "counts", "code", "left"),
    [
        (lines(WIDE, "1,01/02/2025,3,7", "1,01/02/2025,3,7"), [2, 1, 1, 0, 0], "ROW_REPEATED", 1),
        (lines(WIDE, "1,01/02/2025,3,7", "1,01/02/2025,3,8"), [2, 0, 0, 2, 0], "ROWS_DISAGREE", 0),
        (lines(LONG, "1,01/02/2025,school,7", "1,01/02/2025,school,7", "1,01/02/2025,health,3"), [3, 2, 1, 0, 0], "ROW_REPEATED", 1),
        (lines(LONG, "1,01/02/2025,school,7", "1,01/02/2025,school,8", "1,01/02/2025,health,3"), [3, 0, 0, 3, 0], "ROWS_DISAGREE", 0),
    ],
)  # fmt: skip
def test_the_same_child_and_date_twice(needs, counts, code, left, tmp_path):
    found = read(tmp_path, needs=needs)
    assert found.report.counts.loc["needs.csv"].tolist() == counts
    assert code in codes(found)
    assert len(found.tables["assessment"]) == left


@pytest.mark.parametrize(("score", "code", "left"), [(7, "ROW_REPEATED", 1), (8, "ROWS_DISAGREE", 0)])
def test_the_same_assessment_in_a_wide_and_a_long_file(score, code, left, tmp_path):
    long = lines(LONG, f"1,01/02/2025,school,{score}", "1,01/02/2025,health,3")
    found = read(tmp_path, wide=lines(WIDE, "1,01/02/2025,3,7"), long=long)
    assert len(found.tables["assessment"]) == left
    assert faults(found) == {code}
    assert found.report.counts.loc["long.csv", "merged" if left else "set_aside"] == 2
    assert_balanced(found)


def test_what_was_told_beside_the_scores_is_kept_and_the_assessor_hashed(tmp_path):
    columns = f"{WIDE},ASSESSOR,FOSTER_SUITABILITY,STRENGTHS,GOALS,CHILD_VIEW"
    found = read(
        tmp_path,
        needs=lines(
            columns,
            '1,01/02/2025,3,7,Sam Lee,Suitable,"Kind, funny",Swim,"I like ""school"""',
            "2,01/02/2025,3,7,Sam Lee,maybe,,,",
        ),
    )
    table = found.tables["assessment"].set_index("strengths")
    row = table.loc["Kind, funny"]
    assert (row["foster_suitability"], row["goals"], row["child_view"]) == (
        "suitable",
        "Swim",
        'I like "school"',
    )
    assert table["assessor"].nunique() == 1
    assert table["assessor"].str.fullmatch("[0-9a-f]{16}").all()
    assert problem(found, "VALUE_LEFT_BLANK")["found"] == "•••••"


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("12"), st.integers(1, 28)),
        st.tuples(*[st.integers(0, 10)] * 2),
        min_size=1,
        max_size=8,
    )
)
def test_every_score_comes_through_either_way(tmp_path_factory, sent):
    wide = [f"{child},{day:02}/02/2025,{health},{school}" for (child, day), (school, health) in sent.items()]
    long = [
        f"{child},{day:02}/02/2025,{domain},{score}"
        for (child, day), scores in sent.items()
        for domain, score in zip(("school", "health"), scores, strict=True)
    ]
    for needs in (lines(WIDE, *wide), lines(LONG, *long[::-1])):
        found = read(tmp_path_factory.mktemp("n"), needs=needs)
        expected = sorted((f"2025-02-{day:02}", list(scores)) for (_, day), scores in sent.items())
        assert sorted(scored(found)) == expected
        assert np.array_equal(found.report.counts["read"], found.report.counts["kept"])


def test_different_faults_in_one_column_are_told_apart(tmp_path):
    found = read(tmp_path, needs=lines(WIDE, "1,01/02/2025,11,7", "1,01/03/2025,x,7", "1,01/04/2025,12,7"))
    told = found.report.problems.query("severity == 'set_aside'")
    assert list(zip(told["line"], told["code"], told["found"], strict=True)) == [
        (2, "NUMBER_OUT_OF_RANGE", "11"),
        (4, "NUMBER_OUT_OF_RANGE", "12"),
        (3, "NUMBER_UNREADABLE", "x"),
    ]
