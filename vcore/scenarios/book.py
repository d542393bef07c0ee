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


Purse = Literal["social_care", "education", "health", "public"]


class Saving(NamedTuple):
    """Weekly £ saved on each row: by all funders together, and by the council's social care alone.

    `health_gbp` is health's part of the rest where the lever knows it. Not said, the rest is split as those
    who pay today contribute.
    """

    public_gbp: np.ndarray
    social_care_gbp: np.ndarray
    health_gbp: np.ndarray | None = None

    def plus(self, other: Saving) -> Saving:
        """Both together; neither may say what health saves."""
        return Saving(self.public_gbp + other.public_gbp, self.social_care_gbp + other.social_care_gbp)


@dataclass(frozen=True, eq=False)
class Book:
    """Gross weekly price (£) of each child's placement, the share (0–1) of the child still in it, and how
    much of each gross pound children's social care pays (0–1).

    `health_share` is how much of each gross pound health pays, None as long as no lever has changed it; what
    is neither social care's nor health's is education's. `tapered` is whose staffing has come down already.
    """

    baseline: Baseline
    basis: CostBasis
    price: np.ndarray
    remaining: np.ndarray
    social_care_share: np.ndarray
    health_share: np.ndarray | None = None
    tapered: np.ndarray | None = None

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
        return in_any_draw(self.remaining > 0)

    def total(self, values: np.ndarray) -> np.ndarray:
        """The sum over all children of a value that each row has."""
        count = self.baseline.count
        if np.ndim(count) == 0:
            return values.sum(axis=-1) * count
        return (values * count).sum(axis=-1)

    def children(self, some: np.ndarray) -> int:
        """How many children a yes or no a row stands for."""
        count = self.baseline.count
        return round(float(np.count_nonzero(some) * count if np.ndim(count) == 0 else self.total(some)))

    def cheaper(self, cut_gbp: np.ndarray) -> tuple[Book, Saving]:
        """The book with prices (gross, weekly) cut by so much, and the saving on what remains of each child.

        Every funder's share falls pro rata.
        """
        public = _or_nothing(cut_gbp * self.remaining)
        return replace(self, price=self.price - cut_gbp), Saving(public, public * self.social_care_share)

    def replaced(self, moved: np.ndarray, price_gbp: np.ndarray | float) -> tuple[Book, Saving]:
        """The book after part of each child (`moved`, a weight) went for good to the same kind of placement.

        Every funder goes on paying its share of what a week costs there (`price_gbp`).
        """
        public = _or_nothing(moved * (self.price - price_gbp))
        return replace(self, remaining=self.remaining - moved), Saving(
            public, public * self.social_care_share
        )

    def paid_by(self, health: np.ndarray, education: np.ndarray) -> tuple[Book, Saving]:
        """The book with these further shares (0–1) of each gross pound paid by partners instead of social care.

        Only who pays changes: all funders together save nothing.
        """
        price = _or_nothing(self.price * self.remaining)
        by_health = self.baseline.health_share if self.health_share is None else self.health_share
        after = replace(
            self,
            social_care_share=self.social_care_share - health - education,
            health_share=by_health + health,
        )
        return after, Saving(np.zeros_like(price), price * (health + education), -price * health)

    def without(
        self, moved: np.ndarray, price_gbp: np.ndarray | float, health_gbp: np.ndarray | float = 0.0
    ) -> tuple[Book, Saving]:
        """The book after part of each child (`moved`, a weight) went for good to where a week costs `price_gbp`.

        Social care pays the whole of the new price but what health newly agrees (`health_gbp` of it a week):
        what partners contributed usually lapses.
        """
        price = _or_nothing(self.price)
        by_health = self.baseline.health_share if self.health_share is None else self.health_share
        saving = Saving(
            moved * (price - price_gbp),
            moved * (price * self.social_care_share - (price_gbp - health_gbp)),
            moved * (price * by_health - health_gbp),
        )
        return replace(self, remaining=self.remaining - moved), saving


@dataclass(frozen=True, eq=False)
class Effect:
    """What one lever did: the book after it, and per row the weekly saving, what moved and whom it looked at.

    `delivery_cost_gbp` is one-off. Two amounts belong to no child's placement: `beyond_gbp`, a recurrent weekly £
    saved (negative: paid, as for empty places or a loan), which is cash; and `avoided_gbp`, the weekly £ of
    placements that never begin, which was never spent and so is no saving against today. All in the book's basis.
    What is paid whether anybody comes or not: `opened_gbp` is what `beyond_gbp` is before the first child comes, and
    `opening_cost_gbp` the part of the one-off cost that no move makes.
    `notes` say why it acts on nobody; `cautions` what to know of an effect that is there; neither counts children.
    `beside` counts children to look at, by what they share, outside the funnel.
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
    opened_gbp: float | np.ndarray = 0.0
    opening_cost_gbp: float | np.ndarray = 0.0
    cautions: tuple[str, ...] = field(default=())
    beside: dict[str, int] = field(default_factory=dict)

    @property
    def weekly_saving_gbp(self) -> np.ndarray:
        """Per row, in the scenario's cost basis."""
        return self.saving.public_gbp if self.book.basis == "gross" else self.saving.social_care_gbp

    @property
    def in_all_gbp(self) -> float | np.ndarray:
        """Weekly £ less than today, rows and beyond together; with several draws, one value a draw."""
        return self.book.total(self.weekly_saving_gbp) + once_a_draw(self.beyond_gbp)

    @property
    def fewest_told(self) -> int:
        """How few children its amounts tell about: those it looks at or, of all funders' money, those of them whose
        cost partners share, since beside the council's share it tells what partners pay for those few.
        """
        eligible = self.book.children(self.eligible)
        if self.book.basis != "gross":
            return eligible
        shared = self.book.children(in_any_draw(self.saving.public_gbp != self.saving.social_care_gbp))
        return min(eligible, shared) if shared else eligible

    @property
    def by_purse(self) -> dict[Purse, np.ndarray]:
        """Weekly £ that each purse saves (negative: pays more), over all children; `public` is all of them.

        What belongs to no child's placement is social care's.
        """
        public, social_care, health = self.saving
        others = public - social_care
        if health is None:
            partners = 1 - self.book.baseline.social_care_share
            share = np.divide(
                self.book.baseline.health_share, partners, out=np.zeros_like(partners), where=partners > 1e-9
            )
            health = others * np.clip(share, 0, 1)
        total, beyond = self.book.total, once_a_draw(self.beyond_gbp)
        return {
            "social_care": total(social_care) + beyond,
            "education": total(others - health),
            "health": total(health),
            "public": total(public) + beyond,
        }


def _or_nothing(gbp: np.ndarray) -> np.ndarray:
    """£0 where there is no cost. A plain choice: `nan_to_num` looks for infinities too, and a run asks often."""
    return np.where(np.isnan(gbp), 0.0, gbp)


def in_any_draw(held: np.ndarray) -> np.ndarray:
    """Which rows a yes or no holds for; with several draws, in any of them."""
    return np.asarray(np.any(held, axis=tuple(range(held.ndim - 1))))


def once_a_draw(gbp: float | np.ndarray) -> float | np.ndarray:
    """An amount that is no row's, (draws, 1) when it rests on assumptions, as `Book.total` gives its sums: (draws,)."""
    return gbp if np.ndim(gbp) == 0 else np.asarray(gbp)[..., 0]
