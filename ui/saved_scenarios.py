"""Saved scenarios as screens use them: what the ledger or a file keeps, checked against this reader and this data.

A saved scenario keeps the figures it came to. Whether they may be shown is the reader's gate's to say. Never draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pydantic import ValidationError

from ledger.people import Person
from ledger.rights import Right
from ledger.saved_scenarios import Kept, SavedScenario
from ui import cohort_offers
from ui.cohort_link import Choice
from ui.disclosure import Gate
from ui.saved_cohorts import CohortOf
from ui.scenario_words import yearly
from ui.theme import count, date_words, money, number
from vcore import __version__
from vcore.errors import VcoreError
from vcore.exports.kept_figures import KeptFigures, figures_of
from vcore.exports.scenario_file import ScenarioFile
from vcore.scenarios import Result, Scenario
from vcore.store import CohortFilter, Store

HIDDEN_THEN = "its figures are hidden, since they would tell about a few children"


class CannotOpen(VcoreError):
    """A saved scenario that this reader, this data or this version cannot be asked for, and why."""


@dataclass(frozen=True)
class OpenedScenario:
    """A scenario that somebody saved, as this reader may open it. `code` is empty for one from a file.

    `day` is the date of its children and prices, `as_of` the one that was chosen, if any. `told` says whose it is
    and from when; `figures` None: none were kept, or none that this version understands.
    """

    code: str
    name: str
    told: str
    scenario: Scenario
    filter: CohortFilter
    as_of: date | None
    day: date
    snapshot: str
    engine_version: str
    figures: KeptFigures | None
    own: bool = False
    adopted: bool = False

    def elsewhere(self, snapshot: str) -> list[str]:
        """In what it differs from this data and this version of the app: "on other data (31 March 2026)"."""
        found = []
        if self.snapshot != snapshot:
            found.append(f"on other data ({date_words(self.day)})")
        if self.engine_version != __version__:
            found.append(f"by version {self.engine_version} of this app, not {__version__}")
        return found


def day_of(snapshot: str) -> date:
    """The date that the data of this mark reaches."""
    return datetime.strptime(snapshot[:8], "%Y%m%d").replace(tzinfo=UTC).date()


def kept(result: Result, choice: Choice, store: Store) -> Kept:
    """A run as the ledger keeps it."""
    return Kept(
        scenario=result.scenario.model_dump_json(),
        cohort=choice.filter.model_dump_json(exclude_none=True),
        figures=figures_of(result).model_dump_json(),
        as_of=choice.as_of,
        snapshot=store.snapshot_id,
        engine_version=__version__,
    )


def opened(saved: SavedScenario, person: Person, store: Store, cohort_of: CohortOf) -> OpenedScenario:
    """The saved scenario, if this reader may have it. Raises `CannotOpen`, saying what happened and what to do."""
    try:
        scenario = Scenario.model_validate_json(saved.kept.scenario)
        chosen = CohortFilter.model_validate_json(saved.kept.cohort)
    except ValidationError:
        raise CannotOpen(
            f"“{saved.name}” was saved by version {saved.kept.engine_version} of this app, with settings that "
            f"version {__version__} does not know. It cannot be run again: set it up anew and save that."
        ) from None
    _check_reader(saved.name, scenario, Choice(chosen, saved.kept.as_of), person, store, cohort_of)
    own, figures = saved.owner == person.username, figures_kept(saved)
    return OpenedScenario(
        code=saved.code,
        name=saved.name,
        told=f"saved by {'you' if own else saved.owner_name}, {date_words(saved.kept_at.date())}",
        scenario=scenario,
        filter=chosen,
        as_of=saved.kept.as_of,
        day=_day(saved.kept.as_of, figures, saved.kept.snapshot, person, store),
        snapshot=saved.kept.snapshot,
        engine_version=saved.kept.engine_version,
        figures=figures,
        own=own,
        adopted=saved.adopted,
    )


def opened_file(contents: ScenarioFile, person: Person, store: Store, cohort_of: CohortOf) -> OpenedScenario:
    """The scenario of a file, if this reader may have it. Raises `CannotOpen`."""
    name = contents.scenario.name
    choice = Choice(contents.cohort, contents.as_of)
    _check_reader(name, contents.scenario, choice, person, store, cohort_of)
    return OpenedScenario(
        code="",
        name=name,
        told="from a file",
        scenario=contents.scenario,
        filter=contents.cohort,
        as_of=contents.as_of,
        day=_day(contents.as_of, contents.expected, contents.snapshot, person, store),
        snapshot=contents.snapshot,
        engine_version=contents.engine_version,
        figures=contents.expected,
    )


def figures_kept(saved: SavedScenario) -> KeptFigures | None:
    """The figures kept with a scenario; None where this version does not understand them."""
    try:
        return KeptFigures.model_validate_json(saved.kept.figures)
    except ValidationError:
        return None


def may_tell(figures: KeptFigures, gate: Gate) -> bool:
    """Whether kept figures may be shown: as on Scenario, no lever for a few children, and no cohort that is all
    but a few of its base."""
    part, whole = (tuple(counts.model_dump().values()) for counts in (figures.cohort, figures.base))
    levers = (lever.eligible for lever in figures.levers)
    return gate.leaves_enough(part, whole) and all(n == 0 or gate.averages(n) for n in levers)


def came_to(figures: KeptFigures | None, gate: Gate) -> str:
    """What it came to when it was kept: the children first, then the year."""
    if figures is None:
        return "no figures were kept that this version can read"
    if not may_tell(figures, gate):
        return HIDDEN_THEN
    moved = round(figures.children_moved)
    who = count(figures.children_affected, "child or placement", "children or placements")
    move = f"about {number(moved)} would move" if moved else "nobody would move"
    claimed = figures.claimed_annual_gbp
    beside = f", beside it {money(claimed)} claimed from partners" if round(claimed) else ""
    return f"{who} affected, {move}, {' '.join(yearly(figures.unclaimed_annual_gbp))}{beside}"


def _day(
    as_of: date | None, figures: KeptFigures | None, snapshot: str, person: Person, store: Store
) -> date:
    """The date of its children. Where none was chosen nor kept it is the latest there was: in today's data this
    reader's own, in other data the one that all of it reached."""
    if day := as_of or (figures and figures.day):
        return day
    return store.latest_of(person.authorities) if snapshot == store.snapshot_id else day_of(snapshot)


def _check_reader(
    name: str, scenario: Scenario, choice: Choice, person: Person, store: Store, cohort_of: CohortOf
) -> None:
    problems = cohort_offers.date_problems(choice, person, store) or cohort_offers.filter_problems(
        choice, person, cohort_of(CohortFilter(), choice.as_of), store
    )
    said = [problem.words for problem in problems]
    by_provider = any(getattr(lever, "providers", None) for lever in scenario.levers)
    if (
        by_provider and Right.SEE_PRICES not in person.rights
    ):  # what a lever saves there tells what one charges
        said.append("Your role may not choose levers by provider.")
    if said:
        raise CannotOpen(f"“{name}” cannot be opened here. {' '.join(said)}")
