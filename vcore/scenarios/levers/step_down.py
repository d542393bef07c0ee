"""Step-down: children whose needs a family or supported accommodation could meet move there.

Need-led: a child is eligible by need, never by price, and children whose move would cost more count too.
The hard limits cannot be switched off; the screens can, each by name. Flags are for discussion; they
decide nothing about a child.
"""

from __future__ import annotations

from math import isnan
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from vcore.errors import InvalidChoice, RefusedRun
from vcore.facts.assumptions import value
from vcore.facts.placements import DETAIL_LABELS, SETTING_OF, SETTINGS
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect
from vcore.scenarios.lever import Lever, Order, assumed

DESTINATIONS = (
    "in_house_fostering",
    "independent_fostering",
    "other_authority_fostering",
    "semi_independent",
)
NEVER_FROM = ("secure_home", "specialist_residential")
YOUNGEST_IN_SUPPORTED = 16
SCREENS = {
    "stale_assessment": "assessed in the last six months, or not dated",
    "recently_moved": "settled for six months or more",
    "rising_need": "not rising in need",
    "unsuitable_for_fostering": "not recorded as unsuitable for fostering",
}
Share = Annotated[float, Field(ge=0, le=1)]
Weeks = Annotated[float, Field(ge=0, le=520)]


class StepDown(Lever):
    """Move children with at most `max_severe` severe needs from `from_settings` to `to`.

    Of the eligible, `matched` find a place and `holds` of those moves last: each child moves by weight
    matched × holds. The destination costs `destination_cost_gbp` a week, or the upper quartile of what it
    costs here today.
    """

    label: ClassVar[str] = "Step-down"
    counts_as: ClassVar[Literal["by_sourcing"]] = "by_sourcing"
    kind: Literal["step_down"] = "step_down"
    from_settings: tuple[str, ...] = Field(default=("residential",), min_length=1)
    to: str = "independent_fostering"
    max_severe: int = Field(default=0, ge=0, le=40)
    max_need_total: int | None = Field(default=None, ge=0, le=4_000)
    age_min: int | None = Field(default=None, ge=0, le=25)
    age_max: int | None = Field(default=None, ge=0, le=25)
    screens: tuple[str, ...] = tuple(SCREENS)
    matched: Share = assumed("matched_share", "Share of the eligible for whom a place is found")
    holds: Share = assumed("holds_share", "Share of moves that last")
    destination_cost_gbp: float | None = Field(
        default=None, ge=0, le=100_000, description="Weekly £ there; none: the upper quartile here"
    )
    support_weekly_gbp: float = assumed("support_weekly_gbp", "Support, £ a week", ge=0, le=100_000)
    support_weeks: Weeks = assumed("support_weeks", "Weeks of support")
    double_running_weeks: Weeks = assumed("double_running_weeks", "Weeks of paying for both placements")
    return_cost_gbp: float = assumed("return_cost_gbp", "£ of a move that ends early", ge=0, le=500_000)

    @field_validator("from_settings", "screens")
    @classmethod
    def known(cls, names: tuple[str, ...], info) -> tuple[str, ...]:
        valid = SETTINGS if info.field_name == "from_settings" else tuple(SCREENS)
        for name in names:
            if name not in valid:
                raise InvalidChoice(
                    "setting" if info.field_name == "from_settings" else "screen", name, valid
                )
        return tuple(name for name in valid if name in names)

    @field_validator("to")
    @classmethod
    def reachable(cls, to: str) -> str:
        if to not in DESTINATIONS:
            raise InvalidChoice("destination of a step-down", to, DESTINATIONS)
        return to

    @model_validator(mode="after")
    def ages_in_order(self) -> Self:
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValueError(f"Ages from {self.age_min} to {self.age_max} hold nobody: swap the two.")
        return self

    @property
    def order(self) -> Order:
        return Order.STEP_DOWN_TO_FAMILY if self._to_family else Order.OTHER_STEP_DOWN

    @property
    def lasting(self) -> float | np.ndarray:
        return self.holds

    def staying(self, months: np.ndarray) -> np.ndarray:
        """As many are lost each year as the year before: a share of those still there, until the horizon."""
        return self.lasting ** np.clip(months / value("holds_months"), 0.0, 1.0)

    @property
    def _to_family(self) -> bool:
        return SETTING_OF[self.to] == "fostering"

    def apply(self, book: Book) -> Effect:
        base = book.baseline
        eligible, funnel = self._sift(base, book.remaining > 0)
        price = self.destination_price(base) if eligible.any() else 0.0
        offered = np.where(eligible, book.remaining * self.matched, 0.0)
        moved = offered * self.holds
        after, saving = book.without(moved, price)
        cost = np.nan_to_num(book.basis_price)
        one_off = (
            self.support_weekly_gbp * self.support_weeks
            + self.double_running_weeks * cost
            + (1 - self.holds) * self.return_cost_gbp
        )
        return Effect(
            book=after,
            saving=saving,
            moved=moved,
            eligible=eligible,
            delivery_cost_gbp=book.total(offered * one_off),
            funnel=funnel,
            notes=() if eligible.any() else (_why_nobody(funnel),),
        )

    def destination_price(self, base: Baseline) -> float:
        """Weekly £ at the destination. Raises `RefusedRun` when it is neither given nor known."""
        if self.destination_cost_gbp is not None:
            return self.destination_cost_gbp
        price = base.upper_quartile_gbp(self.to)
        if isnan(price):
            raise RefusedRun(
                f"No placement in {DETAIL_LABELS[self.to].lower()} has a cost here, so its price is unknown. "
                "Type what a week there would cost."
            )
        return price

    def explain(self) -> str:
        severe = (
            "no severe and complex need"
            if self.max_severe == 0
            else f"at most {self.max_severe} severe and complex {'need' if self.max_severe == 1 else 'needs'}"
        )
        return (
            f"Of the children with {severe}, {self.matched:.0%} find a place in "
            f"{DETAIL_LABELS[self.to].lower()} and {self.holds:.0%} of those moves last."
        )

    def _sift(self, base: Baseline, still_here: np.ndarray) -> tuple[np.ndarray, dict[str, int]]:
        """Who is eligible, and how many are left after each test, in order."""
        tests = {
            "in_setting": base.among("setting", self.from_settings)
            & ~base.among("setting_detail", [self.to]),
            "costed_and_assessed": ~np.isnan(base.gross) & ~np.isnan(base.numbers("need_total")),
            "within_severe_limit": base.numbers("severe_count") <= self.max_severe,
            "within_need_and_age": self._within(base),
            "hard_limits": ~self._barred(base),
            **{name: ~_SCREENED_OUT[name](base, self) for name in self.screens},
        }
        left = still_here
        funnel = {}
        for name, passed in tests.items():
            left = left & passed
            funnel[name] = int(left.sum())
        return left, funnel

    def _within(self, base: Baseline) -> np.ndarray:
        inside = np.ones(len(base), dtype=bool)
        if self.max_need_total is not None:
            inside &= base.numbers("need_total") <= self.max_need_total
        if self.age_min is not None:
            inside &= base.numbers("age") >= self.age_min
        if self.age_max is not None:
            inside &= base.numbers("age") <= self.age_max
        return inside

    def _barred(self, base: Baseline) -> np.ndarray:
        barred = base.among("setting_detail", NEVER_FROM) | (base.numbers("dol") == 1)
        return barred if self._to_family else barred | (base.numbers("age") < YOUNGEST_IN_SUPPORTED)


_SCREENED_OUT = {  # a missing value never screens out: no comparison with it holds
    "stale_assessment": lambda base, _: base.numbers("assessment_age_days") > value("stale_assessment_days"),
    "recently_moved": lambda base, _: base.numbers("months_in_placement") < value("recently_moved_months"),
    "rising_need": lambda base, _: base.numbers("need_change") >= value("rising_need_points"),
    "unsuitable_for_fostering": lambda base, lever: base.among(
        "foster_suitability", ["unsuitable"] if lever._to_family else []
    ),
}
_NOBODY = {
    "in_setting": "no child in this cohort lives in the settings it moves children from",
    "costed_and_assessed": "none of these children has both a cost and a needs assessment",
    "within_severe_limit": "every assessed child there has more severe and complex needs than it allows",
    "within_need_and_age": "no child is inside its limits on total need and age",
    "hard_limits": "no child left may be moved (secure or specialist home, deprivation of liberty, or age)",
}


def _why_nobody(funnel: dict[str, int]) -> str:
    first_empty = next(name for name, left in funnel.items() if left == 0)
    why = _NOBODY.get(first_empty, f"no child left is {SCREENS.get(first_empty, '')}")
    return f"The step-down moves nobody: {why}."
