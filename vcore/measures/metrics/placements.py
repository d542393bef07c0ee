"""What the figures about placements mean: where children live and lived, how settled they are, what ends."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
_HIDDEN = int(value("small_count")) + 1
PLACEMENTS = {
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
}
