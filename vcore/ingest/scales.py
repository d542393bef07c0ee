"""Numbers on another scale than the one asked for, told by how a whole column of a file is spread.

A single odd number is a slip and is reported as one; a column that is odd as a whole was meant that way, and then
every row of it would be wrong. This module judges and never changes a number.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from vcore.ingest.layouts import Layout
from vcore.ingest.layouts.contract import COSTS, NEEDS, NEEDS_LONG

HUNDRED = 100
_FEWEST_SCORES = 3  # scores above the maximum that make another scale of it rather than slips
_REVERSED_MEAN = 0.65  # of the maximum: in published cohorts the mean score is a fifth of it
_FEWEST_FOR_MEAN = 100  # scores without which a mean says little
_FEWEST_FEES = 5
YEARLY_MEDIAN_GBP = (
    20_000  # no council pays this a week for half of its placements; a year of fostering costs more
)
DAILY_MEDIAN_GBP = 150  # below any allowance a week


class Doubt(NamedTuple):
    """A rule that a column breaks as a whole."""

    code: str
    column: str
    found: str
    expected: str


def score_columns(layout: Layout) -> list[str]:
    """The columns that hold scores of need; none in a file that has no needs."""
    if layout.name not in (NEEDS, NEEDS_LONG):
        return []
    return [field.name for field in layout.fields if field.unit == "points"]


def out_of_hundred(scores: pd.Series, maximum: int) -> bool:
    """Whether scores (index: number, values: how often) run to 100: most that are not 0 lie above the maximum."""
    some = scores[(scores.index > 0) & (scores.index <= HUNDRED)]
    above = some[some.index > maximum].sum()
    return bool(maximum < HUNDRED and above >= _FEWEST_SCORES and above * 2 >= some.sum())


def reversed_scale(scores: pd.Series, maximum: int) -> bool:
    """Whether scores run the other way, most children close to the maximum: on some scales 10 is safe."""
    valid = scores[(scores.index >= 0) & (scores.index <= maximum)]
    count = valid.sum()
    return bool(count >= _FEWEST_FOR_MEAN and _mean(valid) > _REVERSED_MEAN * maximum)


def per_year(costs: pd.Series) -> bool:
    """Whether costs (index: £, values: how often) are £ a year."""
    return _typical(costs) >= YEARLY_MEDIAN_GBP


def per_day(costs: pd.Series) -> bool:
    """Whether costs are £ a day."""
    return 0 < _typical(costs) < DAILY_MEDIAN_GBP


def doubts(numbers: dict[str, pd.Series], layout: Layout, maximum: int) -> list[Doubt]:
    """What is odd about a file as a whole; `numbers` are the readable numbers of each column and how often they come,
    before any is refused for its size."""
    found = []
    scored = [numbers[name] for name in score_columns(layout) if name in numbers]
    if scored:
        scores = pd.concat(scored).groupby(level=0).sum()
        if out_of_hundred(scores, maximum):
            found.append(
                Doubt(
                    "SCORES_OUT_OF_100",
                    "scores",
                    f"scores up to {scores.index[scores.index <= HUNDRED].max():.0f}",
                    f"0 to {maximum}",
                )
            )
        elif reversed_scale(scores, maximum):
            mean = _mean(scores[(scores.index >= 0) & (scores.index <= maximum)])
            found.append(
                Doubt("SCORES_REVERSED", "scores", f"a mean score of {mean:.1f}", "0 for no need, mostly low")
            )
    if layout.name == COSTS.name and "WEEKLY_COST" in numbers:
        costs = numbers["WEEKLY_COST"]
        told = f"half of them £{_typical(costs):,.0f} or more"
        if per_year(costs):
            found.append(Doubt("COST_PER_YEAR", "WEEKLY_COST", told, "£ a week"))
        elif per_day(costs):
            found.append(Doubt("COST_PER_DAY", "WEEKLY_COST", told.replace("more", "less"), "£ a week"))
    return found


def _mean(numbers: pd.Series) -> float:
    return float((numbers.index.to_numpy() * numbers.to_numpy()).sum() / numbers.sum())


def _typical(costs: pd.Series) -> float:
    """The median of the costs above 0; 0 where there are too few to tell."""
    some = costs[costs.index > 0].sort_index()
    if some.sum() < _FEWEST_FEES:
        return 0.0
    return float(some.index.to_numpy()[(some.cumsum() * 2 >= some.sum()).to_numpy().argmax()])
