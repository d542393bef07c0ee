"""Published files: what is in them, and every fault said with its line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests import published_files
from vcore.errors import RefusedLoad
from vcore.ingest.benchmarks import read_benchmarks

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "dfe_benchmarks"


def test_the_three_files_are_told_apart_by_what_is_in_them(tmp_path):
    found = read_benchmarks(published_files.all_of_them(tmp_path))
    assert sorted(found) == ["neighbours", "placement_mix", "unit_costs"]
    costs = found["unit_costs"].set_index(["series", "period", "code"])["value"]
    assert costs["residential", "2025-26", 901] == 5000
    assert pd.isna(costs["residential", "2025-26", 902])  # "c" is not 0
    assert pd.isna(costs["residential", "2025-26", 903])  # nor is "-"
    assert costs["all", "2025-26", 970] == 2200
    mix = found["placement_mix"].set_index(["series", "code"])["value"]
    assert mix["homes", 970] == pytest.approx(0.13)
    assert "children" not in set(found["placement_mix"]["series"])  # the number of children is not a share
    near = found["neighbours"]
    assert near[near["code"] == 901].sort_values("place")["neighbour"].tolist() == list(range(902, 912))


@pytest.mark.parametrize("mark", ["c", "C", "x", "z", "-", "", ":", "low"])
def test_a_mark_in_the_place_of_a_number_is_not_available_and_never_0(tmp_path, mark):
    lines = [line.replace(",5000,", f",{mark},") for line in published_files.unit_costs()]
    found = read_benchmarks(published_files.written(tmp_path, costs=lines))["unit_costs"]
    cell = found.query("series == 'residential' and code == 901 and period == '2025-26'")["value"]
    assert cell.isna().all()


def test_spreadsheets_may_have_saved_it_again(tmp_path):
    lines = [line.replace(",", ";") for line in published_files.unit_costs()]
    path = tmp_path / "again.csv"
    path.write_bytes("\r\n".join(lines).replace(";5000;", ";5,000;").replace(".0;", ";").encode("cp1252"))
    found = read_benchmarks([path])["unit_costs"]
    assert (
        found.query("series == 'residential' and code == 901 and period == '2025-26'")["value"].item() == 5000
    )


FAULTS = [
    (5, "5000", "about 5000", "line 5: expected £ a week from 0 to 100,000"),
    (5, "5000", "-5000", "line 5: expected £ a week from 0 to 100,000"),
    (5, "901.0", "North", "line 5: expected the authority's number, such as 301, found 'North'"),
    (5, "2025-26 (OT)", "last year", "line 5: expected a year such as 2025 or 2024-25, found 'last year'"),
    (
        5,
        "2025-26 (OT)",
        "2024-25 (OT)",
        "line 5: expected one row an authority, series and year, found 'North'",
    ),
    (5, ",South", "", "line 5: expected as many cells as the header, found 6 cells"),
    (1, "Values", "Numbers", "line 1: expected a column VALUES, found"),
]


@pytest.mark.parametrize(("line", "was", "now", "said"), FAULTS)
def test_a_fault_is_named_with_its_line_and_what_was_expected(tmp_path, line, was, now, said):
    lines = published_files.unit_costs()
    assert was in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(was, now, 1)
    with pytest.raises(RefusedLoad) as refusal:
        read_benchmarks(published_files.written(tmp_path, costs=lines))
    assert f"costs.csv, {said}" in str(refusal.value)
    assert "Download the file again" in str(refusal.value)


def test_several_faults_are_named_together_and_the_rest_is_counted(tmp_path):
    lines = [line.replace(",5", ",?5") for line in published_files.unit_costs()]
    wrong = sum(",?5" in line for line in lines)
    with pytest.raises(RefusedLoad, match=f"And {wrong - 6} more"):
        read_benchmarks(published_files.written(tmp_path, costs=lines))


def test_a_percentage_over_100_is_refused(tmp_path):
    lines = published_files.placement_mix(published_files.ENGLAND_MIX | {"LAC_Ind_SInd_Liv_Arr": "101"})
    with pytest.raises(RefusedLoad, match="expected a percentage from 0 to 100"):
        read_benchmarks(published_files.written(tmp_path, mix=lines))


def test_what_is_missing_from_a_file_refuses_it(tmp_path):
    costs = published_files.unit_costs()
    without_england = [line for line in costs if "England" not in line]
    with pytest.raises(RefusedLoad, match=r"rows of England \(LA Number 970\)"):
        read_benchmarks(published_files.written(tmp_path, costs=without_england))
    without_fostering = [line for line in costs if "FosteringFinance" not in line]
    with pytest.raises(RefusedLoad, match="expected rows of FosteringFinance, found none"):
        read_benchmarks(published_files.written(tmp_path, costs=without_fostering))
    with pytest.raises(
        RefusedLoad, match="expected Short Desc such as RescareFinance or LAC_Foster_Placements"
    ):
        read_benchmarks(
            published_files.written(tmp_path, costs=[costs[0], "Schools,,2025,North,1,901,South"])
        )


def test_a_neighbour_must_be_another_authority_of_the_file(tmp_path):
    lines = published_files.neighbours()
    for now in ("900", "901", "c"):
        near = [lines[0], lines[1].replace(",905,", f",{now},"), *lines[2:]]
        with pytest.raises(
            RefusedLoad, match=f"line 2: expected another authority's number in SN_4, found '{now}'"
        ):
            read_benchmarks(published_files.written(tmp_path, near=near))


def test_other_files_and_the_same_one_twice_are_refused(tmp_path):
    with pytest.raises(RefusedLoad, match="expected the columns of the Local Authority Interactive Tool"):
        read_benchmarks(published_files.written(tmp_path, other=["CHILD,DOB", "1,2"]))
    with pytest.raises(RefusedLoad, match="unit costs are in an earlier file too"):
        read_benchmarks(
            published_files.written(
                tmp_path, one=published_files.unit_costs(), two=published_files.unit_costs()
            )
        )
    with pytest.raises(RefusedLoad, match="cannot be read"):
        read_benchmarks([tmp_path / "absent.csv"])
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(RefusedLoad, match="expected the columns"):
        read_benchmarks([empty])


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published files are not on this machine")
def test_the_files_as_they_are_published():
    found = read_benchmarks(sorted(SAMPLES.glob("*.csv")))
    costs = found["unit_costs"].set_index(["series", "period", "authority"])["value"]
    assert costs["residential", "2024-25", "England"] == 7385
    assert costs["fostering", "2024-25", "England"] == 765
    assert len(found["neighbours"]) == 1530
