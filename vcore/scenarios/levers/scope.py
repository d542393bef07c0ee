"""Which placements a lever on prices reaches: by kind of home and by who provides it.

Holds no price and no need: what a lever does inside its reach is its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import Field, field_validator

from vcore.errors import InvalidChoice
from vcore.facts.placements import PLACES, living
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.lever import Lever


class Scoped(Lever):
    """A lever on the prices of some placements."""

    settings: tuple[str, ...] | None = Field(
        default=None, min_length=1, description="Settings or kinds of home it reaches; none named: all"
    )
    providers: tuple[str, ...] | None = Field(
        default=None, min_length=1, description="Providers it reaches; none named: all"
    )

    @field_validator("settings")
    @classmethod
    def known_places(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for name in names or ():
            if name not in PLACES:
                raise InvalidChoice("setting", name, PLACES)
        return names and tuple(name for name in PLACES if name in names)

    @field_validator("providers")
    @classmethod
    def each_once(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return names and tuple(sorted(set(names)))

    def reaches(self, base: Baseline) -> np.ndarray:
        """Whether each child's placement is in its reach."""
        inside = base.placed(self.settings)
        return inside if self.providers is None else inside & base.among("provider", self.providers)

    def alike(self, base: Baseline) -> tuple[np.ndarray, ...]:
        return (self.reaches(base),)

    def reach_words(self) -> str:
        """Its reach after 'placements', such as ' in children's homes (private)'; empty when it reaches all."""
        said = ""
        if self.settings is not None:
            said += f" {either(living(self.settings))}"
        if self.providers is not None:
            said += f" with {either(self.providers)}"
        return said


def either(names: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *rest, last = names
    return f"{', '.join(rest)} or {last}" if rest else last
