"""The Calculation sheet: each lever's weekly and annual figures, the overlap between them, and the whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vcore.exports.workbook.levers import RERUN, Part
from vcore.exports.workbook.sheets import Cell, Sheet, Sheets, Style, Value
from vcore.scenarios.levers import PriceCap
from vcore.scenarios.plan import Plan


def write_calculation(sheets: Sheets, plan: Plan, made: Sequence[Part], children: int) -> None:
    """Writes the sheet; `children` are in the cohort, uncosted ones too. Names every figure."""
    result = plan.result
    sheet = sheets.sheet("Calculation", (52, 18, 40, 30))
    sheet.title_line(
        "Calculation",
        "£ a week unless said otherwise. A saving is positive on this sheet and in brackets, as less cost, in Plan.",
    )
    sheet.headings("Figure", "Here", "How", "In formulas", left=(0, 2, 3), freeze=True)
    costed = int(np.isfinite(made[0].step.effect.book.baseline.gross).sum()) if made else 0
    _figure(
        sheet, "Children in these figures, without a cost too", children, "number", "", "children", "data"
    )
    _figure(sheet, "Placements with a cost", costed, "number", "=COUNT(cost)", "costed")
    _figure(
        sheet, "What they cost today", result.baseline_weekly_gbp, "gbp",
        "=SUMPRODUCT(cost,share_counted)", "baseline_weekly_gbp",
    )  # fmt: skip
    start = plan.months.start - plan.months.first
    first = plan.months.first_days[0]
    _figure(
        sheet, f"Months from {first:%B %Y} to the start of the plan", start, "number",
        f"=(YEAR(plan_start)-{first.year})*12+MONTH(plan_start)-{first.month}", "start_month",
    )  # fmt: skip
    for part in made:
        _lever(sheet, part, result.scenario.weeks_per_year, start)
    _whole(sheet, plan, made)


def _lever(sheet: Sheet, part: Part, weeks: float, start: int) -> None:
    step, p, totals = part.step, part.prefix, part.totals
    lever, lasting = step.settings, float(step.settings.lasting) or 1.0
    sheet.gap()
    how = "" if part.live else f" ({RERUN})"
    sheet.line(Cell(f"{part.n}. {part.name}{how}", "strong"))
    if isinstance(lever, PriceCap):
        n = len(step.effect.eligible)
        reached = n if lever.top_share is None else int(np.ceil(lever.top_share * n - 1e-9))
        dearest = f'=IF({p}top_share="",children,MAX(0,ROUNDUP({p}top_share*children-0.000000001,0)))'
        _figure(sheet, "Dearest placements it looks at", reached, "number", dearest, f"{p}reached")
    once = float(step.effect.delivery_cost_gbp)
    if part.comes_back:
        returns = getattr(lever, "return_cost_gbp", 0.0)
        once -= step.moved / lasting * (1 - float(lever.lasting)) * returns
    figures: list[tuple[str, Value, Style, str, str]] = [
        ("Children or placements it acts on", step.eligible, "number", totals.eligible, "acts_on"),
        ("Children expected to move for good", step.moved, "weight", totals.moved, "moved_children"),
        ("Children who move, for good or not", step.moved / lasting, "weight", totals.placed, "placed_children"),
        ("Saves by itself", step.alone_gbp, "gbp", totals.alone if part.n > 1 else totals.weekly, "alone_gbp"),
        ("Saves in sequence", step.in_sequence_gbp, "gbp", totals.weekly, "weekly_gbp"),
        ("Saves in a full year", step.in_sequence_gbp * weeks, "gbp", f"={p}weekly_gbp*weeks_per_year", "annual_gbp"),
        ("One-off, without returns, £", once, "gbp", totals.once, "once_gbp"),
        ("One-off cost in all, £", float(step.effect.delivery_cost_gbp), "gbp", totals.delivery, "delivery_gbp"),
    ]  # fmt: skip
    for words, value, style, formula, name in figures:
        _figure(sheet, words, value, style, formula, f"{p}{name}", "" if part.live else RERUN)
    for kind, only in part.savings.items():
        words = {"cashable": "of it cash", "released": "of it capacity, until refilled or closed"}
        formula = f'=SUMIFS({p}saving,vacated_is,"{only}")' if only else f"={p}weekly_gbp"
        _figure(
            sheet, words.get(kind, f"of it {kind}"), step.by_kind.get(kind, 0.0), "gbp",
            formula if part.live else "", f"{p}{kind}_gbp", "" if part.live else RERUN,
        )  # fmt: skip
    if part.live:
        notice = lever.notice_weeks * 12 / weeks
        begins = f"=start_month+{p}starts_after_months+INT({p}notice_weeks*12/weeks_per_year)"
        own = start + lever.starts_after_months + int(notice)
        _figure(sheet, "First month in effect, after notice", own, "number", begins, f"{p}own_start")
        part_month = f"=MOD({p}notice_weeks*12/weeks_per_year,1)"
        _figure(sheet, "Part of a month's notice", notice % 1, "factor", part_month, f"{p}part_notice")


def _whole(sheet: Sheet, plan: Plan, made: Sequence[Part]) -> None:
    result = plan.result

    def added(name: str) -> str:
        return "=" + ("+".join(f"{part.prefix}{name}" for part in made) or "0")

    sheet.gap()
    sheet.line(Cell("All levers together", "strong"))
    _figure(
        sheet, "Saves in a week", result.weekly_saving_gbp, "total", added("weekly_gbp"), "weekly_saving_gbp"
    )
    _figure(
        sheet, "Saves in a full year", result.annual_saving_gbp, "total",
        "=weekly_saving_gbp*weeks_per_year", "annual_saving_gbp",
    )  # fmt: skip
    _figure(
        sheet, "Counted twice if each lever were added, a week", result.overlap_gbp, "gbp",
        f"{added('alone_gbp')}-weekly_saving_gbp", "overlap_gbp",
    )  # fmt: skip
    _figure(
        sheet, "One-off cost", result.delivery_cost_gbp, "gbp", added("delivery_gbp"), "delivery_cost_gbp"
    )
    _figure(
        sheet, "Net in the first full year", result.net_first_year_gbp, "total",
        "=annual_saving_gbp-delivery_cost_gbp", "net_first_year_gbp",
    )  # fmt: skip
    if claims := [part for part in made if part.step.settings.counts_as == "claimed"]:
        _figure(
            sheet, "Of it claimed from partners, a year: no saving until they agree",
            result.claimed_gbp * result.scenario.weeks_per_year, "gbp",
            f"=({'+'.join(f'{part.prefix}weekly_gbp' for part in claims)})*weeks_per_year", "claimed_annual_gbp",
        )  # fmt: skip
        _figure(
            sheet, "Saves in a full year, without claims", result.unclaimed_annual_gbp, "total",
            "=annual_saving_gbp-claimed_annual_gbp", "unclaimed_annual_gbp",
        )  # fmt: skip
        _figure(
            sheet, "Net in the first full year, without claims", result.unclaimed_net_first_year_gbp, "total",
            "=unclaimed_annual_gbp-delivery_cost_gbp", "unclaimed_net_first_year_gbp",
        )  # fmt: skip
    _figure(
        sheet, "Other funders gain (in brackets: pay more), a week", result.others_gbp, "gbp", "",
        "others_gbp", RERUN,
    )  # fmt: skip
    _figure(sheet, "Growth avoided, a week: no saving", result.avoided_gbp, "gbp", "", "avoided_gbp", RERUN)


def _figure(
    sheet: Sheet, words: str, value: Value, style: Style, formula: str, name: str, how: str = ""
) -> None:
    said = how or (formula.lstrip("=") if len(formula) < 60 else "")
    sheet.line(
        Cell(words, "wrap"), Cell(value, style, formula, name), Cell(said, "quiet"), Cell(name, "quiet")
    )
