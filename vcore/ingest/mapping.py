"""Which of a council's tables is which of our files, and which column which of ours: confirmed once, then remembered.

A table is known again by the names of its columns, whatever its file is called and whatever their order. A mapping
holds column names and nothing of any row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from vcore.errors import InvalidChoice, RefusedLoad
from vcore.ingest.layouts import Layout, normal
from vcore.ingest.layouts.layout import identifies

_ROWS_TOLD = 5


class TableMapping(BaseModel):
    """One table: the layout it is read as (None: left out) and, for every column it has, our field or None: ignored.

    `seen_in` names the files it was met in, for whoever reads the mapping; it decides nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    layout: str | None
    columns: dict[str, str | None]
    seen_in: tuple[str, ...] = ()

    @property
    def signature(self) -> frozenset[str]:
        """What a table is known by."""
        return signature(self.columns)


class Mapping(BaseModel):
    """What was confirmed, a table at a time."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: Literal[1] = 1
    tables: tuple[TableMapping, ...] = ()

    def of(self, header: Iterable[str]) -> TableMapping | None:
        """The mapping of a table with this header; None when none was confirmed."""
        wanted = signature(header)
        return next((each for each in self.tables if each.signature == wanted), None)

    def with_tables(self, newer: Iterable[TableMapping]) -> Mapping:
        """The same with these added, each in place of an older one of the same columns."""
        newer = tuple(newer)
        replaced = {each.signature for each in newer}
        return Mapping(tables=(*(each for each in self.tables if each.signature not in replaced), *newer))

    def to_keep(self) -> Mapping:
        """What may be remembered: tables that are loaded, without the names of files."""
        return Mapping(
            tables=tuple(each.model_copy(update={"seen_in": ()}) for each in self.tables if each.layout)
        )

    def as_json(self) -> str:
        """The mapping as its file holds it."""
        return json.dumps(self.model_dump(), indent=1, ensure_ascii=False) + "\n"


def signature(header: Iterable[str]) -> frozenset[str]:
    """What a table with these column names is known by: neither order nor case nor punctuation count."""
    return frozenset(filter(None, map(normal, header)))


def read_mapping(text: str, layouts: tuple[Layout, ...], *, name: str = "The mapping") -> Mapping:
    """A mapping from its file. Raises `RefusedLoad` naming each key, layout or field that does not exist."""
    try:
        found = Mapping.model_validate_json(text)
    except ValidationError as error:
        told = [_told(each["loc"], each["type"], each["msg"]) for each in error.errors()[:_ROWS_TOLD]]
        raise RefusedLoad(f"{name} cannot be used: {'; '.join(told)}. {_AGAIN}") from None
    check_mapping(found, layouts, name=name)
    return found


_AGAIN = "Write a fresh one with `python -m vcore check FOLDER --write-mapping FILE` and change that."
_FIELDS = ("version", "tables", "layout", "columns", "seen_in")


def check_mapping(mapping: Mapping, layouts: tuple[Layout, ...], *, name: str = "The mapping") -> None:
    """Raises `RefusedLoad` for a layout or field that does not exist, a field given twice, or an identifying column."""
    known = {layout.name: layout for layout in layouts}
    wrong: list[str] = []
    for table in mapping.tables:
        where = ", ".join(table.seen_in) or f"the table with {', '.join(list(table.columns)[:3])}"
        if table.layout is None:
            continue
        if table.layout not in known:
            wrong.append(f"{where}: {InvalidChoice('layout', table.layout, known)}")
            continue
        wrong += [f"{where}: {words}" for words in _wrong_columns(table, known[table.layout])]
    if wrong:
        raise RefusedLoad("\n".join([f"{name} cannot be used.", *wrong, "Nothing was loaded."]))


def _wrong_columns(table: TableMapping, layout: Layout) -> list[str]:
    taken: dict[str, str] = {}
    wrong = []
    for column, field in table.columns.items():
        if field is None:
            continue
        if field not in layout.columns:
            wrong.append(
                f"column {column}: {InvalidChoice(f'field of {layout.name}', field, layout.columns)}"
            )
        elif identifies(column, layout):
            wrong.append(f"column {column} identifies a child and is never read. Set it to null.")
        elif field in taken:
            wrong.append(f"{field} is given twice, by {taken[field]} and {column}. Set one of them to null.")
        else:
            taken[field] = column
    return wrong


def _told(where: tuple[int | str, ...], kind: str, message: str) -> str:
    place = " → ".join(str(each + 1) if isinstance(each, int) else each for each in where)
    if kind == "extra_forbidden":
        return str(InvalidChoice("key of a mapping", where[-1], _FIELDS)).rstrip(".")
    if kind == "missing":
        return f"{place} is missing"
    if kind == "json_invalid":
        return "it is not a JSON file"
    return f"{place}: {message[:1].lower()}{message[1:]}"
