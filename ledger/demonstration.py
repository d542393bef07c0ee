"""The shared accounts, one a role, that exist only while the children are fictional.

Never beside real data: loading it closes them, and every account a demonstration account made.
"""

from __future__ import annotations

from sqlalchemy import insert, select, update

from ledger import activity, passwords
from ledger.book import Ledger, now
from ledger.people import COMMAND_LINE, SHARED_USERNAMES, Person, list_people
from ledger.sign_ins import end_all
from ledger.tables import PEOPLE

PASSWORD = "fictional children only"  # noqa: S105 - shown on the sign-in page, opens fictional data only


def enable_demonstration_people(ledger: Ledger) -> None:
    """Opens the shared accounts, making those that are missing. Does nothing when they are open."""
    if len(shared_people(ledger)) == len(SHARED_USERNAMES):
        return
    password_hash = passwords.hash_password(PASSWORD)
    with ledger.engine.begin() as connection:
        made = set(
            connection.scalars(select(PEOPLE.c.username).where(PEOPLE.c.username.in_(SHARED_USERNAMES)))
        )
        connection.execute(_shared().values(active=True, changed_at=now()))
        for username, role in SHARED_USERNAMES.items():
            if username not in made:
                connection.execute(
                    insert(PEOPLE).values(
                        username=username,
                        name=f"{role.title()} (demonstration)",
                        role=role,
                        password_hash=password_hash,
                        demonstration=True,
                        active=True,
                        must_change_password=False,
                        created_at=now(),
                        changed_at=now(),
                    )
                )
    activity.record(ledger, COMMAND_LINE, "opened the demonstration accounts")


def disable_demonstration_people(ledger: Ledger) -> None:
    """Closes the shared accounts and those they made, and ends their sign-ins. Safe to repeat."""
    with ledger.engine.begin() as connection:
        closed = connection.scalars(
            update(PEOPLE)
            .where(PEOPLE.c.demonstration, PEOPLE.c.active)
            .values(active=False, changed_at=now())
            .returning(PEOPLE.c.username)
        ).all()
        for username in closed:
            end_all(connection, username)
    if closed:
        activity.record(ledger, COMMAND_LINE, "closed the demonstration accounts", ", ".join(sorted(closed)))


def shared_people(ledger: Ledger) -> list[Person]:
    """The shared accounts that are open, in the order of the roles."""
    people = {person.username: person for person in list_people(ledger) if person.shared and person.active}
    return [people[username] for username in SHARED_USERNAMES if username in people]


def _shared():
    return update(PEOPLE).where(PEOPLE.c.username.in_(SHARED_USERNAMES), PEOPLE.c.demonstration)
