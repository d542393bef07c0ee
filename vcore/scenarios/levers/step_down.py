"""Step-down: children whose needs a family or supported accommodation could meet move there.

The hard limits cannot be switched off; the screens can, each by name. Low need may be because the home works.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from vcore.errors import InvalidChoice
from vcore.facts.placements import DETAIL_LABELS, SETTING_OF, SETTINGS
from vcore.measures import screening
from vcore.scenarios.baseline import KINSHIP, Baseline
from vcore.scenarios.lever import Order, assumed
from vcore.scenarios.levers.move import Move, OnceGbp, Share, WeeklyGbp, Weeks, upper_quartile_here

DESTINATION_LABELS = {
    **{
        detail: DETAIL_LABELS[detail]
        for detail in (
            "in_house_fostering",
            "independent_fostering",
            "other_authority_fostering",
            "semi_independent",
        )
    },
    KINSHIP: "Relatives or friends (kinship fostering)",
}
DESTINATIONS = tuple(DESTINATION_LABELS)
SCREENS = {
    name: screening.SCREEN_WORDS[name]
    for name in ("stale_assessment", "recently_moved", "rising_need", "unsuitable_for_fostering")
}


class StepDown(Move):
    """Move children with at most `max_severe` severe needs from `from_settings` to `to`.

    The destination costs `destination_cost_gbp` a week, or the upper quartile of what it costs here today:
    never its mean, for those who move need more than most who live there already.
    """

    label: ClassVar[str] = "Step-down"
    kind: Literal["step_down"] = "step_down"
    from_settings: tuple[str, ...] = Field(
        default=("residential",), min_length=1, description="Settings that children move from"
    )
    to: str = Field(default="independent_fostering", description="Where they move to")
    screens: tuple[str, ...] = Field(
        default=tuple(SCREENS), description="Whom to leave out of the discussion"
    )
    holds: Share = assumed("holds_share", "Share of moves that last")
    destination_cost_gbp: float | None = Field(
        default=None, ge=0, le=100_000, description="Weekly £ there; none: the upper quartile here"
    )
    support_weekly_gbp: WeeklyGbp = assumed("support_weekly_gbp", "Support, £ a week")
    support_weeks: Weeks = assumed("support_weeks", "Weeks of support")
    double_running_weeks: Weeks = assumed("double_running_weeks", "Weeks of paying for both placements")
    return_cost_gbp: OnceGbp = assumed("return_cost_gbp", "£ of a move that ends early")
    holds_months: float = assumed(
        "holds_months", "Months until a move that lasts has been seen to", ge=1, le=240
    )

    @field_validator("from_settings")
    @classmethod
    def known_settings(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return screening.known("setting", names, SETTINGS)

    @field_validator("to")
    @classmethod
    def reachable(cls, to: str) -> str:
        if to not in DESTINATIONS:
            raise InvalidChoice("destination of a step-down", to, DESTINATIONS)
        return to

    @property
    def order(self) -> Order:
        return Order.STEP_DOWN_TO_FAMILY if self._to_family else Order.OTHER_STEP_DOWN

    @property
    def _to_family(self) -> bool:
        return self.to == KINSHIP or SETTING_OF[self.to] == "fostering"

    @property
    def lasting(self) -> float | np.ndarray:
        return self.holds

    def staying(self, months: np.ndarray) -> np.ndarray:
        """As many are lost each year as the year before: a share of those still there, until the horizon."""
        return self.lasting ** np.clip(months / self.holds_months, 0.0, 1.0)

    def lives_there(self, base: Baseline) -> np.ndarray:
        return base.among("setting", self.from_settings) & ~base.lives_in(self.to)

    def barred(self, base: Baseline) -> np.ndarray:
        barred = super().barred(base)
        return barred if self._to_family else barred | screening.too_young_for_supported(base)

    def screened_out(self, base: Baseline, screen: str) -> np.ndarray:
        if screen == "unsuitable_for_fostering" and not self._to_family:
            return np.zeros(len(base), dtype=bool)
        return super().screened_out(base, screen)

    def destination_price(self, base: Baseline) -> float:
        if self.destination_cost_gbp is not None:
            return self.destination_cost_gbp
        return upper_quartile_here(base, self.to, self._destination)

    def one_off_gbp(self, weekly_cost_gbp: np.ndarray) -> float | np.ndarray:
        return (
            self.support_weekly_gbp * self.support_weeks
            + self.double_running_weeks * weekly_cost_gbp
            + (1 - self.holds) * self.return_cost_gbp
        )

    def explain(self) -> str:
        return (
            f"Of the children with {self.severe_words()}, {self.matched:.0%} find a place in "
            f"{self._destination} and {self.holds:.0%} of those moves last."
        )

    @property
    def _destination(self) -> str:
        return "kinship fostering" if self.to == KINSHIP else DESTINATION_LABELS[self.to].lower()
