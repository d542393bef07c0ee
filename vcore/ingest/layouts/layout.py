"""What a layout is: the columns of one kind of file. This module knows no file by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vcore.ingest.fields import Field, Need


@dataclass(frozen=True)
class Layout:
    """One kind of file. `dropped` columns are expected but never read."""

    name: str
    fields: tuple[Field, ...]
    dropped: tuple[str, ...] = ()
    used: bool = True
    meaning: str = ""

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which the file is refused."""
        return tuple(field.name for field in self.fields if field.need.column)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read, in the order of the templates."""
        return tuple(field.name for field in self.fields)

    @property
    def example(self) -> dict[str, str]:
        """One fictional row."""
        return {field.name: field.example for field in self.fields}


def normal(name: str) -> str:
    """A column name or code as it is compared: capitals, words joined by an underscore."""
    return re.sub(r"[^0-9A-Z]+", "_", name.upper()).strip("_")


CHILD = Field(
    "CHILD",
    "child",
    Need.FILLED,
    "EXAMPLE1",
    "the number that CHILD holds in the SSDA903 return; kept only as a keyed hash",
    private=True,
)
