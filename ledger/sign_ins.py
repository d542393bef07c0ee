"""Who is signed in: a row from the right password to sign-out, twelve hours or the account's closing.

A browser proves it with a cookie it collects over HTTP with a one-time ticket, so that no script can read it.
The ledger keeps only seals of both: a copied ledger opens nothing, and a copied cookie dies at sign-out.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, select, update

from ledger import activity
from ledger.book import Ledger, now
from ledger.keys import cookie_key, sealed
from ledger.people import PERSON_COLUMNS, Person, person_of
from ledger.tables import PEOPLE, SIGN_INS

LASTS = timedelta(hours=12)
TICKET_LASTS = timedelta(minutes=2)

_STANDING = (  # asked on every run, and by every cached read: built once
    select(*PERSON_COLUMNS)
    .join(SIGN_INS, SIGN_INS.c.username == PEOPLE.c.username)
    .where(
        SIGN_INS.c.id == bindparam("sign_in"),
        SIGN_INS.c.ended_at.is_(None),
        SIGN_INS.c.expires_at > bindparam("moment"),
        PEOPLE.c.active,
    )
)


@dataclass(frozen=True)
class Ticket:
    """A new sign-in's id, which stays on the server, and the one-time secret that fetches its cookie."""

    sign_in: str
    secret: str


def start(ledger: Ledger, username: str, address: str, *, at: datetime | None = None) -> Ticket:
    """Signs a person in. The password has been checked."""
    at = at or now()
    ticket = Ticket(uuid4().hex, secrets.token_urlsafe(32))
    row = {
        "id": ticket.sign_in,
        "username": username,
        "started_at": at,
        "expires_at": at + LASTS,
        "ticket_hash": sealed(cookie_key(ledger.folder), ticket.secret),
    }
    with ledger.engine.begin() as connection:
        connection.execute(insert(SIGN_INS).values(**row))
    activity.record(ledger, username, "signed in", f"from {address}")
    return ticket


def collect_cookie(ledger: Ledger, ticket: str, *, at: datetime | None = None) -> str | None:
    """The cookie's secret for a ticket, once; None for a ticket that is unknown, spent or too old."""
    at = at or now()
    key = cookie_key(ledger.folder)
    cookie = secrets.token_urlsafe(32)
    spent = (
        update(SIGN_INS)
        .where(
            SIGN_INS.c.ticket_hash == sealed(key, ticket),
            SIGN_INS.c.started_at > at - TICKET_LASTS,
            SIGN_INS.c.ended_at.is_(None),
        )
        .values(ticket_hash=None, cookie_hash=sealed(key, cookie))
    )
    with ledger.engine.begin() as connection:
        return cookie if connection.execute(spent).rowcount else None


def sign_in_of(ledger: Ledger, cookie: str) -> str | None:
    """The id of the sign-in a cookie belongs to, running or not; None for a cookie this app did not make."""
    query = select(SIGN_INS.c.id).where(SIGN_INS.c.cookie_hash == sealed(cookie_key(ledger.folder), cookie))
    with ledger.engine.connect() as connection:
        return connection.scalar(query)


def standing(ledger: Ledger, sign_in: str, *, at: datetime | None = None) -> Person | None:
    """The person behind a sign-in, as the account is now; None once either is over."""
    with ledger.engine.connect() as connection:
        row = connection.execute(_STANDING, {"sign_in": sign_in, "moment": at or now()}).first()
    return person_of(row) if row else None


def cookie_is_waiting(ledger: Ledger, sign_in: str) -> bool:
    """Whether the browser has yet to collect its cookie."""
    query = select(SIGN_INS.c.ticket_hash).where(SIGN_INS.c.id == sign_in)
    with ledger.engine.connect() as connection:
        return connection.scalar(query) is not None


def end(ledger: Ledger, sign_in: str) -> None:
    """Signs out: the cookie, and every copy of it, stops working now."""
    with ledger.engine.begin() as connection:
        username = connection.scalar(
            update(SIGN_INS)
            .where(SIGN_INS.c.id == sign_in, SIGN_INS.c.ended_at.is_(None))
            .values(ended_at=now())
            .returning(SIGN_INS.c.username)
        )
    if username:
        activity.record(ledger, username, "signed out")


def end_all(connection: Connection, username: str, *, keep: str | None = None) -> None:
    """Ends every running sign-in of a person but `keep`, inside the caller's change."""
    running = update(SIGN_INS).where(SIGN_INS.c.username == username, SIGN_INS.c.ended_at.is_(None))
    if keep is not None:
        running = running.where(SIGN_INS.c.id != keep)
    connection.execute(running.values(ended_at=now()))
