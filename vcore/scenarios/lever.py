"""What every lever is: frozen settings, a fixed place in the order, a pure `apply` and a sentence.

When it takes effect is part of the settings: the fields here start neutral (all of it, in the first month).
"""

from __future__ import annotations

from abc import abstractmethod
from enum import IntEnum
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from vcore.facts.assumptions import Known, assumption, value
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.book import Book, Effect

SavingKind = Literal["cashable", "released", "avoided", "claimed"]


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


def assumed(key: str, description: str, **limits: Any) -> Any:
    """A field that starts from an assumption of the register and varies within that assumption's range."""
    return Field(
        default_factory=lambda: value(key),
        description=description,
        json_schema_extra={"assumption": key},
        **limits,
    )


def needed(key: str, description: str, **limits: Any) -> Any:
    """A field that must be said; screens start from the register's value."""
    return Field(description=description, json_schema_extra={"assumption": key}, **limits)


def offered(key: str, default: Any, description: str, **limits: Any) -> Any:
    """A field that starts neutral; screens offer the register's value for it."""
    return Field(default=default, description=description, json_schema_extra={"assumption": key}, **limits)


class Lever(BaseModel):
    """A function from placements to placements with its settings written down."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: ClassVar[str]
    """What people call it."""
    counts_as: ClassVar[SavingKind | Literal["by_sourcing"]] = "cashable"
    """What its saving is: a price that falls is cash; a vacated place is by how it was sourced."""
    refills: ClassVar[bool] = False
    """Whether a place that a child leaves goes to another child, so that what it saves outlasts each child."""
    choices: ClassVar[tuple[str, ...]] = ()
    """Fields that start from an assumption and are still ours to choose: nothing about them is uncertain."""
    starts_after_months: int = Field(
        default=0, ge=0, le=59, description="Months from the start of the plan to the lever's own first month"
    )
    moves_a_month: float | None = Field(
        default=None, ge=0.1, le=1_000, description="Most children who move in a month; none: all at once"
    )
    ramp_months: int = Field(
        default=0,
        ge=0,
        le=60,
        description="Months over which it takes effect, as contracts renew; 0: at once",
    )
    notice_weeks: float = Field(default=0, ge=0, le=104, description="Weeks of notice before it takes effect")

    @classmethod
    def code(cls) -> str:
        """Its name in files and addresses: what its field `kind` says."""
        return cls.model_fields["kind"].default

    @classmethod
    def assumptions(cls) -> dict[str, str]:
        """The fields that rest on an assumption, each with its key in the register."""
        return {
            name: str(extra["assumption"])
            for name, field in cls.model_fields.items()
            if isinstance(extra := field.json_schema_extra, dict) and "assumption" in extra
        }

    @property
    def uncertain(self) -> dict[str, str]:
        """The fields that assume something as this lever is set, each with its key in the register.

        Not what is chosen, nor what is left out or as neutral as it starts.
        """
        return {
            name: key
            for name, key in self.assumptions().items()
            if name not in self.choices
            and (here := getattr(self, name)) is not None
            and here != type(self).model_fields[name].default
        }

    @classmethod
    def starting(cls, known: Known = assumption) -> Self:
        """The lever a screen starts from: what must be said, or is assumed, has the register's value.

        `known` is the register to ask: a council may have put numbers of its own in the place of the app's.
        """
        return cls.model_validate({name: known(cls.assumptions()[name]).value for name in cls.starts_from()})

    @classmethod
    def starts_from(cls) -> tuple[str, ...]:
        """The fields whose value the register gives to begin with: not those that start neutral."""
        fields = cls.model_fields
        return tuple(
            name
            for name in cls.assumptions()
            if fields[name].is_required() or fields[name].default_factory is not None
        )

    def phased_in(self, months: np.ndarray, placed: float) -> np.ndarray:
        """Share (0–1) of it that is done in each of these months, 0 the first of its own, before notice.

        `placed` children move in all. A month's moves are made on its first day; it never falls.
        """
        done = np.ones(len(months))
        if self.moves_a_month is not None and placed > 0:
            done = np.minimum(done, self.moves_a_month * (months + 1) / placed)
        if self.ramp_months:
            done = np.minimum(done, (months + 1) / self.ramp_months)
        return done

    @property
    @abstractmethod
    def order(self) -> Order:
        """Its place in the fixed order."""

    @property
    def lag_months(self) -> int:
        """Months from its own first month until anything can change, beside notice."""
        return 0

    @property
    def building_months(self) -> float:
        """Months over which what it avoids builds up, as one month's children are added to those before; 0: at once."""
        return 0.0

    @property
    def lasting(self) -> float | np.ndarray:
        """The share (0–1) of what it places that lasts: what `staying` comes down to, and what `apply` counts."""
        return 1.0

    def staying(self, months: np.ndarray) -> np.ndarray:
        """The share (0–1) of those placed who are still there so many months after, ≥ `lasting`.

        1 at the start; `lasting` at the lever's horizon and ever after. A price that falls stays down: 1.
        """
        return np.ones(np.shape(months))

    def alike(self, base: Baseline) -> tuple[np.ndarray, ...]:
        """What it asks of each child but who pays: children with the same answers, and the same price, are alike to it.

        Of the price, too, on which side of a limit of its own it lies. One array a question.
        """
        return ()

    @abstractmethod
    def apply(self, book: Book) -> Effect:
        """What this lever does to the book as it finds it. Pure: the book given is not changed."""

    @abstractmethod
    def explain(self) -> str:
        """One plain sentence saying what it assumes."""
