"""The book a run writes in: for each child, what the placement costs now and how much of it is still here.

Each child starts as one row of weight 1. A lever that moves a child takes part of that weight for good;
a lever that changes a price changes the price of what remains. Nothing is drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from vcore.store import Cohort

CostBasis = Literal["gross", "social_care"]


@dataclass(frozen=True, eq=False)
class Baseline:
    """What stays true through a run: the cohort's costs and needs as they are today."""

    cohort: Cohort
    basis: CostBasis

    @cached_property
    def children(self) -> pd.DataFrame:
        return self.cohort.children

    @cached_property
    def gross(self) -> np.ndarray:
        """Gross weekly cost, £; NaN where not costed."""
        return self.children["weekly_cost_gbp"].to_numpy()

    @cached_property
    def share(self) -> np.ndarray:
        """How much of each gross pound the basis counts (0–1)."""
        if self.basis == "gross":
            return np.ones(len(self.gross))
        social = self.children["social_care_cost_gbp"].to_numpy()
        return np.divide(social, self.gross, out=np.ones(len(social)), where=self.gross > 0)

    @cached_property
    def rank(self) -> np.ndarray:
        """0 for the dearest placement; ties by child id; uncosted children last."""
        order = np.argsort(-self.gross, kind="stable")  # children are in child id order; NaN sorts last
        rank = np.empty(len(order), dtype="int64")
        rank[order] = np.arange(len(order))
        return rank


@dataclass(frozen=True, eq=False)
class Book:
    """Gross weekly price (£) of each child's placement, and the share (0–1) of the child still in it."""

    baseline: Baseline
    price: np.ndarray
    remaining: np.ndarray

    @classmethod
    def opened(cls, baseline: Baseline) -> Book:
        return cls(baseline, baseline.gross, np.ones(len(baseline.gross)))

    @property
    def basis_price(self) -> np.ndarray:
        """The price in the scenario's cost basis."""
        return self.price * self.baseline.share


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
