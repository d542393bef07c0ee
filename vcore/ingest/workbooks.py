"""Workbooks (XLSX) as tables of text, one a sheet, read a row at a time within limits.

A formula is read as the value its program kept with it, and counted; one without a kept value refuses the workbook.
Dates become 31/03/2026, numbers plain digits. Macros, passwords and older formats are refused, never opened.
What a sheet declares about its size is ignored. This module knows no column.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
import pyarrow as pa

from vcore.ingest.archives import Budget, chunks
from vcore.ingest.delimited import Rows, framed
from vcore.ingest.limits import Limits, refuse

OURS = "Care Value Explorer"  # a sheet that starts with these words is our own read-me or list of codes
ENCODING = "XLSX"
_ABOVE = 10  # rows with something in them that may stand above a header
_FARTHEST = 1_000  # the row a header is looked for until
_CHUNK = 500
_TOLD = 2_000  # rows between two words of progress
_MAIN, _MACROS, _BINARY = "xl/workbook.xml", "vbaproject.bin", "xl/workbook.bin"
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")  # how .xls files and workbooks with a password begin
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_UNKEPT = re.compile(  # a formula without a value beside it; an empty one is fine where the cell holds text
    rb"<(?:\w+:)?c(?P<about>\s[^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?P<empty><(?:\w+:)?v(?:\s*/>|></(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
_ROW = re.compile(rb'<(?:\w+:)?row\s(?:[^>]*?\s)?r="(\d+)"')
_PLACE = re.compile(rb'\sr="([A-Z]{1,3}\d{1,7})"')
_TEXT = b't="str"'
_CELL_END = b"c>"
_LONGEST_CELL = 512 * 1024  # bytes: a cell holds 32,767 characters and a formula 8,192
_UNSAFE = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_MARK = 16
_WIDE = (b"\xff\xfe", b"\xfe\xff")
warnings.filterwarnings("ignore", module="openpyxl")  # a warning would print a cell
_CANNOT = (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, SyntaxError, OSError)


@dataclass(frozen=True)
class Cells:
    """One sheet. `columns` holds the texts of each header cell's column, `lines` the row each of them stands in."""

    header: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    lines: tuple[int, ...]
    formulas: int = 0
    delimiter: str = ""

    def sample(self, rows: int) -> list[list[str]]:
        """The first rows, as texts."""
        return [
            list(cells) for cells in zip(*(each[:rows].to_pylist() for each in self.columns), strict=True)
        ]

    def rows(self, kept: dict[int, str]) -> Rows:
        """The data rows; `kept` names the positions to read."""
        found = Rows(lines=list(self.lines))
        if kept:
            parts = {name: self.columns[at].chunks for at, name in kept.items()}
            found.frame = framed(parts, list(range(len(self.lines))))
        return found


def refuse_older(name: str, content: bytes) -> None:
    """Raises `RefusedLoad` for a workbook with a password, or of a format before XLSX."""
    if content.startswith(_OLD):
        locked = _PASSWORD in content
        refuse(
            name,
            "a workbook without a password" if locked else "an XLSX workbook",
            "one with a password" if locked else "an older format (.xls)",
            "Save it again without one." if locked else "In your spreadsheet choose Save as, then XLSX.",
        )


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a ZIP is a workbook of any kind."""
    return not {_MAIN, _BINARY}.isdisjoint(archive.namelist())


def sheets(name: str, archive: zipfile.ZipFile, content: bytes, budget: Budget) -> list[tuple[str, Cells]]:
    """The title and cells of each sheet that holds a table. Raises `RefusedLoad` for what is not read."""
    names = [member.lower() for member in archive.namelist()]
    if any(member.endswith(_MACROS) for member in names):
        refuse(name, "a workbook without macros", "one with macros", "Save it as XLSX, which keeps none.")
    if _BINARY in names:
        refuse(name, "an XLSX workbook", "a binary one (.xlsb)", "Save it as XLSX.")
    parts = _looked_through(name, archive, budget)
    found = []
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            path = str(getattr(sheet, "_worksheet_path", ""))
            cells = _read(f"{name}, sheet {sheet.title}", sheet, parts.get(path, _Part()), budget)
            if cells is not None:
                found.append((sheet.title, cells))
    except (*_CANNOT, zipfile.BadZipFile):
        refuse(
            name,
            "a workbook that can be opened",
            "a damaged one",
            "Open it in your spreadsheet, save it as XLSX and send that.",
        )
    return found


@dataclass
class _Part:
    """What one part of a workbook's archive holds: how many formulas, and the highest number of a row."""

    formulas: int = 0
    last_row: int = 0


