"""What one lever of a run does: alone, in sequence, by kind of saving and by who pays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vcore.scenarios.book import Effect, Purse, once_a_draw
from vcore.scenarios.lever import SavingKind
from vcore.scenarios.levers import AnyLever

PAID_FOR_ANYWAY = ("in_house", "block")


@dataclass(frozen=True, eq=False)
class Step:
    """What one lever does. Money is weekly £; `eligible` counts children, `moved` adds up their weights."""

    settings: AnyLever
    alone_gbp: float
    effect: Effect

    @property
    def lever(self) -> str:
        """The lever's name, such as 'StepDown'."""
        return type(self.settings).__name__

    @property
    def in_sequence_gbp(self) -> float:
        """Less than today; growth avoided is no part of it."""
        return float(self.effect.in_all_gbp)

    @property
    def avoided_gbp(self) -> float:
        """What is never spent because placements do not begin."""
        return float(once_a_draw(self.effect.avoided_gbp))

    @property
    def eligible(self) -> int:
        return int(self.effect.eligible.sum())

    @property
    def moved(self) -> float:
        return self._total(self.effect.moved)

    @cached_property
    def rows_by_kind(self) -> dict[SavingKind, np.ndarray]:
        """The saving of each row in sequence, weekly £, by what it is.

        A vacated place bought for one child (spot or framework, or not said) saves cash after its notice; an
        in-house or block place is released capacity until somebody else fills it.
        """
        saving = self.effect.weekly_saving_gbp
        if self.settings.counts_as != "by_sourcing":
            return {self._kind: saving}
        kept = self.effect.book.baseline.among("sourced", PAID_FOR_ANYWAY)
        return {"cashable": np.where(kept, 0.0, saving), "released": np.where(kept, saving, 0.0)}

    @cached_property
    def beyond_by_kind(self) -> dict[SavingKind, float]:
        """Weekly £ that belong to no child's placement, by what they are; growth avoided among them."""
        beyond: dict[SavingKind, float] = {self._kind: float(once_a_draw(self.effect.beyond_gbp))}
        if self.settings.counts_as == "avoided":
            beyond["avoided"] = self.avoided_gbp
        return beyond

    @cached_property
    def by_kind(self) -> dict[SavingKind, float]:
        """The saving in sequence, weekly £, by what it is; growth avoided beside it."""
        kinds: dict[SavingKind, float] = {kind: self._total(rows) for kind, rows in self.rows_by_kind.items()}
        for kind, gbp in self.beyond_by_kind.items():
            kinds[kind] = kinds.get(kind, 0.0) + gbp
        return kinds

    @property
    def _kind(self) -> SavingKind:
        """What is neither capacity nor growth avoided."""
        counts_as = self.settings.counts_as
        return "cashable" if counts_as in ("by_sourcing", "avoided") else counts_as

    @cached_property
    def others_gbp(self) -> float:
        """Weekly £ that education, health and other funders gain (or, negative, pay more), in sequence."""
        saving = self.effect.saving
        return self._total(saving.public_gbp - saving.social_care_gbp)

    @cached_property
    def by_purse(self) -> dict[Purse, float]:
        """Weekly £ that each purse saves (negative: pays more), in sequence; `public` is all of them."""
        return {purse: float(gbp) for purse, gbp in self.effect.by_purse.items()}

    def _total(self, values: np.ndarray) -> float:
        return float(self.effect.book.total(values))

    @property
    def funnel(self) -> dict[str, int]:
        """How many children are left after each test, in order."""
        return self.effect.funnel

    @property
    def notes(self) -> tuple[str, ...]:
        return self.effect.notes

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to know of an effect that is there."""
        return self.effect.cautions
