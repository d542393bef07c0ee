"""The report in plain text: counts that add up, lines in stretches, a few examples of many."""

from __future__ import annotations

from math import isnan

from tests.ingest.care import episodes, header
from tests.ingest.folders import reading

SMALL = {"h.csv": header("1"), "e.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"})}


def text(folder, costs: list[str]) -> str:
    sent = "CHILD,START,END,WEEKLY_COST,SOCIAL_CARE\n" + "\n".join(costs) + "\n"
    return reading(folder, SMALL | {"costs.csv": sent}).report.as_text()


def row_of(text: str, file: str) -> list[str]:
    return next(line for line in text.splitlines() if line.startswith(file)).split()


def test_each_file_and_the_total_have_their_counts(tmp_path):
    said = text(tmp_path, ["1,01/01/2024,,500,500", "1,01/01/2024,,500,500", "1,soon,,500,500"])
    assert row_of(said, "costs.csv") == ["costs.csv", "Costs", "3", "1", "1", "1", "0"]
    assert row_of(said, "e.csv") == ["e.csv", "Episodes", "2023/24", "1", "1", "0", "0", "0"]
    assert row_of(said, "total") == ["total", "5", "3", "1", "1", "0"]
    assert said.endswith("These files can be published.\n")


def test_many_lines_are_told_in_stretches_and_three_are_shown(tmp_path):
    bad = {4, 5, 6, 9, 12, 14, 16, 18, 20}
    said = text(tmp_path, [f"1,01/01/2024,,{'5OO' if line in bad else 500},500" for line in range(2, 22)])
    assert "NUMBER_UNREADABLE: 9 rows: A number cannot be read." in said
    assert "costs.csv lines 4–6, 9, 12, 14, 16, 18 and 1 more\n" in said
    assert said.count("found '5OO'") == 3


def test_the_worst_comes_first_and_one_case_is_told_once(tmp_path):
    said = text(tmp_path, ["1,01/01/2024,,500,", "1,01/02/2024,,5OO,", "1,01/03/2024,,600,"])
    at = [said.index(heading) for heading in ("Rows set aside", "Warnings", "Notes")]
    assert at == sorted(at)
    assert said.count("costs.csv line 3") == 1


def test_what_nobody_has_priced_is_not_said_to_cost_nothing(tmp_path):
    sent = {"e.csv": episodes({"LS": "Q7"}, {"DECOM": "01/01/2024", "RNE": "S"})}
    report = reading(tmp_path, SMALL | sent).report
    assert isnan(report.totals.weekly_cost_affected_gbp)
    assert "affected, who" not in report.as_text() and "nan" not in report.as_text()


def test_how_files_were_read_is_told_once_for_files_alike(tmp_path):
    said = text(tmp_path, ["1,01/01/2024,,500,500"])
    assert "costs.csv, e.csv, h.csv\n  read as UTF-8, comma, dd/mm/yyyy" in said


def test_one_child_is_a_child(tmp_path):
    said = text(tmp_path, ["1,01/01/2024,,500,500", "1,soon,,500,500"])
    assert "3 valid, 1 with errors, 0 with warnings; 1 child affected, who costs £500 a week" in said


def test_the_nearest_code_is_named_where_one_is_near_and_none_is_promised_elsewhere(tmp_path):
    sent = {"e.csv": episodes({"LS": "Q7"}, {"DECOM": "01/01/2024", "RNE": "S"})}
    said = reading(tmp_path, SMALL | sent).report.as_text()
    assert "Use a valid code; where one is near, it is named." in said
    assert "found 'Q7'" in said and "(nearest)" not in said
