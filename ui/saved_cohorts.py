"""Saved cohorts as screens use them: what the ledger keeps, checked against this reader and this data.

A saved cohort is a filter and a date, asked afresh each time. Never draws.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from ledger.people import Person
from ledger.saved_cohorts import SavedCohort
from ui import cohort_offers
from ui.cohort_link import Choice
from vcore.errors import VcoreError
from vcore.store import Cohort, CohortFilter, Store

CODE = "saved:"  # of a comparison with a saved cohort, before its code
CohortOf = Callable[[CohortFilter, date | None], Cohort]


class Opened(NamedTuple):
    """A saved cohort that this reader may ask this data for. `as_of` None: the date they look at."""

    name: str
    filter: CohortFilter
    as_of: date | None


class CannotOpen(VcoreError):
    """A saved cohort that this reader or this data cannot be asked for, and why."""


def written(choice: Choice) -> str:
    """The filter of a choice as the ledger keeps it."""
    return choice.filter.model_dump_json(exclude_none=True)


def opened(saved: SavedCohort, person: Person, store: Store, cohort_of: CohortOf) -> Opened:
    """The saved filter and date. Raises `CannotOpen`, saying what happened and what to do."""
    try:
        chosen = CohortFilter.model_validate_json(saved.filter)
    except ValidationError:
        raise CannotOpen(
            f"“{saved.name}” was saved with filters that this version of the app does not know. "
            "Choose the filters again and save them, then delete the old one."
        ) from None
    choice = Choice(chosen, saved.as_of)
    problems = cohort_offers.date_problems(choice, person, store) or cohort_offers.filter_problems(
        choice, person, cohort_of(CohortFilter(), saved.as_of), store
    )
    if problems:
        said = " ".join(problem.words for problem in problems)
        raise CannotOpen(f"“{saved.name}” cannot be opened here. {said}")
    return Opened(saved.name, chosen, saved.as_of)
