"""What the figures from the council's own history mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
HISTORY = {
    "breakdown_signal": Metric(
        "Breakdown signal",
        "Foster placements of assessed children that reach any one of three limits: total need, number of severe "
        "and complex needs, or rise in total need since the assessment at least five months before. What is not "
        "recorded reaches no limit.",
        "total need ≥ limit, or severe count ≥ limit, or need change ≥ limit",
        "% of placements",
        "neutral",
        _SMALLEST,
    ),
    "signal_evidence": Metric(
        "What came of flagged placements",
        "The rule as it stands, put to the children in care on the earlier date with what was known of their needs "
        "then, and what came of the home they lived in during the 12 months after. Only endings that count as a "
        "breakdown count; a planned move is none. Children who left care or turned 18 before a breakdown are in no "
        "share. An earlier date is only looked back to where the files know who left care soon after it.",
        "placements that broke down within 12 months ÷ placements not left by leaving care; Wilson's 95% interval",
        "% of placements",
        "lower is better",
        _SMALLEST,
    ),
    "signal_ratio": Metric(
        "Times as often",
        "How many times as often flagged placements broke down as those not flagged. Where its interval holds 1, "
        "chance alone could explain the difference.",
        "share of flagged that broke down ÷ share of others; interval ratio × e^(±1.96 × √(1/a − 1/n₁ + 1/c − 1/n₀))",
        "times",
        "neutral",
        _SMALLEST,
    ),
    "own_moved": Metric(
        "Flagged then, and moved since",
        "The step-down rule as it is set on Scenario, put to the children in care on the earlier date, and those "
        "of them who have since moved to a foster family before leaving care or turning 18. What is known of a "
        "deprivation of liberty order is what is known today.",
        "children with a foster home that began after the date ÷ all children flagged; Wilson's 95% interval",
        "% of children",
        "neutral",
        _SMALLEST,
    ),
    "own_held": Metric(
        "Moves that held",
        "So many months after the move, still with a family (foster, adoptive or their own) without a day "
        "elsewhere since; another foster home counts. Only children who could be followed that long count: those "
        "who moved too recently, and those who left care from a family by then, are said apart.",
        "children still with a family ÷ children followed that long; Wilson's 95% interval",
        "% of children",
        "higher is better",
        _SMALLEST,
    ),
    "own_holds": Metric(
        "Holds, as the step-down lever means it",
        "The lever asks what share of moves lasts until its horizon. Children are followed for one year, so as many "
        "are taken to be lost in each further year as in the first: the plan then loses as many in its first year "
        "as this council's own history did.",
        "(share held at 12 months)^(months of the lever's horizon ÷ 12)",
        "% of moves",
        "higher is better",
        _SMALLEST,
    ),
    "own_means": Metric(
        "Cost and need, then and now",
        "The same children on both dates, wherever they live now: cost where it is recorded on both, need where "
        "they were assessed then and again since. Prices rose for all of them, and those who left care are not "
        "among them.",
        "mean of weekly cost (all funders) and of total need on each date",
        "£ a week; points",
        "neutral",
        _SMALLEST,
    ),
}
