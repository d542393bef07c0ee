"""The Months sheet: 60 months from April of the plan's first year; for each lever when it is in effect, which of its
savings are still there, and the £ of each month. One row a month, so that a formula can be followed across.

The left part of a live lever counts months from its own first one, the right part the plan's months.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from vcore.exports.workbook.levers import RERUN, Part
from vcore.exports.workbook.rows import MONTHS, Rows
from vcore.exports.workbook.sheets import Cell, Sheets, Style
from vcore.exports.workbook.timing import Timing, counted_to_the_end, part_of_a_month, timing_of
from vcore.scenarios.calendar import MONTHS_A_YEAR
from vcore.scenarios.plan import Plan

FIRST, LAST = 6, 5 + MONTHS
_MONTH, _RISE = "$C#", "$D#"


class Series(NamedTuple):
    """A column of months: what it is called, its values, and its formula, with `#` for the row, `~` for the one
    above and `§` for the one as far from the last month as this is from the first."""

    heading: str
    values: np.ndarray
    formula: str = ""
    style: Style = "gbp"


class Months:
    """The columns of the sheet while they are made; `ranges` says where a series for Plan stands."""

    def __init__(self) -> None:
        self.columns: list[Series] = []
        self.ranges: dict[str, str] = {}

    def add(self, series: Series, name: str = "") -> str:
        """Appends a column; gives what a row's formula calls its cell."""
        self.columns.append(series)
        letter = xl_col_to_name(len(self.columns) + 3)  # after month, financial year, number and prices
        if name:
            self.ranges[name] = letter
        return f"${letter}#"


