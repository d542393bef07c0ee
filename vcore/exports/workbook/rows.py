"""The Placements sheet as columns: one row a costed placement, the dearest first. No id, no need, no name.

A column is plain values from the data, or a formula that every row has with `#` for the row's number, and always
the values it comes to. Levers add their own columns (`levers.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from vcore.exports.workbook.sheets import Style
from vcore.facts.placements import DETAIL_LABELS
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.calendar import MONTHS_A_YEAR, YEARS
from vcore.scenarios.plan import Plan
from vcore.scenarios.step import PAID_FOR_ANYWAY

CASH, CAPACITY = "cash", "capacity"
MONTHS = YEARS * MONTHS_A_YEAR
FIRST_ROW = 6
NUMBER, SETTING, COST, SHARE, UNTIL = "$A#", "$B#", "$C#", "$D#", "$E#"


@dataclass(frozen=True, eq=False)
class Column:
    """One column of the sheet. `where`: which rows have a cell (None: all)."""

    name: str
    heading: str
    values: np.ndarray
    style: Style
    formula: str = ""
    where: np.ndarray | None = None


@dataclass(eq=False)
class Rows:
    """The placements, in the order of the sheet, and the columns written so far.

    `children` are in the cohort; `order` picks the rows out of its arrays. `until` is how many of the plan's 60
    months end before the child's own end, parts of a month with it.
    """

    children: int
    order: np.ndarray
    until: np.ndarray
    is_capacity: np.ndarray
    columns: list[Column] = field(default_factory=list)

    def add(self, column: Column) -> str:
        """Appends a column; gives what a row's formula calls its cell in it."""
        self.columns.append(column)
        return self.cell(column.name)

    def cell(self, name: str) -> str:
        """What a row's formula calls its cell in the column of this name."""
        return f"${xl_col_to_name([column.name for column in self.columns].index(name))}#"

    def pick(self, cohort_values: np.ndarray) -> np.ndarray:
        """A cohort's array in the order of the sheet."""
        return np.broadcast_to(cohort_values, (self.children,)).take(self.order)


def placements(plan: Plan, base: Baseline) -> Rows:
    """The columns that come before any lever."""
    order = np.argsort(base.rank)[: int((~np.isnan(base.gross)).sum())]
    places, parts = base.ends_in(plan.months)
    kept = base.among("sourced", PAID_FOR_ANYWAY)
    rows = Rows(len(base), order, (places + parts)[order], kept[order])
    details = np.array([""] * len(base), dtype=object)
    for detail, label in DETAIL_LABELS.items():
        details[base.among("setting_detail", [detail])] = label
    share = base.social_care_share if plan.result.scenario.cost_basis == "social_care" else np.ones(len(base))
    rows.add(Column("placement_no", "No., dearest first", np.arange(1, len(order) + 1), "number"))
    rows.add(Column("home", "Kind of home", rows.pick(details), "text"))
    rows.add(Column("cost", "Weekly cost, £ gross", rows.pick(base.gross), "pence"))
    rows.add(Column("share_counted", "Share of it counted", rows.pick(share), "factor"))
    rows.add(Column("counted_until", "Months until its own end, 60 at most", rows.until, "number"))
    words = np.where(rows.is_capacity, CAPACITY, CASH).astype(object)
    rows.add(Column("vacated_is", "A vacated place is", words, "text"))
    return rows
