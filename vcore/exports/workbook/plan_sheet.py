"""The Plan sheet: five financial years, April to March, each line with its reference; savings in brackets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vcore.exports.plan_lines import CODES, KIND_WORDS
from vcore.exports.workbook.levers import RERUN, Part
from vcore.exports.workbook.months import FIRST, LAST
from vcore.exports.workbook.sheets import Cell, Sheet, Sheets, Style
from vcore.facts.placements import SETTING_LABELS
from vcore.scenarios.calendar import MONTHS_A_YEAR, YEARS, by_year
from vcore.scenarios.plan import Plan

_YEAR_COLUMNS = [chr(ord("C") + at) for at in range(YEARS)]


def write_plan(sheets: Sheets, plan: Plan, made: Sequence[Part], ranges: dict[str, str]) -> None:
    """Writes the sheet; names the years' totals `plan_<code>_<year 1 to 5>`."""
    sheet = sheets.sheet("Plan", (16, 58, *([15] * (YEARS + 1))), wide=True)
    sheet.title_line(
        "Plan",
        "£ of cost, April to March: what is saved stands in brackets. Kinds of saving are never added.",
    )
    sheet.headings("Reference", "Line", *plan.years, "Full year", left=(0, 1), freeze=True)
    if plan.moved.any():
        _children(sheet, plan, made, ranges)
    rows = _in_the_year(sheet, plan, made, ranges)
    _changes(sheet, plan, rows)
    _costs(sheet, plan, made, ranges, rows)
    _stops(sheet, plan, made, ranges)
    if plan.growth:
        sheet.gap()
        sheet.line(
            Cell(None), Cell(f"Growth that happens anyway, never netted in a saving ({RERUN})", "strong")
        )
        for setting, monthly in plan.growth.items():
            _values(sheet, f"GROWTH-{setting.upper()}", SETTING_LABELS[setting], by_year(monthly))


def _children(sheet: Sheet, plan: Plan, made: Sequence[Part], ranges: dict[str, str]) -> None:
    sheet.gap()
    sheet.line(Cell(None), Cell("Children (expected)", "strong"))
    for name, words, monthly in (
        ("move", "Move, for good or not", plan.moved),
        ("return", "Come back", plan.returned),
    ):
        letters = [ranges[key] for part in made if (key := f"{part.prefix}{name}") in ranges]
        _sums(sheet, "", words, letters, by_year(monthly), "", style="one_place")


def _in_the_year(
    sheet: Sheet, plan: Plan, made: Sequence[Part], ranges: dict[str, str]
) -> dict[str, tuple[int, np.ndarray]]:
    """Each lever's saving of each kind, and all levers'; gives the row and the values of each line by its code."""
    sheet.gap()
    sheet.line(Cell(None), Cell("In the year", "strong"))
    weeks, rows = plan.result.scenario.weeks_per_year, {}
    for part in made:
        for kind in part.savings:
            code, gbp = f"L{part.n}-{CODES[kind]}", -by_year(part.line.savings[kind])
            full = Cell(
                -part.step.by_kind.get(kind, 0.0) * weeks, "gbp", f"=-{part.prefix}{kind}_gbp*weeks_per_year"
            )
            how = "" if part.live else f" ({RERUN})"
            rows[code] = (
                _sums(sheet, code, f"{part.name}: {KIND_WORDS[kind]}{how}", [ranges[f"{part.prefix}{kind}"]], gbp,
                      "-", full=full),
                gbp,
            )  # fmt: skip
    for kind, monthly in plan.by_kind.items():
        own = [rows[code][0] for part in made if (code := f"L{part.n}-{CODES[kind]}") in rows]
        gbp, code = -by_year(monthly), f"ALL-{CODES[kind]}"
        whole = "+".join(f"H{row}" for row in own)
        sheet.line(
            Cell(code, "total_words"),
            Cell(f"All levers: {KIND_WORDS[kind]}", "total_words"),
            *(
                Cell(float(gbp[at]), "total", "=" + "+".join(f"{letter}{row}" for row in own),
                     f"plan_{CODES[kind].lower()}_{at + 1}")
                for at, letter in enumerate(_YEAR_COLUMNS)
            ),
            Cell(-plan.result.by_kind.get(kind, 0.0) * weeks, "total", f"={whole}"),
        )  # fmt: skip
        rows[code] = (sheet.at, gbp)
    return rows


