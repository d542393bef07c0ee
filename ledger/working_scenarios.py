"""The scenario each person was last working on: kept as they go, and back at their next sign-in.

Text that the screens write and read, as saved scenarios are. Nothing is kept for an account that many people share:
the next of them would find somebody else's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from ledger.book import Ledger, now
from ledger.people import Person
from ledger.rights import Right
from ledger.saved_scenarios import LONGEST_FILTER, LONGEST_TEXT
from ledger.tables import WORKING


@dataclass(frozen=True)
class Working:
    """What somebody was working on, and when they last touched it."""

    scenario: str
    cohort: str
    as_of: date | None
    saved_at: datetime


def keep_working(ledger: Ledger, person: Person, *, scenario: str, cohort: str, as_of: date | None) -> None:
    """Keeps what somebody is working on, in the place of what was kept before. Raises `NotAllowed`."""
    person.require(Right.SEE_COHORTS)
    if person.shared or len(scenario) > LONGEST_TEXT or len(cohort) > LONGEST_FILTER:
        return
    row = {"scenario": scenario, "cohort": cohort, "as_of": as_of, "saved_at": now()}
    own = WORKING.c.username == person.username
    try:
        with ledger.engine.begin() as connection:
            if not connection.execute(update(WORKING).where(own).values(**row)).rowcount:
                connection.execute(insert(WORKING).values(username=person.username, **row))
    except IntegrityError:  # another of their tabs was first
        with ledger.engine.begin() as connection:
            connection.execute(update(WORKING).where(own).values(**row))


def find_working(ledger: Ledger, person: Person) -> Working | None:
    """What somebody was working on, if anything. Raises `NotAllowed`."""
    person.require(Right.SEE_COHORTS)
    row = WORKING.c
    query = select(row.scenario, row.cohort, row.as_of, row.saved_at).where(row.username == person.username)
    with ledger.engine.connect() as connection:
        found = connection.execute(query).first()
    return None if found is None or person.shared else Working(*found)
