"""The book a run writes in: for each child, what the placement costs now and how much of it is still here.

Each child starts as one row of weight 1. A lever that moves a child takes part of that weight for good;
a lever that changes a price changes the price of what remains. Nothing is drawn at random.

Every array has one value a row in its last axis. Simulated futures put a further axis before it, one value a
draw, so a lever must reckon with whole arrays and never ask `if` of an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import numpy as np

from vcore.scenarios.baseline import Baseline

CostBasis = Literal["gross", "social_care"]


class Saving(NamedTuple):
    """Weekly £ saved on each row: by all funders together, and by the council's social care alone."""

    public_gbp: np.ndarray
    social_care_gbp: np.ndarray


@dataclass(frozen=True, eq=False)
class Book:
    """Gross weekly price (£) of each child's placement, the share (0–1) of the child still in it, and how
    much of each gross pound children's social care pays (0–1)."""

    baseline: Baseline
    basis: CostBasis
    price: np.ndarray
    remaining: np.ndarray
    social_care_share: np.ndarray

    @classmethod
    def opened(cls, baseline: Baseline, basis: CostBasis) -> Book:
        """As things are today, before any lever."""
        return cls(baseline, basis, baseline.gross, np.ones(len(baseline)), baseline.social_care_share)

    @property
    def basis_price(self) -> np.ndarray:
        """The price in the scenario's cost basis."""
        return self.price if self.basis == "gross" else self.price * self.social_care_share

    @property
    def still_here(self) -> np.ndarray:
        """Whose placement still holds something of the child; with several draws, in any of them."""
        return np.asarray(np.any(self.remaining > 0, axis=tuple(range(self.remaining.ndim - 1))))

    def total(self, values: np.ndarray) -> np.ndarray:
        """The sum over all children of a value that each row has."""
        return (values * self.baseline.count).sum(axis=-1)

    def cheaper(self, cut_gbp: np.ndarray) -> tuple[Book, Saving]:
        """The book with prices (gross, weekly) cut by so much, and the saving on what remains of each child.

        Every funder's share falls pro rata.
        """
        public = np.nan_to_num(cut_gbp * self.remaining)
        return replace(self, price=self.price - cut_gbp), Saving(public, public * self.social_care_share)

    def without(
        self, moved: np.ndarray, price_gbp: np.ndarray | float, partners_gbp: np.ndarray | float = 0.0
    ) -> tuple[Book, Saving]:
        """The book after part of each child (`moved`, a weight) went for good to where a week costs `price_gbp`.

        Social care pays the whole of the new price but what partners newly agree (`partners_gbp` of it a week):
        what they contributed usually lapses.
        """
        price = np.nan_to_num(self.price)
        own_price = price_gbp - partners_gbp
        saving = Saving(moved * (price - price_gbp), moved * (price * self.social_care_share - own_price))
        return replace(self, remaining=self.remaining - moved), saving


@dataclass(frozen=True, eq=False)
class Effect:
    """What one lever did: the book after it, and per row the weekly saving, what moved and whom it looked at.

    `delivery_cost_gbp` is one-off. Two amounts belong to no child's placement: `beyond_gbp`, a recurrent weekly £
    saved (negative: paid, as for empty places or a loan), which is cash; and `avoided_gbp`, the weekly £ of
    placements that never begin, which was never spent and so is no saving against today. All in the book's basis.
    """

    book: Book
    saving: Saving
    moved: np.ndarray
    eligible: np.ndarray
    delivery_cost_gbp: float | np.ndarray
    funnel: dict[str, int]
    notes: tuple[str, ...] = field(default=())
    beyond_gbp: float | np.ndarray = 0.0
    avoided_gbp: float | np.ndarray = 0.0

    @property
    def weekly_saving_gbp(self) -> np.ndarray:
        """Per row, in the scenario's cost basis."""
        return self.saving.public_gbp if self.book.basis == "gross" else self.saving.social_care_gbp

    @property
    def in_all_gbp(self) -> float | np.ndarray:
        """Weekly £ less than today, rows and beyond together; with several draws, one value a draw."""
        return self.book.total(self.weekly_saving_gbp) + once_a_draw(self.beyond_gbp)


def once_a_draw(gbp: float | np.ndarray) -> float | np.ndarray:
    """An amount that is no row's, (draws, 1) when it rests on assumptions, as `Book.total` gives its sums: (draws,)."""
    return gbp if np.ndim(gbp) == 0 else np.asarray(gbp)[..., 0]
