"""Accounts: who may sign in, in which role, for which authorities.

Never decides what a role may do (`ledger.rights`) and never handles a hash (`ledger.credentials`).
`by` is the user name of whoever asks, or "command line": it goes into the activity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ledger import activity, passwords
from ledger.book import Ledger, now
from ledger.rights import (
    CHILD_LEVEL_GIVEN_TO,
    CHILD_LEVEL_GRANT,
    RIGHTS,
    NotAllowed,
    Right,
    Role,
    role_of,
)
from ledger.tables import GRANTS, PEOPLE
from vcore.errors import InvalidChoice, VcoreError

COMMAND_LINE = "command line"
LONGEST_AUTHORITY = 80
SHARED_USERNAMES = {f"demo-{role}": role for role in Role}
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True)
class Person:
    """An account as it stands now. `authorities` None means all of them."""

    username: str
    name: str
    role: Role
    authorities: tuple[str, ...] | None
    demonstration: bool
    active: bool
    must_change_password: bool
    may_name_children: bool = False  # granted to this person; without effect in a role that sees no children
    may_see_children: bool = False  # granted to this person; without effect in a role it is not given to

    @property
    def shared(self) -> bool:
        """Whether it is one of the accounts that the sign-in page shows with their password."""
        return self.demonstration and self.username in SHARED_USERNAMES

    @property
    def rights(self) -> frozenset[Right]:
        own = RIGHTS[self.role]
        if self.may_see_children and self.role in CHILD_LEVEL_GIVEN_TO:
            return own | CHILD_LEVEL_GRANT
        named = self.may_name_children and Right.SEE_CHILDREN in own
        return own | {Right.NAME_CHILDREN} if named else own

    def is_for(self, authority: str) -> bool:
        """Whether the account is for this authority: for all of them, or for one that its limit names, in whatever
        letters."""
        return self.authorities is None or authority.casefold() in map(str.casefold, self.authorities)

    def require(self, right: Right) -> None:
        """Raises `NotAllowed` without this right."""
        if right not in self.rights:
            raise NotAllowed(right, self.role)


PERSON_COLUMNS = (
    PEOPLE.c.username,
    PEOPLE.c.name,
    PEOPLE.c.role,
    PEOPLE.c.authorities,
    PEOPLE.c.demonstration,
    PEOPLE.c.active,
    PEOPLE.c.must_change_password,
    *(
        exists()
        .where(GRANTS.c.username == PEOPLE.c.username, GRANTS.c.granted == right.name)
        .label(f"may_{right.name.lower()}")
        for right in (Right.NAME_CHILDREN, Right.SEE_CHILDREN)
    ),
)


def person_of(row: Sequence[Any]) -> Person:
    """The person in a row that starts with `PERSON_COLUMNS`."""
    username, name, role, authorities, *flags = row[: len(PERSON_COLUMNS)]
    return Person(username, name, Role(role), None if authorities is None else tuple(authorities), *flags)


def list_people(ledger: Ledger) -> list[Person]:
    """Every account, by user name."""
    with ledger.engine.connect() as connection:
        return [
            person_of(row) for row in connection.execute(select(*PERSON_COLUMNS).order_by(PEOPLE.c.username))
        ]


def find_person(ledger: Ledger, username: str) -> Person:
    """The account with this user name. Raises `InvalidChoice` naming the nearest one."""
    with ledger.engine.connect() as connection:
        return _found(connection, username)


def add_person(
    ledger: Ledger,
    username: str,
    *,
    name: str,
    role: str,
    authorities: Sequence[str] | None = None,
    password: str | None = None,
    by: str = COMMAND_LINE,
) -> str:
    """Makes an account and returns its one-time password: the one given, or a new one.

    It has to be changed at the first sign-in. Raises `VcoreError` for a name that is taken or badly formed,
    an unknown role or a refused password. What a demonstration account makes is one too, and goes with it.
    """
    username, name = username.strip().lower(), name.strip()
    if not _USERNAME.fullmatch(username):
        raise VcoreError(
            f"{username!r} is not a user name. Use 2 to 64 of a–z, 0–9, dot, dash, underscore and @, "
            "starting with a letter or a digit."
        )
    if not 1 <= len(name) <= 100:
        raise VcoreError("Give the person's name, in at most 100 characters.")
    limit = _limit(authorities)
    password = password or passwords.new_one_time_password(username)
    passwords.check_rules(password, username)
    row = {
        "username": username,
        "name": name,
        "role": role_of(role),
        "authorities": limit,
        "password_hash": passwords.hash_password(password),
        "active": True,
        "must_change_password": True,
        "created_at": now(),
        "changed_at": now(),
    }
    try:
        with ledger.engine.begin() as connection:
            connection.execute(insert(PEOPLE).values(demonstration=_is_demonstration(connection, by), **row))
    except IntegrityError:
        raise VcoreError(f"The user name {username!r} is taken. Choose another.") from None
    activity.record(ledger, by, "added an account", f"{username} ({row['role']})")
    return password


def set_role(ledger: Ledger, username: str, role: str, *, by: str = COMMAND_LINE) -> None:
    """Gives the account another role, from its next click on. What was given to the person beside the one they had
    ends with it: who goes back to a role is asked for the reason again."""
    new_role = role_of(role)
    with amending(ledger, username, f"set the role to {new_role}", by) as (connection, person):
        write(connection, person, {"role": new_role})
        if new_role != person.role:
            connection.execute(delete(GRANTS).where(GRANTS.c.username == person.username))


def set_authorities(
    ledger: Ledger, username: str, authorities: Sequence[str] | None, *, by: str = COMMAND_LINE
) -> None:
    """Limits the account to some authorities, loaded or not yet; None lifts the limit."""
    limit = _limit(authorities)
    with amending(ledger, username, "set the authorities", by) as (connection, person):
        write(connection, person, {"authorities": limit})


def set_active(ledger: Ledger, username: str, active: bool, *, by: str = COMMAND_LINE) -> None:
    """Closes the account from its next click on, or opens it again."""
    what = "opened an account" if active else "closed an account"
    with amending(ledger, username, what, by) as (connection, person):
        if active and person.demonstration and not _is_demonstration(connection, by):
            raise VcoreError("This account was made in a demonstration. Add a new one for the person.")
        write(connection, person, {"active": active})


@contextmanager
def amending(
    ledger: Ledger, username: str, what: str, by: str, why: str = ""
) -> Iterator[tuple[Connection, Person]]:
    """One change of an account, whole or not at all: yields the connection and the account as it was.

    Raises `VcoreError`, undoing the change, when it may not be made. `what`, `by` and `why` go into the activity.
    """
    with ledger.engine.begin() as connection:
        person = _found(connection, username)
        if person.shared:
            raise VcoreError("This is a shared demonstration account: it stays as the sign-in page shows it.")
        if _is_demonstration(connection, by) and not person.demonstration:
            raise VcoreError("A demonstration account may change demonstration accounts only.")
        yield connection, person
        _keep_an_administrator(connection, before=person)
    activity.record(ledger, by, what, f"{person.username}: {why}" if why else person.username)


def write(connection: Connection, person: Person, values: dict[str, Any]) -> None:
    """Writes new values into an account's row, with the time."""
    connection.execute(
        update(PEOPLE).where(PEOPLE.c.username == person.username).values(changed_at=now(), **values)
    )


