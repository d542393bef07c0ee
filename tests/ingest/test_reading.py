"""A folder in, tables and a report out: what holds for every load."""

from __future__ import annotations

import os
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.care import episodes, header
from tests.ingest.folders import (
    AS_OF,
    KEY,
    TWO_DOMAINS,
    as_csv,
    assert_balanced,
    codes,
    faultless,
    problem,
    reading,
    write,
)
from vcore.errors import RefusedLoad
from vcore.facts.columns import names
from vcore.ingest import read
from vcore.ingest.fixes import FIXES
from vcore.ingest.layouts import layouts

SMALL = {
    "h.csv": header("1", "2"),
    "e.csv": episodes({"DECOM": "01/01/2024", "RNE": "S"}, {"CHILD": "2", "DECOM": "01/01/2024", "RNE": "S"}),
}


def test_every_table_of_the_model_comes_back_in_full(tmp_path):
    found = reading(tmp_path, faultless(TWO_DOMAINS))
    assert {name: len(frame) for name, frame in found.tables.items()} == {
        "child": 1, "care": 1, "assessment": 1, "placement": 1, "cost": 1, "capacity": 1, "budget": 1,
        "missing_period": 1, "sdq": 1,
    }  # fmt: skip
    for name, frame in found.tables.items():
        assert list(frame.columns) == list(names(name))
        assert (frame["authority"] == "North").all()
    ids = {
        found.tables[name]["child_id"].iloc[0]
        for name in ("child", "care", "assessment", "placement", "cost", "missing_period", "sdq")
    }
    assert len(ids) == 1
    assert re.fullmatch("[0-9a-f]{16}", ids.pop())


def test_the_files_are_described(tmp_path):
    found = reading(
        tmp_path, SMALL | {"odd.csv": "A,B\n1,2\n", "r.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\n1,,,\n2,,,\n"}
    )
    about = {file.name: file for file in found.files}
    assert (about["h.csv"].recognised_as, about["h.csv"].rows, about["h.csv"].date_styles) == (
        "Header",
        2,
        ("dd/mm/yyyy",),
    )
    assert about["odd.csv"].recognised_as == "not recognised"
    assert about["r.csv"].recognised_as == "Reviews"
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in found.files)
    assert found.report.counts.loc[["odd.csv", "r.csv"], "set_aside"].tolist() == [1, 2]
    assert {problem(found, "FILE_NOT_RECOGNISED")["file"], problem(found, "FILE_NOT_USED")["file"]} == {
        "odd.csv",
        "r.csv",
    }


def test_several_folders_deep_and_hidden_files(tmp_path):
    write(tmp_path / "2025", SMALL)
    write(tmp_path, {".DS_Store": "x"})
    found = reading(tmp_path, {"costs.csv": "CHILD,START,END,WEEKLY_COST\n1,01/01/2024,,500\n"})
    assert [file.name for file in found.files] == ["2025/e.csv", "2025/h.csv", "costs.csv"]
    assert not found.refused