def write_months(sheets: Sheets, plan: Plan, made: Sequence[Part], rows: Rows) -> dict[str, str]:
    """Writes the sheet; gives the column letter of each series that Plan adds up, by its name."""
    months = Months()
    for part in made:
        (_live if part.live else _fixed)(months, plan, part, rows)
    net = _net_so_far(plan, months, made)
    months.add(Series("Cash saved less one-off cost, so far", plan.net_cash.cumsum(), net), "net_so_far")
    sheet = sheets.sheet("Months", (12, 11, 8, 10, *([13] * len(months.columns))), wide=True)
    sheet.title_line(
        "Months", "£ a month, a saving positive. A month is a twelfth of the weeks a year; each child's saving "
        "counts until the child's own end.",
    )  # fmt: skip
    sheet.gap()
    sheet.headings(
        "Month",
        "Financial year",
        "Month no.",
        "Prices",
        *(one.heading for one in months.columns),
        freeze=True,
    )
    sheet.page.freeze_panes(sheet.at, 2)
    rises = plan.calendar.uplifted(plan.months, plan.result.cohort.as_of)
    aprils = _aprils(plan)
    for at, day in enumerate(plan.months.first_days):
        sheet.line(
            Cell(day, "month"),
            plan.years[at // MONTHS_A_YEAR],
            Cell(at, "number"),
            Cell(float(rises[at]), "factor", f"=(1+yearly_uplift)^{aprils[at]}"),
            *(
                Cell(float(one.values[at]), one.style, _in_row(one.formula, sheet.next_row, LAST - at))
                for one in months.columns
            ),
        )
    return months.ranges


def _in_row(formula: str, row: int, mirrored: int) -> str:
    return formula.replace("#", str(row)).replace("~", str(row - 1)).replace("§", str(mirrored))


def _aprils(plan: Plan) -> np.ndarray:
    """How many Aprils lie between the data and each month."""
    as_of = plan.result.cohort.as_of
    before = (as_of.year - (as_of.month < 4)) * MONTHS_A_YEAR + 3
    return (plan.months.numbers - before) // MONTHS_A_YEAR


def _live(months: Months, plan: Plan, part: Part, rows: Rows) -> None:
    p, step, line = part.prefix, part.step, part.line
    lever = step.settings
    timing = timing_of(plan, part)
    title = f"{part.n}."
    limits = f'IF({p}moves_a_month="",1,IF({p}placed_children>0,{p}moves_a_month*({_MONTH}+1)/{p}placed_children,1))'
    phased = months.add(
        Series(
            f"{title} done by its own month", timing.phased,
            f"=MIN(1,{limits},IF({p}ramp_months=0,1,({_MONTH}+1)/{p}ramp_months))", "share",
        )
    )  # fmt: skip
    there = phased
    if part.comes_back:
        new = months.add(
            Series(
                f"{title} done in it", np.diff(timing.phased, prepend=0.0),
                f"={phased}-IF({_MONTH}=0,0,{_above(phased)})", "share",
            )
        )  # fmt: skip
        back = f"{MONTHS - 1}-{_MONTH}"
        rev = months.add(
            Series(
                f"{title} still there, from the last month back", lever.staying(np.arange(MONTHS))[::-1],
                f"=IF({back}=0,1,{p}holds^MIN(1,({back})/{p}holds_months))", "share",
            )
        )  # fmt: skip
        done, left = (cell.replace("#", "") for cell in (new, rev))
        reach = f"{left}§:{left}${LAST}"
        there = months.add(
            Series(
                f"{title} of them there by its own month", timing.there,
                f"=SUMPRODUCT({done}${FIRST}:{done}#,{reach})", "share",
            )
        )  # fmt: skip
    own = f"({_MONTH}-{p}own_start)"
    lasting = f"IF({p}holds=0,1,{p}holds)" if part.comes_back else "1"
    at = _column(there)
    paid = months.add(
        Series(
            f"{title} in effect", timing.paid,
            f"=IF({own}<0,0,((1-{p}part_notice)*INDEX({at},MAX({own},0)+1)"
            f"+{p}part_notice*IF({own}<1,0,INDEX({at},MAX({own},1))))/{lasting})", "share",
        )
    )  # fmt: skip
    until = rows.until
    fulls = []
    for kind, only in part.savings.items():
        values = rows.pick(step.rows_by_kind[kind])
        own_kind = f',vacated_is,"{only}"' if only else ""
        of_kind = f'*(vacated_is="{only}")' if only else ""
        full = months.add(
            Series(
                f"{title} {kind}: still counted at its end, £ a week", counted_to_the_end(values, until),
                f'=SUMIFS({p}saving,counted_until,">="&({_MONTH}+1){own_kind})',
            )
        )  # fmt: skip
        part_month = months.add(
            Series(
                f"{title} {kind}: part of the month", part_of_a_month(values, until),
                f"=SUMPRODUCT((counted_until>{_MONTH})*(counted_until<{_MONTH}+1)"
                f"*(counted_until-{_MONTH})*{p}saving{of_kind})",
            )
        )  # fmt: skip
        fulls.append(full)
        months.add(
            Series(
                f"{title} {kind}, £", line.savings[kind],
                f"=({full}+{part_month})*{paid}*{_RISE}*weeks_per_year/12",
            ),
            f"{p}{kind}",
        )  # fmt: skip
    if part.moving[1]:
        _moves(months, part, rows, timing, phased, there, lasting)
    standing = "+".join(fulls)
    before = f"IF({_MONTH}=0,{p}weekly_gbp,{'+'.join(_above(one) for one in fulls)})"
    months.add(
        Series(f"{title} stops, its full-year value", line.ended,
               f"=({before}-({standing}))*{paid}*{_RISE}*weeks_per_year"),
        f"{p}ended",
    )  # fmt: skip


def _moves(
    months: Months, part: Part, rows: Rows, timing: Timing, phased: str, there: str, lasting: str
) -> None:
    """Who moves and who comes back, and what it costs."""
    p, line, title, until = part.prefix, part.line, f"{part.n}.", rows.until
    own, by, at = f"({_MONTH}-{p}own_start)", _column(phased), _column(there)
    weight = rows.pick(part.step.effect.moved)

    def in_month(column: str) -> str:
        return f"(INDEX({column},MAX({own},0)+1)-IF({own}<1,0,INDEX({column},MAX({own},1))))"

    new = months.add(
        Series(f"{title} share done in the month", timing.done, f"=IF({own}<0,0,{in_month(by)})", "share")
    )
    factor, moved = part.moving
    standing = counted_to_the_end(weight, until) + part_of_a_month(weight, until)
    here = months.add(
        Series(
            f"{title} children not at their own end", standing / timing.lasting,
            f'={factor}*(SUMIFS({moved},counted_until,">="&({_MONTH}+1))+SUMPRODUCT((counted_until>{_MONTH})'
            f"*(counted_until<{_MONTH}+1)*(counted_until-{_MONTH})*{moved}))/{lasting}", "weight",
        )
    )  # fmt: skip
    moving = months.add(Series(f"{title} children move", line.moved, f"={here}*{new}", "weight"), f"{p}move")
    if not part.comes_back:
        return
    lost = months.add(
        Series(f"{title} share lost in it", timing.lost, f"=IF({own}<0,0,{new}-{in_month(at)})", "share")
    )
    back = months.add(
        Series(f"{title} of them come back", line.returned, f"={here}*{lost}", "weight"), f"{p}return"
    )
    made = f"IF({p}moved_children>0,{moving}/{p}placed_children,{new})"
    months.add(
        Series(
            f"{title} one-off cost, £", line.one_off,
            f"=({p}once_gbp*{made}+{back}*{p}return_cost_gbp)*{_RISE}",
        ),
        f"{p}one_off",
    )  # fmt: skip


def _fixed(months: Months, plan: Plan, part: Part, rows: Rows) -> None:
    line, p = part.line, part.prefix
    for kind in part.savings:
        months.add(Series(f"{part.n}. {kind}, £ ({RERUN})", line.savings[kind]), f"{p}{kind}")
    for name, words, values in (
        ("move", "children move", line.moved),
        ("return", "of them come back", line.returned),
        ("one_off", "one-off cost, £", line.one_off),
        ("ended", "stops, its full-year value", line.ended),
    ):
        if values.any():
            style: Style = "weight" if name in ("move", "return") else "gbp"
            months.add(Series(f"{part.n}. {words} ({RERUN})", values, style=style), f"{p}{name}")


def _net_so_far(plan: Plan, months: Months, made: Sequence[Part]) -> str:
    gained = [months.ranges[key] for part in made if (key := f"{part.prefix}cashable") in months.ranges]
    paid = [months.ranges[key] for part in made if (key := f"{part.prefix}one_off") in months.ranges]
    sums = [f"SUM(${letter}${FIRST}:${letter}#)" for letter in gained]
    less = [f"-SUM(${letter}${FIRST}:${letter}#)" for letter in paid]
    return "=" + ("+".join(sums) or "0") + "".join(less)


def _above(cell: str) -> str:
    """The same column one row higher."""
    return cell.replace("#", "~")


def _column(cell: str) -> str:
    """All the months of a cell's column."""
    letter = cell.replace("#", "")
    return f"{letter}${FIRST}:{letter}${LAST}"
