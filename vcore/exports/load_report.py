"""The report of a load as files to work through: a workbook (counts, by rule, by row) and a CSV of the rows.

What could identify a child was masked before it got into the report. Cells are text from council files, so none may
be taken for a formula. The list of rows is cut where a spreadsheet would become unusable, and says so.
"""

from __future__ import annotations

import io
from math import isnan

import pandas as pd
import xlsxwriter

from vcore.exports.plain_text import plain_text
from vcore.ingest.report import Report
from vcore.ingest.rules.rule import SEVERITY_LABELS

ROWS_SHOWN = 100_000
_WIDEST = 60  # characters of a column
_RULE_HEADINGS = {
    "severity": "How bad",
    "code": "Rule",
    "message": "What is wrong",
    "what_to_do": "What to do",
    "files": "Files",
    "findings": "Times found",
    "children": "Children",
    "first_file": "First in file",
    "first_row": "First in row",
}
_ROW_HEADINGS = {
    "file": "File",
    "sheet": "Sheet",
    "row": "Row",
    "column": "Column",
    "code": "Rule",
    "severity": "How bad",
    "message": "What is wrong",
    "expected": "Expected",
    "found": "Found",
    "what_to_do": "What to do",
}


def as_csv(report: Report) -> bytes:
    """Every finding by row, as UTF-8 that spreadsheets recognise."""
    told = _in_words(report.by_row, _ROW_HEADINGS)
    return told.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def as_workbook(report: Report) -> bytes:
    """Summary, By rule and By row as one XLSX file."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _write(book, "Summary", _summary(report), bold)
        _write(book, "By rule", _in_words(report.by_rule, _RULE_HEADINGS), bold)
        _write(book, "By row", _in_words(report.by_row.head(ROWS_SHOWN), _ROW_HEADINGS), bold)
    return out.getvalue()


def _summary(report: Report) -> pd.DataFrame:
    totals, cost = report.totals, report.totals.weekly_cost_affected_gbp
    lines: list[tuple[str, object]] = [
        ("Authority", report.authority),
        ("As at", f"{report.as_of:%d/%m/%Y}"),
        ("Result", "Refused: nothing was changed" if report.refused else "Can be published"),
        ("Rows read", totals.rows),
        ("Rows valid", totals.valid),
        ("Rows with errors", totals.errors),
        ("Rows with warnings", totals.warnings),
        ("Children with an error or a warning", totals.children_affected),
        ("What those children cost, £ a week", "not known" if isnan(cost) else round(cost)),
        ("Rules that stop the load", totals.blocking),
    ]
    if len(report.by_row) > ROWS_SHOWN:
        lines.append(("By row holds the first", ROWS_SHOWN))
    lines += [
        (f"{file}: {str(name).replace('_', ' ')}", int(count))
        for file, row in report.counts.iterrows()
        for name, count in row.items()
    ]
    lines += [(step, count) for step, count in report.steps]
    lines += [
        (f"Put right before checking, {made.file}, {made.column}: {made.told}", made.rows)
        for made in report.corrections
    ]
    return pd.DataFrame(
        [(plain_text(what), plain_text(count)) for what, count in lines], columns=["What", "Value"]
    )


def _in_words(frame: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    told = frame.assign(severity=frame["severity"].map(SEVERITY_LABELS)) if len(frame) else frame
    return told.astype(object).where(told.notna(), "").map(plain_text).rename(columns=headings)


def _write(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame, bold) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(frame.columns):
        cells = frame[column].tolist()
        wide = max([len(str(cell)) for cell in cells[:1000]] + [len(column)])
        sheet.set_column(at, at, min(wide + 2, _WIDEST))
        sheet.write_string(0, at, column, bold)
        sheet.write_column(1, at, cells)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
