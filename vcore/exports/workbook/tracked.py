"""The tracker's workbook for finance: savings by status with live weights, months, the adopted scenario, reasons.

Everything in it comes ready, through the closed gate: no row of a child, and "c" where a number is hidden. Formulas
read a hidden cell as nothing, and say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from vcore.exports.workbook.sheets import Cell, Sheet, Sheets, Style

Told = float | str  # a number, "c" where it is hidden, or "x" where nobody's £ is known
HIDDEN = "c"
HIDDEN_SAID = (
    "c: hidden, so that no child can be picked out. A total with a hidden part is hidden too. x: not known; a total "
    "is without it."
)


class StatusLine(NamedTuple):
    """One status: its children, how many of them with £, £ a year in full, and the share of it that counts."""

    words: str
    children: Told
    priced: Told
    full_gbp: Told
    weight: float


class MonthLine(NamedTuple):
    """One month in £; `parts` are the effects of the actual £, None before the data reaches it."""

    month: date
    planned_gbp: float
    actual_gbp: float | None
    parts: Sequence[float | None]


class Tracked(NamedTuple):
    """All that the workbook holds. `months` is empty where they are hidden; `adopted`: name and £ a year."""

    title: str
    about: Sequence[tuple[str, str]]
    statuses: Sequence[StatusLine]
    part_labels: Sequence[str]
    months: Sequence[MonthLine]
    adopted: tuple[str, Told] | None
    reasons: Sequence[tuple[str, Told]]
    programme: Sequence[Sequence[str]]
    notes: Sequence[str]


def tracked_workbook(told: Tracked) -> bytes:
    """The workbook."""
    sheets = Sheets()
    _write_read_me(sheets, told)
    _write_statuses(sheets, told)
    _write_months(sheets, told)
    sheet = sheets.sheet("Why not moved", (60, 14))
    sheet.title_line("Why not moved", "Children whose last decision closed without a move.")
    sheet.headings("Reason", "Children", freeze=True)
    for words, children in told.reasons:
        sheet.line(words, _cell(children, "number"))
    sheet = sheets.sheet("Programme", (34, 50, 14, 16, 16, 40), wide=True)
    sheet.title_line("Programme", "As published programmes report it: to stand beside, not to reach.")
    sheet.headings("Who", "What", "Children", "£ saved", "£ a child", "Over", left=(0, 1, 5), freeze=True)
    for row in told.programme:
        sheet.line(*(Cell(cell, "wrap" if at in (0, 1, 5) else "hidden") for at, cell in enumerate(row)))
    return sheets.finished()


def _write_read_me(sheets: Sheets, told: Tracked) -> None:
    sheet = sheets.sheet("Read me", (30, 100))
    sheet.title_line(told.title, "Care Value Explorer: what was agreed, and what was delivered")
    for words, said in told.about:
        sheet.line(words, Cell(said, "wrap"))
    sheet.gap()
    for said in (*told.notes, "Change a yellow weight on Status and what counts follows.", HIDDEN_SAID):
        sheet.line(Cell(None), Cell(said, "wrap"))


def _write_statuses(sheets: Sheets, told: Tracked) -> None:
    sheet = sheets.sheet("Status", (50, 12, 12, 18, 12, 20))
    sheet.title_line("Status", "£ to the council in a full year. Delivered is what the latest load shows.")
    sheet.headings(
        "Status", "Children", "With £", "£ a year in full", "Counts", "£ a year counted", freeze=True
    )
    first = sheet.next_row
    for line in told.statuses:
        here = sheet.next_row
        counted = line.full_gbp if isinstance(line.full_gbp, str) else line.full_gbp * line.weight
        sheet.line(
            Cell(line.words, "wrap"),
            _cell(line.children, "number"),
            _cell(line.priced, "number"),
            _cell(line.full_gbp, "gbp"),
            Cell(line.weight, "input_share"),
            _cell(counted, "gbp")._replace(formula=f"=IF(ISTEXT(D{here}),D{here},D{here}*E{here})"),
        )
    last = sheet.at
    fulls = [line.full_gbp for line in told.statuses]
    total = _total(sheet, fulls, [line.weight for line in told.statuses], first, last)
    if told.adopted is not None:
        name, target = told.adopted
        sheet.gap()
        row = sheet.line(Cell(f"Adopted: “{name}”", "wrap"), None, None, None, None, _cell(target, "gbp"))
        known = not (isinstance(target, str) or isinstance(total, str))
        gap: Told = float(target) - float(total) if known else "c"
        sheet.line(
            Cell("Still to be found", "strong"), None, None, None, None,
            _cell(gap, "gbp")._replace(formula=f'=IF(ISTEXT(F{row})+ISTEXT(F{last + 1})>0,"c",F{row}-F{last + 1})'),
        )  # fmt: skip


def _total(sheet: Sheet, fulls: Sequence[Told], weights: Sequence[float], first: int, last: int) -> Told:
    """Writes the row of totals; gives what counts in all."""
    known = [gbp for gbp in fulls if not isinstance(gbp, str)]
    hidden = HIDDEN in fulls
    shares = [share for gbp, share in zip(fulls, weights, strict=True) if not isinstance(gbp, str)]
    counted = HIDDEN if hidden else sum(gbp * share for gbp, share in zip(known, shares, strict=True))
    sums: dict[str, Told] = {"D": HIDDEN if hidden else sum(known), "F": counted}
    cells = {
        letter: _cell(gbp, "total")._replace(
            formula=f'=IF(COUNTIF({letter}{first}:{letter}{last},"c")>0,"c",SUM({letter}{first}:{letter}{last}))'
        )
        for letter, gbp in sums.items()
    }
    blank = Cell(None, "total_words")
    sheet.line(Cell("Total", "total_words"), blank, blank, cells["D"], blank, cells["F"])
    return counted


def _write_months(sheets: Sheets, told: Tracked) -> None:
    sheet = sheets.sheet("Months", (16, 16, 16, *([20] * len(told.part_labels)), 14), wide=True)
    sheet.title_line("Months", "£ a month to the council. The parts of what was actually saved add up to it.")
    if not told.months:
        sheet.line(
            Cell("Hidden: too few children are planned for or have moved to tell their months.", "text")
        )
        return
    sheet.headings("Month", "Planned", "Actual", *told.part_labels, "Check", freeze=True)
    first = sheet.next_row
    for line in told.months:
        here, end = sheet.next_row, "CDEFGH"[len(told.part_labels)]
        check = f'=IF(C{here}="","",IF(ABS(C{here}-SUM(D{here}:{end}{here}))<0.01,"OK","NOT OK"))'
        sheet.line(
            Cell(line.month, "month"),
            Cell(line.planned_gbp, "gbp"),
            Cell(line.actual_gbp, "gbp"),
            *(Cell(part, "gbp") for part in line.parts),
            Cell("" if line.actual_gbp is None else "OK", "text", check),
        )
    last = sheet.at
    columns = [
        [line.planned_gbp for line in told.months],
        [line.actual_gbp or 0.0 for line in told.months],
        *([line.parts[at] or 0.0 for line in told.months] for at in range(len(told.part_labels))),
    ]
    sheet.line(
        Cell("Total", "total_words"),
        *(
            Cell(sum(gbp), "total", f"=SUM({letter}{first}:{letter}{last})")
            for letter, gbp in zip("BCDEFGH", columns, strict=False)
        ),
    )


def _cell(told: Told, style: Style) -> Cell:
    return Cell(told, "hidden" if isinstance(told, str) else style)
