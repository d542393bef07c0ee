"""Permanence: settled foster children stay for good where they are, under special guardianship or adopted.

The child does not move house: care ends, and an allowance takes the place of the fee.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from vcore.facts.assumptions import value
from vcore.measures import screening
from vcore.scenarios.baseline import KINSHIP, Baseline
from vcore.scenarios.lever import Order, SavingKind, assumed
from vcore.scenarios.levers.move import Move, OnceGbp, Share, WeeklyGbp

SCREENS = ("stale_assessment", "recently_moved", "rising_need")
HORIZON_MONTHS = 60  # the study of how many orders hold followed them for five years
_ROUTES = {"special_guardianship": "special guardianship", "adoption": "adoption"}


class Permanence(Move):
    """Foster children of low need, with relatives or settled for years, get an order by `route`.

    The fee stops with the order, in-house too: it was paid for this child, so what it saves is cash. Adoption is
    for children up to the age of the register's `oldest_for_adoption`.
    """

    label: ClassVar[str] = "Permanence order"
    counts_as: ClassVar[SavingKind | Literal["by_sourcing"]] = "cashable"
    kind: Literal["permanence"] = "permanence"
    nobody: ClassVar[dict[str, str]] = Move.nobody | {
        "in_setting": "no child in this cohort is in foster care",
        "with_relatives_or_settled": "no child left is with relatives or has been settled for long enough",
    }
    route: Literal["special_guardianship", "adoption"] = Field(
        default="special_guardianship", description="Which order is sought"
    )
    relatives_only: bool = Field(default=False, description="Only children fostered by relatives or friends")
    settled_years: float = Field(
        default_factory=lambda: value("settled_years_in_placement"),
        ge=0,
        le=18,
        description="Settled: in the same foster home for at least so many years",
    )
    screens: tuple[str, ...] = Field(default=SCREENS, description="Whom to leave out of the discussion")
    matched: Share = assumed("permanence_share", "Share of the eligible for whom an order is made")
    holds: Share = assumed("permanence_holds_share", "Share of orders that last")
    allowance_weekly_gbp: WeeklyGbp = assumed("permanence_allowance_weekly_gbp", "Allowance, £ a week")
    order_cost_gbp: OnceGbp = assumed("permanence_order_cost_gbp", "Assessment, court and support, £ a child")
    return_cost_gbp: OnceGbp = assumed("return_cost_gbp", "£ of a return to care, beside the placement")

    @property
    def order(self) -> Order:
        return Order.PERMANENCE

    @property
    def lasting(self) -> float | np.ndarray:
        return self.holds

    def staying(self, months: np.ndarray) -> np.ndarray:
        """As many end each year as the year before: a share of those still there, until the horizon."""
        return self.lasting ** np.clip(months / HORIZON_MONTHS, 0.0, 1.0)

    def lives_there(self, base: Baseline) -> np.ndarray:
        return base.among("setting", ["fostering"])

    def barred(self, base: Baseline) -> np.ndarray:
        barred = super().barred(base)
        if self.route == "adoption":
            return barred | ~(base.numbers("age") <= value("oldest_for_adoption"))
        return barred

    def tests(self, base: Baseline) -> dict[str, np.ndarray]:
        with_relatives = base.lives_in(KINSHIP)
        stays = (
            with_relatives
            if self.relatives_only
            else with_relatives | screening.settled(base, self.settled_years)
        )
        return super().tests(base) | {"with_relatives_or_settled": stays}

    def destination_price(self, base: Baseline) -> float | np.ndarray:
        return self.allowance_weekly_gbp

    def one_off_gbp(self, weekly_cost_gbp: np.ndarray) -> float | np.ndarray:
        return self.order_cost_gbp + (1 - self.holds) * self.return_cost_gbp

    def explain(self) -> str:
        who = "with relatives" if self.relatives_only else "with relatives or settled"
        return (
            f"Of the foster children {who} and with {self.severe_words()}, {self.matched:.0%} leave care by "
            f"{_ROUTES[self.route]} with £{self.allowance_weekly_gbp:,.0f} a week; {self.holds:.0%} of orders last."
        )
