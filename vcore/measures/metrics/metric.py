"""What a definition of a figure holds."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Metric(NamedTuple):
    """One figure's definition. `smallest_n` is the fewest children it may be shown for."""

    label: str
    definition: str
    formula: str
    unit: str
    polarity: Literal["neutral", "lower is better", "higher is better"]
    smallest_n: int
