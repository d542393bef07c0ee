"""What the figures of the published report, held against a cohort, mean."""

from __future__ import annotations

from vcore.facts.assumptions import value
from vcore.measures.metrics.metric import Metric

_SMALLEST = int(value("smallest_n_for_mean"))
FINDINGS = {
    "findings_hold": Metric(
        "Printed statements that hold",
        "Statements of the published report (CCN/IMPOWER 2023) about children and their cost, computed for these "
        "children by the same definition, and held against what is printed. Its prices are those of 2022-23.",
        "statements that agree ÷ statements that print something to compare with",
        "statements",
        "neutral",
        _SMALLEST,
    ),
    "findings_interval": Metric(
        "95% interval of a statement",
        "How far chance alone may have moved the figure here, were these children drawn from many like them.",
        "mean ± 1.96 standard errors; Wilson's for shares and counts, Fisher's for r; of ratios, of the logarithm; "
        "of shares of spend, from the curve's linearization",
        "the unit of the statement",
        "neutral",
        _SMALLEST,
    ),
    "risk_ratio": Metric(
        "Risk ratio, and with equal severity",
        "How many times as likely something is for some children as for others, such as living in residential for "
        "disabled children. With equal severity: children with any severe need are compared among themselves, and "
        "so are those with none. It says nothing of why.",
        "share with it ÷ share without; pooled over strata: Σ a n₀/n ÷ Σ c n₁/n (Mantel and Haenszel)",
        "times",
        "neutral",
        _SMALLEST,
    ),
}
