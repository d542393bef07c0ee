"""What the figures of the tracker mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
_HIDDEN = int(value("small_count")) + 1
TRACKER = {
    "tracked": Metric(
        "Status of a saving",
        "Identified: somebody decided that more has to be known. Evidenced: found suitable. Agreed: there is a plan. "
        "Delivered: a move was recorded, and a later load shows the child in another placement, or in none. A recorded "
        "move that no load shows yet stays agreed.",
        "count of children by their last decision, beside the latest load",
        "children",
        "neutral",
        _HIDDEN,
    ),
    "tracker_weighted": Metric(
        "Weighted saving",
        "What a saving counts at each status. Delivered is what the latest load shows; the others are as planned. A "
        "child without a saving adds nothing.",
        "sum over statuses of weight × £ a week × weeks a year; weights 25%, 50%, 75% and 100% unless changed",
        "£ a year",
        "higher is better",
        _SMALLEST,
    ),
    "tracker_actual": Metric(
        "Actual saving",
        "What the home decided about cost the council on the day of the decision, less what is paid on each day after "
        "the move; until a recorded end, the 18th birthday or the last day of the data. Days in a home without a "
        "recorded cost save nothing and are not guessed.",
        "sum over days after the move of (cost before − cost that day) × weeks a year ÷ 12 ÷ days of the month",
        "£",
        "higher is better",
        _SMALLEST,
    ),
    "tracker_effects": Metric(
        "Price, other kind of home, no home paid for",
        "Three parts that add up to the actual saving. Other kind of home: cost before less what such homes cost on "
        "average when it was decided. Price: that average less what this one costs; in the same kind of home, cost "
        "before less cost now. No home paid for: all of the cost before, once a child left care or lives with parents "
        "or adopters.",
        "b − a = (b − r) + (r − a), with b before, a after and r the average of the kind of home then",
        "£",
        "neutral",
        _SMALLEST,
    ),
    "programme": Metric(
        "Programme figures",
        "Children looked at, those for whom another home was looked for, moves that the data shows, and what those "
        "moves save in a full year now, in all and for each move with a known cost.",
        "weekly saving now × weeks a year ÷ moves with a cost before and after",
        "£ a year for each child",
        "neutral",
        _SMALLEST,
    ),
}
