"""Reunification: children of low need go home to their families with a package of support, and some return.

A plan for a child, made with the family and the court; how many return decides what it is worth.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from vcore.measures import screening
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.lever import Order, assumed, offered
from vcore.scenarios.levers.move import Move, OnceGbp, Share, WeeklyGbp

FROM = ("fostering", "residential")
NOT_HOME_UNDER = (
    "E1",
    "L1",
    "L2",
    "L3",
    "J1",
    "J2",
    "J3",
)  # placed for adoption, in danger now, or held by a court
SCREENS = ("stale_assessment", "rising_need", "long_settled")


class Reunification(Move):
    """Children go home from fostering or a children's home: no placement to pay for, unless support goes on.

    Those who came back to care within six years are not counted as moved; on the way there the share who are
    still home falls in a straight line from year 0 to 1, and from 1 to 6.
    """

    label: ClassVar[str] = "Return home"
    kind: Literal["reunification"] = "reunification"
    caution: ClassVar[str] = (
        "Whether a family is ready is in no data, and this looks at children's needs only: few unaccompanied "
        "children, say, can go home."
    )
    nobody: ClassVar[dict[str, str]] = Move.nobody | {
        "hard_limits": "no child left may go home (secure or specialist home, deprivation of liberty, placement "
        "order, emergency protection or remand)",
    }
    from_settings: tuple[str, ...] = Field(
        default=FROM, min_length=1, description="Settings that children go home from"
    )
    screens: tuple[str, ...] = Field(default=SCREENS, description="Whom to leave out of the discussion")
    matched: Share = assumed("reunified_share", "Share of the eligible for whom going home is right")
    returned_in_one_year: Share = assumed("returned_in_one_year_share", "Share back in care within a year")
    returned_in_six_years: Share = assumed(
        "returned_in_six_years_share", "Share back in care within six years, the first included"
    )
    support_package_gbp: OnceGbp = assumed(
        "reunification_package_gbp", "Support around going home, £ a child"
    )
    home_support_weekly_gbp: WeeklyGbp = offered(
        "home_support_weekly_gbp", 0.0, "Support that goes on at home, £ a week"
    )
    return_cost_gbp: OnceGbp = assumed("return_cost_gbp", "£ of a return to care, beside the placement")

    @field_validator("from_settings")
    @classmethod
    def known_settings(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return screening.known("setting that children go home from", names, FROM)

    @model_validator(mode="after")
    def returns_add_up(self) -> Self:
        if self.returned_in_one_year > self.returned_in_six_years:
            raise ValueError(
                f"{self.returned_in_one_year:.0%} cannot be back within a year when only "
                f"{self.returned_in_six_years:.0%} are within six: the second includes the first."
            )
        return self

    @property
    def order(self) -> Order:
        return Order.REUNIFICATION

    @property
    def lasting(self) -> float | np.ndarray:
        return 1 - self.returned_in_six_years

    def staying(self, months: np.ndarray) -> np.ndarray:
        first, later = np.clip(months / 12, 0.0, 1.0), np.clip((months - 12) / 60, 0.0, 1.0)
        back_later = self.returned_in_six_years - self.returned_in_one_year
        return 1 - self.returned_in_one_year * first - back_later * later

    def lives_there(self, base: Baseline) -> np.ndarray:
        return base.among("setting", self.from_settings)

    def barred(self, base: Baseline) -> np.ndarray:
        return super().barred(base) | base.among("legal_status", NOT_HOME_UNDER)

    def destination_price(self, base: Baseline) -> float | np.ndarray:
        return self.home_support_weekly_gbp

    def one_off_gbp(self, weekly_cost_gbp: np.ndarray) -> float | np.ndarray:
        return self.support_package_gbp + self.returned_in_six_years * self.return_cost_gbp

    def explain(self) -> str:
        return (
            f"Of the children with {self.severe_words()}, {self.matched:.0%} go home with "
            f"£{self.support_package_gbp:,.0f} of support each; {self.returned_in_one_year:.0%} are back in care "
            f"within a year and {self.returned_in_six_years:.0%} within six."
        )
