"""Fee change: what providers are paid goes up or down by a negotiated share.

Need plays no part: a fee is what is paid for the same placement. A rise is a cost, and says so.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from vcore.scenarios.book import Book, Effect, in_any_draw
from vcore.scenarios.lever import Order, assumed
from vcore.scenarios.levers.scope import Scoped

BOUGHT = ("semi_independent", "independent_fostering", "private_residential")


class FeeChange(Scoped):
    """Every placement in reach costs `change` more (negative: less) a week, as a share of its price by then.

    Unless said otherwise it reaches what is bought from others: nobody negotiates with its own homes and carers.
    """

    label: ClassVar[str] = "Fee change"
    kind: Literal["fee_change"] = "fee_change"
    settings: tuple[str, ...] | None = Field(
        default=BOUGHT, min_length=1, description="Settings or kinds of home it reaches; none: all"
    )
    change: float = assumed(
        "fee_change_share", "Change of the weekly fee as a share of it; negative: less", ge=-0.5, le=1
    )

    @property
    def order(self) -> Order:
        return Order.FEES

    def apply(self, book: Book) -> Effect:
        base = book.baseline
        reached = self.reaches(base)
        costed = reached & ~np.isnan(base.gross)
        eligible = costed & in_any_draw(book.price > 0) & book.still_here
        after, saving = book.cheaper(np.where(eligible, -self.change * book.price, 0.0))
        return Effect(
            book=after,
            saving=saving,
            moved=np.zeros(len(base)),
            eligible=eligible,
            delivery_cost_gbp=0.0,
            funnel={
                "in_reach": book.children(reached),
                "costed": book.children(costed),
                "still_paid_for": book.children(eligible),
            },
            notes=() if eligible.any() else (_NOBODY,),
            cautions=("This raises what is paid.",) if np.any(np.greater(self.change, 0)) else (),
        )

    def explain(self) -> str:
        if self.change == 0:
            return f"Fees of placements{self.reach_words()} stay as they are."
        way = "rise" if self.change > 0 else "fall"
        return f"Fees of placements{self.reach_words()} {way} by {abs(self.change):.1%}."


_NOBODY = "The fee change changes nothing: no placement with a cost is in its reach."
