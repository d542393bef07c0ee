"""The conditions of a review rule: where a child lives, a number between two ends, a level in a domain of need.

Both ends count. What is not recorded meets no condition. No protected characteristic is a condition, and none can
be made one: only the facts named in `FACTS` are.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from vcore.errors import InvalidChoice
from vcore.facts.domains import LEVELS, NeedModel
from vcore.facts.placements import PLACES, living
from vcore.measures.child_facts import ChildFacts
from vcore.measures.review.numbers import ABOVE_EXPECTED, FACTS, Fact

LEVEL_WORDS = {"none": "no", "minor": "minor", "moderate": "moderate", "severe": "severe and complex"}
Level = Literal["none", "minor", "moderate", "severe"]


class Condition(BaseModel):
    """One condition. `key` says what it is about: a rule has at most one condition about each thing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    @abstractmethod
    def key(self) -> str:
        """What it is about, such as `need_total`."""

    @property
    @abstractmethod
    def place(self) -> tuple:
        """Its place among other conditions, whatever order they were made in."""

    @property
    def waits(self) -> bool:
        """Whether it needs what a placement should cost, which takes some seconds to learn."""
        return False

    @abstractmethod
    def words(self, needs: NeedModel) -> str:
        """What the children who meet it have in common, such as `aged 12 to 16`."""

    @abstractmethod
    def met(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        """Who meets it, a yes or no a child. `above_expected` is weekly £, NaN where not known."""

    @abstractmethod
    def recorded(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        """Of whom what it asks is recorded at all."""


class LivesIn(Condition):
    """The child lives in one of these settings or kinds of home."""

    places: tuple[str, ...] = Field(min_length=1)

    @field_validator("places")
    @classmethod
    def known_places(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in PLACES:
                raise InvalidChoice("setting", name, PLACES)
        return tuple(name for name in PLACES if name in names)

    @property
    def key(self) -> str:
        return "lives_in"

    @property
    def place(self) -> tuple:
        return (0,)

    def words(self, needs: NeedModel) -> str:
        *rest, last = living(self.places)
        return f"{', '.join(rest)} or {last}" if rest else last

    def met(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        return facts.placed(self.places)

    def recorded(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        return np.ones(len(facts), dtype=bool)


class Within(Condition):
    """A number of the child lies between two ends; an end that is none is open."""

    fact: str
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def possible(self) -> Self:
        if self.fact not in FACTS:
            raise InvalidChoice("condition", self.fact, FACTS)
        about = FACTS[self.fact]
        if self.low is None and self.high is None:
            raise ValueError(f"{about.label}: say from how much, up to how much, or both.")
        for end in (self.low, self.high):
            if end is not None and not about.least <= end <= about.most:
                raise ValueError(f"{about.label}: {end:g} is not between {about.least:g} and {about.most:g}.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{about.label}: from {self.low:g} to {self.high:g} holds nobody: swap the two.")
        return self

    @property
    def key(self) -> str:
        return self.fact

    @property
    def place(self) -> tuple:
        return (
            2 if self.fact in (ABOVE_EXPECTED, "weekly_cost", "need_change") else 1,
            list(FACTS).index(self.fact),
        )

    @property
    def waits(self) -> bool:
        return self.fact == ABOVE_EXPECTED

    def words(self, needs: NeedModel) -> str:
        if self.fact == "severe_count" and self.high == 0:
            return "with no severe and complex need"
        about = FACTS[self.fact]
        said = about.phrase.format(self._span(about))
        return said.replace("needs", "need") if self.low == self.high == 1 else said

    def _span(self, about: Fact) -> str:
        if self.low is not None and self.high is not None and self.low != self.high:
            return f"{about.digits.format(self.low)} to {about.digits.format(self.high)}{about.noun}"
        end = self.high if self.low is None else self.low
        if end is None:
            return "any"
        said = about.digits.format(end) + (about.noun.rstrip("s") if abs(end) == 1 else about.noun)
        return said if self.low == self.high else f"{said} or {'more' if self.high is None else 'less'}"

    def met(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        values = self._values(facts, above_expected)
        low, high = (
            end if end is not None else open_ for end, open_ in ((self.low, -np.inf), (self.high, np.inf))
        )
        return (values >= low) & (values <= high)

    def recorded(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        return ~np.isnan(self._values(facts, above_expected))

    def _values(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        column = FACTS[self.fact].column
        if column is not None:
            return facts.numbers(column)
        return np.full(len(facts), np.nan) if above_expected is None else above_expected


class AtLevel(Condition):
    """The child's need in one domain is at this level or more, or at this level or less."""

    domain: str = Field(min_length=1, max_length=40)
    level: Level
    or_less: bool = False

    @model_validator(mode="after")
    def narrows(self) -> Self:
        if self.level == ("severe" if self.or_less else "none"):
            raise ValueError("Every level of need meets this condition: choose another level.")
        return self

    @property
    def key(self) -> str:
        return f"level-{self.domain}"

    @property
    def place(self) -> tuple:
        return (1, len(FACTS), self.domain)

    def words(self, needs: NeedModel) -> str:
        label = needs.labels.get(self.domain, self.domain)
        if self.or_less and self.level == "none":
            return f"with no need in {label.lower()}"
        size = LEVEL_WORDS[self.level]
        ends = "" if self.level == "severe" else " or less" if self.or_less else " or more"
        return f"with {size}{ends} need in {label.lower()}"

    def met(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        if not self.or_less:
            return facts.at_level((self.domain,), self.level)
        above = LEVELS[LEVELS.index(self.level) + 1]
        return self.recorded(facts, above_expected) & ~facts.at_level((self.domain,), above)

    def recorded(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        return ~np.isnan(facts.numbers("need_total"))
