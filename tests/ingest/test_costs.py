"""Fees: which count, from which day to which, and who pays what."""

from __future__ import annotations

import pytest

from tests.ingest.care import read_care, shown
from tests.ingest.folders import codes, problem

IN_CARE = {"DECOM": "01/01/2024", "RNE": "S"}
SPAN = ("started_on", "ended_on", "weekly_cost_gbp")
PARTS = ("weekly_cost_gbp", "social_care_cost_gbp", "education_cost_gbp", "health_cost_gbp")


def read(folder, *fees: str, columns: str = "CHILD,START,END,WEEKLY_COST", **more):
    return read_care(folder, more or IN_CARE, costs=f"{columns}\n" + "\n".join(fees) + "\n")


@pytest.mark.parametrize(
    ("fees", "spans"),
    [
        # the last day of a fee is paid: the table's end is the first day that is not
        (["1,01/04/2024,31/03/2025,500", "1,01/04/2025,,550"],
         [("2024-04-01", "2025-04-01", 500), ("2025-04-01", None, 550)]),
        (["1,01/04/2024,01/04/2025,500", "1,01/04/2025,,550"],
         [("2024-04-01", "2025-04-01", 500), ("2025-04-01", None, 550)]),
        (["1,01/04/2024,30/03/2025,500", "1,01/04/2025,,550"],
         [("2024-04-01", "2025-03-31", 500), ("2025-04-01", None, 550)]),
        (["1,01/04/2024,01/04/2024,500"], [("2024-04-01", "2024-04-02", 500)]),
        (["1,01/04/2025,,550", "1,01/04/2024,31/03/2025,500"],
         [("2024-04-01", "2025-04-01", 500), ("2025-04-01", None, 550)]),
    ],
)  # fmt: skip
def test_no_day_has_two_fees_and_none_between_is_lost(fees, spans, tmp_path):
    found = read(tmp_path, *fees)
    assert shown(found, "cost", *SPAN) == spans
    assert codes(found) - {"PLACEMENT_WITHOUT_COST"} == {"PARTS_UNSAID"}


def test_a_fee_without_an_end_ends_where_the_next_begins(tmp_path):
    found = read(tmp_path, "1,01/04/2024,,500", "1,01/04/2025,,550", "1,01/10/2025,,600")
    assert [row[1] for row in shown(found, "cost", *SPAN)] == ["2025-04-01", "2025-10-01", None]
    assert found.report.problems.query("code == 'FEE_ENDED_BY_NEXT'")["line"].tolist() == [2, 3]


@pytest.mark.parametrize(
    ("fees", "kept"),
    [
        (["1,01/04/2024,31/12/2024,500", "1,01/06/2024,31/03/2025,600", "1,01/02/2025,,700"], [500, 700]),
        (
            ["1,01/04/2024,31/03/2025,500", "1,01/05/2024,31/05/2024,600", "1,01/07/2024,31/07/2024,700"],
            [500],
        ),
        (["1,01/04/2024,31/12/2024,500", "1,01/06/2024,31/03/2025,600", "1,31/12/2024,,700"], [500, 700]),
        (["1,01/04/2024,,500", "1,01/04/2024,,600"], [500]),
        (["1,01/04/2024,31/03/2025,500", "2,01/05/2024,31/05/2024,600"], [500, 600]),
    ],
)
def test_a_fee_that_starts_inside_an_earlier_one_is_set_aside(fees, kept, tmp_path):
    costs = "CHILD,START,END,WEEKLY_COST\n" + "\n".join(fees) + "\n"
    found = read_care(tmp_path, IN_CARE, IN_CARE | {"CHILD": "2"}, costs=costs)
    assert [row[2] for row in shown(found, "cost", *SPAN)] == kept
    assert (found.report.problems["code"] == "FEES_OVERLAP").sum() == len(fees) - len(kept)


