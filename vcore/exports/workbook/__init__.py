"""The workbook finance signs: a scenario with live formulas, every one written with the value it comes to.

For whoever may see what single placements cost it has a row a placement; else only grouped figures (`grouped.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from vcore.exports.workbook.about import About
from vcore.exports.workbook.assumptions import (
    grouped_settings,
    settings_of,
    write_assumptions,
    write_changes,
)
from vcore.exports.workbook.calculation import write_calculation
from vcore.exports.workbook.checks import write_checks
from vcore.exports.workbook.grouped import Amount, Grouped, PlanLine, grouped_workbook
from vcore.exports.workbook.levers import parts
from vcore.exports.workbook.months import write_months
from vcore.exports.workbook.placements import write_baseline, write_placements
from vcore.exports.workbook.plan_sheet import write_plan
from vcore.exports.workbook.read_me import write_read_me
from vcore.exports.workbook.rows import placements
from vcore.exports.workbook.sheets import Sheets
from vcore.facts.assumptions import Known
from vcore.scenarios.baseline import baseline_of
from vcore.scenarios.plan import Plan

Progress = Callable[[float], None]

__all__ = ["About", "Amount", "Grouped", "PlanLine", "grouped_settings", "grouped_workbook", "live_workbook"]


def live_workbook(
    plan: Plan, about: About, progress: Progress = lambda done: None, *, known_as: Known | None = None
) -> bytes:
    """The workbook with a row a placement: for whoever may see what single placements cost.

    `progress` is told now and then how much (0–1) of it is written. `known_as` tells an assumption in the council's
    words (None: in the app's).
    """
    base = baseline_of(plan.result.cohort)
    rows = placements(plan, base)
    made = parts(plan, about.levers, rows)
    settings = settings_of(plan, made, known_as)
    sheets = Sheets()
    write_read_me(sheets, about, plan.result)
    at = write_assumptions(sheets, settings)
    write_baseline(sheets, rows, about)
    progress(0.3)
    write_placements(sheets, rows)
    progress(0.8)
    write_calculation(sheets, plan, made, len(base))
    ranges = write_months(sheets, plan, made, rows)
    write_plan(sheets, plan, made, ranges)
    write_checks(sheets, plan, made)
    write_changes(sheets, settings, at)
    return sheets.finished()
