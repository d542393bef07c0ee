"""What a rule is. A rule lives in one place: its code, what it says, what it does to a row, and an example each way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["refused", "set_aside", "warning", "merged", "note"]
SEVERITIES: tuple[Severity, ...] = ("refused", "set_aside", "warning", "merged", "note")
SEVERITY_LABELS: dict[Severity, str] = {
    "refused": "The load is refused",
    "set_aside": "Rows set aside",
    "warning": "Warnings",
    "merged": "Rows merged",
    "note": "Notes",
}


class Sent(NamedTuple):
    """One file of an example, in the layout of that name.

    `rows` are what differs from the layout's own example row (None leaves a column out); text stands for itself;
    None means that no such file is sent.
    """

    layout: str
    rows: tuple[Mapping[str, str | None], ...] | str | None


Example = tuple[Sent, ...]


@dataclass(frozen=True)
class Rule:
    """A rule and what it does: `refused` stops the load, `set_aside` and `merged` take the row out, the others tell.

    `fails` and `passes` each stand in for the files of the same layout in an otherwise faultless load.
    """

    code: str
    severity: Severity
    message: str
    what_to_do: str
    fields: tuple[str, ...]
    fails: Example
    passes: Example


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
