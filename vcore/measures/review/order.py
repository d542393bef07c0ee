"""In which order a review list is read: by need first, and by price only where the talk is about price."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vcore.measures.child_facts import ChildFacts
from vcore.measures.review.numbers import ABOVE_EXPECTED


class Order(NamedTuple):
    """What the list is sorted by, the column it reads (none: the gap to what need suggests), and which end leads."""

    label: str
    column: str | None
    highest_first: bool


ORDERS = {
    "need_low": Order("Lowest need first", "need_total", False),
    "need_high": Order("Highest need first", "need_total", True),
    "change": Order("Need rising most first", "need_change", True),
    "settled": Order("Longest where they live first", "months_in_placement", True),
    "assessed": Order("Oldest assessment first", "assessment_age_days", True),
    "birthday": Order("Next 17th birthday first", "days_to_17", False),
    "cost": Order("Dearest first", "weekly_cost_gbp", True),
    ABOVE_EXPECTED: Order("Furthest above what need suggests first", None, True),
}
FIRST = {  # by what the talk is about
    "family": "need_low",
    "supported": "need_low",
    "permanence": "need_low",
    "stability": "need_high",
    "price": ABOVE_EXPECTED,
    "leaving": "birthday",
}


def in_order(facts: ChildFacts, listed: np.ndarray, by: str, above: np.ndarray | None) -> np.ndarray:
    """The places of the listed children, in order; those of whom it is not known come last, ties by child id."""
    places = np.flatnonzero(listed)
    order = ORDERS[by]
    if order.column is None:
        values = np.full(len(facts), np.nan) if above is None else above
    else:
        values = facts.numbers(order.column)
    keys = -values[places] if order.highest_first else values[places]
    return places[np.argsort(keys, kind="stable")]  # NaN sorts last
