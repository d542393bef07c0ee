"""The money plan in sentences: children before money, whole years named, plural-safe.

Every number in them passes the gate. Pure text: draws nothing, runs nothing.
"""

from __future__ import annotations

from ui.disclosure import Gate
from ui.headlines import Headline
from ui.money_plan_rows import Cell
from ui.scenario_words import WHOSE, weeks_words, who_line
from ui.theme import count, money, percent
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios.calendar import MONTHS_A_YEAR, YEARS
from vcore.scenarios.plan import Plan

ONLY_THESE = (
    "Only children here today are counted, each until the planned end of the placement or the 18th birthday: "
    "so the plan falls over the years, and what stops has to be found again."
)
LASTING = (
    "Moves that do not last stop saving when the child returns, so the first year can save more than the full-year "
    "effect, which counts only what lasts."
)
BUILDING = (
    "A home of our own costs every place and its loan from the month it opens, filled or not. Growth avoided builds up "
    "month by month: the full year has it once it is built up, which may be after these five years."
)
NOT_ADDED = "Cash, capacity, growth avoided and claims are never added up: only cash pays a bill."
BRACKETS = "Savings are negative, in brackets. £ a financial year, April to March."


def in_brackets(cell: Cell) -> str:
    """£ of cost to the pound: a saving is negative and stands in brackets."""
    if isinstance(cell, str):
        return cell
    pounds = f"{abs(cell):,.0f}"
    return "–" if pounds == "0" else f"({pounds})" if cell < 0 else pounds


def headlines(plan: Plan, first_year: Cell, full_year: Cell) -> list[Headline]:
    """The cash of the first year and of a full year, what it costs once, and when that is paid back.

    Cells are £ of cost as in the rows, or "c".
    """
    year = plan.years[0]
    part = MONTHS_A_YEAR - int((plan.months.since_start[:MONTHS_A_YEAR] < 0).sum())
    first = f"{_direction(first_year)} in {year}"
    first += "" if part == MONTHS_A_YEAR else f" (part of the year: {count(part, 'month', 'months')})"
    return [
        Headline(_size(first_year), first),
        Headline(_size(full_year), f"{_direction(full_year)} in a full year"),
        Headline(money(plan.result.delivery_cost_gbp), "one-off cost of the moves"),
        _payback(plan),
    ]


def _payback(plan: Plan) -> Headline:
    months = plan.payback_months
    if months is None:
        return Headline("Not yet", f"paid back in cash within {YEARS} years")
    if months == 0:
        return Headline("Nothing", "to pay back: no one-off cost")
    return Headline(count(months, "month", "months"), "until cash pays that back")


def _size(cell: Cell) -> str:
    return cell if isinstance(cell, str) else money(abs(cell))


def _direction(cell: Cell) -> str:
    """Cash saved, or spent more; the sign is said in words."""
    return "more spent" if isinstance(cell, float) and round(cell) > 0 else "cash saved"


def basis_line(plan: Plan, gate: Gate) -> str:
    """Which children, whose money, at which prices, from when."""
    scenario = plan.result.scenario
    uplift = plan.calendar.yearly_uplift
    rise = f"prices {'up' if uplift > 0 else 'down'} {percent(abs(uplift))} each April"
    prices = rise if uplift else "today's prices"
    start = plan.months.first_days[int((plan.months.since_start < 0).sum())]
    return (
        f"{who_line(plan.result, gate)} · {WHOSE[scenario.cost_basis]} · {prices} · "
        f"{weeks_words(scenario.weeks_per_year)} weeks a year · from {start:%B %Y}"
    )


def month_title(year: str, kinds: dict[str, Cell]) -> str:
    """What a year's months come to, by kind of saving in words; £ saved or "c"."""
    said = [f"{money(gbp)} {words}" for words, gbp in kinds.items() if isinstance(gbp, float) and round(gbp)]
    if said:
        return f"{year}: {', '.join(said)}"
    return f"{year}: amounts hidden ({HIDDEN})" if HIDDEN in kinds.values() else f"{year}: nothing is saved"
