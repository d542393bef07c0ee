"""The report of a load as a workbook and a CSV: the same findings, and no cell that runs."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from tests.ingest.care import episodes, header
from tests.ingest.folders import reading
from vcore.exports import load_report

NEEDS = "CHILD,ASSESSED_ON,school,health\n"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    files = {
        "h.csv": header("1", "2", "3"),
        "e.csv": episodes(
            {"DECOM": "01/01/2024", "RNE": "S"},
            {"CHILD": "2", "DECOM": "01/01/2024", "RNE": "S"},
            {"CHILD": "3", "DECOM": "31/02/2024", "RNE": "S"},
        ),
        "n.csv": NEEDS + "1,01/02/2025,=1+1,3\n2,01/02/2025,11,3\n",
        "c.csv": "CHILD,START,END,WEEKLY_COST,SOCIAL_CARE\n2,01/01/2024,,5400,5400\n1,01/01/2024,,700,700\n",
    }
    return reading(tmp_path_factory.mktemp("in"), files).report


def test_counts_come_first_and_each_row_once(report):
    totals = report.totals
    assert totals.rows == totals.valid + totals.errors + totals.warnings == 3 + 3 + 2 + 2
    assert totals.errors == 3  # an impossible day, a score that is a formula, a score of 11
    assert totals.children_affected == 3
    assert totals.weekly_cost_affected_gbp == 6100
    assert totals.blocking == 0


def test_rules_come_worst_first_with_their_children(report):
    rules = report.by_rule
    assert rules["severity"].iloc[0] == "set_aside"
    bad = rules.set_index("code").loc["NUMBER_OUT_OF_RANGE"]
    assert (bad["findings"], bad["children"], bad["first_file"], bad["first_row"]) == (1, 1, "n.csv", 3)


def test_rows_come_by_file_with_all_that_is_needed_to_mend_them(report):
    rows = report.by_row.query("code == 'DATE_UNREADABLE'").to_dict("records")
    (row,) = rows
    assert (row["file"], row["sheet"], row["row"], row["column"], row["found"]) == (
        "e.csv", "", 4, "DECOM", "31/02/2024",
    )  # fmt: skip
    assert row["expected"].startswith("a date, day first")
    assert row["what_to_do"]
    assert len(report.by_row) == len(report.problems)


def test_the_workbook_holds_what_the_report_says_and_nothing_that_runs(report):
    book = openpyxl.load_workbook(io.BytesIO(load_report.as_workbook(report)))
    assert book.sheetnames == ["Summary", "By rule", "By row"]
    assert book["By row"].max_row == len(report.by_row) + 1
    told = {row[0].value: row[1].value for row in book["Summary"].iter_rows(min_row=2)}
    assert told["Rows with errors"] == 3
    assert told["Result"] == "Can be published"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'=1+1" in {cell.value for cell in cells}


def test_the_csv_holds_every_finding(report):
    found = pd.read_csv(io.BytesIO(load_report.as_csv(report)), encoding="utf-8-sig")
    assert len(found) == len(report.by_row)
    assert list(found.columns)[:4] == ["File", "Sheet", "Row", "Column"]
    assert "'=1+1" in set(found["Found"])


def test_a_faultless_load_makes_files_too(tmp_path):
    files = {"h.csv": header("1"), "e.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"})}
    report = reading(tmp_path, files).report
    assert report.totals[:4] == (2, 2, 0, 0)
    assert report.by_rule.empty
    assert openpyxl.load_workbook(io.BytesIO(load_report.as_workbook(report)))["By row"].max_row == 1
    assert load_report.as_csv(report).startswith(b"\xef\xbb\xbfFile,Sheet,Row")
