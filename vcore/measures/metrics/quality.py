"""What the figures about the data itself mean: how complete, how fresh, how alike it is scored."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
QUALITY = {
    "completeness": Metric(
        "Recorded",
        "Children for whom the field holds something. “Not known” counts as not recorded. By cost: how much of the "
        "weekly cost is that of children for whom it is recorded.",
        "children with the field ÷ children; weekly cost of children with the field ÷ weekly cost of all",
        "% of children, % of weekly cost",
        "higher is better",
        _SMALLEST,
    ),
    "assessor_spread": Metric(
        "Spread between assessors",
        "How much of the differences between children's totals goes with who assessed them, beyond what chance makes. "
        "Assessors see different children, so it is a question and not a verdict.",
        "intraclass correlation: (variance between assessors − within) ÷ (between + (typical number − 1) × within), "
        "over assessors with 10 or more assessments in a year",
        "% of variance",
        "lower is better",
        _SMALLEST,
    ),
}
