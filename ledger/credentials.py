"""What proves who somebody is: handing hashes to the check at the door, and changing passwords.

Never keeps or returns a password, but for the one-time password that a reset hands over once.
"""

from __future__ import annotations

from sqlalchemy import select

from ledger import attempts, passwords, sign_ins
from ledger.book import Ledger
from ledger.people import COMMAND_LINE, PERSON_COLUMNS, Person, amending, person_of, write
from ledger.tables import PEOPLE
from vcore.errors import VcoreError


def password_hashes(ledger: Ledger) -> dict[str, tuple[Person, str]]:
    """Active accounts and their bcrypt hashes, by user name."""
    query = select(*PERSON_COLUMNS, PEOPLE.c.password_hash).where(PEOPLE.c.active)
    with ledger.engine.connect() as connection:
        return {row.username: (person_of(row), row.password_hash) for row in connection.execute(query)}


def reset_password(
    ledger: Ledger, username: str, password: str | None = None, *, by: str = COMMAND_LINE
) -> str:
    """Replaces a forgotten password with a one-time one and returns it. Ends every sign-in of the account."""
    with amending(ledger, username, "reset a password", by) as (connection, person):
        password = password or passwords.new_one_time_password(person.username)
        passwords.check_rules(password, person.username)
        values = {"password_hash": passwords.hash_password(password), "must_change_password": True}
        write(connection, person, values)
        sign_ins.end_all(connection, person.username)
    attempts.forget(ledger, person.username)
    return password


def change_password(ledger: Ledger, username: str, old: str, new: str, *, keep: str | None = None) -> None:
    """The person's own change. Ends every other sign-in of theirs; `keep` is the one they are using.

    Raises `VcoreError` when `old` is wrong or the new password is refused.
    """
    with amending(ledger, username, "changed the password", username) as (connection, person):
        present = connection.scalar(
            select(PEOPLE.c.password_hash).where(PEOPLE.c.username == person.username)
        )
        if not passwords.is_password(old, present or ""):
            raise VcoreError("The present password is not right. Type the one you signed in with.")
        if old == new:
            raise VcoreError("Choose a new password: this is the one you have.")
        passwords.check_rules(new, person.username)
        values = {"password_hash": passwords.hash_password(new), "must_change_password": False}
        write(connection, person, values)
        sign_ins.end_all(connection, person.username, keep=keep)
