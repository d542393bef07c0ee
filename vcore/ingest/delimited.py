"""Text in rows and cells: its encoding, what parts its cells and where its header stands are found out here.

Text may be UTF-8 (with or without a byte-order mark), UTF-16 or Windows-1252; commas, semicolons, tabs or upright
bars part the cells. Lines above the header that hold one cell, such as a title, are passed over.
This module knows no column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pandas as pd
import pyarrow as pa

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_CHUNK = 500  # rows made into columns at a time: more lists alive keep the garbage collector busy
_ABOVE = 10  # lines that may stand above a header
_NOTHING = "".join(DELIMITERS) + ' "'


@dataclass
class Rows:
    """A table's data rows as text: `frame` has one row for each of the right shape, blanks stripped.

    `lines` holds the physical line each data row starts on, `misshapen` the cells counted in rows that have more or
    fewer than the header; both number rows in file order. `unreadable_from` is the line from which it could not be
    read.
    """

    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    lines: list[int] = field(default_factory=list)
    misshapen: dict[int, int] = field(default_factory=dict)
    unreadable_from: int | None = None


def decode(content: bytes) -> tuple[str, str]:
    """The text with plain line ends and the name of its encoding; "" twice when it is not text."""
    encodings = [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]
    if content.startswith(b"\xef\xbb\xbf"):
        encodings.insert(0, ("utf-8-sig", "UTF-8 with a byte-order mark"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = [("utf-16", "UTF-16")]
    for encoding, label in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n"), label
    return "", ""


@dataclass(frozen=True)
class Delimited:
    """The text of one file, and how it is parted. Its rows are made only when they are asked for."""

    text: str
    mark: str = ","
    header: tuple[str, ...] = ()
    above: int = 0  # rows with anything in them that stand above the header

    @property
    def delimiter(self) -> str:
        """What parts the cells, in a word; "" for a file without any."""
        return DELIMITERS[self.mark] if self.header else ""

    def sample(self, rows: int) -> list[list[str]]:
        """The first rows of the right shape, as texts."""
        found: list[list[str]] = []
        try:
            for cells in islice(self._told(), self.above + 1, self.above + 1 + rows):
                if len(cells) >= len(self.header):
                    found.append([cell.strip() for cell in cells[: len(self.header)]])
        except csv.Error:
            pass  # the reading proper says so
        return found

    def rows(self, kept: dict[int, str]) -> Rows:
        """The data rows; `kept` names the positions to read."""
        found = Rows()
        try:
            self._read(kept, found)
        except csv.Error:
            self._give_up(found)
        return found

    def _told(self) -> Iterator[list[str]]:
        reader = csv.reader(io.StringIO(self.text), delimiter=self.mark, strict=True)
        return (cells for cells in reader if _says_something(cells))

    def _read(self, kept: dict[int, str], found: Rows) -> None:
        reader = csv.reader(io.StringIO(self.text), delimiter=self.mark, strict=True)
        columns: dict[int, list[pa.Array]] = {at: [] for at in kept}
        shapely: list[int] = []
        width, line, ahead = len(self.header), 1, self.above + 1
        while chunk := list(islice(reader, _CHUNK)):
            a_line_each = reader.line_num - line + 1 == len(chunk)
            if a_line_each and not ahead and set(map(len, chunk)) == {width}:
                shapely.extend(range(len(found.lines), len(found.lines) + len(chunk)))
                found.lines.extend(range(line, line + len(chunk)))
                line += len(chunk)
                rows = chunk
            else:
                rows, line, ahead = self._sorted_out(chunk, line, ahead, a_line_each, found, shapely)
            for at, cells in enumerate(zip(*rows, strict=True)):
                if at in columns:
                    columns[at].append(pa.array(cells, pa.string()))
        if kept:
            found.frame = framed({name: columns[at] for at, name in kept.items()}, shapely)

    def _sorted_out(
        self,
        chunk: list[list[str]],
        line: int,
        ahead: int,
        a_line_each: bool,
        found: Rows,
        shapely: list[int],
    ) -> tuple[list[list[str]], int, int]:
        """The rows of the right shape among those that may be anything; the line and lines ahead after them."""
        width, rows = len(self.header), []
        for cells in chunk:
            start, line = line, line + (1 if a_line_each else 1 + sum(cell.count("\n") for cell in cells))
            if ahead:
                ahead -= _says_something(cells)
                continue
            if not cells:
                continue  # an empty line is not a row
            found.lines.append(start)
            if len(cells) > width and not any(map(str.strip, cells[width:])):
                cells = cells[:width]  # empty cells to the right of a table, as spreadsheets leave them
            if len(cells) == width:
                shapely.append(len(found.lines) - 1)
                rows.append(cells)
            else:
                found.misshapen[len(found.lines) - 1] = len(cells)
        return rows, line, ahead

    def _give_up(self, found: Rows) -> None:
        """Quotation marks do not pair up: find the row where that begins, and count the lines that are left unread."""
        reader = csv.reader(io.StringIO(self.text), delimiter=self.mark, strict=True)
        start = 1
        try:
            for _ in reader:
                start = reader.line_num + 1
        except csv.Error:
            found.unreadable_from = start
        filled = [at for at, line in enumerate(self.text.split("\n"), start=1) if _says_something([line])]
        found.lines, found.misshapen = filled[self.above + 1 :], {}


def framed(columns: dict[str, list[pa.Array]], index: list[int]) -> pd.DataFrame:
    """Columns of text, blanks stripped, one row for each number in `index`."""
    table = pa.table({name: pa.chunked_array(parts, pa.string()) for name, parts in columns.items()})
    texts = {str(name): column.str.strip() for name, column in table.to_pandas().items()}
    return pd.DataFrame(texts).set_axis(pd.Index(index, dtype="int64"))


def parted(text: str) -> Delimited:
    """How a text is parted and what its header is. Never raises: a text without a header has none."""
    told = [line for line in islice(text.split("\n"), _ABOVE * 2) if _says_something([line])][:_ABOVE]
    if not told:
        return Delimited(text)
    marks = [max(DELIMITERS, key=lambda mark, line=line: _filled(line, mark)) for line in told]
    above = next((at for at, line in enumerate(told) if _filled(line, marks[at]) > 1), 0)
    mark = marks[above]
    found = Delimited(text, mark, (), above)
    try:
        header = next(islice(found._told(), above, None))
    except csv.Error:  # a cell longer than any column name
        return Delimited(text)
    return Delimited(text, mark, tuple(cell.strip() for cell in header), above)


def _says_something(cells: list[str]) -> bool:
    return any(cell.strip(_NOTHING) for cell in cells)


def _filled(line: str, mark: str) -> int:
    """How many cells with something in them a line has when parted this way."""
    try:
        return sum(map(bool, map(str.strip, next(csv.reader([line], delimiter=mark)))))
    except csv.Error:
        return 0
