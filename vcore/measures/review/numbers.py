"""The numbers of a child that a review rule may ask about, and how a span of each is said.

None is a protected characteristic, and none may become one.
"""

from __future__ import annotations

from typing import NamedTuple

ABOVE_EXPECTED = "above_expected"


class Fact(NamedTuple):
    """A number of a child: its label, its column (none: worked out), and how a span of it is said.

    `phrase` has a place for the span; `digits` is one number of it, and `noun` what it counts.
    """

    label: str
    column: str | None
    phrase: str
    digits: str
    least: float
    most: float
    step: float = 1
    unit: str = ""
    noun: str = ""


FACTS = {  # in the order conditions are told and counted
    "age": Fact("Age", "age", "aged {}", "{:,g}", 0, 25, unit="years"),
    "years_in_care": Fact(
        "Time in care", "years_in_care", "in care {}", "{:,g}", 0, 25, 0.5, "years", " years"
    ),
    "months_in_placement": Fact(
        "Time in the placement",
        "months_in_placement",
        "where they live now {}",
        "{:,g}",
        0,
        300,
        unit="months",
        noun=" months",
    ),
    "days_to_17": Fact(
        "17th birthday in", "days_to_17", "turning 17 in {}", "{:,g}", 0, 7_000, unit="days", noun=" days"
    ),
    "need_total": Fact(
        "Total need", "need_total", "with a total need of {}", "{:,g}", 0, 4_000, unit="points"
    ),
    "severe_count": Fact(
        "Severe and complex needs",
        "severe_count",
        "with {} severe and complex needs",
        "{:,g}",
        0,
        40,
        unit="areas",
    ),
    "need_change": Fact(
        "Change of need",
        "need_change",
        "whose need changed by {}",
        "{:+,g} points",
        -4_000,
        4_000,
        unit="points",
    ),
    "weekly_cost": Fact(
        "Weekly cost", "weekly_cost_gbp", "costing {} a week", "£{:,.0f}", 0, 100_000, 100, "£ a week"
    ),
    ABOVE_EXPECTED: Fact(
        "Above what need suggests",
        None,
        "costing {} a week above what need alone suggests",
        "£{:,.0f}",
        -100_000,
        100_000,
        100,
        "£ a week",
    ),
}
