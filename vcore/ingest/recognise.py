"""A file as it was sent, recognised by its columns and read as text. Its name decides nothing.

Text may be UTF-8 (with or without a byte-order mark), UTF-16 or Windows-1252; cells may be parted by commas,
semicolons or tabs; headers are compared without regard to case, spaces or punctuation. Columns that a layout
does not read are named and left behind here, so that nothing identifying travels on.
This module judges no cell.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

import pandas as pd
import pyarrow as pa

from vcore.ingest.layouts import Layout, normal

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_CHUNK = 500  # rows made into columns at a time: more lists alive keep the garbage collector busy
_NEAR = 0.5  # how alike a column name must be to be named as the nearest: COST is near WEEKLY_COST
_FEWEST = 2  # an incomplete file is recognised by half of its needed columns, and never by fewer than this
_SHARED = frozenset({"CHILD", "DOB", "SEX"})  # columns so common that they say nothing about a file


@dataclass
class Sheet:
    """One file: what it is and its cells as text. `frame` has one row a data row of the right shape.

    `lines` holds the physical line each data row starts on, `misshapen` the cells counted in rows that
    have more or fewer than the header; both number rows in file order. `unreadable_from` is the line from which a file
    could not be read.
    """

    name: str
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    layout: Layout | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    lines: list[int] = field(default_factory=list)
    misshapen: dict[int, int] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unreadable_from: int | None = None


def recognise(name: str, content: bytes, layouts: tuple[Layout, ...]) -> Sheet:
    """Read one file. Never raises on what is in it: a file that is not text has no layout and no rows."""
    sheet = Sheet(name, hashlib.sha256(content).hexdigest())
    text, sheet.encoding = _decode(content)
    first = next(filter(_says_something, text.split("\n")), "")
    if not first:
        return sheet
    mark = max(DELIMITERS, key=first.count)
    sheet.delimiter = DELIMITERS[mark]
    try:
        header = [normal(cell) for cell in next(csv.reader([first], delimiter=mark))]
    except csv.Error:  # a cell longer than any column name
        return sheet
    sheet.layout, sheet.missing = _match(header, layouts)
    kept = _place(header, sheet)
    try:
        _read_rows(text, mark, len(header), kept, sheet)
    except csv.Error:
        _give_up(text, mark, sheet)
    return sheet


def _says_something(line: str) -> bool:
    return bool(line.strip("".join(DELIMITERS) + ' "'))


def _decode(content: bytes) -> tuple[str, str]:
    """The text with plain line ends and the name of its encoding; "" when it is not text."""
    for encoding, label in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")):
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding, label = "utf-16", "UTF-16"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n"), label
    return "", ""


def _match(header: list[str], layouts: tuple[Layout, ...]) -> tuple[Layout | None, dict[str, str]]:
    """The layout most of these columns belong to, and for each needed column that is missing the nearest one found."""
    found = set(header)
    best, best_score, lacking = None, (0, False, 0), {}
    for each in layouts:
        absent = [name for name in each.needed if normal(name) not in found]
        if absent and len(each.needed) - len(absent) < max(_FEWEST, len(each.needed) / 2):
            continue
        spare = found.difference(map(normal, each.columns))
        nearest = {name: next(iter(get_close_matches(normal(name), spare, 1, _NEAR)), "") for name in absent}
        near = sum(map(bool, nearest.values()))
        score = (len(found.intersection(map(normal, each.columns))), not absent, near)
        if score > best_score and (near or _told_apart(each, found)):
            best, best_score, lacking = each, score, nearest
    return best, lacking


def _told_apart(layout: Layout, found: set[str]) -> bool:
    """Whether a column was found that is not in nearly every file."""
    return bool(found.intersection(map(normal, layout.columns)) - _SHARED)


def _place(header: list[str], sheet: Sheet) -> dict[int, str]:
    """Which position holds which column that the layout reads; names what is left behind."""
    layout = sheet.layout
    if layout is None or not layout.used:
        return {}
    names = {normal(name): name for name in layout.columns}
    kept = {at: names[cell] for at, cell in enumerate(header) if cell in names}
    sheet.repeated = tuple(name for name in names.values() if list(kept.values()).count(name) > 1)
    sheet.dropped = tuple(cell for cell in header if cell in layout.dropped)
    sheet.ignored = tuple(
        cell for cell in header if cell and cell not in names and cell not in layout.dropped
    )
    return {at: name for at, name in kept.items() if header.index(normal(name)) == at}


def _read_rows(text: str, mark: str, width: int, kept: dict[int, str], sheet: Sheet) -> None:
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    columns: dict[int, list[pa.Array]] = {at: [] for at in kept}
    shapely: list[int] = []
    line, headed = 1, False
    while chunk := list(islice(reader, _CHUNK)):
        rows = []
        a_line_each = reader.line_num - line + 1 == len(chunk)
        for cells in chunk:
            start, line = line, line + (1 if a_line_each else 1 + sum(cell.count("\n") for cell in cells))
            if not headed:
                headed = any(map(_says_something, cells))
                continue
            if not cells:
                continue  # an empty line is not a row
            sheet.lines.append(start)
            if len(cells) > width and not any(map(str.strip, cells[width:])):
                cells = cells[:width]  # empty cells to the right of a table, as spreadsheets leave them
            if len(cells) == width:
                shapely.append(len(sheet.lines) - 1)
                rows.append(cells)
            else:
                sheet.misshapen[len(sheet.lines) - 1] = len(cells)
        for at, cells in enumerate(zip(*rows, strict=True)):
            if at in columns:
                columns[at].append(pa.array(cells, pa.string()))
    if kept:
        table = pa.table({name: pa.chunked_array(columns[at], pa.string()) for at, name in kept.items()})
        texts = {str(name): column.str.strip() for name, column in table.to_pandas().items()}
        sheet.frame = pd.DataFrame(texts).set_axis(pd.Index(shapely, dtype="int64"))


def _give_up(text: str, mark: str, sheet: Sheet) -> None:
    """Quotation marks do not pair up: find the row where that begins, and count the lines that are left unread."""
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    start = 1
    try:
        for _ in reader:
            start = reader.line_num + 1
    except csv.Error:
        sheet.unreadable_from = start
    filled = [at for at, line in enumerate(text.split("\n"), start=1) if _says_something(line)]
    sheet.lines, sheet.misshapen = filled[1:], {}
