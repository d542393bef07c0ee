"""What the figures of need beside cost mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
_CORRELATION = int(value("smallest_n_for_correlation"))
_MODEL = int(value("smallest_n_for_model"))
NEED_COST = {
    "need_cost_correlation": Metric(
        "Correlation of need and cost (r)",
        "How closely weekly cost goes with total need over children who have both: 0 is not at all, 1 in a "
        "straight line upwards, −1 downwards. An association between children on one day, not a cause.",
        "covariance of total need and gross weekly cost ÷ (standard deviation of one × that of the other); "
        "95% interval: tanh(atanh r ± 1.96 ÷ √(n − 3))",
        "r from −1 to 1",
        "neutral",
        _CORRELATION,
    ),
    "need_cost_rank_correlation": Metric(
        "Rank correlation of need and cost (rank r)",
        "The same, of the places that children take when ranked by need and by cost: "
        "a few very dear placements weigh no more than others.",
        "r of the ranks; equal values share the mean of their ranks (Spearman)",
        "r from −1 to 1",
        "neutral",
        _CORRELATION,
    ),
    "need_cost_line": Metric(
        "Differences in cost in line with total need (R²)",
        "How much smaller the squared differences in weekly cost are around a straight line through total need "
        "than around the mean.",
        "r × r",
        "% of the variance of weekly cost",
        "neutral",
        _CORRELATION,
    ),
    "median_cost_by_need": Metric(
        "Median weekly cost by need",
        "Half of the children in a band of total need have placements that cost more, half less.",
        "median of gross weekly cost in each band of total need",
        "£ a week",
        "neutral",
        _SMALLEST,
    ),
    "lower_need_higher_cost": Metric(
        "Lower need, higher cost",
        "Children whose total need is at most one limit and whose placement costs at least another. Both are "
        "yours to move. A reason to ask about a placement: need may be low because the home works.",
        "count, and sum of gross weekly cost, of children with total need ≤ limit and weekly cost ≥ limit",
        "children, £ a week",
        "neutral",
        _SMALLEST,
    ),
    "cost_explained": Metric(
        "Differences in cost explained",
        "How much better one can tell a child's weekly cost by knowing need (the score of each domain), market "
        "facts (kind of home, provider, its region, how it was sourced) or both, than by the mean alone. Each child's "
        "cost is expected from other children's. Sex, ethnicity, disability and age are never used.",
        "1 − Σ (cost − expected)² ÷ Σ (cost − mean)², expected out of fold (5 folds), with its 95% interval",
        "% of the variance of weekly cost",
        "neutral",
        _MODEL,
    ),
    "expected_cost": Metric(
        "Cost expected from need",
        "What placements cost for children with like needs, wherever they live. A gap to it is a question about a "
        "placement, never a saving: a home may be dear because of what the scores do not tell.",
        "boosted regression trees of gross weekly cost on the domain scores, learnt from other children",
        "£ a week",
        "neutral",
        _SMALLEST,
    ),
}
