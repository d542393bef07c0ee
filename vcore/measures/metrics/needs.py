"""What the figures of need mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
NEEDS = {
    "domain_gap": Metric(
        "Difference in need by domain",
        "How many points more or less these children score on average than those beside them. The line is the 95% "
        "interval: where it touches 0, chance alone could make such a difference. With many domains, one in twenty "
        "would look different by chance.",
        "mean score of these children − mean score of the others; ± 1.96 × its standard error",
        "points",
        "neutral",
        _SMALLEST,
    ),
    "need_levels": Metric(
        "Levels of need",
        "Share of assessed children at each level of a domain. The cut-points between levels are an assumption "
        "of this app.",
        "children at the level ÷ assessed children",
        "% of assessed children",
        "neutral",
        _SMALLEST,
    ),
    "need_prevalence": Metric(
        "How common a need is",
        "Share of assessed children with any need in the domain.",
        "children scoring at least the lowest cut-point ÷ assessed children",
        "% of assessed children",
        "neutral",
        _SMALLEST,
    ),
    "need_depth": Metric(
        "How deep a need is",
        "Average score of those children who have any need in the domain.",
        "sum of scores ÷ children scoring above 0",
        "points",
        "neutral",
        _SMALLEST,
    ),
    "change_by_setting": Metric(
        "Change in need by setting",
        "How total need moved from an earlier assessment, at least five months before, to the latest one, by where "
        "children live now. Scores that were high tend to come nearer the middle by chance, and children who left "
        "are not counted: it is not what a home achieved.",
        "mean of (total need now − total need then), over children assessed twice; ± 1.96 standard errors",
        "points",
        "lower is better",
        _SMALLEST,
    ),
}
