"""The published statements as a file to take away: all of them, printed beside computed.

Every cell has passed the gate (`ui.findings`); whose screens hide small numbers take away rounded ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from ui import findings_beside, reads, theme
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.figure import Figure
from ui.findings import Row, is_demonstration, rows_of
from vcore.measures.disclosure import rounded_count, rounded_money
from vcore.store import Cohort

ROUNDED = "held against what is printed before it is rounded here, to 5 children or £100"
NOBODY: Mapping[str, Row] = {}


def file_of(cohort: Cohort, comparison: Comparison | None) -> Callable[[Gate], Figure]:
    """The whole list to take away, as a gate lets it out."""
    rounded = not reads.may_see_small()
    return reads.gated(_file, cohort, reads.whole(), is_demonstration(cohort), comparison, rounded)


def _file(
    cohort: Cohort,
    base: Cohort,
    demonstration: bool,
    comparison: Comparison | None,
    rounded: bool,
    gate: Gate,
) -> Figure:
    rows = reads.measured(rows_of, cohort, base, demonstration, gate)
    if comparison is None:
        return file(rows, rounded=rounded)
    beside = reads.measured(findings_beside.rows_of, cohort, comparison.cohort, gate)
    return file(rows, comparison.words, beside, rounded=rounded)


def file(
    rows: Sequence[Row], compared: str = "", beside: Mapping[str, Row] = NOBODY, *, rounded: bool
) -> Figure:
    """The whole list to take away. `rounded`: counts to 5 and money to £100. `beside`: the same statements of
    the cohort that is `compared`, by their ids."""
    table = pd.DataFrame(
        {
            "Id": row.statement.id,
            "Source": row.statement.source,
            "Section": row.statement.section,
            "Figure": row.statement.figure,
            "Statement": row.statement.statement,
            "Printed": row.statement.printed,
            "Here": _taken(row) if rounded else row.here,
            "95% interval": "" if rounded else row.interval,
            "Children": _taken_count(row.children) if rounded else row.children,
            **_compared(compared, beside.get(row.statement.id), rounded=rounded),
            "Agrees": row.verdict,
            "Why": "; ".join(filter(None, (row.why, ROUNDED if rounded and _is_rounded(row) else ""))),
            "Parts": "" if rounded else row.detail,
            "Note": row.statement.note,
        }
        for row in rows
    )
    return Figure("findings", "Published statements", "", {}, table, "")


def _compared(words: str, row: Row | None, *, rounded: bool) -> dict[str, str]:
    if row is None:
        return {}
    return {
        f"Here, {words}": _taken(row) if rounded else row.here,
        f"Children, {words}": _taken_count(row.children) if rounded else row.children,
    }


def _is_rounded(row: Row) -> bool:
    """Whether its figure is rounded to take away, so that a verdict may look wrong beside it."""
    return bool(pd.notna(row.value)) and row.statement.format in ("children", "gbp")


def _taken(row: Row) -> str:
    if not _is_rounded(row):
        return row.here
    if row.statement.format == "children":
        return theme.number(rounded_count(row.value))
    return theme.money_full(rounded_money(row.value))


def _taken_count(words_: str) -> str:
    digits = words_.replace(",", "")
    return theme.number(rounded_count(int(digits))) if digits.isdigit() else words_
