"""Staffing taper: fewer staff beside a child who no longer needs as many, in the same home.

Need-led: a child whose need is rising keeps the staff, and so does one in a secure home, hospital or custody or
under a deprivation of liberty order, whose staffing others set. Nobody moves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from vcore.facts.assumptions import value
from vcore.measures.screening import barred, screened_out
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect
from vcore.scenarios.lever import Lever, Order, assumed

Share = Annotated[float, Field(ge=0, le=1)]
Ratio = Annotated[float, Field(ge=0, le=10)]


class StaffingTaper(Lever):
    """From `from_ratio` staff a child upwards, staffing comes down to `to_ratio` where need is not rising.

    Of the eligible, `tapers` come down, each child by one taper only. Each staff member less saves
    `point_weekly_gbp` a week, and never more than the price.
    """

    label: ClassVar[str] = "Staffing taper"
    choices: ClassVar[tuple[str, ...]] = ("ramp_months",)
    kind: Literal["staffing_taper"] = "staffing_taper"
    from_ratio: Ratio = Field(default=2.0, description="Staff a child from which it applies (2: two to one)")
    to_ratio: Ratio = Field(default=1.0, description="Staff a child it comes down to (1: one to one)")
    tapers: Share = assumed("taper_share", "Share of the eligible whose staffing comes down")
    point_weekly_gbp: float = assumed(
        "staff_point_weekly_gbp", "£ a week of one member of staff more beside a child", ge=0, le=20_000
    )
    ramp_months: int = Field(
        default_factory=lambda: int(value("taper_months")),
        ge=0,
        le=60,
        description="Months from the first step down to the last; 0: at once",
        json_schema_extra={"assumption": "taper_months"},
    )

    @model_validator(mode="after")
    def downwards(self) -> Self:
        if self.to_ratio > self.from_ratio:
            raise ValueError(
                f"From {self.from_ratio:g} to {self.to_ratio:g} staff a child is a rise, not a taper: swap the two."
            )
        return self

    @property
    def order(self) -> Order:
        return Order.STAFFING_TAPER

    def alike(self, base: Baseline) -> tuple[np.ndarray, ...]:
        eligible = np.logical_and.reduce(list(self._tests(base).values()))
        return (np.where(eligible, base.numbers("staffing_ratio"), 0.0),)

    def apply(self, book: Book) -> Effect:
        base = book.baseline
        eligible, funnel = self._sift(book)
        fewer = np.nan_to_num(np.maximum(base.numbers("staffing_ratio") - self.to_ratio, 0.0))
        full_cut = np.minimum(np.nan_to_num(book.price), fewer * self.point_weekly_gbp)
        after, saving = book.cheaper(np.where(eligible, full_cut * self.tapers, 0.0))
        return Effect(
            book=replace(after, tapered=eligible if book.tapered is None else eligible | book.tapered),
            saving=saving,
            moved=np.zeros(len(base)),
            eligible=eligible,
            delivery_cost_gbp=0.0,
            funnel=funnel,
            notes=() if eligible.any() else (self._why_nobody(funnel),),
        )

    def explain(self) -> str:
        when = f"over {self.ramp_months} months" if self.ramp_months else "at once"
        return (
            f"Where {self.from_ratio:g} or more staff are beside one child and need is not rising, "
            f"{self.tapers:.0%} come down to {self.to_ratio:g} {when}; one member of staff "
            f"less saves £{self.point_weekly_gbp:,.0f} a week."
        )

    def _tests(self, base: Baseline) -> dict[str, np.ndarray]:
        """Who passes each test, in the order of the funnel; a missing change of need screens nobody out."""
        ratio = base.numbers("staffing_ratio")
        return {
            "staffing_recorded": ~np.isnan(ratio) & ~np.isnan(base.gross),
            "staffed_so_high": (ratio >= self.from_ratio) & (ratio > self.to_ratio),
            "hard_limits": ~barred(base),
            "rising_need": ~screened_out(base, "rising_need"),
        }

    def _sift(self, book: Book) -> tuple[np.ndarray, dict[str, int]]:
        """Who is eligible, and how many are left after each test."""
        left, funnel = book.still_here, {}
        if book.tapered is not None:
            left = left & ~book.tapered
        for name, passed in self._tests(book.baseline).items():
            left = left & passed
            funnel[name] = book.children(left)
        return left, funnel

    def _why_nobody(self, funnel: dict[str, int]) -> str:
        why = {
            "staffing_recorded": "no placement here has both a cost and its staffing recorded",
            "staffed_so_high": f"no child has {self.from_ratio:g} or more staff of their own",
            "hard_limits": "others set the staffing of every child staffed so high",
            "rising_need": "the need of every child staffed so high is rising",
        }
        return f"The taper changes nothing: {why[next(name for name, left in funnel.items() if not left)]}."
