"""What every lever is: frozen settings, a fixed place in the order, a pure `apply` and a sentence."""

from __future__ import annotations

from abc import abstractmethod
from enum import IntEnum

from pydantic import BaseModel, ConfigDict

from vcore.scenarios.book import Book, Effect


class Order(IntEnum):
    """The fixed order levers act in, whatever order they are listed in (domain guide, section 5)."""

    REUNIFICATION = 1
    PERMANENCE = 2
    STEP_DOWN_TO_FAMILY = 3
    OTHER_STEP_DOWN = 4
    STAFFING_TAPER = 5
    IN_HOUSE_SHIFT = 6
    NEED_BANDS = 7
    PRICE_CAP = 8
    FEES = 9
    JOINT_FUNDING = 10
    PREVENTION = 11


class Lever(BaseModel):
    """A function from placements to placements with its settings written down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    @abstractmethod
    def order(self) -> Order:
        """Its place in the fixed order."""

    @abstractmethod
    def apply(self, book: Book) -> Effect:
        """What this lever does to the book as it finds it. Pure: the book given is not changed."""

    @abstractmethod
    def explain(self) -> str:
        """One plain sentence saying what it assumes."""
