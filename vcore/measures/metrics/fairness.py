"""What the figures of fairness mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

FAIRNESS = {
    "fairness_gap": Metric(
        "List against base",
        "How much larger or smaller a share a group has among the children on a list than among all they were "
        "picked from. The interval says how far chance alone could have moved it: where it holds 0, the list shows "
        "no clear difference. With many groups, one in twenty would look different by chance. Differences may "
        "reflect recording, access or age mix; none of these facts is ever an input to who is listed.",
        "group's share of those listed − its share of all; Newcombe's 95% interval",
        "percentage points",
        "neutral",
        int(value("smallest_n_for_mean")),
    ),
}