def _looked_through(name: str, archive: zipfile.ZipFile, budget: Budget) -> dict[str, _Part]:
    """What each part holds; unpacks every one once, so that none of them is a bomb."""
    found: dict[str, _Part] = {}
    for member in archive.infolist():
        left = before = b""
        for at, piece in enumerate(chunks(name, archive, member, budget)):
            if any(mark in before + piece for mark in _UNSAFE) or (not at and piece.startswith(_WIDE)):
                refuse(
                    name, "a workbook as spreadsheets write it", "one with entities", "Save it again as XLSX."
                )
            before = piece[-_LONGEST_MARK:]
            left = left[-_LONGEST_CELL:] + piece
            if (cell := left.rfind(_CELL_END)) >= 0:
                whole = cell + len(_CELL_END)
                _count(name, left[:whole], found.setdefault(member.filename, _Part()))
                left = left[whole:]
    return found


def _count(name: str, text: bytes, found: _Part) -> None:
    formulas = len(_FORMULA.findall(text))
    found.formulas += formulas
    found.last_row = max((found.last_row, *map(int, _ROW.findall(text))))
    if not formulas:
        return
    bare = (cell for cell in _UNKEPT.finditer(text) if cell["empty"] is None or _TEXT not in cell["about"])
    if cell := next(bare, None):
        place = _PLACE.search(cell["about"])
        refuse(
            f"{name}, cell {place[1].decode()}" if place else name,
            "a value",
            "a formula that was never worked out",
            "Open the workbook in your spreadsheet and save it, or paste the column as values.",
        )


def _read(name: str, sheet, part: _Part, budget: Budget) -> Cells | None:
    sheet.reset_dimensions()
    limits = budget.limits
    _check_rows(name, part.last_row, limits)  # openpyxl would make up all the rows before it
    top: list[tuple[int, tuple[str, ...]]] = []
    for line, row in enumerate(sheet.iter_rows(max_col=limits.columns + 1, values_only=True), start=1):
        _check_rows(name, line, limits)
        if any(cell is not None for cell in row):
            top.append((line, tuple(map(written, row))))
        if len(top) == _ABOVE or line == _FARTHEST:
            break
    if not top or any(cell.startswith(OURS) for cell in top[0][1]):
        return None
    headed, header = next((each for each in top if sum(map(bool, each[1])) > 1), top[0])
    width = max((at for at, cell in enumerate(header) if cell), default=0) + 1
    if width > limits.columns:
        refuse(name, f"at most {limits.columns} columns", "more", "Send only the columns a load needs.")
    columns: list[list[pa.Array]] = [[] for _ in range(width)]
    lines: list[int] = []
    waiting: list[tuple[str, ...]] = []

    def settle() -> None:
        for column, cells in zip(columns, zip(*waiting, strict=True), strict=False):
            column.append(pa.array(cells, pa.string()))
        waiting.clear()

    rows = sheet.iter_rows(min_row=headed + 1, max_col=width, values_only=True)
    for line, row in enumerate(rows, start=headed + 1):
        _check_rows(name, line, limits)
        if line % _TOLD == 0:
            budget.tell(f"Reading {name}, row {line:,}")
        if any(cell is not None for cell in row):
            waiting.append(tuple(map(written, row)))
            lines.append(line)
            if len(waiting) == _CHUNK:
                settle()
    settle()
    whole = tuple(pa.chunked_array(column, pa.string()) for column in columns)
    return Cells(header[:width], whole, tuple(lines), part.formulas)


def _check_rows(name: str, line: int, limits: Limits) -> None:
    if line > limits.rows:
        refuse(name, f"at most {limits.rows:,} rows", "more", "Send the table as CSV, or fewer years.")


def written(value: object) -> str:
    """A cell as an analyst sees it: dates day first, whole numbers without a point, yes and no as TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
