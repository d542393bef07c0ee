"""In-house fostering: children with agency carers go to carers of the council, as far as there are any.

A place is rarely worth a move for a settled child, and never for its price alone: in practice it is the next
child, or the next move, that goes in-house.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from vcore.scenarios.baseline import KINSHIP, Baseline
from vcore.scenarios.book import Book
from vcore.scenarios.lever import Order, assumed
from vcore.scenarios.levers.move import Move, OnceGbp, WeeklyGbp, Weeks, rationed, upper_quartile_here

SCREENS = ("stale_assessment", "recently_moved", "rising_need", "unsuitable_for_fostering", "long_settled")


class InHouseFostering(Move):
    """Agency to in-house fostering, limited by vacancies and by carers approved × children a carer looks after.

    Where more children could move than there are places, each moves by the same smaller weight. A place that
    falls empty is filled again, so nothing is taken off for moves that end. A week costs what in-house fostering
    costs here (`price_weekly_gbp`, or its upper quartile) and the service around it.
    """

    label: ClassVar[str] = "Shift to in-house fostering"
    kind: Literal["in_house_fostering"] = "in_house_fostering"
    refills: ClassVar[bool] = True
    caution: ClassVar[str] = (
        "No settled child moves for a price: in practice it is the next child, or the next move, that goes in-house."
    )
    nobody: ClassVar[dict[str, str]] = Move.nobody | {
        "in_setting": "no child in this cohort lives with an agency's carers",
        "hard_limits": "no child left may be moved (with relatives, or deprivation of liberty)",
    }
    screens: tuple[str, ...] = Field(default=SCREENS, description="Whom to leave out of the discussion")
    vacancies: int = Field(default=0, ge=0, le=10_000, description="Places of in-house carers free now")
    carers_a_year: float = Field(
        default=10, ge=0, le=1_000, description="Carers approved a year, less those who leave"
    )
    years: float = Field(default=1, ge=0, le=10, description="Years of recruiting")
    children_a_carer: float = assumed("children_a_carer", "Children that a new carer looks after", ge=0, le=5)
    price_weekly_gbp: float | None = Field(
        default=None,
        ge=0,
        le=100_000,
        description="In-house fees and allowances, £ a week; none: upper quartile here",
    )
    overhead_weekly_gbp: WeeklyGbp = assumed(
        "fostering_overhead_weekly_gbp", "Running the fostering service, £ a week for each child"
    )
    recruiting_gbp: OnceGbp = assumed(
        "carer_recruiting_gbp", "Finding, assessing and training carers, £ for each child placed"
    )
    double_running_weeks: Weeks = assumed("double_running_weeks", "Weeks of paying for both placements")

    @property
    def order(self) -> Order:
        return Order.IN_HOUSE_SHIFT

    @property
    def places(self) -> float | np.ndarray:
        """Children there is room for."""
        return self.vacancies + self.carers_a_year * self.years * self.children_a_carer

    def lives_there(self, base: Baseline) -> np.ndarray:
        return base.lives_in("independent_fostering")

    def barred(self, base: Baseline) -> np.ndarray:
        return super().barred(base) | base.lives_in(KINSHIP)

    def placed(self, book: Book, eligible: np.ndarray) -> np.ndarray:
        return rationed(book, super().placed(book, eligible), self.places)

    def no_place(self) -> str | None:
        if self.vacancies or (self.carers_a_year and self.years):
            return None
        return "there is no free place and no carer is to be approved"

    def destination_price(self, base: Baseline) -> float | np.ndarray:
        if self.price_weekly_gbp is not None:
            return self.price_weekly_gbp + self.overhead_weekly_gbp
        return (
            upper_quartile_here(base, "in_house_fostering", "in-house fostering") + self.overhead_weekly_gbp
        )

    def one_off_gbp(self, weekly_cost_gbp: np.ndarray) -> float | np.ndarray:
        return self.recruiting_gbp + self.double_running_weeks * weekly_cost_gbp

    def explain(self) -> str:
        return (
            f"{self.places:,.0f} children with agency carers and {self.severe_words()} go to in-house carers: "
            f"{self.vacancies} places are free now and {self.carers_a_year * self.years:,.0f} carers are approved."
        )