@pytest.mark.parametrize("folder", ["nowhere", "empty", "unknown"])
def test_a_folder_with_nothing_readable_is_refused_outright(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    write(tmp_path / "unknown", {"a.csv": "COLOUR\nred\n", "b.xlsx": "PK\x00"})
    with pytest.raises(RefusedLoad):
        read(tmp_path / folder, authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS)


def test_an_authority_must_be_named(tmp_path):
    with pytest.raises(RefusedLoad, match="authority"):
        read(write(tmp_path, SMALL), authority=" ", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS)


def test_a_refused_load_has_no_tables_and_reports_the_faults_of_every_file(tmp_path):
    files = SMALL | {
        "costs.csv": "CHILD,START,END,COST\n1,01/01/2024,,500\n",
        "needs.csv": "CHILD,ASSESSED_ON,health,school\n1,01/02/2025,11,3\n",
    }
    found = reading(tmp_path, files)
    assert found.refused
    assert found.tables == {}
    missing = problem(found, "COLUMN_MISSING")
    assert (missing["file"], missing["column"], missing["found"]) == ("costs.csv", "WEEKLY_COST", "COST")
    assert found.report.counts.loc["costs.csv"].tolist() == [1, 0, 0, 0, 1]
    assert problem(found, "NUMBER_OUT_OF_RANGE")["line"] == 2
    assert "Refused: nothing was changed." in found.report.as_text()


def test_a_needs_tool_without_one_of_our_domains_is_told_of_the_settings(tmp_path):
    files = SMALL | {"needs.csv": "CHILD,ASSESSED_ON,health\n1,01/02/2025,3\n"}
    found = reading(tmp_path, files)
    assert found.refused
    assert codes(found) == {"DOMAIN_MISSING"}
    missing = problem(found, "DOMAIN_MISSING")
    assert (missing["file"], missing["column"]) == ("needs.csv", "school")
    assert "name the domains it does score in data/settings.toml (docs/settings.md" in missing["what_to_do"]


def test_without_a_header_children_of_other_files_are_not_called_strangers(tmp_path):
    found = reading(
        tmp_path, {"e.csv": SMALL["e.csv"], "c.csv": "CHILD,START,END,WEEKLY_COST\n1,01/01/2024,,5OO\n"}
    )
    assert codes(found) == {"HEADER_MISSING", "NUMBER_UNREADABLE", "PLACEMENT_WITHOUT_COST"}


def test_six_faults_in_one_file_are_all_named(tmp_path):
    costs = (
        "CHILD,START,END,WEEKLY_COST,SOCIAL_CARE,REGISTERED\n"
        '1,01/01/2024,31/01/2024,"5,4OO",,\n'
        "1,01/03/2024,01/02/2024,500,,\n"
        "9,01/03/2024,,500,,\n"
        "1,30/02/2024,,500,,\n"
        "1,01/04/2024,,500,100,\n"
        "1,01/05/2024,,500,,maybe\n"
    )
    found = reading(tmp_path, SMALL | {"costs.csv": costs})
    told = found.report.problems.query("file == 'costs.csv' and code != 'PARTS_UNSAID'")
    assert sorted(zip(told["line"], told["column"], told["code"], told["found"], strict=True)) == [
        (2, "WEEKLY_COST", "NUMBER_UNREADABLE", "5,4OO"),
        (3, "END", "END_BEFORE_START", "01/02/2024"),
        (4, "CHILD", "CHILD_NOT_IN_HEADER", ""),
        (5, "START", "DATE_UNREADABLE", "30/02/2024"),
        (6, "WEEKLY_COST", "PARTS_DO_NOT_ADD", "parts of £100.00"),
        (7, "REGISTERED", "VALUE_LEFT_BLANK", "•••••"),
    ]
    assert (told["what_to_do"] != "").all()
    text = found.report.as_text()
    for line in ("costs.csv line 2, WEEKLY_COST: found '5,4OO', expected an amount", "costs.csv line 5"):
        assert line in text


def test_nothing_is_written_and_no_child_number_or_birthday_is_told(tmp_path):
    child = "NUMBER77X"
    files = {
        "h.csv": header(child),
        "e.csv": episodes(
            {"CHILD": child, "DECOM": "01/01/2024", "DEC": "01/01/2023"},
            {"CHILD": child, "DECOM": "01/01/2024"},
        ),
        "n.csv": f"CHILD,ASSESSED_ON,health,school\n{child},{child},3,3\nSTRANGER88,01/01/2025,3,3\n",
    }
    found = reading(tmp_path, files)
    assert {path.name for path in tmp_path.iterdir()} == set(files)
    said = found.report.as_text() + found.report.problems.to_csv() + str(found.files)
    said += "".join(frame.to_csv() for frame in found.tables.values())
    for secret in (child, "STRANGER88", "14/05/2012", "2012-05-14"):
        assert secret not in said


CELL = st.sampled_from(
    ["", "1", "2", "x", "01/01/2024", "2024-02-30", "31/12/2023", "5,4OO", "£500", "-1", "11", "7", "U4", "T1", "K2", "S", "L", "V3", "C2",
     "X1", "Y", "school", '"', "a,b", "\n", "é", "0", "in_house_fostering", "2025/26"]
)  # fmt: skip
JUNK = st.lists(st.lists(CELL, min_size=0, max_size=14), min_size=0, max_size=8)


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([layout.name for layout in layouts(TWO_DOMAINS)]),
        st.tuples(JUNK, st.booleans(), st.sampled_from(",;\t")),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_sent_no_row_is_lost_and_nothing_breaks(tmp_path_factory, sent):
    columns = {layout.name: layout.columns for layout in layouts(TWO_DOMAINS)}
    files = dict(SMALL)
    for name, (rows, quoted, mark) in sent.items():
        cells = [list(columns[name]), *rows]
        if quoted:
            cells = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in cells]
        files[f"{name}.csv"] = "\n".join(mark.join(row) for row in cells) + "\n"
    found = reading(tmp_path_factory.mktemp("junk"), files)
    assert_balanced(found)
    assert found.report.counts["read"].sum() == sum(file.rows for file in found.files)
    assert found.refused == (not found.tables)
    found.report.as_text()


