"""Cells to values: every column of a file read by the kind its field says, with a finding for each bad cell.

Distinct texts are read once and dealt back to their rows, so a column of 400,000 cells costs little more than its
few thousand different dates. This module knows no file by name and compares no two columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vcore.ingest.dates import known_parts, month_first, parse_dates, parse_financial_years
from vcore.ingest.fields import Field, Need
from vcore.ingest.findings import Findings
from vcore.ingest.layouts import Layout, normal

DTYPES: dict[str, Any] = {
    "date": "datetime64[us]",
    "month": "datetime64[us]",
    "yes_no": "boolean",
} | dict.fromkeys(("money", "whole", "decimal"), "float64")  # every other kind is text
DATES = ("date", "month", "part_date")
_AMOUNT = r"^-?(?:\d+|\d{1,3}(?:,\d{3})+|(?=\.\d))(?:\.\d+)?$"
_NUMBERS = ("money", "whole", "decimal")
_MANGLED = r"\d(?:\.\d+)?E\+\d+"  # how a spreadsheet shows a number too long for it: the last digits are gone
_YES_NO = dict.fromkeys(("Y", "YES", "TRUE", "1"), True) | dict.fromkeys(("N", "NO", "FALSE", "0"), False)
TURNED_DATES = (
    2  # one date that only reads month first is a slip; two and none the other way round are a habit
)
_NEAR = 0.5  # how alike a code must be to be named as the nearest: R5 is near R4
_NEAREST_SOUGHT = 200  # distinct unknown codes for which the nearest valid one is looked up


class Cells(NamedTuple):
    """What a file's cells hold: the values, the date styles met, and of each column of numbers how often each readable
    one comes, too large or too small ones included."""

    values: pd.DataFrame
    styles: tuple[str, ...]
    numbers: dict[str, pd.Series]


def read_cells(
    frame: pd.DataFrame, layout: Layout, file: str, findings: Findings, *, this_year: int
) -> Cells:
    """The file's cells (text, "" for blank) as values, one column a field.

    Columns the file lacks are empty. A bad cell is empty too, with a finding against its row.
    """
    values: dict[str, pd.Series] = {}
    numbers: dict[str, pd.Series] = {}
    styles: set[str] = set()
    for field in layout.fields:
        dtype = DTYPES.get(field.kind, "str")
        if field.name not in frame:
            values[field.name] = pd.Series(None, index=frame.index, dtype=dtype)
            continue
        positions, distinct = pd.factorize(frame[field.name])
        text = pd.Series(distinct, dtype="str")
        if field.kind in DATES:
            read = parse_dates(text, this_year=this_year, months=field.kind == "month")
            styles |= set(read["style"].dropna())
            if month_first(text, read["date"]).sum() >= TURNED_DATES:
                findings.add_file("DATES_MONTH_FIRST", file, field.name, expected=field.expected)
            value = known_parts(text, read["date"]) if field.kind == "part_date" else read["date"]
            fault = _unless(value.notna(), "DATE_UNREADABLE")
        else:
            value, fault = _read(text, field)
            if field.kind in _NUMBERS:
                often = pd.Series(np.bincount(positions, minlength=len(text)), index=value.index)
                numbers[field.name] = often.groupby(value.to_numpy()).sum()
        blank = text == ""
        fault[blank] = "CELL_MISSING" if field.need is Need.FILLED else ""
        _report(frame.index, positions, text, fault, field, findings)
        value = value.where(fault == "").astype(dtype)
        values[field.name] = value.take(positions).set_axis(frame.index)
    return Cells(pd.DataFrame(values, index=frame.index), tuple(sorted(styles)), numbers)


def share_readable(text: pd.Series, field: Field) -> float:
    """Which share of these distinct texts, none blank, this field could hold, 0–1."""
    if field.kind in DATES:
        read = parse_dates(text, this_year=date.today().year, months=field.kind == "month")["date"]
        return float((known_parts(text, read) if field.kind == "part_date" else read).notna().mean())
    return float((_read(text, field)[1] == "").mean())


def _unless(fine: pd.Series, code: str) -> pd.Series:
    """The fault of each distinct text: none where it is fine."""
    return pd.Series(code, index=fine.index, dtype="str").mask(fine, "")


def _read(text: pd.Series, field: Field) -> tuple[pd.Series, pd.Series]:
    """Distinct texts of a column that holds no dates, as values, and the fault of each ("" for none)."""
    match field.kind:
        case "code":
            valid = {normal(code): code for code in field.codes}
            value = text.map(lambda cell: valid.get(normal(cell))).astype("str")
            return value, _unless(value.notna(), "CODE_UNKNOWN")
        case "yes_no":
            value = text.str.upper().map(_YES_NO).astype("boolean")
            return value, _unless(value.notna(), "VALUE_LEFT_BLANK")
        case "financial_year":
            value = parse_financial_years(text)
            return value, _unless(value.notna(), "YEAR_UNREADABLE")
        case "money" | "whole" | "decimal":
            return _read_numbers(text, field)
        case "child":
            # a spreadsheet that took the number for a decimal writes 1234.0
            value = text.str.upper().str.replace(r"^(\d+)\.0$", r"\1", regex=True)
            return value.mask(text == ""), _unless(~value.str.fullmatch(_MANGLED), "CHILD_MANGLED")
        case _:
            value = text
    return value.mask(text == ""), _unless(text.notna(), "")


def amounts(text: pd.Series, *, money: bool = True) -> pd.Series:
    """Numbers as councils write them (5400, 5,400.00, and for money £5,400 and (500)); NaN where one cannot be read."""
    plain = text.str.replace(" ", "")
    if money:
        plain = plain.str.replace(r"^\((.+)\)$", r"-\1", regex=True).str.replace("£", "")
    readable = plain.str.contains(_AMOUNT, regex=True)
    return pd.to_numeric(plain.where(readable).str.replace(",", ""), errors="coerce").astype("float64")


def _read_numbers(text: pd.Series, field: Field) -> tuple[pd.Series, pd.Series]:
    value = amounts(text, money=field.kind == "money")
    readable = value.notna()
    if field.kind == "whole":
        readable &= value % 1 == 0
    low, high = field.minimum, field.maximum
    in_range = value.abs() < float("inf")
    in_range &= (low is None or value >= low) & (high is None or value <= high)
    return value, _unless(in_range, "NUMBER_OUT_OF_RANGE").where(readable, "NUMBER_UNREADABLE")


def _report(
    rows: pd.Index, positions, text: pd.Series, fault: pd.Series, field: Field, findings: Findings
) -> None:
    faulty = fault[fault != ""]
    if faulty.empty:
        return
    nearest = _nearest(text[faulty.index], field) if field.kind == "code" else pd.Series(dtype="str")
    expected = pd.Series(field.expected, index=text.index)
    expected[nearest.index] = nearest + " (nearest), or " + field.expected
    found = text.map(lambda cell: shown(str(cell), field))
    found[nearest.index] = text[nearest.index]
    for code in faulty.unique():
        at = pd.Index(faulty.index[faulty == code])
        mask = pd.Series(positions).isin(at).to_numpy()
        code = code if field.need.strict else "VALUE_LEFT_BLANK"
        findings.add(
            code,
            rows[mask],
            field.name,
            found=list(found.take(positions[mask])),
            expected=list(expected.take(positions[mask])),
        )


def _nearest(text: pd.Series, field: Field) -> pd.Series:
    """The valid code nearest to each unknown one, where one is near at all."""
    sought = text[text != ""].head(_NEAREST_SOUGHT)
    valid = {normal(code): code for code in field.codes}
    found = sought.map(lambda cell: _nearest_of(normal(cell), valid)).dropna()
    return found.map(valid).astype("str")


def _nearest_of(cell: str, valid: Iterable[str]) -> str | None:
    """The most alike, and of those as good as any one that begins the same: R4 is nearer to R5 than to U4."""
    return min(get_close_matches(cell, valid, 5, _NEAR), key=lambda code: code[:1] != cell[:1], default=None)


def shown(cell: str, field: Field) -> str:
    """A bad cell as a message may show it: whole where it cannot identify anybody, else its shape alone.

    Words (a name in the wrong column) and long numbers outside number columns (a child's number) are not shown.
    """
    word = sum(map(str.isalpha, cell)) > 3
    number = field.kind not in _NUMBERS and bool(re.search(r"\d{5}", cell))
    if field.private or word or number:
        return "".join("•" if each.isalnum() else each for each in cell[:30])
    return cell[:30]
