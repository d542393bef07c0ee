"""The workbook for whoever sees groups of children only: the same sheets, grouped, rounded and with "c" where hidden.

Everything in it comes ready, through the reader's gate: nothing here looks at a child. Only the weeks a year are
live, since any other setting would need the placements one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from vcore.exports.workbook.about import About
from vcore.exports.workbook.assumptions import Setting, write_assumptions, write_changes
from vcore.exports.workbook.levers import RERUN
from vcore.exports.workbook.read_me import write_read_me
from vcore.exports.workbook.sheets import Cell, Sheets, Style
from vcore.measures.disclosure.thresholds import MONEY_ROUNDED_TO

Told = float | str
_HOW = (
    "This workbook holds groups of children: counts to the nearest 5, money to the nearest £100, and c where a "
    "number is hidden, so that no child can be picked out.",
    "Weeks a year is live: change the yellow cell in Assumptions and what is in effect all year follows.",
    "What is marked “re-run in the app” has the app's values: change it there and download again. Whoever may see "
    "what single placements cost gets a workbook that follows every price, share and date.",
    "A home of one's own costs every place and its loan from the month it opens; growth avoided builds up by month.",
    "Kinds of saving stand apart and are never added: cash, capacity released, growth avoided, claimed.",
)


class Amount(NamedTuple):
    """One figure of the scenario. `a_year`: it is a full year's, so it follows the weeks a year."""

    words: str
    told: Told
    a_year: bool = False


class PlanLine(NamedTuple):
    """One line of the plan in £ of cost by financial year; `full_year` is empty where it has no meaning."""

    block: str
    code: str
    words: str
    years: Sequence[Told]
    full_year: Told
    is_total: bool


class Grouped(NamedTuple):
    """All that the workbook holds: already gated and rounded. `baseline` has a row a kind of home."""

    weeks_per_year: float
    settings: dict[str, list[Setting]]
    baseline: pd.DataFrame
    amounts: Sequence[Amount]
    years: Sequence[str]
    lines: Sequence[PlanLine]


def grouped_workbook(told: Grouped, about: About) -> bytes:
    """The workbook of groups."""
    sheets = Sheets()
    write_read_me(sheets, about, None, _HOW)
    at = write_assumptions(sheets, told.settings)
    _write_baseline(sheets, told, about)
    _write_calculation(sheets, told)
    totals = _write_plan(sheets, told)
    _write_checks(sheets, totals)
    write_changes(sheets, told.settings, at)
    return sheets.finished()


def _write_baseline(sheets: Sheets, told: Grouped, about: About) -> None:
    sheet = sheets.sheet("Baseline", (40, *([18] * (len(told.baseline.columns) - 1))))
    sheet.title_line(
        "Baseline", f"What placements cost today, before any lever. {about.cohort}: {about.children}."
    )
    sheet.headings(*map(str, told.baseline.columns), freeze=True)
    styles: list[Style] = [_style(str(heading)) for heading in told.baseline.columns[1:]]
    for home, *numbers in told.baseline.itertuples(index=False):
        sheet.line(str(home), *(_cell(number, look) for number, look in zip(numbers, styles, strict=True)))
    sheet.gap()
    sheet.line(Cell("c: hidden, so that no child can be picked out · x: not available", "quiet"))


def _write_calculation(sheets: Sheets, told: Grouped) -> None:
    sheet = sheets.sheet("Calculation", (70, 20, 30))
    sheet.title_line(
        "Calculation", "The app's figures, rounded. A saving is positive here, in brackets in Plan."
    )
    sheet.headings("Figure", "Here", "How", left=(0, 2), freeze=True)
    for amount in told.amounts:
        live = amount.a_year and not isinstance(amount.told, str)
        formula = _by_weeks(amount.told, told.weeks_per_year) if live else ""
        sheet.line(
            Cell(amount.words, "wrap"),
            _cell(amount.told)._replace(formula=formula),
            Cell("follows the weeks a year" if live else RERUN, "quiet"),
        )


class _Total(NamedTuple):
    """A total of the plan's first year: the rows of its parts and its own, and what they hold."""

    words: str
    parts: list[tuple[int, Told]]
    own: tuple[int, Told]


def _write_plan(sheets: Sheets, told: Grouped) -> list[_Total]:
    """Writes the sheet; gives its totals."""
    sheet = sheets.sheet("Plan", (16, 60, *([15] * (len(told.years) + 1))), wide=True)
    sheet.title_line(
        "Plan", "£ of cost, April to March: what is saved stands in brackets, to the nearest £100."
    )
    sheet.headings("Reference", "Line", *told.years, "Full year", left=(0, 1), freeze=True)
    block, totals = "", []
    parts: dict[str, list[tuple[int, Told]]] = {}
    for line in told.lines:
        if line.block != block:
            block, parts = line.block, {}
            sheet.gap()
            sheet.line(Cell(None), Cell(block, "strong"))
        style: Style = "total_words" if line.is_total else "text"
        full = [] if line.full_year == "" else [line.full_year]
        row = sheet.line(
            Cell(line.code, style), Cell(line.words, style), *(_cell(gbp) for gbp in [*line.years, *full])
        )
        kind, first = line.code.split("-", 1)[-1], (row, line.years[0])
        if line.code.startswith("ALL-"):
            totals.append(_Total(f"{line.code}, {block.lower()}", parts.get(kind, []), first))
        else:
            parts.setdefault(kind, []).append(first)
    return totals


def _write_checks(sheets: Sheets, totals: Sequence[_Total]) -> None:
    """Each total against its parts: to the rounding of them all, where none of them is hidden."""
    sheet = sheets.sheet("Checks", (50, 18, 18, 18, 14))
    sheet.title_line("Checks", "Each total of the plan's first year against its parts, to their rounding.")
    sheet.headings("Total", "Parts", "Total", "Difference", "Check", left=(0, 4), freeze=True)
    for total in totals:
        here, (own_row, own) = sheet.next_row, total.own
        within = MONEY_ROUNDED_TO / 2 * (len(total.parts) + 1)
        held = [*(told for _, told in total.parts), own]
        hidden = any(isinstance(told, str) for told in held)
        added = sum(told for _, told in total.parts if not isinstance(told, str))
        whole = 0.0 if isinstance(own, str) else own
        any_hidden = "+".join(f"ISTEXT(Plan!C{row})" for row in [*(row for row, _ in total.parts), own_row])
        sheet.line(
            total.words,
            Cell(added, "gbp", "=" + ("+".join(f"N(Plan!C{row})" for row, _ in total.parts) or "0")),
            Cell(own, "hidden" if isinstance(own, str) else "gbp", f"=Plan!C{own_row}"),
            Cell(0.0 if hidden else added - whole, "gbp", f"=IF({any_hidden}>0,0,B{here}-C{here})"),
            Cell(
                "hidden" if hidden else "OK",
                "text",
                f'=IF({any_hidden}>0,"hidden",IF(ABS(D{here})<={within:g},"OK","NOT OK"))',
            ),
        )


def _cell(told: Told, style: Style = "gbp") -> Cell:
    return Cell(told, "hidden" if isinstance(told, str) else style)


def _style(heading: str) -> Style:
    return "share" if heading.startswith("Share") else "one_place" if "need" in heading else "gbp"


def _by_weeks(gbp: Told, weeks: float) -> str:
    return f"={gbp!r}*weeks_per_year/{weeks!r}"
