"""What a rule is. A rule lives in one place: its code, what it says, what it does to a row, and an example each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import pandas as pd

Severity = Literal["refused", "set_aside", "warning", "not_counted", "merged", "note"]
SEVERITIES: tuple[Severity, ...] = ("refused", "set_aside", "warning", "not_counted", "merged", "note")
SEVERITY_LABELS: dict[Severity, str] = {
    "refused": "The load is refused",
    "set_aside": "Rows set aside",
    "warning": "Warnings",
    "not_counted": "Rows that are not meant to count",
    "merged": "Rows merged",
    "note": "Notes",
}
ERRORS: tuple[Severity, ...] = (
    "refused",
    "set_aside",
)  # what has to be put right; a warning is to be looked at


class Sent(NamedTuple):
    """One file of an example, in the layout of that name.

    `rows` are what differs from the layout's own example row (None leaves a column out); text stands for itself;
    None means that no such file is sent.
    """

    layout: str
    rows: tuple[Mapping[str, str | None], ...] | str | None


Example = tuple[Sent, ...]


class Hits(NamedTuple):
    """Rows that break a rule, by their enrolled number; `found` and `expected` are one text, or one a row in order.

    With `file`, it is the file as a whole that breaks it.
    """

    rows: pd.Index
    column: str
    found: Sequence[str] | str = ""
    expected: Sequence[str] | str = ""
    file: str = ""


Check = Callable[[Any], Iterable[Hits]]  # takes `rules.loaded.Loaded`


@dataclass(frozen=True)
class Rule:
    """A rule and what it does: `refused` stops the load; `set_aside`, `not_counted` (nobody's fault) and `merged` take
    the row out; the others tell.

    `fails` and `passes` each stand in for the files of the same layout in an otherwise faultless load. `fix` is the
    code of the correction that can be made for it (`vcore.ingest.fixes`). A rule that compares files has its `check`
    here too; the others are found while files are read.
    """

    code: str
    severity: Severity
    message: str
    what_to_do: str
    fields: tuple[str, ...]
    fails: Example
    passes: Example
    fix: str = ""
    check: Check | None = None

    @property
    def blocks(self) -> bool:
        """Whether a load that breaks it cannot be published."""
        return self.severity == "refused"


def sent(layout: str, *rows: Mapping[str, str | None]) -> Example:
    """One file of these rows."""
    return (Sent(layout, rows),)


def sent_text(layout: str, text: str) -> Example:
    """One file of exactly this text."""
    return (Sent(layout, text),)


def not_sent(layout: str) -> Example:
    """A load without this file."""
    return (Sent(layout, None),)


UNCHANGED: Example = ()
