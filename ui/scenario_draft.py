"""The scenario as somebody works on it: what is on, and what is off but keeps its settings.

Pure: knows no session, no address and no data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vcore.scenarios import Scenario
from vcore.scenarios.lever import Lever
from vcore.scenarios.levers import LEVERS
from vcore.scenarios.own_numbers import OwnNumbers

KINDS: Mapping[str, type[Lever]] = {lever.code(): lever for lever in LEVERS}
FIRST_ON = ("step_down", "price_cap")


def _first(own: tuple[OwnNumbers, ...] = ()) -> Scenario:
    bare = Scenario(levers=(), assumptions=own)
    return Scenario(
        levers=tuple(KINDS[kind].starting(bare.known) for kind in FIRST_ON),  # type: ignore[arg-type]
        assumptions=own,
    )


@dataclass(frozen=True)
class Draft:
    """The scenario that would run, and the settings (`off`) of levers that were switched off."""

    scenario: Scenario = field(default_factory=_first)
    off: tuple[Lever, ...] = ()

    @classmethod
    def begun(cls, own: tuple[OwnNumbers, ...]) -> Draft:
        """What a screen starts with where a council has numbers of its own."""
        return cls(_first(own))

    @property
    def on(self) -> tuple[str, ...]:
        """The kinds of lever that are on, in the order they act."""
        return tuple(dict.fromkeys(lever.code() for lever in self.scenario.in_order))

    def lever(self, kind: str) -> Lever:
        """The lever of this kind: as it is, as it was when last switched off, or as a screen starts it."""
        here = (*self.scenario.levers, *self.off)
        return next((lever for lever in here if lever.code() == kind), None) or self._starting(kind)

    def switched(self, kinds: tuple[str, ...]) -> Draft:
        """The draft with just these kinds on."""
        known = {lever.code(): lever for lever in (*self.off, *self.scenario.levers)}
        now = tuple(lever for lever in self.scenario.levers if lever.code() in kinds)
        new = tuple(self.lever(kind) for kind in kinds if kind not in self.on)
        off = tuple(lever for kind, lever in known.items() if kind not in kinds)
        return replace(self, off=off)._with(levers=(*now, *new))

    def set(self, kind: str, settings: Mapping[str, Any]) -> Draft:
        """The draft with some settings of a lever changed, and that lever on.

        Raises `ValidationError` for an impossible one.
        """
        was = self.lever(kind)
        changed = type(was).model_validate(was.model_dump() | dict(settings))
        levers = self.switched(tuple(dict.fromkeys((*self.on, kind)))).scenario.levers
        return self._with(levers=tuple(changed if lever.code() == kind else lever for lever in levers))

    def counted(self, **settings: Any) -> Draft:
        """The draft with money counted otherwise: its basis, its weeks a year, its calendar."""
        return self._with(**settings)

    def resting_on(self, own: tuple[OwnNumbers, ...]) -> Draft:
        """The draft on other numbers of the council's: what stood where its register had it follows, and what
        somebody set by hand stays."""
        was, now = self.scenario, self.scenario.model_copy(update={"assumptions": own})

        def follows(lever: Lever) -> Lever:
            moved = {
                name: now.known(key).value
                for name, key in lever.assumptions().items()
                if getattr(lever, name) == was.known(key).value != now.known(key).value
            }
            return type(lever).model_validate(lever.model_dump() | moved)

        levers = tuple(follows(lever) for lever in was.levers)
        return replace(self, off=tuple(map(follows, self.off)))._with(levers=levers, assumptions=own)

    def _starting(self, kind: str) -> Lever:
        return KINDS[kind].starting(self.scenario.known)

    def _with(self, **settings: Any) -> Draft:
        here = {name: getattr(self.scenario, name) for name in Scenario.model_fields} | settings
        return replace(self, scenario=Scenario(**here))
