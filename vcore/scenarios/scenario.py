"""A scenario: a name, levers, and how money is counted. Read and written as JSON, unknown keys refused."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator

from vcore.facts.assumptions import Assumption, assumption
from vcore.scenarios.book import CostBasis
from vcore.scenarios.calendar import Calendar
from vcore.scenarios.levers import AnyLever
from vcore.scenarios.own_numbers import OwnNumbers, one_each
from vcore.settings import settings


class Scenario(BaseModel):
    """Levers to run together. They act in the fixed order, whatever order they are listed in."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    levers: tuple[AnyLever, ...]
    name: str = Field(default="Untitled", min_length=1, max_length=120)
    weeks_per_year: float = Field(default_factory=lambda: settings().weeks_per_year, ge=50, le=53)
    cost_basis: CostBasis = "social_care"
    calendar: Calendar = Calendar()
    assumptions: tuple[OwnNumbers, ...] = Field(
        default=(), description="The council's own numbers in the place of the app's, as they were then"
    )

    @field_validator("assumptions")
    @classmethod
    def one_each(cls, own: tuple[OwnNumbers, ...]) -> tuple[OwnNumbers, ...]:
        return one_each(own)

    @property
    def in_order(self) -> tuple[AnyLever, ...]:
        """The levers as they act; those of one kind keep the order they were listed in."""
        return tuple(sorted(self.levers, key=lambda lever: lever.order))

    def known(self, key: str) -> Assumption:
        """An assumption as this scenario has it: the app's, with the council's own numbers where it has some."""
        own = next((one for one in self.assumptions if one.key == key), None)
        return assumption(key) if own is None else own.instead_of(assumption(key))
