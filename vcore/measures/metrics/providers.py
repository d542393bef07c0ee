"""What the figures about providers mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
_HIDDEN = int(value("small_count")) + 1
PROVIDERS = {
    "provider_spend": Metric(
        "Share of spend by provider",
        "What each provider is paid in a week, of all that is paid. The council's own services are one row, and "
        "children whose fee names no provider another: nobody is left out.",
        "sum of gross weekly cost of a provider's children ÷ sum over all children",
        "% of spend",
        "neutral",
        _SMALLEST,
    ),
    "price_against_need": Metric(
        "Price against what need would lead one to expect",
        "How far a provider's price is from what children with such needs cost here, wherever they live. A "
        "question to ask, not a verdict: homes are dearer than families whatever the need.",
        "mean of (gross weekly cost − weekly cost expected from need alone), over children with both",
        "£ a week",
        "neutral",
        _SMALLEST,
    ),
    "need_change": Metric(
        "Change in need between assessments",
        "How total need moved from an earlier assessment, at least five months before, to the latest one. Children "
        "with high scores tend to score nearer the middle next time, and those who moved away are not counted: "
        "it is not what a provider achieved.",
        "mean of (total need now − total need then), over children assessed twice",
        "points",
        "lower is better",
        _SMALLEST,
    ),
    "provider_breakdowns": Metric(
        "Breakdowns in 12 months",
        "Placements with the provider that broke down in the 12 months before, of the children counted here, "
        "wherever they live now. Whose placement it was is said by the fee of its last day.",
        "count of placements that ended in that time for a reason that counts as a breakdown",
        "placements",
        "lower is better",
        _HIDDEN,
    ),
    "carer_requests": Metric(
        "Ended at the carer's request",
        "Of the breakdowns, those where the carer or the provider asked for the end, for the child's behaviour or "
        "another reason (CREQB and CREQO of the children looked after return). Notices that were given and have "
        "not ended a placement are not in the data that councils hold in returns.",
        "count of breakdowns whose reason for the change of place is the carer's request",
        "placements",
        "lower is better",
        _HIDDEN,
    ),
    "price_rise": Metric(
        "Price rise over 12 months",
        "Fees now against a year before, for the same child with the same provider then and now. Fees also move "
        "with what a child needs.",
        "sum of weekly fees now ÷ sum of the same children's weekly fees a year before − 1",
        "%",
        "lower is better",
        _SMALLEST,
    ),
    "spot_share": Metric(
        "Bought spot",
        "Of placements where it is recorded how they were bought, those bought one by one, neither on a framework "
        "nor in a block.",
        "children in spot placements ÷ children whose placement says how it was bought",
        "% of children",
        "neutral",
        _SMALLEST,
    ),
    "in_area_and_distance": Metric(
        "In area, and miles from home",
        "Children placed inside their own council's area, and how far from home on average, where recorded.",
        "children in area ÷ children with it recorded; sum of miles ÷ children with a distance",
        "% of children; miles",
        "neutral",
        _SMALLEST,
    ),
    "free_places": Metric(
        "Free places in the council's own services",
        "Places approved less places filled in the last month recorded, in the same setting. It does not say "
        "that they suit these children.",
        "places approved − places filled",
        "places",
        "neutral",
        0,
    ),
}
