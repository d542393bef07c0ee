"""The templates: what they hold, that they load, and that they overwrite nothing."""

from __future__ import annotations

import pytest

from tests.ingest.care import episodes, header
from tests.ingest.folders import TWO_DOMAINS, codes, reading
from vcore.errors import VcoreError
from vcore.facts.domains import NeedModel
from vcore.ingest import write_templates
from vcore.ingest.template import data_dictionary

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
    assert [path.name for path in paths] == [*CONTRACT, "README.txt"]
    for name, columns in CONTRACT.items():
        assert (tmp_path / "new" / name).read_text(encoding="utf-8-sig") == ",".join(columns.split()) + "\n"


def test_templates_left_empty_load_and_change_nothing(tmp_path):
    write_templates(tmp_path, TWO_DOMAINS)
    found = reading(tmp_path, {"h.csv": header("1"), "e.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"})})
    assert not found.refused
    assert codes(found) == {"FILE_NOT_RECOGNISED"}  # the read-me
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
    assert codes(found) == {"ASSESSMENT_INCOMPLETE"}  # the one row shown of a long file
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