@pytest.mark.parametrize(
    ("parts", "expected", "code"),
    [
        ("1000,,,", (1000, 1000, 0, 0), "PARTS_UNSAID"),
        ("1000,700,200,100", (1000, 700, 200, 100), None),
        ("1000,700,300,", (1000, 700, 300, 0), None),
        ("1000,,300,", (1000, 700, 300, 0), "PARTS_UNSAID"),
        ("1000,701,200,100", (1000, 701, 200, 100), None),  # £1 out
        ("1000,701.01,200,100", None, "PARTS_DO_NOT_ADD"),
        ("1000,698.99,200,100", None, "PARTS_DO_NOT_ADD"),
        ("1000,,900,200", None, "PARTS_DO_NOT_ADD"),
        ("1000,0,1000,0", (1000, 0, 1000, 0), None),
        ("0,0,0,0", None, "COST_ZERO"),
        ("-5,,,", None, "NUMBER_OUT_OF_RANGE"),
        ("1000,1100,-100,", None, "NUMBER_OUT_OF_RANGE"),
        ("100000.01,,,", None, "NUMBER_OUT_OF_RANGE"),
        ("1000,7OO,200,100", None, "NUMBER_UNREADABLE"),
        (",,,", None, "CELL_MISSING"),
    ],
)
def test_the_parts_make_the_whole_within_a_pound(parts, expected, code, tmp_path):
    columns = "CHILD,START,END,WEEKLY_COST,SOCIAL_CARE,EDUCATION,HEALTH"
    found = read(tmp_path, f"1,01/04/2024,,{parts}", columns=columns)
    assert shown(found, "cost", *PARTS) == ([] if expected is None else [expected])
    besides = {"PLACEMENT_WITHOUT_COST", "OTHERS_PAY_ALL"} | ({"PARTS_UNSAID"} if expected is None else set())
    assert codes(found) - besides == ({code} if code else set())


@pytest.mark.parametrize(
    ("fee", "housed"),
    [
        ("01/01/2023,31/12/2023", False),
        ("01/01/2023,01/01/2024", True),
        ("29/02/2024,", True),
        ("01/03/2024,31/03/2024", False),  # the day the placement ended is not a day in it
        ("01/03/2024,01/06/2024", True),  # reaches the next one
        ("02/06/2024,", True),
        ("01/07/2024,", False),
    ],
)
def test_a_fee_needs_a_placement_on_one_of_its_days(fee, housed, tmp_path):
    spells = (
        IN_CARE | {"DEC": "01/03/2024", "REC": "E4A"},
        {"DECOM": "01/06/2024", "RNE": "S", "DEC": "01/07/2024", "REC": "E4A"},
    )
    found = read_care(tmp_path, *spells, costs=f"CHILD,START,END,WEEKLY_COST\n1,{fee},500\n")
    assert len(found.tables["cost"]) == housed
    assert ("COST_WITHOUT_PLACEMENT" in codes(found)) == (not housed)


def test_a_row_sent_twice_is_merged_and_everything_told_is_kept(tmp_path):
    columns = "CHILD,START,END,WEEKLY_COST,PROVIDER,SOURCED,NOTICE_DAYS,STAFFING_RATIO,REGISTERED,EMERGENCY,PLANNED_END"
    fee = '1,01/04/2024,,"£5,400.00",Home A,Spot,28,2.0,Y,N,31/03/2027'
    found = read(tmp_path, fee, fee, columns=columns)
    told = (
        "weekly_cost_gbp",
        "provider",
        "sourced",
        "notice_days",
        "staffing_ratio",
        "registered",
        "emergency",
    )
    assert shown(found, "cost", *told) == [(5400, "Home A", "spot", 28, 2, True, False)]
    assert shown(found, "cost", "planned_end_on") == [("2027-03-31",)]
    assert problem(found, "ROW_REPEATED")["line"] == 3


def test_a_bad_detail_is_left_blank_and_the_cost_is_kept(tmp_path):
    found = read(tmp_path, "1,01/04/2024,,500,framwork", columns="CHILD,START,END,WEEKLY_COST,SOURCED")
    assert shown(found, "cost", "weekly_cost_gbp", "sourced") == [(500, None)]
    assert problem(found, "VALUE_LEFT_BLANK")["expected"].startswith("framework (nearest)")
