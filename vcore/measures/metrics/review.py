"""What the figures of the review list mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

REVIEW = {
    "review_list": Metric(
        "Children to discuss",
        "Children here who meet every condition of the rule, are within the hard limits where it is about a move, and "
        "are kept by every screen. What is not recorded meets no condition, and screens nobody out. "
        "The list supports a discussion; it decides nothing about a child.",
        "count of children who meet all conditions, limits and screens together; their order changes no count but "
        "those on the way",
        "children",
        "neutral",
        int(value("small_count")) + 1,
    ),
    "places_match": Metric(
        "Free places that match",
        "Free places, in the latest month recorded, in the kinds of home that the talk is about, never more than there "
        "are children of the same council on the list. A place that is free is not yet the right one.",
        "sum over councils of min(children listed, places approved − places filled)",
        "places",
        "neutral",
        int(value("small_count")) + 1,
    ),
}
