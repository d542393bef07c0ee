"""What is sent, opened in memory: CSV, workbooks and ZIPs; and what is refused, in a sentence that helps."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from tests.ingest.care import episodes, header
from tests.ingest.folders import AS_OF, KEY, TWO_DOMAINS, faultless
from vcore.errors import RefusedLoad
from vcore.ingest import workbooks
from vcore.ingest.layouts import layouts
from vcore.ingest.limits import LIMITS, Limits
from vcore.ingest.reading import read_extracts
from vcore.ingest.recognise import recognise
from vcore.ingest.uploads import opened, opened_all

OC2 = "CHILD,SDQ_SCORE\n1,14\n2,15\n"
SMALL = Limits(
    upload_bytes=4_000_000,
    unpacked_bytes=3_000_000,
    ratio=200,
    ratio_from=100_000,
    entries=20,
    rows=50,
    columns=12,
)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    elif cell is not None:
                        sheet.write(at, column, cell)
    return out.getvalue()


def changed(content: bytes, part: str, edit) -> bytes:
    """The same archive with one part put through `edit`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped(
            {
                name: edit(archive.read(name)) if name == part else archive.read(name)
                for name in archive.namelist()
            }
        )


def rows_of(content: bytes, columns: dict[int, str], name: str = "a.xlsx") -> dict[str, list[str]]:
    (extract,) = opened(name, content)
    return extract.table.rows(columns).frame.to_dict("list")


FIRST = "xl/worksheets/sheet1.xml"
BOOK = workbook({"OC2": [["CHILD", "SDQ_SCORE"], ["1", 14], ["2", 15]]})


def test_each_sheet_is_an_extract_named_by_file_and_sheet():
    content = workbook(
        {"Scores": [["CHILD", "SDQ_SCORE"], ["1", 14]], "Empty": [], "Notes": [["A", "B"], [1, 2]]}
    )
    found = opened("a.xlsx", content)
    assert [(each.file, each.sheet, each.name, each.encoding) for each in found] == [
        ("a.xlsx", "Scores", "a.xlsx, sheet Scores", "XLSX"),
        ("a.xlsx", "Notes", "a.xlsx, sheet Notes", "XLSX"),
    ]
    assert recognise(found[0], layouts(TWO_DOMAINS)).layout.name == "OC2"


def test_cells_become_the_text_an_analyst_sees():
    content = workbook(
        {
            "A": [
                ["A", "B", "C", "D", "E"],
                ["007", 12, 12.5, True, datetime(2026, 3, 31)],
                [" x ", 1e15, -0.1, False, None],
            ]
        }
    )
    assert rows_of(content, dict(enumerate("ABCDE"))) == {
        "A": ["007", "x"],
        "B": ["12", "1000000000000000"],
        "C": ["12.5", "-0.1"],
        "D": ["TRUE", "FALSE"],
        "E": ["31/03/2026", ""],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (0, "0"), (5.0, "5"), (True, "TRUE"), (1e15, "1000000000000000.0"), (0.1, "0.1"), (date(2026, 3, 1), "01/03/2026"),
        (datetime(2026, 3, 1, 14, 5), "01/03/2026 14:05:00"), ("#N/A", "#N/A"),
    ],
)  # fmt: skip
def test_one_cell(value, text):
    assert workbooks.written(value) == text


def test_titles_and_empty_rows_above_and_between_are_passed_over_and_rows_keep_their_numbers():
    content = workbook(
        {
            "A": [
                [],
                ["Extract of March"],
                [],
                ["CHILD", "SDQ_SCORE", None, "NOTE"],
                ["1", 14],
                [],
                ["2", 15, "?", "x"],
            ]
        }
    )
    (extract,) = opened("a.xlsx", content)
    assert extract.header == ("CHILD", "SDQ_SCORE", "", "NOTE")
    assert extract.table.rows({0: "CHILD"}).lines == [5, 7]


def test_a_whole_load_in_one_workbook_is_as_the_files_are():
    files = faultless(TWO_DOMAINS)
    book = workbook(
        {name[:-4]: [line.split(",") for line in text.splitlines()] for name, text in files.items()}
    )
    ways = {
        "files": opened_all((name, text.encode()) for name, text in files.items()),
        "workbook": opened_all([("all.xlsx", book)]),
        "zip": opened_all([("all.zip", zipped(files | {"__MACOSX/x.csv": "x", ".hidden.csv": "x"}))]),
        "workbook in a zip": opened_all([("all.zip", zipped({"in/all.xlsx": book}))]),
    }
    tables = {}
    for way, extracts in ways.items():
        found = read_extracts(extracts, authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS)
        assert not found.refused
        assert len(found.files) == len(files)
        tables[way] = {name: frame.to_csv() for name, frame in found.tables.items()}
    assert tables["files"] == tables["workbook"] == tables["zip"] == tables["workbook in a zip"]
    assert {each.name for each in ways["workbook in a zip"]} >= {"all.zip/in/all.xlsx, sheet Costs"}


