"""Cells as they are met in councils' files, seen through a whole file: what is read, and what a message shows."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.ingest.folders import TWO_DOMAINS
from vcore.ingest.cells import read_cells
from vcore.ingest.fields import Field, Need
from vcore.ingest.findings import Findings
from vcore.ingest.layouts.layout import Layout


def read(cell: str, kind: str, need: Need = Need.READABLE, **more) -> tuple[object, dict]:
    """One cell through the reader: its value (None for empty) and the finding about it."""
    layout = Layout("A file", (Field("FIELD", kind, need, **more),))
    findings = Findings()
    rows = findings.enrol("a.csv", [2])
    values, *_ = read_cells(
        pd.DataFrame({"FIELD": pd.Series([cell], dtype="str", index=rows)}),
        layout,
        "a.csv",
        findings,
        this_year=2026,
    )
    value = values["FIELD"].iloc[0]
    problems = findings.problems().to_dict("records")
    return (None if pd.isna(value) else value), (problems[0] if problems else {})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5400", 5400),
        ("5,400", 5400),
        ("£5,400.00", 5400),
        ("£ 5,400.50", 5400.5),
        (".50", 0.5),
        ("(500)", -500),
        ("-£500", -500),
        ("1,234,567.89", 1234567.89),
        ("", None),
    ],
)
def test_an_amount_is_read(cell, value):
    found, problem = read(cell, "money")
    assert found == value
    assert problem == {}


@pytest.mark.parametrize(
    "cell", ["5,4OO", "5,40", "54,00", "5400 a week", "5400,50", "1e3", "£", "-", "nil", "1,00,000"]
)
def test_an_amount_that_is_none_is_never_guessed(cell):
    found, problem = read(cell, "money")
    assert found is None
    assert problem["code"] == "NUMBER_UNREADABLE"


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("0", 0, None),
        ("10", 10, None),
        ("7.0", 7, None),
        ("11", None, "NUMBER_OUT_OF_RANGE"),
        ("-1", None, "NUMBER_OUT_OF_RANGE"),
        ("7.5", None, "NUMBER_UNREADABLE"),
        ("seven", None, "NUMBER_UNREADABLE"),
        ("9" * 400, None, "NUMBER_UNREADABLE"),
    ],
)
def test_a_score_is_a_whole_number_in_range(cell, value, code):
    found, problem = read(cell, "whole", minimum=0, maximum=TWO_DOMAINS.maximum)
    assert found == value
    assert problem.get("code") == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Y", True),
        ("yes", True),
        ("TRUE", True),
        ("1", True),
        ("n", False),
        ("No", False),
        ("0", False),
        ("", None),
    ],
)
def test_yes_and_no(cell, value):
    assert read(cell, "yes_no") == (value, {})


def test_a_code_is_read_whatever_its_case_and_an_unknown_one_names_the_nearest():
    assert read("u4", "code", codes=("U4", "K2")) == ("U4", {})
    assert read("In-House", "code", codes=("in_house", "block")) == ("in_house", {})
    assert read("R4", "code", codes=("U4", "K2", "R1", "R5"))[1]["expected"].startswith("R")
    found, problem = read("framwork", "code", codes=("in_house", "framework"))
    assert found is None
    assert problem["found"] == "framwork"
    assert problem["expected"] == "framework (nearest), or one of in_house, framework"


def test_a_spreadsheets_decimal_is_taken_off_a_child_number():
    assert read("398768.0", "child") == ("398768", {})
    assert read("007", "child") == ("007", {})


@pytest.mark.parametrize(
    ("need", "cell", "code", "fate"),
    [
        (Need.FILLED, "", "CELL_MISSING", "set_aside"),
        (Need.FILLED, "soon", "DATE_UNREADABLE", "set_aside"),
        (Need.READABLE, "", None, None),
        (Need.READABLE, "soon", "DATE_UNREADABLE", "set_aside"),
        (Need.DESCRIPTIVE, "soon", "VALUE_LEFT_BLANK", "warning"),
        (Need.CHECKED, "soon", "DATE_UNREADABLE", "set_aside"),
        (Need.OPTIONAL, "soon", "VALUE_LEFT_BLANK", "warning"),
        (Need.OPTIONAL, "", None, None),
    ],
)
def test_how_much_hangs_on_a_cell(need, cell, code, fate):
    found, problem = read(cell, "date", need)
    assert found is None
    assert problem.get("code") == code
    assert problem.get("severity") == fate


@pytest.mark.parametrize(
    ("cell", "kind", "private", "shown"),
    [
        ("31/02/2012", "date", False, "31/02/2012"),
        ("31/02/2012", "date", True, "••/••/••••"),
        ("Jane Smith", "date", False, "•••• •••••"),
        ("398768", "date", False, "••••••"),
        ("Jane Smith", "code", False, "•••• •••••"),
        ("ZZ9", "code", False, "ZZ9"),
        ("5,4OO", "money", False, "5,4OO"),
        ("Jane Smith", "money", False, "•••• •••••"),
    ],
)
def test_a_message_never_shows_who_a_child_is(cell, kind, private, shown):
    _, problem = read(cell, kind, private=private, codes=("U4", "K2"))
    assert problem["found"] == shown
