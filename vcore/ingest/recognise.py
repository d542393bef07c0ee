"""A table as it was sent, recognised by its columns and read as text. Its name decides nothing.

Headers are compared without regard to case, spaces or punctuation; a confirmed mapping goes before what names say.
Columns that a layout does not read are named and left behind here, so that nothing identifying travels on.
This module judges no cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

import pandas as pd

from vcore.ingest.layouts import Layout, normal
from vcore.ingest.layouts.layout import identifies
from vcore.ingest.mapping import Mapping
from vcore.ingest.uploads import Extract

_NEAR = 0.5  # how alike a column name must be to be named as the nearest: COST is near WEEKLY_COST
_FEWEST = 2  # an incomplete file is recognised by half of its needed columns, and never by fewer than this
_SHARED = frozenset({"CHILD", "DOB", "SEX"})  # columns so common that they say nothing about a file


@dataclass
class Sheet:
    """One table: what it is and its cells as text. `frame` has one row a data row of the right shape.

    `lines`, `misshapen` and `unreadable_from` are as in `delimited.Rows`; `missing` names each needed column that is
    not there and the nearest one found.
    """

    name: str
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    formulas: int = 0
    layout: Layout | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    lines: list[int] = field(default_factory=list)
    misshapen: dict[int, int] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unreadable_from: int | None = None


def recognise(extract: Extract, layouts: tuple[Layout, ...], mapping: Mapping | None = None) -> Sheet:
    """Read one table. Never raises on what is in it: what is not text has no layout and no rows.

    A table that `mapping` names is read as it says, every other one by the names of its columns alone.
    """
    sheet = Sheet(extract.name, extract.sha256, extract.encoding, extract.delimiter, extract.formulas)
    if not extract.header:
        return sheet
    header = [normal(cell) for cell in extract.header]
    confirmed = mapping.of(extract.header) if mapping else None
    if confirmed:
        sheet.layout = next((each for each in layouts if each.name == confirmed.layout), None)
        names = {normal(column): name for column, name in confirmed.columns.items() if name}
        given = set(names.values())
        needed = sheet.layout.needed if sheet.layout else ()
        sheet.missing = {name: "" for name in needed if name not in given}
    else:
        sheet.layout, sheet.missing = best_layout(header, layouts)
        names = {normal(name): name for name in sheet.layout.columns} if sheet.layout else {}
    kept = _place(header, names, sheet)
    rows = extract.table.rows(kept)
    sheet.frame, sheet.lines, sheet.misshapen = rows.frame, rows.lines, rows.misshapen
    sheet.unreadable_from = rows.unreadable_from
    return sheet


def best_layout(header: list[str], layouts: tuple[Layout, ...]) -> tuple[Layout | None, dict[str, str]]:
    """The layout most of these columns (normal) belong to, and for each needed one missing the nearest found."""
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
        if score > best_score and (near or tells_apart(each, found)):
            best, best_score, lacking = each, score, nearest
    return best, lacking


def tells_apart(layout: Layout, found: set[str]) -> bool:
    """Whether a column was found that is not in nearly every file."""
    return bool(found.intersection(map(normal, layout.columns)) - _SHARED)


def _place(header: list[str], names: dict[str, str], sheet: Sheet) -> dict[int, str]:
    """Which position holds which column that the layout reads; names what is left behind."""
    layout = sheet.layout
    if layout is None or not layout.used:
        return {}
    kept = {at: names[cell] for at, cell in enumerate(header) if cell in names}
    given = list(kept.values())
    sheet.repeated = tuple(name for name in layout.columns if given.count(name) > 1)
    left = [cell for cell in header if cell and cell not in names]
    sheet.dropped = tuple(cell for cell in left if identifies(cell, layout))
    sheet.ignored = tuple(cell for cell in left if not identifies(cell, layout))
    return {at: name for at, name in kept.items() if given.index(name) == list(kept).index(at)}
