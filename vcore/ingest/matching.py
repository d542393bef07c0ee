"""Which of our files a council's table may be, and which column which field: a guess from names and from cells.

A guess is only ever offered. What it says beyond the columns' own names counts when a person has confirmed it, in a
`Mapping`. This module keeps no cell and judges none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import pandas as pd

from vcore.ingest.cells import share_readable
from vcore.ingest.fields import Field
from vcore.ingest.layouts import Layout, normal
from vcore.ingest.layouts.layout import identifies
from vcore.ingest.mapping import Mapping, TableMapping
from vcore.ingest.recognise import best_layout, tells_apart
from vcore.ingest.uploads import Extract

How = Literal[
    "same name", "remembered", "known name", "alike", "by its cells", "identifies a child", "ignored"
]
_SAME, _KNOWN = 1.0, 0.95
_ALIKE = 0.72  # how alike two names must be when the cells fit as well
_TEXT_ALIKE = 0.87  # text fits any cell, so its name must be nearer
_PARTLY = 0.8  # a name that holds all the words of ours: WEEKLY COST (GROSS)
_FITS = 0.8  # the share of a column's cells that must be readable for a name that is only alike
_UNDOUBTED = 0.5  # and for a name that is known
_CODES_TELL = 5  # a list of at least so many codes can be told by its cells alone
_DISTINCT = 2  # and so many different ones must be there
_NEEDED_COUNTS, _OPTIONAL_COUNTS = 1.0, 0.3


@dataclass(frozen=True)
class ColumnMatch:
    """One column as sent, the field it is read as (None: none) and how that was found; the guess before any change."""

    column: str
    field: str | None
    how: How


@dataclass(frozen=True)
class _Column:
    at: int
    name: str
    cells: pd.Series  # distinct texts, blanks out


def guess(
    extracts: Iterable[Extract], layouts: tuple[Layout, ...], remembered: Mapping | None = None
) -> Mapping:
    """A mapping to confirm: what is remembered of a table, else what its names and cells make likely.

    Tables of the same columns share an entry, `seen_in` says which. A table that is like none of ours has no layout.
    """
    found: dict[frozenset[str], TableMapping] = {}
    for extract in extracts:
        if not extract.header:
            continue
        known = remembered.of(extract.header) if remembered else None
        entry = known or _guessed(extract, layouts)
        older = found.get(entry.signature)
        seen_in = (*(older.seen_in if older else ()), extract.name)
        found[entry.signature] = (older or entry).model_copy(update={"seen_in": seen_in})
    return Mapping(tables=tuple(found.values()))


def explained(
    table: TableMapping, layout: Layout | None, remembered: Mapping | None = None
) -> list[ColumnMatch]:
    """How each column of a mapping came to its field, for whoever is to confirm it."""
    fields = {field.name: field for field in layout.fields} if layout else {}
    known = remembered.of(table.columns) if remembered else None
    matches = []
    for column, name in table.columns.items():
        how: How = "ignored"
        if name is None or name not in fields:
            how = "identifies a child" if layout and identifies(column, layout) else "ignored"
        elif known and known.columns.get(column) == name:
            how = "remembered"
        elif normal(column) == normal(name):
            how = "same name"
        elif normal(column) in map(normal, fields[name].also):
            how = "known name"
        else:
            how = "alike" if _likeness(normal(column), fields[name]) >= _ALIKE else "by its cells"
        matches.append(ColumnMatch(column, name, how))
    return matches


def certain(mapping: Mapping, layouts: tuple[Layout, ...], remembered: Mapping | None = None) -> bool:
    """Whether nothing in this guess needs a person's eye: every field goes by its own name or is remembered."""
    known = {layout.name: layout for layout in layouts}
    return all(
        match.how in ("same name", "remembered", "identifies a child", "ignored")
        for table in mapping.tables
        for match in explained(table, known.get(table.layout or ""), remembered)
    )


