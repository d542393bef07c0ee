"""Commands about accounts: thin words around the ledger."""

from __future__ import annotations

from argparse import Namespace

from ledger import people, safeguards
from ledger.book import open_ledger
from ledger.credentials import reset_password


def add(chosen: Namespace) -> int:
    """Make an account."""
    password = people.add_person(
        open_ledger(chosen.data),
        chosen.username,
        name=chosen.name,
        role=chosen.role,
        authorities=chosen.authority,
    )
    print(f"One-time password for {chosen.username}: {password}")
    print("It has to be changed at the first sign-in.")
    return 0


def show(chosen: Namespace) -> int:
    """List every account."""
    for person in people.list_people(open_ledger(chosen.data)):
        kind = " (demonstration)" if person.demonstration else ""
        where = "all authorities" if person.authorities is None else ", ".join(person.authorities)
        state = "open" if person.active else "closed"
        print(f"{person.username}  {person.name}  {person.role}  {where}  {state}{kind}")
    return 0


def reset(chosen: Namespace) -> int:
    """Give an account a new one-time password."""
    print(
        f"One-time password for {chosen.username}: {reset_password(open_ledger(chosen.data), chosen.username)}"
    )
    return 0


def close(chosen: Namespace) -> int:
    """Close an account."""
    people.set_active(open_ledger(chosen.data), chosen.username, False)
    print(f"{chosen.username} can no longer sign in.")
    return 0


def reopen(chosen: Namespace) -> int:
    """Open a closed account."""
    people.set_active(open_ledger(chosen.data), chosen.username, True)
    print(f"{chosen.username} can sign in again.")
    return 0


def assess(chosen: Namespace) -> int:
    """Record the assessment's reference."""
    safeguards.record_assessment_reference(open_ledger(chosen.data), chosen.reference)
    print("Recorded.")
    return 0
