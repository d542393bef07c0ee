"""What the figures beside England mean, and what changed since last month."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
ENGLAND = {
    "published_unit_cost": Metric(
        "Published cost of a week",
        "What the Department for Education publishes: a year's spend (section 251 return) over the days of care "
        "in it. Ours is the mean fee on one date, so the two are not the same thing.",
        "spend of the year ÷ days of care in the year × 7",
        "£ a week",
        "neutral",
        _SMALLEST,
    ),
    "published_places": Metric(
        "Where children live, beside England",
        "Share of the children in care in each kind of place, as the Department for Education groups them on 31 March.",
        "children in the place ÷ children in care",
        "% of children",
        "neutral",
        _SMALLEST,
    ),
    "published_growth": Metric(
        "England's rise in a year",
        "How much the published cost of a week across England rose from the year before. It moves with prices and "
        "with who needs care.",
        "England's published cost of a week ÷ that of the year before − 1",
        "%",
        "neutral",
        0,
    ),
    "neighbours_median": Metric(
        "Statistical neighbours",
        "The ten authorities most like one, by the department's model; half of those with a published value are "
        "above it. Not available where fewer than five have one.",
        "median of the neighbours' published values in England's latest year",
        "as the value",
        "neutral",
        0,
    ),
    "month_change": Metric(
        "Changed since last month",
        "Children who fit the filters on the date and a month before, and their weekly cost and mean need on both. "
        "Who moved into the filters counts as new.",
        "the figure on the date − the same figure a month before",
        "children, £ a week, points",
        "neutral",
        _SMALLEST,
    ),
}
