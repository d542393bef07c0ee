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

KINDS: Mapping[str, type[Lever]] = {lever.code(): lever for lever in LEVERS}
FIRST_ON = ("step_down", "price_cap")


def _first() -> Scenario:
    return Scenario(levers=tuple(KINDS[kind].starting() for kind in FIRST_ON))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Draft:
    """The scenario that would run, and the settings (`off`) of levers that were switched off."""

    scenario: Scenario = field(default_factory=_first)
    off: tuple[Lever, ...] = ()

    @property
    def on(self) -> tuple[str, ...]:
        """The kinds of lever that are on, in the order they act."""
        return tuple(dict.fromkeys(lever.code() for lever in self.scenario.in_order))

    def lever(self, kind: str) -> Lever:
        """The lever of this kind: as it is, as it was when last switched off, or as a screen starts it."""
        here = (*self.scenario.levers, *self.off)
        return next((lever for lever in here if lever.code() == kind), None) or KINDS[kind].starting()

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

    def _with(self, **settings: Any) -> Draft:
        here = {name: getattr(self.scenario, name) for name in Scenario.model_fields} | settings
        return replace(self, scenario=Scenario(**here))
