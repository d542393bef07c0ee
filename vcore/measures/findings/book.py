"""Every statement about a cohort, computed: the one list the page, the file and the demonstration's report read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vcore.facts.assumptions import value
from vcore.facts.published import about_a_cohort
from vcore.measures.findings.ages import AGES
from vcore.measures.findings.characteristics import CHARACTERISTICS
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.homes import HOMES
from vcore.measures.findings.needs import NEEDS
from vcore.measures.findings.readings import Reading, Statement
from vcore.measures.findings.residential import RESIDENTIAL
from vcore.measures.findings.spend import SPEND
from vcore.measures.findings.totals import TOTALS
from vcore.store import Cohort

STATEMENTS: Mapping[str, Statement] = {
    **TOTALS,
    **SPEND,
    **RESIDENTIAL,
    **HOMES,
    **NEEDS,
    **AGES,
    **CHARACTERISTICS,
}


class Found(NamedTuple):
    """A statement's reading, and the columns that hold nothing for these children, if that is why there is none."""

    reading: Reading
    missing: tuple[str, ...] = ()


def findings(cohort: Cohort, weeks_per_year: float | None = None) -> dict[str, Found]:
    """Every computable statement by its id, in the order of the report. Statements of the tracker are not in it.

    A statement never fails: without a column it says which, without children its reading has `n` 0.
    """
    seen = Evidence(cohort, value("weeks_per_year") if weeks_per_year is None else weeks_per_year)
    recorded: dict[str, bool] = {}
    return {name: _found(STATEMENTS[name], seen, recorded) for name in about_a_cohort() if name in STATEMENTS}


def _found(statement: Statement, seen: Evidence, recorded: dict[str, bool]) -> Found:
    if not len(seen):
        return Found(Reading())
    for column in statement.columns:
        if column not in recorded:
            recorded[column] = _is_recorded(seen, column)
    missing = tuple(column for column in statement.columns if not recorded[column])
    return Found(Reading(), missing) if missing else Found(statement.read(seen))


def _is_recorded(seen: Evidence, column: str) -> bool:
    if column in ("need_total", *seen.needs.columns):
        return bool(seen.assessed.any())
    frame = seen.cohort.snapshot.frame
    if column not in frame:
        return False  # an area of need that this council does not score
    return bool(frame[column].notna().to_numpy()[seen.cohort.chosen].any())
