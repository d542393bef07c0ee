"""Price cap: bring the dearest placements down to a weekly price.

No legal price cap exists. The effect on each child is max(0, price − cap) on what remains of the child, less
what providers do not accept. Where they hand a placement back the child moves: that is counted, never hidden.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from vcore.facts.assumptions import assumption
from vcore.measures.concentration import dearest_count
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect, in_any_draw
from vcore.scenarios.lever import Order, needed, offered
from vcore.scenarios.levers.scope import Scoped

Share = Annotated[float, Field(ge=0, le=1)]


class PriceCap(Scoped):
    """Every placement among the dearest `top_share` of the cohort (None: all) costs at most `cap_gbp` a week.

    The share counts uncosted children too, and ranks all placements as they are before any lever, whatever
    the lever's reach. Of the placements above the cap, `handed_back` go and the child's next week costs
    `replacement_cost_gbp` (None: what it costs now); of the others, `accepts` come down.
    """

    label: ClassVar[str] = "Price cap"
    choices: ClassVar[tuple[str, ...]] = ("cap_gbp", "top_share")
    kind: Literal["price_cap"] = "price_cap"
    cap_gbp: float = needed("price_cap_gbp", "Highest weekly price, £ gross", ge=0, le=100_000)
    top_share: float | None = offered("price_cap_share", None, "Dearest share of the cohort", ge=0, le=1)
    accepts: Share = offered("cap_accepts_share", 1.0, "Share of placements kept whose provider accepts it")
    handed_back: Share = offered(
        "cap_handed_back_share", 0.0, "Share of placements above the cap that providers hand back"
    )
    replacement_cost_gbp: float | None = offered(
        "cap_replacement_weekly_gbp",
        None,
        "Weekly £ of what replaces a placement handed back; none: what it costs now",
        ge=0,
        le=100_000,
    )

    @classmethod
    def starts_from(cls) -> tuple[str, ...]:
        return ("cap_gbp", "top_share")

    @property
    def order(self) -> Order:
        return Order.PRICE_CAP

    def alike(self, base: Baseline) -> tuple[np.ndarray, ...]:
        return self._scope(base), base.gross > self.cap_gbp

    def apply(self, book: Book) -> Effect:
        base = book.baseline
        scope = self._scope(base)
        above = scope & (book.price > self.cap_gbp)
        next_week = book.price if self.replacement_cost_gbp is None else self.replacement_cost_gbp
        gone = np.where(above, book.remaining * self.handed_back, 0.0)
        kept, moving = book.replaced(gone, next_week)
        after, cutting = kept.cheaper(np.where(above, (book.price - self.cap_gbp) * self.accepts, 0.0))
        costed = ~np.isnan(base.gross)
        return Effect(
            book=after,
            saving=moving.plus(cutting),
            moved=gone,
            eligible=in_any_draw(above),
            delivery_cost_gbp=0.0,
            funnel={
                "in_cohort": base.children,
                "costed": book.children(costed),
                "dearest": book.children(scope & costed),
                "above_cap": book.children(in_any_draw(above)),
            },
            notes=() if above.any() else (self._why_nobody(base.gross, scope),),
            cautions=_untested(book, above),
        )

    def explain(self) -> str:
        reach = self.reach_words()
        if self.top_share is None:
            who = f"all placements{reach}"
        else:
            only = f", only those{reach}," if reach else ""
            who = f"the dearest {100 * self.top_share:.3g}% of placements{only}"
        said = f"Bring {who} down to £{self.cap_gbp:,.0f} a week where they cost more."
        if self.handed_back > 0:
            price = self.replacement_cost_gbp
            costs = "what it costs now" if price is None else f"£{price:,.0f} a week"
            said += f" Providers hand back {self.handed_back:.0%}, and the next placement costs {costs}."
        if self.accepts < 1:
            said += f" Providers of {self.accepts:.0%} of those kept accept it."
        return said

    def _scope(self, base: Baseline) -> np.ndarray:
        reached = base.children if self.top_share is None else dearest_count(self.top_share, base.children)
        return (base.rank < reached) & self.reaches(base)

    def _why_nobody(self, gross: np.ndarray, scope: np.ndarray) -> str:
        if not (scope & ~np.isnan(gross)).any():
            return "The cap changes nothing: no placement with a cost is in its reach."
        return (
            f"The cap changes nothing: no placement in its reach costs more than £{self.cap_gbp:,.0f} a week."
        )


def _untested(book: Book, above: np.ndarray) -> tuple[str, ...]:
    """A caution where the cap bites on more placements than it has been worked through for."""
    tested = assumption("price_cap_share").high
    if not np.any(book.total(above) > tested * book.baseline.children):
        return ()
    return (f"Tested to {tested:.0%} of placements; beyond it providers may hand placements back.",)
