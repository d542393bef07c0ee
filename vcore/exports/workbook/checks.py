"""The Checks sheet: every total of the workbook beside the figure the app came to, to the pound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vcore.exports.plan_lines import CODES
from vcore.exports.workbook.levers import Part
from vcore.exports.workbook.sheets import Cell, Sheets, Style
from vcore.scenarios.calendar import by_year
from vcore.scenarios.plan import Plan

FIRST = 7


class Check(NamedTuple):
    """A total: its words, the name it has in the workbook, and the app's figure."""

    words: str
    name: str
    app: float
    style: Style = "gbp"


def checks_of(plan: Plan, made: Sequence[Part]) -> list[Check]:
    """Every total that must agree."""
    result = plan.result
    found = [
        Check("What placements cost today, £ a week", "baseline_weekly_gbp", result.baseline_weekly_gbp),
        Check("The same, added up by kind of home", "baseline_counted_gbp", result.baseline_weekly_gbp),
    ]
    for part in made:
        step = part.step
        own: tuple[tuple[str, str, float, Style], ...] = (
            ("children or placements it acts on", "acts_on", step.eligible, "number"),
            ("children moved", "moved_children", step.moved, "weight"),
            ("saves by itself, £ a week", "alone_gbp", step.alone_gbp, "gbp"),
            ("saves in sequence, £ a week", "weekly_gbp", step.in_sequence_gbp, "gbp"),
            ("one-off cost, £", "delivery_gbp", float(step.effect.delivery_cost_gbp), "gbp"),
        )
        found += [
            Check(f"{part.n}. {part.name}: {words}", f"{part.prefix}{name}", float(app), style)
            for words, name, app, style in own
        ]
    found += [
        Check("Saves in a week, £", "weekly_saving_gbp", result.weekly_saving_gbp),
        Check("Saves in a full year, £", "annual_saving_gbp", result.annual_saving_gbp),
        Check("Counted twice, £ a week", "overlap_gbp", result.overlap_gbp),
        Check("One-off cost, £", "delivery_cost_gbp", result.delivery_cost_gbp),
        Check("Net in the first full year, £", "net_first_year_gbp", result.net_first_year_gbp),
    ]
    if len(result.unclaimed) < len(result.steps):
        found += [
            Check(
                "Saves in a full year without claims, £", "unclaimed_annual_gbp", result.unclaimed_annual_gbp
            ),
            Check(
                "Net in the first full year without claims, £",
                "unclaimed_net_first_year_gbp",
                result.unclaimed_net_first_year_gbp,
            ),
        ]
    for kind, monthly in plan.by_kind.items():
        found += [
            Check(
                f"Plan {year}, {CODES[kind].lower()}, £", f"plan_{CODES[kind].lower()}_{at + 1}", -float(gbp)
            )
            for at, (year, gbp) in enumerate(zip(plan.years, by_year(monthly), strict=True))
        ]
    found += [
        Check(f"Plan {year}, net cash, £", f"plan_net_{at + 1}", -float(gbp))
        for at, (year, gbp) in enumerate(zip(plan.years, by_year(plan.net_cash), strict=True))
    ]
    return found


def write_checks(sheets: Sheets, plan: Plan, made: Sequence[Part]) -> None:
    """Writes the sheet: OK where a total is the app's to £1."""
    checks = checks_of(plan, made)
    sheet = sheets.sheet("Checks", (76, 18, 18, 14, 20))
    sheet.title_line(
        "Checks",
        "Each total beside the app's figure, to £1. Once a setting is changed here they part: then ask the app for "
        "the same setting.",
    )
    last = FIRST + len(checks) - 1
    sheet.line(
        Cell("In all", "strong"),
        Cell(None), Cell(None), Cell(None),
        Cell(
            "OK", "strong",
            f'=IF(COUNTIF(E{FIRST}:E{last},"OK")={len(checks)},"OK",'
            'IF(settings_changed>0,"settings changed","NOT OK"))',
            "all_checks",
        ),
    )  # fmt: skip
    sheet.gap()
    sheet.headings("Total", "Here", "In the app", "Difference", "Check", left=(0, 4), freeze=True)
    for check in checks:
        row = sheet.next_row
        sheet.line(
            Cell(check.words, "wrap"),
            Cell(check.app, check.style, f"={check.name}"),
            Cell(check.app, check.style),
            Cell(0.0, check.style, f"=B{row}-C{row}"),
            Cell(
                "OK", "text",
                f'=IF(ABS(D{row})<={0.001 if check.style == "weight" else 1 if check.style == "gbp" else 0},"OK",'
                'IF(settings_changed>0,"settings changed","NOT OK"))',
            ),
        )  # fmt: skip
