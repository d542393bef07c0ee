"""The register of assumptions: every number that is not in the data, with its range and its source.

Lever defaults, thresholds and the methods page read it; nothing else in the code holds such a number.
A number without a source is a "placeholder" and is shown as one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from vcore.errors import InvalidChoice


class Assumption(BaseModel):
    """A number, the range it plausibly lies in, and where it comes from; `rationale` says why this value.

    `changed` says who put it there and when, in words, where that was not the app.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    date: str
    quality: Literal["high", "medium", "low", "placeholder"]
    owner: str
    rationale: str = ""
    changed: str = ""

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.label}: {self.value} is outside its own range {self.low}–{self.high}.")
        return self


Known = Callable[[str], Assumption]
"""A register to ask by key: the app's, or one with a council's own numbers in it."""


@cache
def register() -> dict[str, Assumption]:
    """Every assumption by its key."""
    text = Path(__file__).with_name("assumptions.toml").read_text(encoding="utf-8")
    return {key: Assumption(**entry) for key, entry in tomllib.loads(text).items()}


def assumption(key: str) -> Assumption:
    """One assumption. Raises `InvalidChoice` for a key that is not in the register."""
    try:
        return register()[key]
    except KeyError:
        raise InvalidChoice("known assumption", key, register()) from None


def value(key: str) -> float:
    """The central value of one assumption, in its unit."""
    return assumption(key).value
