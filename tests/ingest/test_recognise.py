"""Files as they are sent: recognised by their columns, read whatever their encoding, lines counted as an editor does."""

from __future__ import annotations

import pytest

from tests.ingest.folders import FAULTLESS, TWO_DOMAINS, as_csv
from vcore.ingest.layouts import layouts
from vcore.ingest.recognise import Sheet, recognise
from vcore.ingest.uploads import opened

LAYOUTS = layouts(TWO_DOMAINS)
OC2 = "CHILD,SDQ_SCORE\n1,14\n2,15\n"


def sheet(content: str | bytes, name: str = "a.csv") -> Sheet:
    (extract,) = opened(name, content.encode() if isinstance(content, str) else content)
    return recognise(extract, LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_file_is_what_its_columns_say_whatever_its_name(layout):
    found = sheet(as_csv([layout.example]), name="header of episodes 2019.csv")
    assert found.layout is layout
    assert found.missing == {}
    assert len(found.lines) == 1


def test_the_order_and_case_of_columns_and_extra_ones_do_not_matter():
    found = sheet("Notes,sdq score,Child\nnone,14,1\n")
    assert found.layout.name == "OC2"
    assert found.ignored == ("NOTES",)
    assert found.frame.to_dict("list") == {"SDQ_SCORE": ["14"], "CHILD": ["1"]}


def test_identifying_columns_stay_behind():
    found = sheet("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,SURNAME\n1,M,01/01/2012,WBRI,A1,,,Smith\n")
    assert set(found.frame.columns) == {"CHILD", "SEX", "DOB", "ETHNIC"}
    assert found.dropped == ("UPN", "MOTHER", "MC_DOB", "SURNAME")


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (OC2.encode(), "UTF-8", "comma"),
        (OC2.encode("utf-8-sig"), "UTF-8 with a byte-order mark", "comma"),
        (OC2.replace(",", ";").encode(), "UTF-8", "semicolon"),
        (OC2.replace(",", "\t").encode("utf-16"), "UTF-16", "tab"),
        (OC2.replace(",", "|").encode(), "UTF-8", "bar"),
        (b"Extract of March 2026\n\n" + OC2.encode(), "UTF-8", "comma"),
        (b"Extract of March 2026;;\n" + OC2.replace(",", ";").encode(), "UTF-8", "semicolon"),
        (OC2.replace("CHILD", "CHILD,PRÉNOM").replace("\n1", "\n1,Zoë").replace("\n2", "\n2,").encode("cp1252"),
         "Windows-1252", "comma"),
        (OC2.replace("\n", "\r\n").encode(), "UTF-8", "comma"),
        (OC2.replace("\n", "\r").encode(), "UTF-8", "comma"),
        (b"\n\n" + OC2.encode(), "UTF-8", "comma"),
    ],
)  # fmt: skip
def test_encodings_delimiters_and_line_ends_are_found_out(content, encoding, delimiter):
    found = sheet(content)
    assert (found.encoding, found.delimiter, found.layout.name) == (encoding, delimiter, "OC2")
    assert found.frame["CHILD"].tolist() == ["1", "2"]
    assert found.frame["SDQ_SCORE"].tolist() == ["14", "15"]


def test_a_row_is_named_by_the_line_it_starts_on():
    found = sheet(
        'NOTE,CHILD,SDQ_SCORE\n"two\nlines",1,14\n\nplain,2,15\n"three\r\n\r\nlines",3,16\nlast,4,17\n'
    )
    assert found.lines == [2, 5, 6, 9]
    assert found.frame["CHILD"].tolist() == ["1", "2", "3", "4"]


def test_lines_are_counted_over_any_number_of_rows():
    rows = [f'{at},"{at}\nnote",14' if at % 700 == 0 else f"{at},note,14" for at in range(3000)]
    found = sheet("CHILD,NOTE,SDQ_SCORE\n" + "\n".join(rows) + "\n")
    expected, line = [], 2
    for row in rows:
        expected.append(line)
        line += 1 + row.count("\n")
    assert found.lines == expected


def test_rows_of_another_width_are_told_apart_and_empty_cells_to_the_right_are_not_counted():
    found = sheet("CHILD,SDQ_SCORE\n1,14\n2\n3,1,4\n4,15,,\n")
    assert found.lines == [2, 3, 4, 5]
    assert found.misshapen == {1: 1, 2: 3}
    assert found.frame["CHILD"].to_dict() == {0: "1", 3: "4"}


def test_a_missing_column_names_the_nearest_one_found():
    found = sheet("CHILD,START,END,WEEKLY_COSTS,PROVIDER\n1,01/04/2025,,500,A\n")
    assert found.layout.name == "Costs"
    assert found.missing == {"WEEKLY_COST": "WEEKLY_COSTS"}
    assert sheet("CHILD,SEX,DOB,ETHNICITY\n1,M,01/01/2012,WBRI\n").missing == {"ETHNIC": "ETHNICITY"}


def test_more_columns_of_a_file_that_lacks_one_outweigh_a_whole_one_with_few():
    found = sheet("CHILD,START,END,WEEKLY,EHCP\n1,01/04/2025,,500,Y\n")
    assert found.layout.name == "Costs"
    assert list(found.missing) == ["WEEKLY_COST"]


def test_a_whole_file_goes_before_one_that_lacks_a_column():
    found = sheet("CHILD,DOB,SDQ_SCORE,REVIEWED\n1,14/05/2012,14,Y\n")  # as much like Reviews as like OC2
    assert (found.layout.name, found.missing) == ("OC2", {})


@pytest.mark.parametrize(
    "content", ["", "\n\n", "COLOUR,SIZE\nred,4\n", "CHILD\n1\n", "CHILD,DOB\n1,01/01/2012\n", "x" * 200_000]
)
def test_what_says_nothing_we_know_is_not_recognised(content):
    assert sheet(content).layout is None


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"\x81\x8d\x90 not text", b"\xff\xfe\x00"])
def test_what_is_not_text_is_not_read(content):
    found = sheet(content)
    assert found.layout is None
    assert found.encoding == ""
    assert found.lines == []


def test_a_column_twice_is_noticed_only_when_it_is_one_we_read():
    assert sheet("CHILD,CHILD,SDQ_SCORE\n1,1,14\n").repeated == ("CHILD",)
    assert sheet("CHILD,A,A,SDQ_SCORE\n1,1,1,14\n").repeated == ()


def test_an_open_quotation_mark_is_found_where_it_starts_and_no_line_is_lost():
    found = sheet('CHILD,SDQ_SCORE\n1,14\n2,"15\n3,16\n4,17\n')
    assert found.unreadable_from == 3
    assert found.lines == [2, 3, 4, 5]


def test_the_layouts_of_a_faultless_load_are_all_used():
    assert {layout.name for layout in LAYOUTS if layout.used} == {*FAULTLESS, "Needs (long)"}
