"""The book a run writes in: for each child, what the placement costs now and how much of it is still here.

Each child starts as one row of weight 1. A lever that moves a child takes part of that weight for good;
a lever that changes a price changes the price of what remains. Nothing is drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from vcore.scenarios.baseline import Baseline

CostBasis = Literal["gross", "social_care"]


@dataclass(frozen=True, eq=False)
class Book:
    """Gross weekly price (£) of each child's placement, and the share (0–1) of the child still in it."""

    baseline: Baseline
    basis: CostBasis
    price: np.ndarray
    remaining: np.ndarray

    @classmethod
    def opened(cls, baseline: Baseline, basis: CostBasis) -> Book:
        return cls(baseline, basis, baseline.gross, np.ones(len(baseline)))

    @property
    def share(self) -> np.ndarray | float:
        """How much of each gross pound the scenario's cost basis counts (0–1)."""
        return 1.0 if self.basis == "gross" else self.baseline.social_care_share

    @property
    def basis_price(self) -> np.ndarray:
        """The price in the scenario's cost basis."""
        return self.price * self.share


@dataclass(frozen=True, eq=False)
class Effect:
    """What one lever did: per child, in weekly £ of the basis, and whom it looked at."""

    book: Book
    weekly_saving_gbp: np.ndarray
    moved: np.ndarray
    eligible: np.ndarray
    delivery_cost_gbp: float
    funnel: dict[str, int]
    notes: tuple[str, ...] = field(default=())
