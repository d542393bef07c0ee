"""Prevention: help at the edge of care, so that some placements never begin.

Nobody in care is touched, and nothing that is spent today falls: what it saves is growth avoided, never cash.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from vcore.facts.assumptions import value
from vcore.scenarios.book import Book, Effect, Saving
from vcore.scenarios.lever import Lever, Order, SavingKind, assumed, offered


class Prevention(Lever):
    """`entries_avoided_a_year` children do not come into care who would each have stayed for `months_avoided`.

    A twelfth of them stays out from each month on, for as many months: so what is avoided builds up month by month,
    until entries × months ÷ 12 are out at a time. Each would have cost `cost_weekly_gbp`, or the mean of this
    cohort's costed children. The service costs its money from the first month, which is no growth avoided but cash.
    """

    label: ClassVar[str] = "Prevention"
    counts_as: ClassVar[SavingKind | Literal["by_sourcing"]] = "avoided"
    kind: Literal["prevention"] = "prevention"
    entries_avoided_a_year: float = Field(
        default=10, ge=0, le=10_000, description="Children a year who do not come into care"
    )
    months_avoided: float = assumed(
        "months_in_care_avoided", "Months each would have been in care", ge=0, le=216
    )
    cost_weekly_gbp: float | None = Field(
        default=None, ge=0, le=100_000, description="What each would have cost, £ a week; none: the mean here"
    )
    service_gbp: float = offered(
        "prevention_service_gbp", 0.0, "The service, £ for each entry avoided", ge=0, le=500_000
    )

    @property
    def order(self) -> Order:
        return Order.PREVENTION

    @property
    def building_months(self) -> float:
        return self.months_avoided

    def apply(self, book: Book) -> Effect:
        nobody = np.zeros(len(book.baseline))
        mean = self._mean_gbp(book) if self.cost_weekly_gbp is None else self.cost_weekly_gbp
        out_at_a_time = self.entries_avoided_a_year * self.months_avoided / 12
        return Effect(
            book=book,
            saving=Saving(nobody, nobody),
            moved=nobody,
            eligible=nobody > 0,
            delivery_cost_gbp=0.0,
            funnel={},
            notes=(notes := self._why_nothing(mean)),
            cautions=() if notes else ("This avoids growth; it frees no money that is spent today.",),
            beyond_gbp=0.0 - self.entries_avoided_a_year * self.service_gbp / value("weeks_per_year"),
            avoided_gbp=out_at_a_time * (mean or 0.0),
        )

    def explain(self) -> str:
        return (
            f"{self.entries_avoided_a_year:,.0f} children a year do not come into care, who would each have stayed "
            f"{self.months_avoided:,.0f} months: what is avoided builds up over as long."
        )

    def _mean_gbp(self, book: Book) -> float | None:
        """Mean weekly £ of the cohort's costed children as they are today, in the book's basis; None: no cost."""
        base = book.baseline
        own = base.gross if book.basis == "gross" else base.gross * base.social_care_share
        costed = float(book.total(~np.isnan(own)))
        return float(book.total(np.nan_to_num(own))) / costed if costed else None

    def _why_nothing(self, mean_gbp: float | None) -> tuple[str, ...]:
        if mean_gbp is None:
            return ("Prevention avoids no cost: no child here has one. Type what a week would have cost.",)
        if self.entries_avoided_a_year == 0:
            return ("Prevention changes nothing: no entry is avoided.",)
        return ()