def _limit(authorities: Sequence[str] | None) -> list[str] | None:
    """The limit as it is kept: names without spare spaces, each once whatever its letters. None: no limit."""
    if authorities is None:
        return None
    names = {name.casefold(): name for name in (" ".join(given.split()) for given in authorities)}
    if not names or "" in names:
        raise VcoreError("Name at least one authority, or leave it out for all of them.")
    if long := next((name for name in names.values() if len(name) > LONGEST_AUTHORITY), None):
        raise VcoreError(
            f"“{long[:20]}…” is too long for an authority: write at most {LONGEST_AUTHORITY} characters."
        )
    return list(names.values())


def _keep_an_administrator(connection: Connection, before: Person) -> None:
    """Raises when the change just made leaves nobody of that kind to manage people; the change is undone."""
    if before.role is not Role.ADMINISTRATOR or not before.active:
        return
    left = connection.scalar(
        select(func.count()).where(
            PEOPLE.c.role == Role.ADMINISTRATOR,
            PEOPLE.c.active,
            PEOPLE.c.demonstration == before.demonstration,
        )
    )
    if not left:
        raise VcoreError(
            f"{before.username} is the last administrator, and somebody must manage people. "
            "Add another one first."
        )


def _is_demonstration(connection: Connection, username: str) -> bool:
    return bool(connection.scalar(select(PEOPLE.c.demonstration).where(PEOPLE.c.username == username)))


def _found(connection: Connection, username: str) -> Person:
    wanted = username.strip().lower()
    row = connection.execute(select(*PERSON_COLUMNS).where(PEOPLE.c.username == wanted)).first()
    if row is None:
        known = connection.scalars(select(PEOPLE.c.username).order_by(PEOPLE.c.username)).all()
        raise InvalidChoice("user name here", username, known)
    return person_of(row)
