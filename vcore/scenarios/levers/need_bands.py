"""Need bands: what is paid for a placement follows the need of the child in it, up to a price for each band.

Every assessed child is in exactly one band. A lower score is never by itself a reason to pay less: the band's
price bounds what is paid, and children whose need is above their price are counted beside it.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from vcore.facts.assumptions import value
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect, in_any_draw
from vcore.scenarios.lever import Order
from vcore.scenarios.levers.scope import Scoped
from vcore.scoring import BANDS, BandRule, TotalRule

Price = Annotated[float | None, Field(ge=0, le=100_000)]
Domains = Annotated[int, Field(ge=0, le=40)]
Points = Annotated[int, Field(ge=0, le=4_000)]
_DEFAULT = BandRule()


class NeedBands(Scoped):
    """Placements in reach cost at most the price of the child's need band.

    A band's price is as typed, else the `quantile` of what its costed placements in these settings cost here
    (0.5: the median, 0.75: the upper quartile).
    """

    label: ClassVar[str] = "Need bands"
    kind: Literal["need_bands"] = "need_bands"
    settings: tuple[str, ...] | None = Field(
        default=("residential",), min_length=1, description="Settings or kinds of home it reaches; none: all"
    )
    by: Literal["severe_count", "need_total"] = Field(
        default="severe_count", description="Bands by how many needs are severe or moderate, or by total need"
    )
    standard_max_severe: Domains = Field(
        default=_DEFAULT.standard_max_severe, description="Standard: most severe needs"
    )
    standard_max_moderate: Domains = Field(
        default=_DEFAULT.standard_max_moderate, description="Standard: most moderate needs"
    )
    enhanced_max_severe: Domains = Field(
        default=_DEFAULT.enhanced_max_severe, description="Enhanced: most severe needs"
    )
    standard_max_total: Points = Field(
        default_factory=lambda: int(value("low_need_total")),
        description="Standard: most points of total need",
    )
    enhanced_max_total: Points = Field(
        default_factory=lambda: int(value("high_need_total")) - 1,
        description="Enhanced: most points of total need",
    )
    standard_gbp: Price = Field(default=None, description="Standard: most £ a week; none: as prices are here")
    enhanced_gbp: Price = Field(default=None, description="Enhanced: most £ a week; none: as prices are here")
    complex_gbp: Price = Field(default=None, description="Complex: most £ a week; none: as prices are here")
    quantile: float = Field(
        default=0.75,
        ge=0,
        le=1,
        description="Where a price not typed lies among those here (0.5: the median)",
    )

    @model_validator(mode="after")
    def bands_in_order(self) -> Self:
        if self.standard_max_severe > self.enhanced_max_severe:
            raise ValueError(
                "The enhanced band must allow at least as many severe needs as the standard band."
            )
        if self.standard_max_total > self.enhanced_max_total:
            raise ValueError("The enhanced band must end at a total need at or above the standard band's.")
        return self

    @property
    def order(self) -> Order:
        return Order.NEED_BANDS

    @property
    def rule(self) -> BandRule | TotalRule:
        """What puts a child in a band."""
        if self.by == "need_total":
            return TotalRule(self.standard_max_total, self.enhanced_max_total)
        return BandRule(self.standard_max_severe, self.standard_max_moderate, self.enhanced_max_severe)

    def ceilings(self, base: Baseline) -> dict[str, float]:
        """The weekly £ of each band; NaN where it is neither typed nor known."""
        prices = base.band_prices(self.rule, self.settings)
        return {
            band: typed
            if typed is not None
            else float(np.quantile(here, self.quantile))
            if len(here)
            else np.nan
            for band, typed, here in zip(
                BANDS, (self.standard_gbp, self.enhanced_gbp, self.complex_gbp), prices, strict=True
            )
        }

    def alike(self, base: Baseline) -> tuple[np.ndarray, ...]:
        band = base.bands(self.rule)
        prices = [*self.ceilings(base).values(), np.nan]  # band −1, not assessed, is the last
        return *super().alike(base), band, base.gross > np.array(prices)[band]

    def apply(self, book: Book) -> Effect:
        base = book.baseline
        reached, band = self.reaches(base), base.bands(self.rule)
        known = reached & (band >= 0) & ~np.isnan(base.gross)
        standard, enhanced, dearest = self.ceilings(base).values()
        ceiling = np.array([standard, enhanced, dearest, np.nan])[band]  # band −1, not assessed, is the last
        above = known & (book.price > ceiling)
        below_need = known & (base.gross <= np.array([np.nan, standard, enhanced, np.nan])[band])
        after, saving = book.cheaper(np.where(above, book.price - ceiling, 0.0))
        return Effect(
            book=after,
            saving=saving,
            moved=np.zeros(len(base)),
            eligible=in_any_draw(above),
            delivery_cost_gbp=0.0,
            funnel={
                "in_reach": book.children(reached),
                "costed_and_assessed": book.children(known),
                "above_band": book.children(in_any_draw(above)),
            },
            notes=() if above.any() else (_why_nobody(known),),
            cautions=self._cautions(base) if above.any() else (),
            beside={"need_above_price": book.children(below_need)},
        )

    def explain(self) -> str:
        typed = (self.standard_gbp, self.enhanced_gbp, self.complex_gbp)
        prices = ", ".join(
            f"{band} £{price:,.0f}" if price is not None else f"{band} {self._place()} here"
            for band, price in zip(BANDS, typed, strict=True)
        )
        return f"Pay at most the price of the child's need band for placements{self.reach_words()}: {prices}."

    def _cautions(self, base: Baseline) -> tuple[str, ...]:
        standard, enhanced, dearest = self.ceilings(base).values()
        typed = (self.standard_gbp, self.enhanced_gbp, self.complex_gbp)
        found = [
            len(here)
            for price, here in zip(typed, base.band_prices(self.rule, self.settings), strict=True)
            if price is None and len(here)
        ]
        few = int(value("smallest_n_for_correlation"))
        said = [_NOT_RISING] if standard > enhanced or enhanced > dearest or standard > dearest else []
        if found and min(found) < few:
            said.append(f"A band's price rests on fewer than {few} placements here. Type one instead.")
        return tuple(said)

    def _place(self) -> str:
        known = {0.5: "the median", 0.75: "the upper quartile"}
        return known.get(self.quantile, f"the {self.quantile:.0%} point of prices")


_NOT_RISING = (
    "A lower band has the higher price: prices here do not follow need. Type prices that rise with it."
)


def _why_nobody(known: np.ndarray) -> str:
    if not known.any():
        return "The bands change nothing: no placement in their reach has both a cost and a needs assessment."
    return "The bands change nothing: no placement in their reach costs more than its band's price."
