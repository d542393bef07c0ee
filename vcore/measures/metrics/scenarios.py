"""What the figures of a scenario mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
SCENARIOS = {
    "scenario_moved": Metric(
        "Would move",
        "Children expected to move for good. Who moves is for those who know the child: this decides nothing.",
        "sum over eligible children of the share that a place is found for × the share of moves that last",
        "children",
        "neutral",
        _SMALLEST,
    ),
    "scenario_saving": Metric(
        "Less a year",
        "What the levers together would take off the weekly cost, as a full year at today's prices, before one-off cost"
        ". Growth avoided is not in it, nor what is claimed from partners: both stand beside it.",
        "sum of what each lever, but a claim, saves after the levers before it × weeks a year",
        "£ a year",
        "higher is better",
        _SMALLEST,
    ),
    "who_pays": Metric(
        "Who pays or gains",
        "What each purse would pay less (or more) in a full year. A saving for the council can be another's cost: what "
        "health and education pay today usually lapses when a child moves.",
        "sum over children of what changes in each funder's share × weeks a year",
        "£ a year",
        "neutral",
        _SMALLEST,
    ),
    "scenario_overlap": Metric(
        "Counted twice, taken off",
        "What would be counted twice if the savings of each lever by itself were added: who has moved is not capped. "
        "Claims are not among them.",
        "sum of each lever's saving alone − the saving together",
        "£ a year",
        "neutral",
        _SMALLEST,
    ),
    "scenario_net": Metric(
        "Net first year",
        "A full year's saving less the one-off cost of making the moves.",
        "saving a year − one-off cost",
        "£",
        "higher is better",
        _SMALLEST,
    ),
    "simulated_range": Metric(
        "Range (P10 to P90)",
        "Between what eight simulated futures in ten lie: one in ten comes to less than P10, half to less than P50, "
        "nine in ten to less than P90. Each assumption varies between its low and high end, most likely where it is "
        "set (a triangular distribution), independent of the others; one that levers share varies in all alike.",
        "10%, 50% and 90% points of 2,000 runs of the scenario, with a fixed seed",
        "£ a year",
        "neutral",
        _SMALLEST,
    ),
    "simulated_chance": Metric(
        "In how many futures",
        "How many simulated futures save at least so much. It is about what is assumed, not about everything that may "
        "happen.",
        "futures that save at least the target ÷ all futures",
        "% of futures",
        "neutral",
        _SMALLEST,
    ),
    "one_at_a_time": Metric(
        "What it depends on most",
        "The annual saving with one assumption at its low end, then at its high end, the others as they are set.",
        "annual saving at the low end, and at the high end",
        "£ a year",
        "neutral",
        _SMALLEST,
    ),
}