AMOUNT = st.sampled_from(
    ["", "0", "49", "460", "5,4OO", "21000", "26000", "90", "100", "-5", "1e9", "£1,400.50"]
)
DAY = st.sampled_from(
    ["", "01/09/2023", "09/13/2023", "31/03/2026", "01/01/1900", "2024-02-29", "31/02/2024"]
)
POINTS = st.sampled_from(["", "0", "4", "7", "10", "11", "60", "100", "x", "4.5"])
LIVED = st.tuples(
    st.sampled_from("123"), DAY, st.sampled_from("SLPTB"), st.sampled_from(["C2", "V2", "V4", "L1", "E1"]),
    st.sampled_from(["U4", "K2", "K3", "P1", "T1", "A4", "Z1"]), st.sampled_from(["PR0", "PR1", "PR4", ""]), DAY,
    st.sampled_from(["", "X1", "E4A", "E12", "E17"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(LIVED, max_size=8),
    st.lists(st.tuples(st.sampled_from("129"), DAY, DAY, AMOUNT, AMOUNT, AMOUNT), max_size=8),
    st.lists(st.tuples(st.sampled_from("1239"), DAY, POINTS, POINTS), max_size=8),
    st.sets(st.sampled_from(sorted(FIXES)), max_size=3),
)
def test_nearly_right_files_break_nothing_whatever_is_put_right(tmp_path_factory, lived, fees, scores, fixes):
    """Cells that mean something and go together badly, so that the rules between files meet every turn of them."""

    def lines(columns: str, rows: list[tuple[str, ...]]) -> str:
        return as_csv([dict(zip(columns.split(), row, strict=True)) for row in rows]) if rows else columns

    places = lines("CHILD DECOM RNE LS PLACE PLACE_PROVIDER DEC REC", lived)
    files = {
        "h.csv": header("1", "2", "03"),
        "e.csv": places if not lived else with_columns(places, "CIN", "REASON_PLACE_CHANGE"),
        "c.csv": lines("CHILD START END WEEKLY_COST SOCIAL_CARE EDUCATION", fees),
        "n.csv": lines("CHILD ASSESSED_ON school health", scores),
    }
    folder = write(tmp_path_factory.mktemp("near"), files)
    found = read(folder, authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS, fixes=tuple(fixes))
    assert_balanced(found)
    counts, totals = found.report.counts, found.report.totals
    sent = {"h.csv": 3, "e.csv": len(lived), "c.csv": len(fees), "n.csv": len(scores)}
    assert counts["read"].to_dict() == sent
    assert totals.rows == sum(sent.values()) == totals.valid + totals.errors + totals.warnings
    assert found.refused == (not found.tables) == (totals.blocking > 0)
    assert len(found.report.by_row) == len(found.report.problems) == found.report.by_rule["findings"].sum()
    found.report.as_text()


def with_columns(text: str, *columns: str) -> str:
    """A table with empty columns added."""
    first, *rows = text.splitlines()
    return "\n".join([",".join([first, *columns]), *(row + "," * len(columns) for row in rows)]) + "\n"


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=400))
def test_whatever_bytes_are_sent_nothing_breaks(tmp_path_factory, content):
    folder = write(tmp_path_factory.mktemp("bytes"), SMALL)
    (folder / "odd.csv").write_bytes(b"CHILD,SDQ_SCORE\n" + content)
    assert_balanced(read(folder, authority="North", as_of=date(2026, 3, 31), key=KEY, needs=TWO_DOMAINS))


@pytest.mark.parametrize("name", [b"bad\xff\xfename.csv", b"clear\x1b[2J.csv", b"two\nlines.csv"])
def test_a_file_s_name_may_be_anything_and_is_told_as_printable_text(tmp_path, name):
    folder = write(tmp_path / "in", faultless(TWO_DOMAINS))
    (folder / "Header.csv").rename(folder / os.fsdecode(name))
    found = read(folder, authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS)
    told = next(file.name for file in found.files if file.recognised_as == "Header")
    assert not found.refused and told.isprintable() and told.encode() and "�" in told
    assert found.report.as_text().replace("\n", "").isprintable()
