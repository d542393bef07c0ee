"""Price cap: bring the dearest placements down to a weekly price.

No legal price cap exists. The effect on each child is max(0, price − cap) on what remains of the child.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

import numpy as np

from vcore.facts.assumptions import value
from vcore.measures.concentration import dearest_count
from vcore.scenarios.book import Book, Effect
from vcore.scenarios.lever import Lever, Order, needed, offered


class PriceCap(Lever):
    """Every placement among the dearest `top_share` of the cohort (None: all) costs at most `cap_gbp` a week.

    The share counts uncosted children too, and ranks placements as they are before any lever.
    """

    label: ClassVar[str] = "Price cap"
    kind: Literal["price_cap"] = "price_cap"
    cap_gbp: float = needed("price_cap_gbp", "Highest weekly price, £ gross", ge=0, le=100_000)
    top_share: float | None = offered("price_cap_share", None, "Dearest share of the cohort", ge=0, le=1)

    @classmethod
    def starting(cls) -> Self:
        return cls(cap_gbp=value("price_cap_gbp"), top_share=value("price_cap_share"))

    @property
    def order(self) -> Order:
        return Order.PRICE_CAP

    def apply(self, book: Book) -> Effect:
        base = book.baseline
        n = len(book.price)
        reached = n if self.top_share is None else dearest_count(self.top_share, n)
        scope = base.rank < reached
        above = scope & (book.price > self.cap_gbp)
        after, saving = book.cheaper(np.where(above, book.price - self.cap_gbp, 0.0))
        funnel = {
            "in_cohort": n,
            "costed": int((~np.isnan(base.gross)).sum()),
            "dearest": int((scope & ~np.isnan(base.gross)).sum()),
            "above_cap": int(above.sum()),
        }
        return Effect(
            book=after,
            saving=saving,
            moved=np.zeros(n),
            eligible=above,
            delivery_cost_gbp=0.0,
            funnel=funnel,
            notes=() if above.any() else (self._why_nobody(base.gross, scope),),
        )

    def explain(self) -> str:
        share = self.top_share
        who = "all placements" if share is None else f"the dearest {100 * share:.3g}% of placements"
        return f"Bring {who} down to £{self.cap_gbp:,.0f} a week where they cost more."

    def _why_nobody(self, gross: np.ndarray, scope: np.ndarray) -> str:
        if not (scope & ~np.isnan(gross)).any():
            return "The cap changes nothing: no placement with a cost is in its reach."
        return (
            f"The cap changes nothing: no placement in its reach costs more than £{self.cap_gbp:,.0f} a week."
        )
