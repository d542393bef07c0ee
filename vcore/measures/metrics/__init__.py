"""The metric registry: what each figure on a screen means, in one place.

Help texts, the methods page and exports read it; the functions that compute live beside it.
"""

from __future__ import annotations

from vcore.errors import InvalidChoice
from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric
from vcore.measures.metrics.need_cost import NEED_COST
from vcore.measures.metrics.providers import PROVIDERS

_SMALLEST = int(value("smallest_n_for_mean"))
_HIDDEN = int(value("small_count")) + 1
METRICS = {
    "children": Metric(
        "Children",
        "Children in care on the date who fit the filters.",
        "count of children",
        "children",
        "neutral",
        _HIDDEN,
    ),
    "weekly_spend": Metric(
        "Weekly cost",
        "What their placements cost in a week, all funders together. "
        "Children without a recorded cost add nothing.",
        "sum of gross weekly cost",
        "£ a week",
        "neutral",
        _SMALLEST,
    ),
    "annual_spend": Metric(
        "Annual cost",
        "The weekly cost as a full year at today's prices and placements. Not a forecast.",
        "weekly cost × weeks a year",
        "£ a year",
        "neutral",
        _SMALLEST,
    ),
    "top_tenth_share": Metric(
        "Share of spend on the dearest tenth",
        "How much of all spend goes on the dearest 10% of placements.",
        "cost of the dearest ceil(10% × children) ÷ cost of all; children without a cost rank last",
        "% of spend",
        "neutral",
        _SMALLEST,
    ),
    "residential_without_severe": Metric(
        "Children in residential with no severe need",
        "Of assessed children living in residential settings, those with no severe and complex need. "
        "A reason to talk about a child, never a decision: low need may be because the home works.",
        "children in residential with severe count 0 ÷ assessed children in residential",
        "% of children in residential",
        "neutral",
        _SMALLEST,
    ),
    "without_severe_share": Metric(
        "Children with no severe need",
        "Of assessed children, those with no severe and complex need. "
        "A reason to talk about a child, never a decision.",
        "children with severe count 0 ÷ assessed children",
        "% of assessed children",
        "neutral",
        _SMALLEST,
    ),
    "mean_weekly_cost": Metric(
        "Mean weekly cost",
        "Average gross weekly cost of children whose placement has a cost.",
        "sum of gross weekly cost ÷ children with a cost",
        "£ a week",
        "neutral",
        _SMALLEST,
    ),
    "mean_need_total": Metric(
        "Mean total need",
        "Average sum of all need domains, over children with an assessment.",
        "sum of total need ÷ assessed children",
        "points",
        "neutral",
        _SMALLEST,
    ),
    "placement_flows": Metric(
        "Where children lived then and live now",
        "Children who fit the filters on either date, by where they lived on each. "
        "Who moved away and back has stayed; who came into care and left in between is in neither.",
        "count of children by setting on the earlier date and on the later one",
        "children",
        "neutral",
        _HIDDEN,
    ),
    "many_placements": Metric(
        "Three or more placements in a year",
        "Children who had three or more placements in the 12 months to the date, the present one included. "
        "Changes of legal status alone do not count. A move can be a good move.",
        "children with 3 or more placements in 12 months ÷ children",
        "% of children",
        "lower is better",
        _SMALLEST,
    ),
    "broke_down": Metric(
        "A placement broke down",
        "Children with a placement that ended in the 12 months to the date for a reason that counts as a "
        "breakdown, such as the carer's or the provider's request.",
        "children with a breakdown in 12 months ÷ children",
        "% of children",
        "lower is better",
        _SMALLEST,
    ),
    "settled": Metric(
        "Settled for two years",
        "Of children under 16 who have been in care for two and a half years or more, those who have lived in "
        "the same placement for two years or more.",
        "children in the placement for 24 months or more ÷ children under 16 and 2.5 years or more in care",
        "% of children",
        "higher is better",
        _SMALLEST,
    ),
    "months_in_placement": Metric(
        "Time in the present placement",
        "Average time since the placement began in which the child lives on the date. "
        "These placements are still running, so it says nothing of how long they will last.",
        "sum of months in the present placement ÷ children",
        "months",
        "neutral",
        _SMALLEST,
    ),
    "interval_of_mean": Metric(
        "95% interval of a mean",
        "How far the mean could lie from that of many such children by chance alone. "
        "Bands hold different children on one date: nothing here says that any child's need or cost changed.",
        "mean ± 1.96 × standard deviation ÷ √n",
        "as the mean",
        "neutral",
        _SMALLEST,
    ),
    "endings": Metric(
        "Placements that reach an end",
        "Children who turn 18, or whose placement is planned to end, in the 12 months after the date: each "
        "once, at whichever comes first. The 18th birthday is taken as the first of its month.",
        "count of children by month of the earlier of 18th birthday and planned end",
        "children",
        "neutral",
        _HIDDEN,
    ),
    "weekly_cost_ending": Metric(
        "Weekly cost of placements that reach an end",
        "What those placements cost in a week. Not a saving: most of these children need another home.",
        "sum of gross weekly cost",
        "£ a week",
        "neutral",
        _SMALLEST,
    ),
    "costed_share": Metric(
        "Placements with a cost",
        "Children whose placement has a recorded cost. The rest are missing, not £0.",
        "children with a cost ÷ children",
        "% of children",
        "higher is better",
        _SMALLEST,
    ),
    "stale_share": Metric(
        "Assessments older than six months",
        "Assessed children whose latest assessment is older than the limit.",
        "assessments older than 183 days ÷ assessed children",
        "% of assessed children",
        "lower is better",
        _SMALLEST,
    ),
    **NEED_COST,
    **PROVIDERS,
}


def metric(key: str) -> Metric:
    """One metric's definition. Raises `InvalidChoice` for a key that is not registered."""
    if key not in METRICS:
        raise InvalidChoice("metric", key, METRICS)
    return METRICS[key]