def _guessed(extract: Extract, layouts: tuple[Layout, ...]) -> TableMapping:
    header = [normal(cell) for cell in extract.header]
    columns = _columns(extract)
    layout, missing = best_layout(header, layouts)
    if layout is None or missing:
        layout = _likeliest(columns, layouts, layout)
    given = _assigned(columns, layout)[0] if layout else {}
    named = {extract.header[at]: field for at, field in given.items()}
    return TableMapping(
        layout=layout.name if layout else None,
        columns=dict.fromkeys(filter(None, extract.header)) | named,
    )


def _columns(extract: Extract) -> list[_Column]:
    sample = extract.sample()
    found = []
    for at, name in enumerate(extract.header):
        cells = pd.Series([row[at] for row in sample], dtype="str")
        found.append(_Column(at, normal(name), cells[cells != ""].drop_duplicates().reset_index(drop=True)))
    return found


def _likeliest(columns: list[_Column], layouts: tuple[Layout, ...], fallback: Layout | None) -> Layout | None:
    """The layout with the most fields found; at least half of the needed ones, and not only what every file has."""
    best, best_score = fallback, 0.0
    for layout in layouts:
        given, score = _assigned(columns, layout)
        fields = set(given.values())
        there = sum(name in fields for name in layout.needed)
        if there < max(min(2, len(layout.needed)), len(layout.needed) / 2) or not tells_apart(
            layout, {normal(name) for name in fields}
        ):
            continue
        if score > best_score:
            best, best_score = layout, score
    return best


def _assigned(columns: Sequence[_Column], layout: Layout) -> tuple[dict[int, str], float]:
    """The field of each position, the likeliest pairs first and each field once; and how well the layout is met."""
    likely = sorted(
        (
            (-score, at, column.at, field)
            for column in columns
            if column.name and not identifies(column.name, layout)
            for at, field in enumerate(layout.fields)
            if (score := _score(column, field, layout.used)) > 0
        ),
        key=lambda each: each[:3],
    )
    given: dict[int, str] = {}
    taken: set[str] = set()
    met = 0.0
    for score, _, at, field in likely:
        if at in given or field.name in taken:
            continue
        given[at] = field.name
        taken.add(field.name)
        met -= score * (_NEEDED_COUNTS if field.need.column else _OPTIONAL_COUNTS)
    return given, met - 0.5 * sum(name not in taken for name in layout.needed)


def _score(column: _Column, field: Field, used: bool) -> float:
    """How likely a column is this field: 0 is not at all, 1 and more go by the name itself."""
    alike = _likeness(column.name, field)
    if alike == _SAME:
        return 2.0
    if not used:
        return 0.0
    told = len(field.codes) >= _CODES_TELL and len(column.cells) >= _DISTINCT
    if alike < _ALIKE and not told:
        return 0.0
    fit = share_readable(column.cells, field) if len(column.cells) else None
    if alike == _KNOWN:
        return _KNOWN if fit is None or fit >= _UNDOUBTED else 0.0
    if alike >= (_TEXT_ALIKE if field.kind in ("text", "child") else _ALIKE):
        return alike * (0.8 if fit is None else fit) if fit is None or fit >= _FITS else 0.0
    return 0.5 if fit == 1 else 0.0


def _likeness(name: str, field: Field) -> float:
    return _alike(name, (field.name, *field.also))


@lru_cache(maxsize=8192)
def _alike(name: str, ours: tuple[str, ...]) -> float:
    """How alike a column's name (normal) and a field's names, its own first, are: 0–1."""
    own, *others = map(normal, ours)
    if name == own:
        return _SAME
    if name in others:
        return _KNOWN
    words = set(name.split("_"))
    best = 0.0
    matcher = SequenceMatcher(b=name)
    for each in (own, *others):
        parts = each.split("_")
        if len(parts) > 1 and words.issuperset(parts):
            best = max(best, _PARTLY)
        matcher.set_seq1(each)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            best = max(best, matcher.ratio())
    return min(best, 0.94)
