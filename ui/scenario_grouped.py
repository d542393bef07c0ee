"""The scenario in groups for a workbook: what the closed gate tells, counts to 5 and money to £100."""

from __future__ import annotations

from collections.abc import Mapping

from ui import money_plan_rows, spend_figures
from ui.disclosure import Gate
from ui.money_plan_rows import name_of
from vcore.exports.workbook import Amount, Grouped, PlanLine, grouped_settings
from vcore.facts.assumptions import Assumption
from vcore.measures.disclosure import rounded_count, rounded_money
from vcore.scenarios.plan import Plan

Cell = float | str


def grouped(plan: Plan, gate: Gate, known_as: Mapping[str, Assumption]) -> Grouped:
    """All of the workbook of groups, its assumptions in the council's words. Only where amounts may be told."""
    names = tuple(name_of(line.step.settings) for line in plan.lines)
    rows = [*money_plan_rows.children(plan, gate), *money_plan_rows.rows(plan, gate)]
    return Grouped(
        weeks_per_year=plan.result.scenario.weeks_per_year,
        settings=grouped_settings(plan, names, known_as.__getitem__),
        baseline=spend_figures.by_setting(plan.result.cohort, gate).to_take_away,
        amounts=_amounts(plan, gate),
        years=plan.years,
        lines=[
            PlanLine(
                row.block,
                row.code,
                row.words,
                [_rounded(cell, money=bool(row.code)) for cell in row.years],
                _rounded(row.full_year, money=True),
                row.is_total,
            )
            for row in rows
        ],
    )


def _amounts(plan: Plan, gate: Gate) -> list[Amount]:
    result = plan.result
    weeks = result.scenario.weeks_per_year
    found = []
    for n, step in enumerate(result.steps, 1):
        name = f"{n}. {name_of(step.settings)}"
        acts_on = rounded_count(step.eligible) if gate.counts(step.eligible, len(result.cohort)) else "c"
        found += [
            Amount(f"{name}: children or placements it acts on", acts_on),
            Amount(f"{name}: children expected to move for good", rounded_count(step.moved)),
            Amount(f"{name}: saves by itself, £ a year", rounded_money(step.alone_gbp * weeks), True),
            Amount(f"{name}: saves in sequence, £ a year", rounded_money(step.in_sequence_gbp * weeks), True),
            Amount(f"{name}: one-off cost, £", rounded_money(float(step.effect.delivery_cost_gbp))),
        ]
    return [
        *found,
        Amount(
            "All levers together, without claims: saves in a full year, £",
            rounded_money(result.unclaimed_annual_gbp),
            True,
        ),
        Amount(
            "Claimed from partners, £ a year: no saving until they agree",
            rounded_money(result.claimed_gbp * weeks),
            True,
        ),
        Amount(
            "Counted twice if each were added, £ a year",
            rounded_money(result.unclaimed_overlap_gbp * weeks),
            True,
        ),
        Amount("One-off cost, £", rounded_money(result.delivery_cost_gbp)),
        Amount("Net in the first full year, £", rounded_money(result.unclaimed_net_first_year_gbp)),
    ]


def _rounded(cell: Cell, *, money: bool) -> Cell:
    if isinstance(cell, str):
        return cell
    return rounded_money(cell) if money else rounded_count(cell)
