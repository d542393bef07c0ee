"""The breakdown signal as a condition of a review rule: any one of its limits is enough."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import model_validator

from vcore.facts.domains import NeedModel
from vcore.measures.breakdown_signal import NoLimit, SignalRule, limits_reached
from vcore.measures.child_facts import ChildFacts
from vcore.measures.review.conditions import Condition
from vcore.measures.review.numbers import FACTS


class Flagged(Condition):
    """The child reaches a limit of the signal, wherever they live: where is another condition."""

    signal: SignalRule

    @model_validator(mode="after")
    def narrows(self) -> Self:
        if self.signal == SignalRule():
            raise ValueError(str(NoLimit()))
        return self

    @property
    def key(self) -> str:
        return "signal"

    @property
    def place(self) -> tuple:
        return (1, len(FACTS) + 1)

    def words(self, needs: NeedModel) -> str:
        return f"with {self.signal.describe()}"

    def met(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        return np.logical_or.reduce(list(limits_reached(facts.numbers, self.signal).values()))

    def recorded(self, facts: ChildFacts, above_expected: np.ndarray | None) -> np.ndarray:
        return ~np.isnan(facts.numbers("need_total"))
