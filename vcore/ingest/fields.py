"""One column of a file that a council sends: what its cells must look like and how much hangs on it.

Types, units, limits and code lists come from the column registry wherever the column is stored as it was
sent; only what is never stored as sent (the return's own codes) is spelled out in `layouts`.
This module never reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from vcore.facts.columns import Column, columns

Kind = Literal[
    "child",
    "text",
    "code",
    "date",
    "part_date",
    "month",
    "money",
    "whole",
    "decimal",
    "yes_no",
    "financial_year",
]
CODES_SHOWN = 14  # a longer list of codes is cut in a message and whole in the data dictionary


class Need(Enum):
    """How much a load depends on a column."""

    FILLED = "Needed in every row"
    READABLE = "The column is needed; a cell may be blank"
    DESCRIPTIVE = "The column is needed; a cell may be blank, and one that cannot be read is taken as blank"
    CHECKED = "Optional"
    OPTIONAL = "Optional; a cell that cannot be read is taken as blank"

    @property
    def column(self) -> bool:
        """Whether the file is refused without the column."""
        return self in (Need.FILLED, Need.READABLE, Need.DESCRIPTIVE)

    @property
    def strict(self) -> bool:
        """Whether a cell that cannot be read sets its row aside (else it is left blank, with a warning)."""
        return self in (Need.FILLED, Need.READABLE, Need.CHECKED)


@dataclass(frozen=True)
class Field:
    """One column. `private` cells are never shown in a message, only their shape; `also` is what others call it."""

    name: str
    kind: Kind
    need: Need
    example: str = ""
    meaning: str = ""
    codes: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    private: bool = False
    also: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What a cell should hold, in words."""
        return {
            "child": "the council's own number for the child",
            "text": "text",
            "code": "one of " + _listed(self.codes),
            "date": "a date, day first, such as 31/03/2026",
            "part_date": "a date such as 31/03/2026, or zz/03/2026 or zz/zz/2026 where only a part is known",
            "month": "a month, such as 01/04/2026 or 2026-04",
            "money": "an amount such as 5400 or £5,400.00" + self._limits,
            "whole": "a whole number" + self._limits,
            "decimal": "a number" + self._limits,
            "yes_no": "Y, N or blank",
            "financial_year": "a financial year such as 2025/26",
        }[self.kind]

    @property
    def _limits(self) -> str:
        if self.minimum is None or self.maximum is None:
            return ""
        return f" from {self.minimum:,.0f} to {self.maximum:,.0f}"


def _listed(codes: tuple[str, ...]) -> str:
    if len(codes) <= CODES_SHOWN:
        return ", ".join(codes)
    return ", ".join(codes[:CODES_SHOWN]) + f" … ({len(codes)} codes)"


def stored(
    name: str,
    column: str,
    need: Need,
    example: str = "",
    *,
    meaning: str = "",
    private: bool = False,
    also: str = "",
) -> Field:
    """The field of a column that is stored as sent, such as `cost.weekly_cost_gbp`: all else is the registry's.

    `also` names what others call it, words parted by spaces.
    """
    table, _, column_name = column.partition(".")
    found = next(each for each in columns(table) if each.column == column_name)
    return Field(
        name,
        _kind(found),
        need,
        example,
        meaning=meaning or found.meaning,
        codes=found.values,
        minimum=found.minimum,
        maximum=found.maximum,
        unit=found.unit,
        private=private,
        also=tuple(also.split()),
    )


def _kind(column: Column) -> Kind:
    if column.type == "date":
        return "month" if column.unit == "first of month" else "date"
    if column.unit == "date as far as known":
        return "part_date"
    if column.type == "text":
        return "code" if column.values else "text"
    if column.unit.startswith("GBP"):
        return "money"
    kinds: dict[str, Kind] = {"integer": "whole", "decimal": "decimal", "boolean": "yes_no"}
    return kinds[column.type]
