"""The templates: what they hold, that they load, and that they overwrite nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from tests.ingest.care import episodes, header
from tests.ingest.folders import AS_OF, KEY, TWO_DOMAINS, codes, faults, reading
from vcore.errors import VcoreError
from vcore.facts.domains import NeedModel
from vcore.ingest import write_templates
from vcore.ingest.layouts import layouts
from vcore.ingest.matching import guess
from vcore.ingest.reading import read_extracts
from vcore.ingest.template import data_dictionary
from vcore.ingest.template_workbook import template_workbook
from vcore.ingest.uploads import opened_all

CONTRACT = {
    "needs.csv": "CHILD ASSESSED_ON school health ASSESSOR FOSTER_SUITABILITY STRENGTHS GOALS CHILD_VIEW",
    "costs.csv": "CHILD START END WEEKLY_COST SOCIAL_CARE EDUCATION HEALTH PROVIDER PROVIDER_REGION SOURCED NOTICE_DAYS "
    "STAFFING_RATIO REGISTERED EMERGENCY PLANNED_END",
    "characteristics.csv": "CHILD DISABILITY EHCP SUSPENDED_EVER SUSPENDED_12M PERMANENTLY_EXCLUDED DOL SIBLING_GROUP IN_AREA "
    "DISTANCE_MILES",
    "capacity.csv": "SETTING_DETAIL MONTH PLACES_APPROVED PLACES_FILLED",
    "budget.csv": "YEAR LINE BUDGET ACTUAL_TO_DATE TO_DATE",
}


def test_the_five_files_have_the_columns_of_the_contract(tmp_path):
    paths = write_templates(tmp_path / "new", TWO_DOMAINS)
    assert [path.name for path in paths] == [*CONTRACT, "README.txt", "template.xlsx"]
    for name, columns in CONTRACT.items():
        assert (tmp_path / "new" / name).read_text(encoding="utf-8-sig") == ",".join(columns.split()) + "\n"


def test_templates_left_empty_load_and_change_nothing(tmp_path):
    write_templates(tmp_path, TWO_DOMAINS)
    found = reading(tmp_path, {"h.csv": header("1"), "e.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"})})
    assert not found.refused
    assert codes(found) == {"FILE_NOT_RECOGNISED"}  # the read-me in plain text
    assert found.report.counts.loc[list(CONTRACT), "read"].tolist() == [0] * 5


def test_the_rows_of_the_dictionary_load_as_they_stand(tmp_path):
    lines = data_dictionary(NeedModel()).splitlines()
    files = {
        f"{at}.csv": f"{lines[at + 1].strip()}\n{lines[at + 2].strip()}\n"
        for at, line in enumerate(lines)
        if line.strip() == "A fictional row:"
    }
    files |= {
        "h.csv": header("EXAMPLE1"),
        "e.csv": episodes({"CHILD": "EXAMPLE1", "DECOM": "01/01/2023", "RNE": "S"}),
    }
    found = reading(tmp_path, files, needs=NeedModel())
    assert len(files) == 8
    assert faults(found) - {"SOURCED_OTHERWISE"} == {
        "ASSESSMENT_INCOMPLETE"
    }  # the one row shown of a long file
    assert all(len(found.tables[name]) == 1 for name in ("assessment", "cost", "capacity", "budget"))


def test_every_column_is_explained(tmp_path):
    text = data_dictionary(TWO_DOMAINS)
    for columns in CONTRACT.values():
        for column in columns.split():
            assert f"  {column}: " in text
    assert "from 0 to 10" in text
    assert "A whole number from 0 to 4" in data_dictionary(TWO_DOMAINS.model_copy(update={"maximum": 4}))


def test_a_filled_file_is_never_overwritten(tmp_path):
    (tmp_path / "costs.csv").write_text("mine")
    with pytest.raises(VcoreError, match=r"costs\.csv"):
        write_templates(tmp_path, TWO_DOMAINS)
    assert [path.name for path in tmp_path.iterdir()] == ["costs.csv"]
    assert (tmp_path / "costs.csv").read_text() == "mine"


def test_the_workbook_has_a_sheet_a_file_with_drop_downs_from_the_codes():
    book = openpyxl.load_workbook(BytesIO(template_workbook(TWO_DOMAINS)))
    assert book.sheetnames == ["Read me", "Needs", "Costs", "Characteristics", "Capacity", "Budget", "Codes"]
    for title, columns in zip(book.sheetnames[1:-1], CONTRACT.values(), strict=True):
        assert [cell.value for cell in book[title][1]] == columns.split()
        assert book[title].max_row == 1
    lists = {
        str(each.sqref)[:1]: each.formula1
        for each in book["Costs"].data_validations.dataValidation
        if each.type == "list"
    }
    codes_of = {}
    for column, where in lists.items():
        sheet, _, cells = where.strip("=").partition("!")
        codes_of[book["Costs"][f"{column}1"].value] = [
            cell.value for (cell,) in book[sheet][cells.replace("$", "")]
        ]
    assert codes_of == {
        "SOURCED": ["in_house", "block", "framework", "spot"],
        "REGISTERED": ["Y", "N"],
        "EMERGENCY": ["Y", "N"],
    }
    explained = {(row[0], row[1]) for row in book["Read me"].iter_rows(min_row=7, values_only=True)}
    assert explained >= {("Costs", "WEEKLY_COST"), ("Needs", "school"), ("Budget", "TO_DATE")}


@pytest.mark.parametrize("with_mapping", [False, True])
def test_the_workbook_filled_in_comes_back_as_it_was_meant(with_mapping):
    book = openpyxl.load_workbook(BytesIO(template_workbook(TWO_DOMAINS)))
    book["Costs"].append(
        ["007", date(2024, 1, 1), None, 1050.5, 1050.5, 0, 0, "Example", None, "spot", 28, 1, "Y", "N"]
    )
    book["Needs"].append(["007", date(2026, 1, 15), 2, 7, "W1", "suitable"])
    book["Characteristics"].append(["007", "N", "Y"])
    book["Capacity"].append(["in_house_fostering", date(2026, 4, 1), 120, 104])
    book["Budget"].append(["2025/26", "Agency fostering", 4_200_000, 3_900_000, date(2026, 2, 28)])
    out = BytesIO()
    book.save(out)
    extracts = opened_all(
        [
            ("filled.xlsx", out.getvalue()),
            ("h.csv", header("007").encode()),
            ("e.csv", episodes({"CHILD": "007", "DECOM": "01/01/2024", "RNE": "S"}).encode()),
        ]
    )
    known = layouts(TWO_DOMAINS)
    mapping = guess(extracts, known) if with_mapping else None
    found = read_extracts(
        extracts, authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS, mapping=mapping
    )
    assert not found.refused
    assert {each.name for each in found.files} >= {"filled.xlsx, sheet Costs", "filled.xlsx, sheet Budget"}
    assert len(found.files) == 7  # neither the read-me nor the codes
    tables = {name: frame.iloc[0] for name, frame in found.tables.items() if len(frame)}
    assert (tables["cost"]["weekly_cost_gbp"], tables["cost"]["sourced"]) == (1050.5, "spot")
    assert tables["cost"]["started_on"] == pd.Timestamp(2024, 1, 1)
    assert list(tables["assessment"]["scores"]) == [2, 7]
    assert bool(tables["child"]["ehcp"]) and not tables["child"]["disability"]
    assert (tables["capacity"]["places_filled"], tables["budget"]["budget_gbp"]) == (104, 4_200_000)


def test_a_filled_workbook_is_never_overwritten(tmp_path):
    (tmp_path / "template.xlsx").write_bytes(b"mine")
    with pytest.raises(VcoreError, match=r"template\.xlsx"):
        write_templates(tmp_path, TWO_DOMAINS)
    assert [path.name for path in tmp_path.iterdir()] == ["template.xlsx"]
