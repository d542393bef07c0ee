"""What all moves of children share: who may be discussed, how much of each child moves, and what that costs.

Need-led: a child is eligible by need, never by price, and children whose move would cost more count too.
"""

from __future__ import annotations

from abc import abstractmethod
from math import isnan
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from vcore.errors import RefusedRun
from vcore.measures import screening
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect
from vcore.scenarios.lever import Lever, SavingKind, assumed

Share = Annotated[float, Field(ge=0, le=1)]
Weeks = Annotated[float, Field(ge=0, le=520)]
WeeklyGbp = Annotated[float, Field(ge=0, le=100_000)]
OnceGbp = Annotated[float, Field(ge=0, le=500_000)]


class Move(Lever):
    """Some children go for good to where a week costs something else.

    Of the eligible, `matched` find a place and the lever's `lasting` share of those moves lasts: each child moves
    by weight matched × lasting. `screens` are all on unless removed by name.
    """

    counts_as: ClassVar[SavingKind | Literal["by_sourcing"]] = "by_sourcing"
    nobody: ClassVar[dict[str, str]] = {  # why nobody moves, by the test that leaves nobody
        "in_setting": "no child in this cohort lives in the settings it moves children from",
        "costed_and_assessed": "none of these children has both a cost and a needs assessment",
        "within_severe_limit": "every assessed child there has more severe and complex needs than it allows",
        "within_need_and_age": "no child is inside its limits on total need and age",
        "hard_limits": "no child left may be moved (secure or specialist home, deprivation of liberty, or age)",
    }
    caution: ClassVar[str] = ""
    """What to know of its effect wherever it has one."""
    max_severe: int = Field(default=0, ge=0, le=40, description="Most severe and complex needs allowed")
    max_need_total: int | None = Field(default=None, ge=0, le=4_000, description="Highest total need, points")
    age_min: int | None = Field(default=None, ge=0, le=25, description="Youngest age, years")
    age_max: int | None = Field(default=None, ge=0, le=25, description="Oldest age, years")
    screens: tuple[str, ...] = Field(default=(), description="Whom to leave out of the discussion")
    matched: Share = assumed("matched_share", "Share of the eligible for whom a place is found")

    @field_validator("screens")
    @classmethod
    def known_screens(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return screening.known("screen", names, cls.model_fields["screens"].default)

    @model_validator(mode="after")
    def ages_in_order(self) -> Self:
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValueError(f"Ages from {self.age_min} to {self.age_max} hold nobody: swap the two.")
        return self

    @abstractmethod
    def lives_there(self, base: Baseline) -> np.ndarray:
        """Which children live where this lever moves children from."""

    @abstractmethod
    def destination_price(self, base: Baseline) -> float | np.ndarray:
        """Weekly £ where they go. Raises `RefusedRun` when it is neither given nor known."""

    @abstractmethod
    def one_off_gbp(self, weekly_cost_gbp: np.ndarray) -> float | np.ndarray:
        """What placing a child costs once, £, given what a week costs where the child lives now."""

    @property
    def health_gbp(self) -> float | np.ndarray:
        """How much of the new weekly price health agrees to pay."""
        return 0.0

    def no_place(self) -> str | None:
        """Why there is no place for anybody, whoever is eligible; None where there is one."""
        return None

    def barred(self, base: Baseline) -> np.ndarray:
        """Whom this lever must never move, whatever its settings."""
        return screening.barred(base)

    def screened_out(self, base: Baseline, screen: str) -> np.ndarray:
        """Which children one of its screens leaves out."""
        return screening.screened_out(base, screen)

    def placed(self, book: Book, eligible: np.ndarray) -> np.ndarray:
        """How much of each child (a weight) is found a place."""
        return np.where(eligible, book.remaining * self.matched, 0.0)

    def alike(self, base: Baseline) -> tuple[np.ndarray, ...]:
        return (np.logical_and.reduce(list(self.tests(base).values())),)

    def apply(self, book: Book) -> Effect:
        eligible, funnel = self._sift(book)
        somebody = bool(eligible.any())
        placed = self.placed(book, eligible)
        moved = placed * self.lasting
        price = self.destination_price(book.baseline) if somebody else 0.0
        after, saving = book.without(moved, price, self.health_gbp)
        return Effect(
            book=after,
            saving=saving,
            moved=moved,
            eligible=eligible,
            delivery_cost_gbp=book.total(placed * self.one_off_gbp(np.nan_to_num(book.basis_price))),
            funnel=funnel,
            notes=(notes := self._notes(funnel)),
            cautions=(self.caution,) if self.caution and not notes else (),
        )

    def tests(self, base: Baseline) -> dict[str, np.ndarray]:
        """Who passes each test, in the order of the funnel."""
        return {
            "in_setting": self.lives_there(base),
            "costed_and_assessed": ~np.isnan(base.gross) & ~np.isnan(base.numbers("need_total")),
            "within_severe_limit": base.numbers("severe_count") <= self.max_severe,
            "within_need_and_age": self._within(base),
            "hard_limits": ~self.barred(base),
            **{name: ~self.screened_out(base, name) for name in self.screens},
        }

    def _sift(self, book: Book) -> tuple[np.ndarray, dict[str, int]]:
        """Who is eligible, and how many are left after each test, in order."""
        left = book.still_here
        funnel = {}
        for name, passed in self.tests(book.baseline).items():
            left = left & passed
            funnel[name] = book.children(left)
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

    def _notes(self, funnel: dict[str, int]) -> tuple[str, ...]:
        """Why nobody moves, when nobody does."""
        first_empty = next((name for name, left in funnel.items() if left == 0), None)
        why = self.no_place()
        if first_empty:
            why = self.nobody.get(
                first_empty, f"no child left is {screening.SCREEN_WORDS.get(first_empty, '')}"
            )
        return (f"The {self.label[0].lower()}{self.label[1:]} moves nobody: {why}.",) if why else ()

    def severe_words(self) -> str:
        """`no severe and complex need`, `at most 2 severe and complex needs`."""
        if self.max_severe == 0:
            return "no severe and complex need"
        return f"at most {self.max_severe} severe and complex {'need' if self.max_severe == 1 else 'needs'}"


def upper_quartile_here(base: Baseline, place: str, label: str) -> float:
    """What a dearer week in such a place costs here today, £. Raises `RefusedRun` where none has a cost."""
    price = base.upper_quartile_gbp(place)
    if isnan(price):
        raise RefusedRun(
            f"No placement in {label} has a cost here, so its price is unknown. "
            "Type what a week there would cost."
        )
    return price


def rationed(book: Book, wanted: np.ndarray, places: float | np.ndarray) -> np.ndarray:
    """The weights wanted, scaled down alike for every child so that they fill at most so many places."""
    in_all = np.asarray(book.total(wanted))[..., np.newaxis]
    return wanted * np.minimum(1.0, places / np.maximum(in_all, 1e-9))
