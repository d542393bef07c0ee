"""What councils say they saved by moving children out of residential care, a child.

Published results to hold a scenario against, not targets: periods differ, prices are of their time, and what was
identified, estimated and delivered is mixed.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Delivered(BaseModel):
    """One published result."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    council: str
    what: str
    children: int = Field(ge=1)
    saved_gbp: float = Field(gt=0)
    period: str
    source: str

    @property
    def per_child_gbp(self) -> float:
        return self.saved_gbp / self.children


@cache
def delivered() -> tuple[Delivered, ...]:
    """Every published result, the highest a child first."""
    text = Path(__file__).with_name("delivered.toml").read_text(encoding="utf-8")
    results = [Delivered(**entry) for entry in tomllib.loads(text).values()]
    return tuple(sorted(results, key=lambda result: -result.per_child_gbp))
