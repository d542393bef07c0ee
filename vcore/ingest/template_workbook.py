"""Our template as one workbook: a sheet a file of the contract, with drop-downs, codes and a read-me.

Like the CSV templates it follows from the layouts alone. The read-me and the codes start with the words by which a
load knows them as ours and passes them over (`workbooks.OURS`).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from vcore.facts.domains import NeedModel
from vcore.ingest.fields import Field, Need
from vcore.ingest.layouts.contract import contract
from vcore.ingest.layouts.layout import Layout
from vcore.ingest.workbooks import OURS

WORKBOOK = "template.xlsx"
ROWS = 10_000  # rows with drop-downs; more may be filled
_READ_ME, _CODES = "Read me", "Codes"
_YES_NO = ("Y", "N")
_WIDEST = 40
_LONGEST_NOTE = 255  # what a spreadsheet shows beside a cell


def template_workbook(needs: NeedModel) -> bytes:
    """The workbook, empty but for headers: an example row left in by mistake would be loaded."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "bg_color": "#f3f2f1", "border": 1}),
        "needed": book.add_format(
            {"bold": True, "bg_color": "#12436D", "font_color": "#ffffff", "border": 1}
        ),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "text": book.add_format({"num_format": "@"}),
    }
    layouts = contract(needs)
    _read_me(book.add_worksheet(_READ_ME), layouts, formats)
    sheets = {layout.name: book.add_worksheet(layout.name) for layout in layouts}
    lists = _codes(book.add_worksheet(_CODES), layouts, formats)
    for layout in layouts:
        _sheet(sheets[layout.name], layout, lists, formats)
    book.close()
    return out.getvalue()


def _read_me(sheet: Worksheet, layouts: tuple[Layout, ...], formats: dict[str, Any]) -> None:
    words = (
        "Fill in the sheets you have and leave the others as they are. Keep the column names; their order does not "
        "matter, and columns of your own are ignored and listed.",
        "Dark column names must be filled in every row. A blank elsewhere means not recorded, never no and never 0.",
        "Dates are day first (31/03/2026). Costs are £ a week, gross. Child numbers become keyed hashes when the "
        "workbook is read. Send no names, no addresses and no UPN.",
        "Load it together with your SSDA903 returns (Header and Episodes at least), as CSV or in this workbook.",
    )
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 70)
    sheet.set_column(3, 4, 34)
    sheet.write_string(0, 0, f"{OURS}: files to load", formats["title"])
    for row, line in enumerate(words, start=1):
        sheet.merge_range(row, 0, row, 4, line, formats["wrap"])
        sheet.set_row(row, 32)
    row = len(words) + 2
    for column, name in enumerate(("Sheet", "Column", "What it holds", "What a cell looks like", "Needed?")):
        sheet.write_string(row, column, name, formats["head"])
    for layout in layouts:
        for field in layout.fields:
            row += 1
            unit = f" ({field.unit})" if field.unit and field.kind != "month" else ""
            told = (layout.name, field.name, f"{field.meaning}{unit}", field.expected, field.need.value)
            for column, cell in enumerate(told):
                sheet.write_string(row, column, cell, formats["wrap"])


def _codes(
    sheet: Worksheet, layouts: tuple[Layout, ...], formats: dict[str, Any]
) -> dict[tuple[str, ...], str]:
    """Every list of codes in a column of its own; where a drop-down finds it."""
    sheet.write_string(0, 0, f"{OURS}: what may be chosen", formats["title"])
    lists: dict[tuple[str, ...], str] = {}
    for layout in layouts:
        for field in layout.fields:
            codes = _choices(field)
            if not codes or codes in lists:
                continue
            column = len(lists)
            letter = chr(ord("A") + column)
            sheet.write_string(2, column, "YES OR NO" if codes == _YES_NO else field.name, formats["head"])
            for row, code in enumerate(codes, start=3):
                sheet.write_string(row, column, code)
            lists[codes] = f"={_CODES}!${letter}$4:${letter}${3 + len(codes)}"
    sheet.set_column(0, len(lists), 28)
    return lists


def _choices(field: Field) -> tuple[str, ...]:
    return _YES_NO if field.kind == "yes_no" else field.codes


def _sheet(
    sheet: Worksheet, layout: Layout, lists: dict[tuple[str, ...], str], formats: dict[str, Any]
) -> None:
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(layout.fields):
        head = "needed" if field.need is Need.FILLED else "head"
        sheet.write_string(0, column, field.name, formats[head])
        style = {"date": "day", "month": "day", "child": "text"}.get(field.kind)
        width = min(_WIDEST, max(12, len(field.name) + 3))
        sheet.set_column(column, column, width, formats[style] if style else None)
        sheet.data_validation(1, column, ROWS, column, _validation(field, lists))


def _validation(field: Field, lists: dict[tuple[str, ...], str]) -> dict[str, Any]:
    """What a cell offers or refuses, and the words beside it."""
    choices = _choices(field)
    rule: dict[str, Any] = {"validate": "any"}
    if choices:
        rule = {"validate": "list", "source": lists[choices]}
    elif field.minimum is not None and field.maximum is not None:
        kind = "integer" if field.kind == "whole" else "decimal"
        rule = {"validate": kind, "criteria": "between", "minimum": field.minimum, "maximum": field.maximum}
    expected = field.expected[0].upper() + field.expected[1:] if not choices else "Choose from the list"
    return rule | {
        "input_title": field.name[:32],
        "input_message": f"{expected}. {field.need.value}."[:_LONGEST_NOTE],
        "error_type": "warning",
        "error_title": "Is that right?",
        "error_message": f"Expected {field.expected}."[:_LONGEST_NOTE],
    }