def _changes(sheet: Sheet, plan: Plan, rows: dict[str, tuple[int, np.ndarray]]) -> None:
    sheet.gap()
    sheet.line(Cell(None), Cell("Change on the year before", "strong"))
    for kind in plan.by_kind:
        row, gbp = rows[f"ALL-{CODES[kind]}"]
        changed = np.diff(gbp, prepend=0.0)
        sheet.line(
            f"ALL-{CODES[kind]}",
            f"All levers: {KIND_WORDS[kind]}",
            *(
                Cell(float(changed[at]), "gbp",
                     f"={letter}{row}" + (f"-{_YEAR_COLUMNS[at - 1]}{row}" if at else ""))
                for at, letter in enumerate(_YEAR_COLUMNS)
            ),
        )  # fmt: skip


def _costs(
    sheet: Sheet,
    plan: Plan,
    made: Sequence[Part],
    ranges: dict[str, str],
    rows: dict[str, tuple[int, np.ndarray]],
) -> None:
    sheet.gap()
    sheet.line(Cell(None), Cell("One-off cost and net cash", "strong"))
    paid = []
    for part in made:
        if key := ranges.get(f"{part.prefix}one_off"):
            words = f"{part.name}: one-off cost" + ("" if part.live else f" ({RERUN})")
            paid.append(_sums(sheet, f"L{part.n}-ONEOFF", words, [key], by_year(part.line.one_off), ""))
    cash = [row for row in (rows["ALL-CASH"][0],) if row] if "ALL-CASH" in rows else []
    net = -by_year(plan.net_cash)
    sheet.line(
        Cell("NET", "total_words"),
        Cell("Cash saved less one-off cost", "total_words"),
        *(
            Cell(float(net[at]), "total", "=" + ("+".join(f"{letter}{row}" for row in [*cash, *paid]) or "0"),
                 f"plan_net_{at + 1}")
            for at, letter in enumerate(_YEAR_COLUMNS)
        ),
    )  # fmt: skip
    row, so_far = sheet.at, np.cumsum(net)
    sheet.line(
        Cell("NET-SO-FAR", "total_words"),
        Cell("The same, so far", "total_words"),
        *(
            Cell(float(so_far[at]), "total", f"=SUM($C{row}:{letter}{row})")
            for at, letter in enumerate(_YEAR_COLUMNS)
        ),
    )
    short = f"Months!${ranges['net_so_far']}${FIRST}:${ranges['net_so_far']}${LAST}"
    months = f"Months!$C${FIRST}:$C${LAST}"
    spent = "+".join(f"SUM({letter}{at})" for at in paid for letter in _YEAR_COLUMNS) or "0"
    formula = (
        f'=IF({spent}<=0,0,IF(COUNTIF({short},"<-0.000001")=0,1,IF(INDEX({short},{LAST - FIRST + 1})<-0.000001,'
        f'"not in five years",SUMPRODUCT(MAX(({short}<-0.000001)*({months}+1)))-start_month+1)))'
    )
    value = "not in five years" if plan.payback_months is None else plan.payback_months
    sheet.line(
        "PAYBACK",
        "Months until cash has paid back all one-off cost for good",
        Cell(value, "number", formula, "payback_months"),
    )


def _stops(sheet: Sheet, plan: Plan, made: Sequence[Part], ranges: dict[str, str]) -> None:
    sheet.gap()
    sheet.line(
        Cell(None), Cell("Stops during the year, as children's own ends come (its full-year value)", "strong")
    )
    for part in made:
        if key := ranges.get(f"{part.prefix}ended"):
            words = part.name + ("" if part.live else f" ({RERUN})")
            _sums(sheet, f"L{part.n}-STOPS", words, [key], by_year(part.line.ended), "")


def _sums(
    sheet: Sheet, code: str, words: str, letters: Sequence[str], years: np.ndarray, sign: str,
    style: Style = "gbp", full: Cell | None = None,
) -> int:  # fmt: skip
    """A row that adds up months by year; gives its number."""
    cells = []
    for at in range(YEARS):
        first, last = FIRST + at * MONTHS_A_YEAR, FIRST + (at + 1) * MONTHS_A_YEAR - 1
        added = "+".join(f"SUM(Months!${letter}${first}:${letter}${last})" for letter in letters)
        cells.append(Cell(float(years[at]), style, f"={sign}({added})" if added else ""))
    return sheet.line(code, words, *cells, *([full] if full else []))


def _values(sheet: Sheet, code: str, words: str, years: np.ndarray) -> None:
    sheet.line(code, words, *(Cell(float(gbp), "gbp") for gbp in years))
