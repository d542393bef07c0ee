"""Own homes: children in private homes go to homes that the council, or a partner, opens and runs.

Like for like such homes cost about as much as private ones (Competition and Markets Authority 2022): what is
gained is nearness, say in the care and, where the market pays more than it costs, money.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from vcore.facts.assumptions import value
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect, once_a_draw
from vcore.scenarios.lever import Order, assumed, offered
from vcore.scenarios.levers.move import Move, Share, WeeklyGbp, Weeks, rationed

SCREENS = ("stale_assessment", "recently_moved", "rising_need", "long_settled")


class OwnHomes(Move):
    """`homes` of `places_a_home` open and fill up to `occupancy`; every place is paid for, filled or not.

    A place costs `running_weekly_gbp`; when that is not given, so much that a child in a home filled as usual costs
    `cost_beside_private` times the mean of private homes here. Capital less grant is borrowed and paid back in
    equal parts. What partners pay today lapses; what health pays there is said.
    All homes open together, once registered. From that day every place and the loan are paid for, however slowly
    children come and whatever notice their own placements need; setting up is paid by then too.
    Places fill again when they fall empty, so nothing is taken off for moves that end.
    """

    label: ClassVar[str] = "Shift to homes of our own"
    choices: ClassVar[tuple[str, ...]] = ("usual_occupancy",)
    kind: Literal["own_homes"] = "own_homes"
    refills: ClassVar[bool] = True
    caution: ClassVar[str] = (
        "Like for like, homes of one's own cost about as much as private ones (Competition and Markets Authority 2022)."
    )
    nobody: ClassVar[dict[str, str]] = Move.nobody | {
        "in_setting": "no child in this cohort lives in a private children's home",
    }
    max_severe: int = Field(default=40, ge=0, le=40, description="Most severe and complex needs allowed")
    screens: tuple[str, ...] = Field(default=SCREENS, description="Whom to leave out of the discussion")
    homes: int = Field(default=1, ge=0, le=500, description="Homes opened")
    places_a_home: float = assumed("home_places", "Places in a home", ge=1, le=12)
    occupancy: Share = assumed("home_occupancy", "Share of places filled")
    registration_months: float = assumed(
        "home_registration_months", "Months from the decision to the first child", ge=0, le=60
    )
    usual_occupancy: Share = assumed(
        "home_occupancy", "Share of places filled at which a child costs that multiple of private homes"
    )
    running_weekly_gbp: float | None = Field(
        default=None,
        ge=0,
        le=100_000,
        description="Running a place, £ a week, filled or not; none: as private homes",
    )
    cost_beside_private: float = assumed(
        "own_home_cost_ratio", "Cost of a child there, as a multiple of private homes here", ge=0, le=5
    )
    health_weekly_gbp: WeeklyGbp = offered(
        "home_health_weekly_gbp", 0.0, "What health pays towards it, £ a week for each child"
    )
    capital_gbp: float = assumed("home_capital_gbp", "Capital, £ a home", ge=0, le=10_000_000)
    grant_share: Share = offered("home_grant_share", 0.0, "Share of the capital paid by grant")
    financing_years: float = assumed("home_financing_years", "Years to pay the capital back", ge=1, le=60)
    financing_rate: float = assumed("home_financing_rate", "Interest on the capital, a year", ge=0, le=0.2)
    set_up_gbp: float = offered(
        "home_set_up_gbp", 0.0, "Staff and costs before the first child, £ a home", ge=0, le=2_000_000
    )
    double_running_weeks: Weeks = assumed("double_running_weeks", "Weeks of paying for both placements")

    @property
    def order(self) -> Order:
        return Order.IN_HOUSE_SHIFT

    @property
    def lag_months(self) -> int:
        return round(self.registration_months)

    @property
    def places(self) -> float | np.ndarray:
        """Places that are paid for."""
        return self.homes * self.places_a_home

    @property
    def financing_weekly_gbp(self) -> float | np.ndarray:
        """Interest and repayment of what all the homes' capital leaves after grant, £ a week, as an annuity."""
        rate = np.maximum(self.financing_rate, 1e-9)  # at no interest, the limit: equal parts
        yearly_share = -rate / np.expm1(-self.financing_years * np.log1p(rate))
        borrowed = self.homes * self.capital_gbp * (1 - self.grant_share)
        return borrowed * yearly_share / value("weeks_per_year")

    @property
    def health_gbp(self) -> float | np.ndarray:
        return self.health_weekly_gbp

    def lives_there(self, base: Baseline) -> np.ndarray:
        return base.lives_in("private_residential")

    def placed(self, book: Book, eligible: np.ndarray) -> np.ndarray:
        return rationed(book, super().placed(book, eligible), self.places * self.occupancy)

    def no_place(self) -> str | None:
        return None if self.homes else "no home is to be opened"

    def destination_price(self, base: Baseline) -> float | np.ndarray:
        if self.running_weekly_gbp is not None:
            return self.running_weekly_gbp
        return base.mean_gbp("private_residential") * self.cost_beside_private * self.usual_occupancy

    def one_off_gbp(self, weekly_cost_gbp: np.ndarray) -> float | np.ndarray:
        return self.double_running_weeks * weekly_cost_gbp

    def apply(self, book: Book) -> Effect:
        effect = super().apply(book)
        if not effect.eligible.any():
            return effect  # no home is opened for nobody
        filled = np.asarray(book.total(effect.moved))[..., np.newaxis]
        place_gbp = self.destination_price(book.baseline)
        opened_gbp = -(self.places * place_gbp + self.financing_weekly_gbp)
        set_up_gbp = once_a_draw(self.homes * self.set_up_gbp)
        return replace(
            effect,
            beyond_gbp=opened_gbp + filled * place_gbp,
            opened_gbp=opened_gbp,
            delivery_cost_gbp=effect.delivery_cost_gbp + set_up_gbp,
            opening_cost_gbp=set_up_gbp,
        )

    def explain(self) -> str:
        homes = "1 home opens" if self.homes == 1 else f"{self.homes} homes open"
        return (
            f"{homes} with {self.places:,.0f} places, {self.occupancy:.0%} of them filled from private homes, "
            f"{self.registration_months:.0f} months after the decision. From then on every place and the capital are "
            "paid for, filled or not."
        )
