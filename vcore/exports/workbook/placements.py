"""The Placements sheet, row by row, and Baseline, which adds it up by kind of home."""

from __future__ import annotations

import numpy as np

from vcore.exports.workbook.about import About
from vcore.exports.workbook.rows import FIRST_ROW, Rows
from vcore.exports.workbook.sheets import Bulk, Cell, Sheets
from vcore.facts.placements import DETAIL_LABELS

_WIDE = {"home": 30}


def write_placements(sheets: Sheets, rows: Rows) -> None:
    """One row a costed placement, the dearest first, with what every lever does to it."""
    columns = rows.columns
    sheet = sheets.sheet("Placements", [_WIDE.get(column.name, 14) for column in columns], wide=True)
    sheet.title_line(
        "Placements",
        "One row a placement with a cost, the dearest first: no child's id and no need. A weight is the part of a "
        "child that a lever moves.",
    )
    sheet.gap()
    texts = [at for at, column in enumerate(columns) if column.style == "text"]
    sheet.headings(*(column.heading for column in columns), left=texts)
    sheet.page.freeze_panes(FIRST_ROW - 1, 2)
    last = FIRST_ROW + max(len(rows.order), 1) - 1
    for at, column in enumerate(columns):
        sheet.name_column(column.name, at, FIRST_ROW, last)
    sheet.bulk(
        [
            Bulk(
                column.values.tolist(), column.style, column.formula,
                None if column.where is None else column.where.tolist(),
            )
            for column in columns
        ]
    )  # fmt: skip


def write_baseline(sheets: Sheets, rows: Rows, about: About) -> None:
    """What placements cost today, by kind of home."""
    sheet = sheets.sheet("Baseline", (34, 16, 20, 20, 20))
    sheet.title_line(
        "Baseline", f"What placements cost today, before any lever. {about.cohort}: {about.children}."
    )
    sheet.headings(
        "Kind of home", "Placements with a cost", "£ a week, gross", "£ a week counted here", "Mean £ a week, gross",
        freeze=True,
    )  # fmt: skip
    by_name = {column.name: column.values for column in rows.columns}
    homes, cost, share = (by_name[name] for name in ("home", "cost", "share_counted"))
    first = sheet.next_row
    for label in DETAIL_LABELS.values():
        here = homes == label
        if not here.any():
            continue
        n, gross, counted = int(here.sum()), float(cost[here].sum()), float((cost * share)[here].sum())
        row = sheet.next_row
        sheet.line(
            label,
            Cell(n, "number", f"=COUNTIF(home,A{row})"),
            Cell(gross, "gbp", f"=SUMIFS(cost,home,A{row})"),
            Cell(counted, "gbp", f"=SUMPRODUCT((home=A{row})*cost*share_counted)"),
            Cell(gross / n, "gbp", f"=C{row}/B{row}"),
        )
    last = max(sheet.at, first)
    gross = float(np.sum(cost))
    sheet.line(
        Cell("All placements with a cost", "total_words"),
        Cell(len(cost), "total", f"=SUM(B{first}:B{last})"),
        Cell(gross, "total", f"=SUM(C{first}:C{last})", "baseline_gross_gbp"),
        Cell(float((cost * share).sum()), "total", f"=SUM(D{first}:D{last})", "baseline_counted_gbp"),
        Cell(gross / max(len(cost), 1), "total", f"=IF(B{last + 1}=0,0,C{last + 1}/B{last + 1})"),
    )
    sheet.gap()
    sheet.line(Cell(f"Children without a cost, who are in no sum here: {about.uncosted}.", "quiet"))