def test_uploads_of_one_name_are_told_apart():
    found = opened_all([("a.csv", OC2.encode()), ("a.csv", OC2.encode())])
    assert [each.name for each in found] == ["a.csv", "a.csv (2)"]


def test_a_formula_is_read_as_the_value_kept_with_it_and_counted():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("OC2")
        sheet.write_row(0, 0, ["CHILD", "SDQ_SCORE"])
        sheet.write_row(1, 0, ["1", 3])
        sheet.write_string(2, 0, "1")
        sheet.write_formula(2, 1, "=7+7", None, 14)
    files = [
        ("o.xlsx", out.getvalue()),
        ("h.csv", header("1").encode()),
        ("e.csv", episodes({"DECOM": "01/01/2024", "RNE": "S"}).encode()),
    ]
    found = read_extracts(opened_all(files), authority="North", as_of=AS_OF, key=KEY, needs=TWO_DOMAINS)
    assert found.tables["child"]["sdq_score"].tolist() == [14]
    assert (
        "o.xlsx, sheet OC2: cells with a formula, read as the value kept with it",
        1,
    ) in found.report.steps


def never_worked_out() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["CHILD", "SDQ_SCORE"])
    book.active.append(["1", "=7+7"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked_zip() -> bytes:
    content = bytearray(zipped({"a.csv": OC2}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def tall(rows: int) -> bytes:
    row = f'<row r="{rows}"><c r="A{rows}" t="inlineStr"><is><t>1</t></is></c></row></sheetData>'
    return changed(BOOK, FIRST, lambda xml: xml.replace(b"</sheetData>", row.encode()))


def noise(size: int) -> bytes:
    """A comment of so many bytes that does not pack small."""
    return b"<!--" + random.Random(1).randbytes(size).hex().encode()[: size - 7] + b"-->"


REFUSED = {
    "too large": (b"x" * 4_000_001, ["at most 4 MB", "ZIP"]),
    "a zip that unpacks to too much": (zipped({f"{at}.csv": "\n".join(map(str, range(200_000))) for at in range(3)}), ["at most 3 MB when unpacked"]),
    "a zip bomb": (zipped({"a.csv": b"0" * 2_900_000}), ["a.zip/a.csv", "200 times", "without end"]),
    "a workbook that is a bomb": (changed(BOOK, FIRST, lambda xml: xml + b" " * 2_900_000), ["200 times"]),
    "too many files": (zipped({f"{at}.csv": "x" for at in range(21)}), ["at most 20 files", "21"]),
    "a zip in a zip": (zipped({"b.zip": zipped({"a.csv": OC2})}), ["a.zip/b.zip", "another ZIP"]),
    "a zip with a password": (locked_zip(), ["without a password"]),
    "a workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), ["with a password", "Save it again"]),
    "an old workbook": (OLE, [".xls", "XLSX"]),
    "macros": (changed(BOOK, "none", None) and zipped({"xl/workbook.xml": "", "xl/vbaProject.bin": "x"}), ["without macros", "XLSX"]),
    "a binary workbook": (zipped({"xl/workbook.bin": "x"}), [".xlsb"]),
    "a damaged workbook": (zipped({"xl/workbook.xml": "<broken", "[Content_Types].xml": "<x/>"}), ["damaged"]),
    "entities": (changed(BOOK, FIRST, lambda xml: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xml), ["entities"]),
    "entities far down": (  # the words lie across two pieces of those that are unpacked at a time
        changed(BOOK, FIRST, lambda xml: noise(256 * 1024 - 5) + b"<!DOCTYPE x>" + xml),
        ["entities"],
    ),
    "a formula never worked out, far down": (changed(never_worked_out(), FIRST, lambda xml: noise(256 * 1024) + xml), ["cell B2"]),
    "a formula never worked out": (never_worked_out(), ["cell B2", "never worked out", "save it"]),
    "a sheet of a billion rows": (tall(999_999_999), ["a.zip, sheet OC2", "at most 50 rows"]),
    "one row too many": (tall(51), ["at most 50 rows"]),
    "too many columns": (workbook({"A": [[f"C{at}" for at in range(13)]]}), ["at most 12 columns"]),
    "too many columns in a CSV": (",".join(f"C{at}" for at in range(13)).encode(), ["at most 12 columns", "13"]),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused_says_where_what_was_found_and_what_to_do(why):
    content, told = REFUSED[why]
    with pytest.raises(RefusedLoad) as refused:
        opened("a.zip", content, limits=SMALL)
    said = str(refused.value)
    assert said.startswith("a.zip")
    assert ": expected " in said and ", found " in said and said.endswith(".")
    for words in told:
        assert words in said


def test_a_billion_rows_are_refused_before_one_is_read(monkeypatch):
    monkeypatch.setattr("openpyxl.worksheet._read_only.ReadOnlyWorksheet.iter_rows", pytest.fail)
    with pytest.raises(RefusedLoad, match="sheet OC2: expected at most 1,048,576 rows"):
        opened("a.xlsx", tall(999_999_999))


class Stopped(Exception):
    """A reader has had enough."""


def test_what_is_being_done_is_told_and_can_be_stopped_at_any_step():
    long = workbook({"OC2": [["CHILD", "SDQ_SCORE"], *([at, 14] for at in range(5_000))]})
    told: list[str] = []
    opened("a.xlsx", long, tell=told.append)
    rows = [words for words in told if "row" in words]
    assert rows == ["Reading a.xlsx, sheet OC2, row 2,000", "Reading a.xlsx, sheet OC2, row 4,000"]

    def stop(words: str) -> None:
        if words == rows[0]:
            raise Stopped

    with pytest.raises(Stopped):
        opened_all([("a.xlsx", long)], tell=stop)


ALLOWED = {
    "as large as may be": zipped({"a.csv": OC2, "b.csv": b"x" * 99_999}),
    "as many files as may be": zipped({f"{at}.csv": "x" for at in range(20)}),
    "the last row": tall(50),
    "a sheet that says it is larger than it is": changed(
        BOOK, FIRST, lambda xml: xml.replace(b'<dimension ref="A1:B3"/>', b'<dimension ref="A1:XFD1048576"/>')
    ),
    "a sheet that says it is smaller than it is": changed(
        BOOK, FIRST, lambda xml: xml.replace(b'<dimension ref="A1:B3"/>', b'<dimension ref="A1:A1"/>')
    ),
    "as many columns as may be": workbook({"A": [[f"C{at}" for at in range(12)]]}),
}  # fmt: skip


@pytest.mark.parametrize("what", ALLOWED)
def test_what_is_just_within_is_opened(what):
    assert opened("a.zip", ALLOWED[what], limits=SMALL)


def test_what_a_sheet_says_of_its_size_is_not_believed():
    for said in ("larger", "smaller"):
        content = ALLOWED[f"a sheet that says it is {said} than it is"]
        assert b"A1:B3" not in zipfile.ZipFile(io.BytesIO(content)).read(FIRST)
        assert rows_of(content, {0: "A", 1: "B"}) == {"A": ["1", "2"], "B": ["14", "15"]}


@pytest.mark.parametrize("content", [BOOK[:-40], BOOK[: len(BOOK) // 2], b"PK\x03\x04", b"\x00\x01"])
def test_what_is_cut_off_is_not_read_and_breaks_nothing(content):
    (extract,) = opened("a.xlsx", content)
    assert (extract.encoding, extract.header) == ("", ())


def test_every_refused_upload_is_named_at_once(tmp_path):
    uploads = [("a.xlsx", never_worked_out()), ("b.xls", OLE), ("c.csv", tmp_path / "none.csv")]
    with pytest.raises(RefusedLoad) as refused:
        opened_all(uploads)
    assert [line.partition(":")[0].split(" ")[0].rstrip(",") for line in str(refused.value).splitlines()] == [
        "a.xlsx",
        "b.xls",
        "c.csv",
    ]


def test_nothing_is_written_while_an_upload_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))  # any temporary file would fail
    monkeypatch.chdir(tmp_path)
    assert opened("a.zip", zipped({"a.xlsx": BOOK, "b.csv": OC2}))
    assert list(tmp_path.iterdir()) == []


def test_the_upload_limit_is_the_server_s_own():
    config = (__import__("pathlib").Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(
        encoding="utf-8"
    )
    assert f"maxUploadSize = {LIMITS.upload_bytes // 1024**2} " in config
