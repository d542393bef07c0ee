"""What the figures of the money plan mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
MONEY_PLAN = {
    "saving_in_year": Metric(
        "Saving in the year",
        "What the levers save in one financial year, April to March. Each child counts from the month of the move, or "
        "of the renewal, until the planned end of the placement or the 18th birthday. Only children here today count. "
        "A home of one's own costs every place and its loan from the month it opens. What prevention avoids builds up: "
        "each month's children are added to those before, for as many months as they would have stayed.",
        "sum over months and children of weekly saving × weeks a year ÷ 12 × the share in effect that month; less what "
        "an open home costs whoever lives there",
        "£ a year",
        "higher is better",
        _SMALLEST,
    ),
    "full_year_effect": Metric(
        "Full-year effect",
        "What the levers save in twelve months once all is in place, homes are filled as far as they will be, what is "
        "avoided has built up and only moves that last are left, before anybody's own end, at today's prices.",
        "weekly saving × weeks a year",
        "£ a year",
        "higher is better",
        _SMALLEST,
    ),
    "cashable": Metric(
        "Cash, capacity, avoided, claimed",
        "A place bought for one child saves cash once it is left. An in-house or block place is capacity until "
        "somebody else fills it. Growth avoided was never spent. A claim on a partner is none until it is agreed.",
        "by how the placement is sourced, and by the lever",
        "£ a year",
        "neutral",
        _SMALLEST,
    ),
    "payback": Metric(
        "Payback",
        "The month after which cashable savings so far never again fall short of one-off cost so far.",
        "running sum of cashable savings − one-off cost, from the plan's first month",
        "months",
        "lower is better",
        _SMALLEST,
    ),
    "outturn": Metric(
        "Outturn",
        "What a financial year will have cost by 31 March, beside its budget. It is not today's weekly cost times the "
        "weeks of a year. Gross, for all children of the authorities.",
        "spent so far + today's placements to 31 March or their known end + expected turnover",
        "£ a year",
        "neutral",
        _SMALLEST,
    ),
    "stops_in_year": Metric(
        "Stops during the year",
        "The full-year value of savings that end in the year because a placement reaches its planned end or the child "
        "turns 18. It has to be found again, or the plan falls by it.",
        "sum of weekly savings that end × weeks a year × the share in effect that month",
        "£ a year",
        "lower is better",
        _SMALLEST,
    ),
}
