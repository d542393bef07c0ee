"""The metric registry: what each figure on a screen means, in one place.

Help texts, the methods page and exports read it; the functions that compute live beside it.
"""

from __future__ import annotations

from vcore.errors import InvalidChoice
from vcore.facts.assumptions import value
from vcore.measures.metrics.child import CHILD
from vcore.measures.metrics.england import ENGLAND
from vcore.measures.metrics.fairness import FAIRNESS
from vcore.measures.metrics.findings import FINDINGS
from vcore.measures.metrics.history import HISTORY
from vcore.measures.metrics.metric import Metric
from vcore.measures.metrics.money_plan import MONEY_PLAN
from vcore.measures.metrics.need_cost import NEED_COST
from vcore.measures.metrics.needs import NEEDS
from vcore.measures.metrics.placements import PLACEMENTS
from vcore.measures.metrics.providers import PROVIDERS
from vcore.measures.metrics.quality import QUALITY
from vcore.measures.metrics.review import REVIEW
from vcore.measures.metrics.scenarios import SCENARIOS
from vcore.measures.metrics.tracker import TRACKER

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
    "costed_share": Metric(
        "Placements with a cost",
        "Children whose placement has a recorded cost. The rest are not costed, which is never £0: children with "
        "parents or placed for adoption, for whom no fee is expected, are among them.",
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
    **PLACEMENTS,
    **NEEDS,
    **PROVIDERS,
    **FINDINGS,
    **ENGLAND,
    **FAIRNESS,
    **REVIEW,
    **SCENARIOS,
    **TRACKER,
    **MONEY_PLAN,
    **QUALITY,
    **CHILD,
    **HISTORY,
}


def metric(key: str) -> Metric:
    """One metric's definition. Raises `InvalidChoice` for a key that is not registered."""
    if key not in METRICS:
        raise InvalidChoice("metric", key, METRICS)
    return METRICS[key]
