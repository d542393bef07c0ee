"""The workbook as it is written: sheets row by row, cells with a style, a name and, where live, a formula.

Every formula is written with its value, so that a reader that does not calculate shows the same. Text is always
text. Rows are let go of once written, so 84,000 of them need no memory. Knows nothing of scenarios.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from typing import Any, Literal, NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from vcore.exports.plain_text import plain_text

Value = float | int | str | date | None
Style = Literal[
    "text", "wrap", "strong", "title", "heading", "number", "weight", "gbp", "left_gbp", "pence", "share", "date",
    "month", "one_place", "plain_number", "heading_right", "hidden",
    "input_number", "input_gbp", "input_share", "input_date", "total", "total_words", "quiet", "factor",
]  # fmt: skip
_POUNDS = "#,##0_);(#,##0);0_)"
_INPUT = {"font_color": "#1D4F91", "bg_color": "#FFF8DB", "border": 1, "border_color": "#BFBFBF"}
_FORMATS: dict[Style, dict[str, object]] = {
    "text": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True},
    "title": {"bold": True, "font_size": 16},
    "heading": {
        "bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": "#E8EDF4",
    },
    "heading_right": {
        "bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": "#E8EDF4", "align": "right",
    },
    "plain_number": {"num_format": "General"},
    "hidden": {"align": "right"},
    "number": {"num_format": "#,##0_)"},
    "weight": {"num_format": "0.000_);(0.000);0_)"},
    "gbp": {"num_format": _POUNDS},
    "left_gbp": {"num_format": _POUNDS, "align": "left"},
    "pence": {"num_format": "#,##0.00_);(#,##0.00);0_)"},
    "share": {"num_format": "0.0%_)"},
    "factor": {"num_format": "0.0000_)"},
    "one_place": {"num_format": "#,##0.0_);(#,##0.0);0_)"},
    "date": {"num_format": "d mmmm yyyy", "align": "right"},
    "month": {"num_format": "mmm yyyy", "align": "left"},
    "input_number": {"num_format": "General", **_INPUT},
    "input_gbp": {"num_format": _POUNDS, **_INPUT},
    "input_share": {"num_format": "0.0%", **_INPUT},
    "input_date": {"num_format": "d mmmm yyyy", "align": "right", **_INPUT},
    "total": {"num_format": _POUNDS, "bold": True, "top": 1},
    "total_words": {"bold": True, "top": 1},
    "quiet": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
}  # fmt: skip
LINE_POINTS = 12.5


class Cell(NamedTuple):
    """One cell. `formula` empty: the value itself; `name`: what formulas elsewhere call it."""

    value: Value
    style: Style = "text"
    formula: str = ""
    name: str = ""


class Bulk(NamedTuple):
    """A column of many rows: values, a formula with `#` for the row (empty: none), and which rows have a cell."""

    values: Sequence[float | str]
    style: Style
    formula: str = ""
    where: Sequence[bool] | None = None


class Sheets:
    """A workbook that is being written; `finished` gives its bytes."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        self.book = xlsxwriter.Workbook(self._bytes, {"constant_memory": True})
        self.book.set_calc_mode("auto")
        self.formats = {
            style: self.book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **look})
            for style, look in _FORMATS.items()
        }

    def sheet(self, title: str, widths: Iterable[float], *, wide: bool = False) -> Sheet:
        """A new sheet with columns so wide."""
        return Sheet(self, title, widths, wide=wide)

    def name(self, name: str, where: str) -> None:
        """Gives a cell or a range a name for the whole workbook."""
        self.book.define_name(name, f"={where}")

    def finished(self) -> bytes:
        """The file. Nothing can be written after it."""
        self.book.close()
        return self._bytes.getvalue()


