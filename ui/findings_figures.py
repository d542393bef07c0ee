"""The report's figures, drawn for a cohort: one at a time, by its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui import findings_counts, findings_levels, findings_prices, findings_profiles
from ui.disclosure import Gate
from ui.figure import Figure
from ui.findings_names import quiet
from vcore.measures.findings import profiles
from vcore.store import Cohort

Draw = Callable[[str, Cohort, Cohort, Gate], Figure]
DRAWN: Mapping[str, Draw] = {
    **dict.fromkeys(profiles.GROUPS, findings_profiles.by_group),
    "2": findings_prices.cost_and_need,
    **dict.fromkeys(findings_prices.HOMES, findings_prices.homes),
    "3": findings_counts.prices,
    "6": findings_counts.severe,
    "11": findings_levels.prevalence,
    "12": findings_levels.levels,
    **dict.fromkeys(("18", "20", "21"), findings_counts.crossed),
}


def figure(cohort: Cohort, number: str, base: Cohort, gate: Gate) -> Figure:
    """One figure of the report for a cohort; of too few children it only says so."""
    if not gate.counts(len(cohort), len(cohort.base)):
        return quiet(number, cohort, gate)
    return DRAWN[number](number, cohort, base, gate)
