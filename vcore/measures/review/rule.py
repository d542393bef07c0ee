"""A review rule: what the talk is for, its conditions and its screens, written down and said as one sentence."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, SerializeAsAny, field_validator

from vcore.errors import InvalidChoice
from vcore.facts.domains import NeedModel
from vcore.measures import screening
from vcore.measures.review.conditions import Condition
from vcore.measures.review.purposes import PURPOSES


class ReviewRule(BaseModel):
    """Whom to discuss. Two rules that say the same are equal, in whatever order they were said."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    purpose: str = "price"
    conditions: tuple[SerializeAsAny[Condition], ...] = ()
    screens: tuple[str, ...] = ()

    @field_validator("purpose")
    @classmethod
    def known_purpose(cls, purpose: str) -> str:
        if purpose not in PURPOSES:
            raise InvalidChoice("purpose of a review", purpose, PURPOSES)
        return purpose

    @field_validator("conditions")
    @classmethod
    def one_about_each_thing(cls, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        keys = [condition.key for condition in conditions]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise ValueError(f"There are two conditions about {twice}: keep one of them.")
        return cls._sorted(conditions)

    @field_validator("screens")
    @classmethod
    def known_screens(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return screening.known("screen", names, screening.SCREEN_WORDS)

    @property
    def waits(self) -> bool:
        """Whether a condition needs what a placement should cost, which takes some seconds to learn."""
        return any(condition.waits for condition in self.conditions)

    def with_condition(self, condition: Condition) -> Self:
        """The rule with this condition, in place of another about the same thing."""
        kept = tuple(known for known in self.conditions if known.key != condition.key)
        return self.model_copy(update={"conditions": self._sorted((*kept, condition))})

    def without(self, key: str) -> Self:
        """The rule without the condition or the screen of this key."""
        return self.model_copy(
            update={
                "conditions": tuple(known for known in self.conditions if known.key != key),
                "screens": tuple(name for name in self.screens if name != key),
            }
        )

    def sentence(self, needs: NeedModel) -> str:
        """`Children in residential, with no severe and complex need; settled for six months or more. To discuss a
        move to a family.` in one sentence, without the hard limits, which are nobody's choice."""
        said = ", ".join(condition.words(needs) for condition in self.conditions)
        who = f"Children {said}" if said else "All children here"
        screened = "".join(f"; {screening.SCREEN_WORDS[name]}" for name in self.screens)
        return f"{who}{screened}: to discuss {PURPOSES[self.purpose].words}."

    @staticmethod
    def _sorted(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(sorted(conditions, key=lambda condition: condition.place))
