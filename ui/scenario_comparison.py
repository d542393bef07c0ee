"""Two or three saved scenarios beside each other: whether they may stand so, and the same run again on today's data.

Never draws. Every figure is one that was kept, or one of a run made here in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ui.comparison import may_stand_beside
from ui.disclosure import Gate
from ui.saved_cohorts import CohortOf
from ui.saved_scenarios import OpenedScenario, may_tell
from ui.scenario_words import WHOSE, weeks_words
from ui.theme import date_words
from vcore import __version__
from vcore.errors import RefusedRun
from vcore.exports.kept_figures import KeptFigures, figures_of
from vcore.scenarios import run


@dataclass(frozen=True)
class Option:
    """One scenario with the figures that stand for it. `name` is its own among those compared."""

    name: str
    opened: OpenedScenario
    figures: KeptFigures

    @property
    def date(self):
        """The date of its children and prices."""
        return self.opened.day


def options(found: Sequence[OpenedScenario]) -> list[Option]:
    """Those with figures, each with a name of its own."""
    made: list[Option] = []
    for one in found:
        if one.figures is not None:
            taken = [option.name for option in made]
            name = one.name if one.name not in taken else f"{one.name} ({one.told})"
            made.append(Option(name if name not in taken else f"{name}, {one.code}", one, one.figures))
    return made


def refusals(compared: Sequence[Option]) -> list[str]:
    """Why their figures cannot stand side by side; empty where they can."""
    asked = {
        "They were saved on different data": lambda option: option.opened.snapshot,
        "They are about different dates, so about different prices": lambda option: date_words(option.date),
        "Their years have different lengths": lambda option: (
            f"{weeks_words(option.opened.scenario.weeks_per_year)} weeks"
        ),
        "They count different money": lambda option: WHOSE[option.opened.scenario.cost_basis],
        "Different versions of this app worked them out": lambda option: option.opened.engine_version,
    }
    return [
        f"{what}: {'; '.join(f'“{option.name}” {say(option)}' for option in compared)}."
        for what, say in asked.items()
        if len({say(option) for option in compared}) > 1
    ]


def run_again(compared: Sequence[Option], snapshot: str, cohort_of: CohortOf) -> list[Option]:
    """All of them on the latest data, with the year and the money of the first. Raises `RefusedRun`, naming one."""
    terms = compared[0].opened.scenario
    again = []
    for option in compared:
        scenario = option.opened.scenario.model_copy(
            update={"weeks_per_year": terms.weeks_per_year, "cost_basis": terms.cost_basis}
        )
        cohort = cohort_of(option.opened.filter, None)
        try:
            figures = figures_of(run(scenario, cohort))
        except RefusedRun as refusal:
            raise RefusedRun(f"“{option.name}”: {refusal}") from None
        opened = replace(
            option.opened,
            scenario=scenario,
            as_of=None,
            day=cohort.as_of,
            snapshot=snapshot,
            engine_version=__version__,
            figures=figures,
        )
        again.append(Option(option.name, opened, figures))
    return again


def same_children(compared: Sequence[Option]) -> bool:
    """Whether all of them are about the same children."""
    return len({option.opened.filter.model_dump_json() for option in compared}) == 1


def too_close(compared: Sequence[Option], gate: Gate, snapshot: str, cohort_of: CohortOf) -> str:
    """Why figures of so many different cohorts cannot stand side by side for this reader; empty where they can."""
    if gate.sees_small or same_children(compared):
        return ""
    if any(option.opened.snapshot != snapshot for option in compared):
        return (
            "They are about different children on data that is no longer loaded, so nobody can tell how many are in "
            "one and not in the other. Run them again on today's data."
        )
    cohorts = {option.name: cohort_of(option.opened.filter, option.opened.as_of) for option in compared}
    for first, second in combinations(cohorts, 2):
        if not may_stand_beside(cohorts[first], cohorts[second], gate):
            return (
                f"The children of “{first}” and “{second}” differ by only a few, or only a few with a cost or an "
                "assessment. Side by side, their figures would tell about those few."
            )
    return ""


def all_told(compared: Sequence[Option], gate: Gate) -> bool:
    """Whether the amounts of all of them may be shown."""
    return all(may_tell(option.figures, gate) for option in compared)
