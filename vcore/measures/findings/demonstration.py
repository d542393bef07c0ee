"""Target against achieved: every statement that the demonstration cohort must reproduce, as at its date.

Targets come from the register of published statements, what was achieved from `findings`: the same that the page
shows for any cohort.
"""

from __future__ import annotations

import pandas as pd

from vcore.demo import AS_OF
from vcore.errors import VcoreError
from vcore.facts.domains import NeedModel
from vcore.facts.published import REPORT_CHILDREN, Published, about_a_cohort
from vcore.measures.findings.book import findings
from vcore.measures.findings.readings import Reading
from vcore.measures.findings.verdicts import Verdict, made_to, verdict
from vcore.store import Cohort

PUBLISHED = NeedModel()


def rows(cohort: Cohort, children: int = REPORT_CHILDREN) -> pd.DataFrame:
    """One row a statement: `id`, `statement`, `target`, `achieved` (words) and `ok`.

    `cohort` is all of the demonstration's children; `children` is how many it was asked to have: targets that are
    counts or sums grow with it. Raises `VcoreError` for a council's own domains: the targets are for the published.
    """
    needs = cohort.snapshot.needs
    if needs.domains != PUBLISHED.domains or needs.maximum != PUBLISHED.maximum:
        raise VcoreError(
            "The report's targets are for the published domains, and this council scores others."
        )
    found = findings(cohort)
    return pd.DataFrame(
        {
            "id": statement.id,
            "statement": statement.statement,
            "target": _target(statement, children),
            "achieved": _achieved(found[statement.id].reading),
            "ok": verdict(statement, found[statement.id], children, demonstration=True) is Verdict.AGREES,
        }
        for statement in about_a_cohort().values()
        if statement.is_made_for_demonstration
    )


def as_markdown(report: pd.DataFrame) -> str:
    """The report as a page, with the count of statements that hold."""
    lines = [
        "# Demonstration cohort: target against achieved",
        "",
        f"As at {AS_OF.day} {AS_OF:%B %Y}, computed from the rows. "
        f"{report['ok'].sum()} of {len(report)} statements hold.",
        "",
        "| id | statement | target | achieved | |",
        "|---|---|---|---|---|",
    ]
    for row in report.itertuples():
        cells = (row.id, row.statement, row.target, row.achieved, "holds" if row.ok else "**does not hold**")
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _target(statement: Published, children: int) -> str:
    if statement.demo_low is None:
        return statement.demo_rule
    low, high = made_to(statement, children)
    return f"{low:,.10g} to {high:,.10g}"


def _achieved(reading: Reading) -> str:
    if reading.claims or (reading.single and reading.parts):
        return ", ".join(f"{part.label} {part.value:.4g}" for part in reading.parts)
    return f"{reading.value:,.0f}" if abs(reading.value) >= 1_000 else f"{reading.value:.4g}"
