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


def identifies(column: str, layout: Layout) -> bool:
    """Whether a column is one that is never read: the layout says so, or its name tells who or where a child is."""
    name = normal(column)
    return name in layout.dropped or (
        name not in map(normal, layout.columns) and bool(_IDENTIFYING.search(f"_{name}_"))
    )


_IDENTIFYING = re.compile(
    "_(U?UPN|NHS(_(NO|NUMBER|ID))?|ULN|NINO|((SUR|FORE|FIRST|LAST|MIDDLE|FULL|FAMILY|GIVEN|CHILD|CHILDS|MOTHERS)_?"
    "NAMES?)|SURNAMES?|ADDRESS|POST_?CODE|HOME_POST|PL_POST|E_?MAIL|(TELE)?PHONE|MOBILE|MC_DOB)_"
)

CHILD = Field(
    "CHILD",
    "child",
    Need.FILLED,
    "EXAMPLE1",
    "the number that CHILD holds in the SSDA903 return; kept only as a keyed hash",
    private=True,
    also=(
        *(
            "CHILD_ID",
            "CHILD_REF",
            "CHILD_REFERENCE",
            "CHILD_NUMBER",
            "CHILD_NO",
            "LA_CHILD_ID",
            "CHILD_UNIQUE_ID",
        ),
        *("PERSON_ID", "CLIENT_ID", "MOSAIC_ID", "LCS_ID", "LIQUIDLOGIC_ID", "SYSTEM_ID"),
    ),
)
