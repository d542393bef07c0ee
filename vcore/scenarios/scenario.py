"""A scenario: a name, levers, and how money is counted. Read and written as JSON, unknown keys refused."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from vcore.scenarios.book import CostBasis
from vcore.scenarios.calendar import Calendar
from vcore.scenarios.levers import AnyLever
from vcore.settings import settings


class Scenario(BaseModel):
    """Levers to run together. They act in the fixed order, whatever order they are listed in."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    levers: tuple[AnyLever, ...]
    name: str = Field(default="Untitled", min_length=1, max_length=120)
    weeks_per_year: float = Field(default_factory=lambda: settings().weeks_per_year, ge=50, le=53)
    cost_basis: CostBasis = "social_care"
    calendar: Calendar = Calendar()

    @property
    def in_order(self) -> tuple[AnyLever, ...]:
        """The levers as they act; those of one kind keep the order they were listed in."""
        return tuple(sorted(self.levers, key=lambda lever: lever.order))
