"""Characteristics, capacity and budget."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from tests.ingest.care import read_care
from tests.ingest.folders import codes, problem

IN_CARE = {"DECOM": "01/01/2024", "RNE": "S"}
ANSWERS = {"Y": True, "N": False, "": None}


def read(folder, **files: str):
    return read_care(folder, IN_CARE, IN_CARE | {"CHILD": "2"}, **files)


def either(*answers: bool | None) -> bool | None:
    """Yes if any is yes, no if all are no, else not recorded."""
    if True in answers:
        return True
    return None if None in answers else False


@pytest.mark.parametrize(("ever", "recent", "permanent"), list(itertools.product(ANSWERS, repeat=3)))
def test_excluded_is_either_ever_and_blank_is_not_recorded(ever, recent, permanent, tmp_path):
    sent = f"CHILD,SUSPENDED_EVER,SUSPENDED_12M,PERMANENTLY_EXCLUDED\n1,{ever},{recent},{permanent}\n"
    child = read(tmp_path, about=sent).tables["child"].sort_values("excluded").iloc[0]
    suspended = (
        True if ANSWERS[recent] else ANSWERS[ever]
    )  # what is blank of the last 12 months tells nothing of ever
    told = {
        "suspended_ever": suspended,
        "suspended_12m": ANSWERS[recent],
        "excluded": either(suspended, ANSWERS[permanent]),
    }
    if set(told.values()) == {None} and ANSWERS[permanent] is None:
        return  # nothing to tell the child from the other one by
    assert {name: None if pd.isna(child[name]) else bool(child[name]) for name in told} == told


def test_never_suspended_is_known_without_the_column_of_the_last_year(tmp_path):
    child = read(tmp_path, about="CHILD,SUSPENDED_EVER,PERMANENTLY_EXCLUDED\n1,N,N\n2,Y,N\n").tables["child"]
    assert sorted(child["suspended_ever"].tolist()) == sorted(child["excluded"].tolist()) == [False, True]


def test_characteristics_belong_to_their_child_and_the_others_stay_not_recorded(tmp_path):
    sent = "CHILD,DISABILITY,EHCP,DOL,IN_AREA,DISTANCE_MILES,SIBLING_GROUP\n1,Y,N,Y,N,12.5,A\n2,,,,,,A\n"
    child = read(tmp_path, about=sent).tables["child"]
    one = child[child["disability"].fillna(False)]
    assert len(one) == 1
    assert one[["ehcp", "dol", "in_area", "distance_miles"]].iloc[0].tolist() == [False, True, False, 12.5]
    other = child.drop(one.index)[["disability", "ehcp", "dol", "in_area", "distance_miles", "excluded"]]
    assert other.isna().all(axis=None)
    assert child["sibling_group"].nunique() == 1
    assert child["sibling_group"].str.fullmatch("[0-9a-f]{16}").all()


def test_without_the_file_nothing_is_recorded(tmp_path):
    child = read(tmp_path).tables["child"]
    assert (
        child[["disability", "ehcp", "excluded", "dol", "sibling_group", "sdq_score"]].isna().all(axis=None)
    )


def test_two_rows_about_a_child_must_agree(tmp_path):
    same = read(tmp_path / "a", about="CHILD,EHCP\n1,Y\n1,yes\n")
    assert same.report.counts.loc["about.csv"].tolist() == [2, 1, 1, 0, 0]
    differ = read(tmp_path / "b", about="CHILD,EHCP\n1,Y\n1,N\n")
    assert differ.report.counts.loc["about.csv"].tolist() == [2, 0, 0, 2, 0]
    assert differ.tables["child"]["ehcp"].isna().all()


def test_capacity_by_setting_and_month(tmp_path):
    sent = "SETTING_DETAIL,MONTH,PLACES_APPROVED,PLACES_FILLED\nin_house_fostering,2026-03,120,104\nIn-house residential,31/03/2026,8,9\nin_house_fosterin,2026-04,1,1\n"
    found = read(tmp_path, capacity=sent)
    table = found.tables["capacity"]
    assert table["setting_detail"].tolist() == ["in_house_fostering", "in_house_residential"]
    assert [f"{month:%Y-%m-%d}" for month in table["month"]] == ["2026-03-01", "2026-03-01"]
    assert table["places_filled"].tolist() == [104, 9]
    assert table["authority"].tolist() == ["North", "North"]
    assert problem(found, "MORE_FILLED_THAN_APPROVED")["line"] == 3
    assert problem(found, "CODE_UNKNOWN")["expected"].startswith("in_house_fostering (nearest)")


def test_budget_by_year_and_line(tmp_path):
    sent = 'YEAR,LINE,BUDGET,ACTUAL_TO_DATE,TO_DATE\n2025-26,Agency fostering,"£4,200,000",3900000,28/02/2026\n2025/26,Income,-5000,,\n2025,Other,1,,\n'
    found = read(tmp_path, budget=sent)
    table = found.tables["budget"]
    assert table["financial_year"].tolist() == ["2025/26", "2025/26"]
    assert table["budget_gbp"].tolist() == [4_200_000, -5000]
    assert table["actual_to_date_gbp"].iloc[0] == 3_900_000
    assert table["actual_to_date_on"].iloc[0] == pd.Timestamp("2026-02-28")
    assert codes(found) == {"YEAR_UNREADABLE"}
