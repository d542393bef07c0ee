"""The return's smaller modules over several years: missing periods, previous permanence, questionnaires."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.ingest.care import episodes, header, read_care, shown, step
from tests.ingest.folders import assert_balanced, codes, problem, reading

MISSING, PERMANENCE = "CHILD,MISSING,MIS_START,MIS_END\n", "CHILD,PREV_PERM,LA_PERM,DATE_PERM\n"
IN_CARE = {"DECOM": "01/06/2023", "RNE": "S"}


def periods(folder, *files: str, rows: tuple[dict, ...] = (IN_CARE,), as_of: date = date(2026, 3, 31)):
    """The reading of these Missing files, in the order of their names."""
    named = {f"missing-{at}": MISSING + text for at, text in enumerate(files)}
    read = read_care(folder, *rows, as_of=as_of, **named)
    assert_balanced(read)
    return read


def told(read) -> list[tuple]:
    return shown(read, "missing_period", "started_on", "ended_on", "kind")


def test_a_period_open_in_one_return_and_closed_in_the_next_is_one(tmp_path):
    read = periods(
        tmp_path,
        "1,M,20/03/2025,28/03/2025\n1,M,30/03/2025,\n",
        "1,M,30/03/2025,02/04/2025\n1,A,05/05/2025,06/05/2025\n",
    )
    assert told(read) == [
        ("2025-03-20", "2025-03-28", "M"),
        ("2025-03-30", "2025-04-02", "M"),
        ("2025-05-05", "2025-05-06", "A"),
    ]
    assert codes(read) == {"NEWER_RETURN_WINS"}
    assert read.report.counts.loc["missing-0.csv", ["kept", "merged"]].tolist() == [1, 1]
    assert step(read, "missing periods") == 3


def test_the_later_return_is_known_by_its_days_not_by_its_name(tmp_path):
    read = periods(tmp_path, "1,M,30/03/2025,02/04/2025\n", "1,A,30/03/2025,\n1,M,01/03/2025,02/03/2025\n")
    assert told(read)[1] == ("2025-03-30", "2025-04-02", "M")
    assert problem(read, "NEWER_RETURN_WINS")["file"] == "missing-1.csv"


@pytest.mark.parametrize(
    ("sent", "expected", "code"),
    [
        ("1,M,01/06/2023,01/06/2023\n", [("2023-06-01", "2023-06-01", "M")], None),
        ("1,M,31/05/2023,02/06/2023\n", [], "MISSING_OUTSIDE_CARE"),
        ("1,m,02/06/2023,\n", [("2023-06-02", None, "M")], None),
        ("1,X,02/06/2023,\n", [], "CODE_UNKNOWN"),
        ("1,M,,03/06/2023\n", [], "CELL_MISSING"),
        ("1,M,03/06/2023,02/06/2023\n", [], "END_BEFORE_START"),
        ("1,M,01/04/2026,\n", [], "DATE_IN_FUTURE"),
        ("2,M,02/06/2023,\n", [], "CHILD_NOT_IN_HEADER"),
        # the second began before the first was over: one period, and missing goes before away
        ("1,A,02/06/2023,06/06/2023\n1,M,05/06/2023,09/06/2023\n", [("2023-06-02", "2023-06-09", "M")], "MISSING_OVERLAP"),
        ("1,M,02/06/2023,09/06/2023\n1,M,03/06/2023,04/06/2023\n", [("2023-06-02", "2023-06-09", "M")], "MISSING_OVERLAP"),
        ("1,M,02/06/2023,04/06/2023\n1,A,04/06/2023,\n", [("2023-06-02", "2023-06-04", "M"), ("2023-06-04", None, "A")], None),
        ("1,M,02/06/2023,\n1,M,09/06/2023,10/06/2023\n", [("2023-06-02", "2023-06-09", "M"), ("2023-06-09", "2023-06-10", "M")],
         "MISSING_ENDED_BY_NEXT"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_row(sent, expected, code, tmp_path):
    read = periods(tmp_path, sent)
    assert told(read) == expected
    assert codes(read) == ({code} if code else set())
    assert not read.refused


@pytest.mark.parametrize("end", ["", "15/07/2023"])
def test_nobody_is_missing_from_care_after_leaving_it(end, tmp_path):
    left = IN_CARE | {"DEC": "10/07/2023", "REC": "E4A"}
    back = {"DECOM": "01/09/2024", "RNE": "S"}
    read = periods(
        tmp_path, f"1,M,08/07/2023,{end}\n1,M,01/08/2023,02/08/2023\n1,M,02/09/2024,\n", rows=(left, back)
    )
    assert told(read) == [("2023-07-08", "2023-07-10", "M"), ("2024-09-02", None, "M")]
    assert codes(read) == {"MISSING_AFTER_LEAVING", "MISSING_OUTSIDE_CARE"}
    assert problem(read, "MISSING_OUTSIDE_CARE")["line"] == 3


def test_a_period_over_two_episodes_of_one_time_in_care_is_whole(tmp_path):
    first = IN_CARE | {"DEC": "10/07/2023"}
    second = {"DECOM": "10/07/2023", "PLACE": "K2"}
    read = periods(tmp_path, "1,M,08/07/2023,15/07/2023\n", rows=(first, second))
    assert told(read) == [("2023-07-08", "2023-07-15", "M")]


def test_a_period_that_no_later_return_names_is_kept_open_and_said(tmp_path):
    rows = (IN_CARE, IN_CARE | {"CHILD": "2"})
    read = periods(tmp_path, "1,M,30/03/2025,\n", "2,M,05/05/2025,06/05/2025\n", rows=rows)
    assert told(read) == [("2025-03-30", None, "M"), ("2025-05-05", "2025-05-06", "M")]
    assert problem(read, "MISSING_LEFT_OPEN")["file"] == "missing-0.csv"


def test_without_episodes_no_missing_period_is_blamed(tmp_path):
    read = reading(tmp_path, {"h.csv": header("1"), "m.csv": MISSING + "1,M,01/06/2025,\n"})
    assert read.refused and codes(read) == {"EPISODES_MISSING"}


def permanence(folder, *files: str, rows: tuple[dict, ...] = (IN_CARE,)):
    named = {f"permanence-{at}": PERMANENCE + text for at, text in enumerate(files)}
    read = read_care(folder, *rows, **named)
    assert_balanced(read)
    return read


def said(read) -> list[tuple]:
    rows = read.tables["child"][["previous_permanence", "permanence_ordered"]]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in rows.itertuples(index=False, name=None)
    ]


@pytest.mark.parametrize(
    ("sent", "expected", "code"),
    [
        ("1,Z1,,\n", ("Z1", None), None),
        ("1,P1,E09000001,05/03/2019\n", ("P1", "2019-03-05"), None),
        ("1,p2,,zz/03/2019\n", ("P2", "2019-03"), None),
        ("1,P3,,ZZ/ZZ/2019\n", ("P3", "2019"), None),
        ("1,P4,,zz/zz/zzzz\n", ("P4", None), None),
        ("1,P2,,\n", ("P2", None), "PERMANENCE_UNDATED"),
        ("1,P2,,in 2019\n", ("P2", None), "VALUE_LEFT_BLANK"),
        ("1,Z1,,05/03/2019\n", ("Z1", None), "PERMANENCE_NONE_DATED"),
        ("1,P9,,\n", (None, None), "CODE_UNKNOWN"),
        ("1,,,\n", (None, None), "CELL_MISSING"),
        ("1,P1,,zz/zz/2011\n", ("P1", "2011"), "PERMANENCE_BEFORE_BIRTH"),
        ("1,P1,,zz/zz/2012\n", ("P1", "2012"), None),
        ("1,P1,,zz/zz/2023\n", ("P1", "2023"), None),  # care began in June 2023
        ("1,P1,,zz/07/2023\n", ("P1", "2023-07"), "PERMANENCE_AFTER_CARE_BEGAN"),
    ],
)  # fmt: skip
def test_what_a_previous_permanence_becomes(sent, expected, code, tmp_path):
    read = permanence(tmp_path, sent)
    assert said(read) == [expected]
    faults = codes(read) - ({"PERMANENCE_UNDATED"} if code == "VALUE_LEFT_BLANK" else set())
    assert faults == ({code} if code else set())
    assert step(read, "previous permanence") == (expected[0] or "Z1").startswith("P")
    assert not set(read.report.problems["found"]) & {"E09000001"}


def test_an_order_between_two_times_in_care_is_a_previous_one(tmp_path):
    rows = (IN_CARE | {"DEC": "01/09/2023", "REC": "E46"}, {"DECOM": "01/09/2025", "RNE": "S"})
    read = permanence(tmp_path, "1,P2,,01/09/2023\n", rows=rows)
    assert said(read) == [("P2", "2023-09-01")] and codes(read) == set()


def test_the_latest_return_wins_and_a_change_is_named(tmp_path):
    read = permanence(tmp_path, "1,P1,,zz/zz/2019\n", "1,P2,,zz/zz/2019\n")
    assert said(read) == [("P2", "2019")]
    assert codes(read) == {"NEWER_RETURN_WINS", "PERMANENCE_CHANGED"}


def test_without_the_file_nothing_is_said_of_anybody(tmp_path):
    read = read_care(tmp_path, IN_CARE)
    assert said(read) == [(None, None)]
    assert len(read.tables["missing_period"]) == len(read.tables["sdq"]) == 0


SDQ = "CHILD,SDQ_SCORE\n"
YEARS = {
    "h.csv": header("1", "2", "3"),
    "e24.csv": episodes(
        IN_CARE, {"CHILD": "2", "DECOM": "30/03/2024", "RNE": "S", "DEC": "31/03/2024", "REC": "E4A"}
    ),
    "e25.csv": episodes(
        IN_CARE | {"DEC": "01/12/2024", "REC": "E4A"}, {"CHILD": "3", "DECOM": "31/03/2025", "RNE": "S"}
    ),
}


def scores(read) -> list[tuple]:
    rows = read.tables["sdq"].sort_values(["year_ended_on", "score"])
    return [(f"{row.year_ended_on:%Y-%m-%d}", row.score) for row in rows.itertuples()]


def test_every_year_s_score_is_kept_with_the_end_of_its_year(tmp_path):
    files = YEARS | {"s25.csv": SDQ + "1,20\n3,9\n3,10\n", "s24.csv": SDQ + "1,10\n2,11\n"}
    read = reading(tmp_path, files, as_of=date(2025, 3, 31))
    assert scores(read) == [("2024-03-31", 10), ("2024-03-31", 11), ("2025-03-31", 10), ("2025-03-31", 20)]
    assert sorted(read.tables["child"]["sdq_score"]) == [10, 11, 20]
    assert read.report.counts.loc["s25.csv", ["kept", "merged"]].tolist() == [2, 1]
    assert_balanced(read)


def test_a_year_that_has_not_ended_is_dated_by_the_load(tmp_path):
    files = {
        "h.csv": header("1"),
        "e.csv": episodes({"DECOM": "01/06/2025", "RNE": "S"}),
        "s.csv": SDQ + "1,14\n",
    }
    assert scores(reading(tmp_path, files, as_of=date(2025, 11, 30))) == [("2025-11-30", 14)]


def test_a_score_of_no_return_is_the_latest_at_most(tmp_path):
    files = YEARS | {
        "h.csv": header("1", "2", "3", "4"),
        "s.csv": SDQ + "4,14\n",
        "s24.csv": SDQ + "1,10\n2,11\n",
    }
    read = reading(tmp_path, files, as_of=date(2025, 3, 31))
    assert scores(read) == [("2024-03-31", 10), ("2024-03-31", 11)]
    assert sorted(read.tables["child"]["sdq_score"].dropna()) == [10, 11, 14]
    assert problem(read, "SDQ_UNDATED")["file"] == "s.csv"
