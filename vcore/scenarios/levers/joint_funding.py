"""Joint funding: health and education pay their part of placements that meet needs they have duties towards.

A transfer between public purses: what social care pays less, partners pay more, and the public saves nothing.
Claimed until they agree. It never claims what a partner pays already.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from vcore.facts.domains import HEALTH_DOMAINS, LEARNING_DOMAINS
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect, in_any_draw
from vcore.scenarios.lever import Order, assumed
from vcore.scenarios.levers.scope import Scoped

Share = Annotated[float, Field(ge=0, le=1)]
Level = Literal["minor", "moderate", "severe"]
Domains = tuple[str, ...]


class JointFunding(Scoped):
    """Health is asked for `health_share` of the price where a health need is at `health_from` or above, and
    education for `education_share` where a learning need is, for children with an education, health and care
    plan. What each pays today counts towards its share; `agreed` of what is left is paid.
    """

    label: ClassVar[str] = "Joint funding"
    counts_as: ClassVar[Literal["claimed"]] = "claimed"
    kind: Literal["joint_funding"] = "joint_funding"
    settings: tuple[str, ...] | None = Field(
        default=("residential",), min_length=1, description="Settings or kinds of home it reaches; none: all"
    )
    health_domains: Domains = Field(default=HEALTH_DOMAINS, description="Needs that health pays towards")
    health_from: Level = Field(default="severe", description="Level of need from which health is asked")
    health_share: Share = assumed("joint_health_share", "Share of the price that health is asked to pay")
    education_domains: Domains = Field(
        default=LEARNING_DOMAINS, description="Needs that education pays towards"
    )
    education_from: Level = Field(
        default="moderate", description="Level of need from which education is asked"
    )
    with_plan_only: bool = Field(
        default=True, description="Education pays only where there is an education, health and care plan"
    )
    education_share: Share = assumed(
        "joint_education_share", "Share of the price that education is asked to pay"
    )
    agreed: Share = assumed("joint_agreed_share", "Share of what is claimed that partners agree to")

    @property
    def order(self) -> Order:
        return Order.JOINT_FUNDING

    def alike(self, base: Baseline) -> tuple[np.ndarray, ...]:
        for_health, for_education = self._needs(base)
        asked = self.reaches(base) & (for_health | for_education)
        paid = base.social_care_share, base.health_share
        return (
            for_health & asked,
            for_education & asked,
            *(np.where(asked, np.round(one, 1), 0) for one in paid),
        )

    def apply(self, book: Book) -> Effect:
        base = book.baseline
        costed = self.reaches(base) & in_any_draw(book.price > 0) & book.still_here
        for_health, for_education = self._needs(base)
        by_health = base.health_share if book.health_share is None else book.health_share
        by_education = np.maximum(0.0, 1 - book.social_care_share - by_health)
        health = np.where(costed & for_health, np.maximum(0.0, self.health_share - by_health), 0.0)
        education = np.where(
            costed & for_education, np.maximum(0.0, self.education_share - by_education), 0.0
        )
        asked = health + education
        eligible = in_any_draw(asked > 0)
        # partners together never pay more than social care does today
        own = book.social_care_share
        part = np.divide(own, asked, out=np.ones_like(asked), where=asked > own) * self.agreed
        after, saving = book.paid_by(health * part, education * part)
        return Effect(
            book=after,
            saving=saving,
            moved=np.zeros(len(base)),
            eligible=eligible,
            delivery_cost_gbp=0.0,
            funnel={
                "in_reach_and_costed": book.children(costed),
                "with_the_need": book.children(costed & (for_health | for_education)),
                "not_yet_paid": book.children(eligible),
            },
            notes=() if eligible.any() else (_why_nobody(costed, for_health | for_education),),
            cautions=(_TRANSFER,) if eligible.any() else (),
        )

    def explain(self) -> str:
        plan = " and there is an education, health and care plan" if self.with_plan_only else ""
        return (
            f"For placements{self.reach_words()}, health pays {self.health_share:.0%} where a health need is "
            f"{self.health_from} or above, and education {self.education_share:.0%} where a learning need is "
            f"{self.education_from} or above{plan}; {self.agreed:.0%} of what they do not pay yet is agreed."
        )

    def _needs(self, base: Baseline) -> tuple[np.ndarray, np.ndarray]:
        """Whose needs health, and whose education, has a duty towards."""
        learning = base.at_level(self.education_domains, self.education_from)
        if self.with_plan_only:
            learning = learning & (base.numbers("ehcp") == 1)
        return base.at_level(self.health_domains, self.health_from), learning


_TRANSFER = (
    "A transfer between public purses, claimed until partners agree: all funders together save nothing."
)


def _why_nobody(costed: np.ndarray, with_need: np.ndarray) -> str:
    if not costed.any():
        return "The claim changes nothing: no placement with a cost is in its reach."
    if not (costed & with_need).any():
        return "The claim changes nothing: no child in its reach has the needs it rests on."
    return "The claim changes nothing: partners already pay their share of every placement it asks about."
