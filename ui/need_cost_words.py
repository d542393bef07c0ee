"""Sentences about need beside cost: true for every cohort, plural-safe, quiet when there are too few children.

Every number in them has passed the gate. Pure text: draws nothing, measures nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pandas as pd

from ui.theme import count, money, number, percent
from vcore.facts.assumptions import value
from vcore.measures.association import Association
from vcore.measures.cost_model import BOTH, MARKET_FACTS, NEED

METRICS = (
    "need_cost_correlation",
    "need_cost_rank_correlation",
    "need_cost_line",
    "median_cost_by_need",
    "lower_need_higher_cost",
    "cost_explained",
    "expected_cost",
)
TOO_FEW = "Too few children to say whether cost follows need"
ALL_ALIKE = "All have the same need or the same cost: nothing to follow"
WHAT_IT_SHOWS = (
    "What one could tell of a child's cost from other children's, not why it is so. A provider may be dear because it "
    "takes children whose needs the scores do not tell. A gap between a cost and what need leads one to expect is a "
    "question about a placement, not a saving. Sex, ethnicity, disability and age are never used."
)
LEARNING = (
    "Learning what explains cost from all children. This takes some seconds; the rest of the page is ready."
)


def headline(found: Association) -> str:
    """Whether cost follows need, on top of the page. NaN in `found` where it may not be told."""
    if isnan(found.r):
        return ALL_ALIKE if found.n >= value("smallest_n_for_correlation") else TOO_FEW
    return f"{_how(found)}: r = {number(found.r, 2)} over {count(found.n, 'child', 'children')}"


def _how(found: Association) -> str:
    if found.low <= 0 <= found.high:
        return "No sign that cost follows need"
    size, falls = abs(found.r), found.r < 0
    if size >= value("strong_correlation"):
        return "Cost runs strongly against need" if falls else "Cost closely follows need"
    if size >= value("moderate_correlation"):
        return "Cost runs against need" if falls else "Cost partly follows need"
    if falls:
        return "Cost runs slightly against need"
    return (
        "Cost hardly follows need" if size >= value("weak_correlation") else "Cost barely follows need at all"
    )


def interval(found: Association) -> str:
    """`95% interval 0.20 to 0.26`; empty where there is no r."""
    return "" if isnan(found.r) else f"95% interval {number(found.low, 2)} to {number(found.high, 2)}"


def heatmap_title(bands: Sequence[str], medians: Sequence[object]) -> str:
    """The finding over the heatmap: the median at the lowest and at the highest need that tell one."""
    told = [
        (band, cell)
        for band, cell in zip(bands, medians, strict=True)
        if isinstance(cell, float) and not isnan(cell)
    ]
    if not told:
        return "Children by total need and weekly cost"
    (first, low), (last, high) = told[0], told[-1]
    if first == last:
        return f"Median cost at need {first}: {money(low)} a week"
    return f"Median cost: {money(low)} a week at need {first}, {money(high)} at {last}"


def provision_title(table: pd.DataFrame) -> str:
    """In-house against private; `table` has a row a kind of home, cells numbers or "c"."""
    rows = table.set_index("setting_detail")[["mean_need_total", "mean_weekly_gbp"]]
    for own, private, words in (
        ("in_house_residential", "private_residential", "Private homes"),
        ("in_house_fostering", "independent_fostering", "Agency fostering"),
    ):
        told = rows.reindex([own, private]).to_numpy().ravel()
        if all(isinstance(cell, float) and cell > 0 for cell in told):
            need, cost, other_need, other_cost = (float(cell) for cell in told)
            more_need, more_cost = _more(other_need / need - 1, "need"), _more(other_cost / cost - 1, "cost")
            return f"{words}: {more_need}, {more_cost} than in-house"
    return "In-house and private: need beside cost"


def _more(share: float, what: str) -> str:
    return f"{percent(abs(share))} {'less' if share < 0 else 'more'} {what}"


NOBODY_KNOWN = (
    "Nobody here has both a cost and an assessment",
    "So who has lower need at higher cost is not known. Load the costs and the needs, or choose other children.",
)


def lower_need(n: str, weekly: str, share: str) -> tuple[str, str]:
    """Title and line of the box: `n` in words ("0 children", "52 children"), and what they cost a week."""
    if n == count(0, "child", "children"):
        return "Nobody here has lower need at higher cost", "Move the limits to look further."
    return (
        f"{n}: lower need, higher cost",
        f"{weekly} a week ({share} of spend). Low need may be because the home works.",
    )


def explained_title(explained: pd.DataFrame) -> str:
    """What explains cost; `explained` as `CostModel` has it."""
    shares = explained.set_index("known")["share"]
    if shares.isna().any():
        return "Too few children to learn what explains cost"
    need, market = (told_share(float(shares[known])) for known in (NEED, MARKET_FACTS))
    return f"Need explains {need} of differences in cost, market facts {market}"


def told_share(share: float) -> str:
    """A share explained; one below nothing is nothing."""
    return percent(max(share, 0.0))


def shares_with_intervals(explained: pd.DataFrame) -> list[str]:
    """`8.5% (5.6% to 11%)`, a row each of `CostModel.explained`."""
    return [
        f"{told_share(share)} ({told_share(low)} to {told_share(high)})"
        for share, low, high in explained[["share", "low", "high"]].itertuples(index=False)
    ]


def need_adds(share: float, low: float, high: float) -> str:
    """What need explains beyond market facts. Empty where it is not known."""
    if isnan(share):
        return ""
    if low <= 0 <= high:
        return "Once market facts are known, knowing need as well tells cost no better."
    points = f"{number(abs(share) * 100, 1)} percentage points"
    return f"Knowing need as well as market facts explains {points} {'more' if share > 0 else 'less'}."


def gap(who: str, actual_gbp: float, expected_gbp: float) -> str:
    """What a cohort costs beside what children with like needs cost."""
    return (
        f"{who} cost {money(actual_gbp)} a week; children with like needs, wherever they live, "
        f"would be expected to cost {money(expected_gbp)}."
    )


def known_names() -> dict[str, str]:
    """What each kind of knowledge is called on the screen."""
    return {NEED: "Need alone", MARKET_FACTS: "Market facts alone", BOTH: "Both"}
