"""Target against achieved: every statement that the demonstration cohort must reproduce, as at its date.

Targets are read from `published_figures.csv`; what was achieved is computed from the tables' rows alone.
"""

from __future__ import annotations

import csv
import math
from typing import NamedTuple

import pandas as pd

from vcore.demo.dates import AS_OF
from vcore.demo.evidence import Evidence, evidence
from vcore.demo.figures import FIGURES, GROW_WITH_COHORT
from vcore.demo.orderings import RULES
from vcore.demo.people import PUBLISHED_CHILDREN
from vcore.errors import VcoreError
from vcore.facts.domains import NeedModel
from vcore.settings import REFERENCE_FOLDER
from vcore.tables import Tables

PUBLISHED = NeedModel()


class Target(NamedTuple):
    """A published statement with the interval, or the rule, that the demonstration must keep."""

    id: str
    statement: str
    low: float | None
    high: float | None
    rule: str


def targets() -> list[Target]:
    """Every statement with a demonstration interval or rule, in file order."""
    with (REFERENCE_FOLDER / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        return [
            Target(
                row["id"],
                row["statement"],
                float(row["demo_low"]) if row["demo_low"] else None,
                float(row["demo_high"]) if row["demo_high"] else None,
                row["demo_rule"],
            )
            for row in csv.DictReader(file)
            if row["demo_low"] or row["demo_rule"]
        ]


def rows(tables: Tables, needs: NeedModel = PUBLISHED, children: int = PUBLISHED_CHILDREN) -> pd.DataFrame:
    """One row a statement: `id`, `statement`, `target`, `achieved` (words) and `ok`, as at `AS_OF`.

    `children` is how many the cohort was asked to have: targets that are counts or sums grow with it.
    Raises `VcoreError` for a council's own domains: the targets are for the published ones.
    """
    if needs.domains != PUBLISHED.domains or needs.maximum != PUBLISHED.maximum:
        raise VcoreError(
            "The report's targets are for the published domains, and this council scores others."
        )
    seen = evidence(tables, needs, AS_OF)
    return pd.DataFrame([_row(target, seen, children / PUBLISHED_CHILDREN) for target in targets()])


def as_markdown(report: pd.DataFrame) -> str:
    """The report as a page, with the count of statements that hold."""
    lines = [
        "# Demonstration cohort: target against achieved",
        "",
        f"As at {AS_OF:%-d %B %Y}, computed from the rows. {report['ok'].sum()} of {len(report)} statements hold.",
        "",
        "| id | statement | target | achieved | |",
        "|---|---|---|---|---|",
    ]
    for row in report.itertuples():
        cells = (row.id, row.statement, row.target, row.achieved, "holds" if row.ok else "**does not hold**")
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _row(target: Target, seen: Evidence, scale: float) -> dict[str, object]:
    if target.low is None or target.high is None:
        achieved, ok = RULES[target.id](seen)
        return {
            "id": target.id,
            "statement": target.statement,
            "target": target.rule,
            "achieved": achieved,
            "ok": ok,
        }
    low, high = target.low, target.high
    if target.id in GROW_WITH_COHORT:
        low, high = math.floor(low * scale), math.ceil(high * scale)
    found = float(FIGURES[target.id](seen))
    return {
        "id": target.id,
        "statement": target.statement,
        "target": f"{low:,.10g} to {high:,.10g}",
        "achieved": f"{found:,.0f}" if abs(found) >= 1_000 else f"{found:.4g}",
        "ok": low <= found <= high,
    }
