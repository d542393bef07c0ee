"""The column registry: one row a column in `columns.csv`, and everything that follows from it.

DDL, table checks, the data dictionary and who may be shown a column row by row (`ledger.column_rights`) all come from
here, so a column is added in one place. This module never reads data and never knows a screen.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

Type = Literal["text", "date", "integer", "decimal", "boolean", "text_list", "scores"]
Rights = Literal["all", "child_level", "commissioner_and_finance", "never_shown"]

_SQL = {
    "text": "VARCHAR",
    "date": "DATE",
    "integer": "INTEGER",
    "decimal": "DOUBLE",
    "boolean": "BOOLEAN",
    "text_list": "VARCHAR[]",
    "scores": "UTINYINT[]",
}


class Column(BaseModel):
    """One column: where it lives, what it holds, what it means, and who may see it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    table: str
    column: str
    type: Type
    required: bool
    unit: str
    values: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    meaning: str
    source: str
    rights: Rights

    @property
    def sql(self) -> str:
        """The column's line in `CREATE TABLE`."""
        return f'"{self.column}" {_SQL[self.type]}{" NOT NULL" if self.required else ""}'


@cache
def registry() -> tuple[Column, ...]:
    """Every column, in file order."""
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Column.model_validate(
                row
                | {
                    "required": row["required"] == "yes",
                    "values": tuple(filter(None, row["values"].split("|"))),
                    "minimum": row["minimum"] or None,
                    "maximum": row["maximum"] or None,
                }
            )
            for row in csv.DictReader(file)
        )


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of one table. Raises `KeyError` for a table that is not in the model."""
    found = tuple(column for column in registry() if column.table == table)
    if not found:
        raise KeyError(table)
    return found


STORED_TABLES = (
    "child",
    "care",
    "assessment",
    "placement",
    "missing_period",
    "sdq",
    "cost",
    "capacity",
    "budget",
)


def names(table: str) -> tuple[str, ...]:
    """The column names of one table, in order."""
    return tuple(column.column for column in columns(table))


def ddl(table: str, schema: str = "main") -> str:
    """`CREATE TABLE` for one table of the model."""
    return f"CREATE TABLE {schema}.{table} ({', '.join(column.sql for column in columns(table))})"
