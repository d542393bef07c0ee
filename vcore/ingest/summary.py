"""What a load's findings come to: counts first, then by rule the worst first, then by row.

Pure functions of what was found; nothing here names a child. A row counts once, at the worst that was found of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from vcore.ingest.findings import Findings
from vcore.ingest.rules.rule import ERRORS, SEVERITIES

BY_RULE = (
    "severity",
    "code",
    "message",
    "what_to_do",
    "files",
    "findings",
    "children",
    "first_file",
    "first_row",
)
BY_ROW = ("file", "sheet", "row", "column", "code", "severity", "message", "expected", "found", "what_to_do")
_SHEET = ", sheet "  # how a sheet of a workbook is named after its file


class Totals(NamedTuple):
    """The counts that come first. `rows` = `valid` + `errors` + `warnings`, each row at its worst.

    Children and their weekly cost (fees in force that day, as sent) are those with an error or a warning;
    `blocking` is how many rules stop the load.
    """

    rows: int = 0
    valid: int = 0
    errors: int = 0
    warnings: int = 0
    children_affected: int = 0
    weekly_cost_affected_gbp: float = 0.0
    blocking: int = 0


def totals(findings: Findings) -> Totals:
    """The counts of a load."""
    errors = findings.of_severities(ERRORS)
    warnings = findings.of_severities(("warning",)) & ~errors
    affected = findings.children_of(errors | warnings)
    return Totals(
        rows=len(errors),
        valid=int((~errors & ~warnings).sum()),
        errors=int(errors.sum()),
        warnings=int(warnings.sum()),
        children_affected=len(affected),
        weekly_cost_affected_gbp=float(
            findings.weekly_gbp.reindex(affected).sum(min_count=min(len(affected), 1))
        ),
        blocking=len(findings.blocking),
    )


def by_rule(problems: pd.DataFrame, children: Mapping[str, int]) -> pd.DataFrame:
    """A row a rule that was broken, worst first, then the one found most often; columns of `BY_RULE`.

    `children` is NA for a rule that is about files.
    """
    if problems.empty:
        return pd.DataFrame(columns=list(BY_RULE))
    groups = problems.groupby("code", sort=False)
    found = groups[["severity", "message", "what_to_do"]].first()
    found["files"] = groups["file"].nunique()
    found["findings"] = groups.size()
    found["children"] = pd.Series(children, dtype="Int64").reindex(found.index)
    found["first_file"] = groups["file"].first()
    found["first_row"] = groups["line"].first()
    rank = found["severity"].map({severity: at for at, severity in enumerate(SEVERITIES)})
    order = found.assign(rank=rank).sort_values(["rank", "findings"], ascending=[True, False], kind="stable")
    return found.loc[order.index].reset_index()[list(BY_RULE)]


def by_row(problems: pd.DataFrame) -> pd.DataFrame:
    """A row a finding, file by file from the top, what concerns a whole file first; columns of `BY_ROW`."""
    if problems.empty:
        return pd.DataFrame(columns=list(BY_ROW))
    parts = problems["file"].astype("str").str.partition(_SHEET)
    told = problems.assign(
        file=parts[0], sheet=parts[2], row=problems["line"].astype("Int64"), at=problems["file"]
    )
    rank = told["severity"].map({severity: at for at, severity in enumerate(SEVERITIES)})
    order = told.assign(rank=rank).sort_values(
        ["at", "row", "rank", "column"], na_position="first", kind="stable"
    )
    return order[list(BY_ROW)].reset_index(drop=True)
