"""The large numbers of the Scenario screen: a full year, this financial year, what it costs once and net of that.

Only where all amounts may be told; what falls in one year passes the gate once more. Pure: draws nothing.
"""

from __future__ import annotations

from ui.disclosure import Gate
from ui.headlines import Headline
from ui.money_plan_rows import told_in
from ui.scenario_words import WHOSE, yearly
from ui.theme import money
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import Result
from vcore.scenarios.calendar import by_year
from vcore.scenarios.plan import Plan


def headlines(result: Result, plan: Plan | None, gate: Gate) -> list[Headline]:
    """`plan` None: it cannot be made, so nothing is said of a financial year."""
    year, direction = yearly(result.unclaimed_annual_gbp)
    return [
        Headline(year, f"{direction} {WHOSE[result.scenario.cost_basis]}"),
        *([] if plan is None else [_this_year(plan, gate)]),
        Headline(money(result.delivery_cost_gbp), "one-off cost of the moves"),
        Headline(money(result.unclaimed_net_first_year_gbp), "net in the first full year"),
    ]


def _this_year(plan: Plan, gate: Gate) -> Headline:
    """What falls in the plan's first financial year, before one-off cost: children's own ends may tell of few."""
    year = plan.years[0]
    if not told_in(plan, 0, gate):
        return Headline(HIDDEN, f"in {year}")
    amount, way = yearly(float(by_year(plan.unclaimed)[0]))
    return Headline(amount, f"{way.removesuffix('a year')}in {year}")