class Sheet:
    """One sheet, written from the top down."""

    def __init__(self, sheets: Sheets, title: str, widths: Iterable[float], *, wide: bool) -> None:
        self._sheets = sheets
        self.title = title
        self.at = 0
        page = sheets.book.add_worksheet(title, _Page)
        assert isinstance(page, _Page)
        self.page = page
        self._widths = list(widths)
        for column, width in enumerate(self._widths):
            self.page.set_column(column, column, width)
        self.page.hide_gridlines(2)
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&L&A&RPage &P of &N")
        if wide:
            self.page.set_landscape()

    @property
    def next_row(self) -> int:
        """The number, from 1, of the row that comes next."""
        return self.at + 1

    def line(self, *cells: Cell | Value) -> int:
        """Writes a row and gives its number, from 1. A bare value is plain."""
        made = [given if isinstance(given, Cell) else Cell(given) for given in cells]
        lines = max(
            (self._lines(cell, width) for cell, width in zip(made, self._widths, strict=False)), default=1
        )
        if lines > 1:
            self.page.set_row(self.at, LINE_POINTS * lines + 2)
        for column, cell in enumerate(made):
            self.put(column, cell)
        self.at += 1
        return self.at

    @staticmethod
    def _lines(cell: Cell, width: float) -> int:
        """How many lines a wrapped text takes: no row grows by itself once it is written."""
        wraps = cell.style in ("wrap", "quiet", "heading", "heading_right") and isinstance(cell.value, str)
        return ceil(len(str(cell.value)) * 0.85 / width) if wraps else 1

    def put(self, column: int, cell: Cell) -> None:
        """Writes one cell of the row that comes next."""
        look = self._sheets.formats[cell.style]
        if cell.name:
            self._sheets.name(cell.name, f"'{self.title}'!${xl_col_to_name(column)}${self.at + 1}")
        if cell.formula:
            value: Any = "" if cell.value is None else cell.value
            self.page.write_formula(
                self.at, column, cell.formula, look, _serial(value) if isinstance(value, date) else value
            )
        elif cell.value is None:
            self.page.write_blank(self.at, column, None, look)
        elif isinstance(cell.value, str):
            self.page.write_string(self.at, column, plain_text(cell.value), look)
        elif isinstance(cell.value, date):
            self.page.write_datetime(self.at, column, datetime.combine(cell.value, time()), look)
        else:
            self.page.write_number(self.at, column, cell.value, look)

    def gap(self) -> None:
        """An empty row."""
        self.at += 1

    def title_line(self, words: str, below: str = "") -> None:
        """The sheet's title, and a line under it."""
        self.page.set_row(self.at, 24)
        self.line(Cell(words, "title"))
        if below:
            self.line(Cell(below))
        self.gap()

    def headings(self, *words: str, left: Container[int] = (0,), freeze: bool = False) -> None:
        """A row of column headings, over words on the `left`; `freeze` keeps all up to here in sight."""
        self.line(
            *(Cell(word, "heading" if at in left else "heading_right") for at, word in enumerate(words))
        )
        if freeze:
            self.page.freeze_panes(self.at, 0)

    def bulk(self, columns: Sequence[Bulk]) -> None:
        """Writes rows of many placements at once: `columns` have a value a row."""
        first, cells = self.next_row, []
        for at, column in enumerate(columns):
            mark = f'" s="{self._sheets.formats[column.style]._get_xf_index()}"'
            cells.append(_cells(column, xl_col_to_name(at), first, mark))
        rows = ["".join(row) for row in zip(*cells, strict=True)]
        if rows:
            self.page.write_rows(first, len(columns), rows)
            self.at += len(rows)

    def name_column(self, name: str, column: int, first: int, last: int) -> None:
        """Names rows `first` to `last` (from 1) of a column."""
        letter = xl_col_to_name(column)
        self._sheets.name(name, f"'{self.title}'!${letter}${first}:${letter}${last}")


class _Page(Worksheet):
    """A sheet without XlsxWriter's search of each formula for functions newer than Excel 2010, which takes most of
    the time and finds none here; and with many rows at once."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def write_rows(self, first: int, width: int, rows: Sequence[str]) -> None:
        """Rows from number `first` (from 1), ready as the file has them: cell by cell takes ten times as long."""
        self._write_single_row(first - 1)
        self._check_dimensions(first - 1, 0)
        self._check_dimensions(first + len(rows) - 2, width - 1)
        file = self.row_data_fh
        assert file is not None, "rows are written as they come"
        file.writelines(f'<row r="{at}">{cells}</row>' for at, cells in enumerate(rows, first))
        self.previous_row = first + len(rows) - 1


def _serial(day: date) -> int:
    """The day as spreadsheets count it."""
    return (day - date(1899, 12, 30)).days


def _cells(column: Bulk, letter: str, first: int, mark: str) -> list[str]:
    """The cells of a column as the file has them; empty where there is none."""
    values, numbers = column.values, range(first, first + len(column.values))
    if values and isinstance(values[0], str):
        texts = {text: escape(plain_text(text)) for text in set(values)}
        made = [
            f'<c r="{letter}{n}{mark} t="inlineStr"><is><t>{texts[text]}</t></is></c>'
            for n, text in zip(numbers, values, strict=True)
        ]
    elif column.formula:
        around = escape(column.formula.removeprefix("=")).split("#")
        made = [
            f'<c r="{letter}{n}{mark}><f>{str(n).join(around)}</f><v>{value!r}</v></c>'
            for n, value in zip(numbers, values, strict=True)
        ]
    else:
        made = [
            f'<c r="{letter}{n}{mark}><v>{value!r}</v></c>' for n, value in zip(numbers, values, strict=True)
        ]
    if column.where is None:
        return made
    return [cell if there else "" for cell, there in zip(made, column.where, strict=True)]
