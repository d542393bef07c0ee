"""Wrong passwords: five in fifteen minutes lock that name at that address for fifteen minutes.

Never asks whether the name exists, so a lock tells a stranger nothing about who has an account.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, insert, select

from ledger.book import Ledger, now
from ledger.tables import ATTEMPTS
from vcore.errors import VcoreError

ALLOWED = 5
WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)


class Locked(VcoreError):
    """Too many wrong passwords for this name from this address."""

    def __init__(self, left: timedelta) -> None:
        minutes = max(1, ceil(left / timedelta(minutes=1)))
        super().__init__(
            f"Too many wrong passwords for this name. Try again in {minutes} minute{'s' * (minutes != 1)}. "
            "If you have forgotten it, ask your administrator for a new one."
        )


def begin(ledger: Ledger, username: str, address: str, *, at: datetime | None = None) -> None:
    """Counts an attempt as wrong until `forget` says otherwise. Raises `Locked` instead when five were wrong.

    Counting before the check means that many at once get no more tries than one after another.
    """
    at = at or now()
    pair = {"username": username[:64], "address": address[:64]}
    with ledger.engine.begin() as connection:
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < at - WINDOW - LOCK))
        attempt = connection.scalar(insert(ATTEMPTS).values(at=at, **pair).returning(ATTEMPTS.c.id))
        earlier = connection.scalars(_of_pair(**pair).where(ATTEMPTS.c.id != attempt).limit(ALLOWED)).all()
        left = _lock_left(earlier, at)
        if left is not None:  # what is tried under a lock counts for nothing, so the lock ends by itself
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.id == attempt))
    if left is not None:
        raise Locked(left)


def check_lock(ledger: Ledger, username: str, address: str, *, at: datetime | None = None) -> None:
    """Raises `Locked` when the last attempt was one too many."""
    with ledger.engine.connect() as connection:
        latest = connection.scalars(_of_pair(username[:64], address[:64]).limit(ALLOWED)).all()
    left = _lock_left(latest, at or now())
    if left is not None:
        raise Locked(left)


def forget(ledger: Ledger, username: str, address: str | None = None) -> None:
    """Clears a name's wrong passwords (at one address, or everywhere): the password was right, or is new."""
    wrong = delete(ATTEMPTS).where(ATTEMPTS.c.username == username[:64])
    if address is not None:
        wrong = wrong.where(ATTEMPTS.c.address == address[:64])
    with ledger.engine.begin() as connection:
        connection.execute(wrong)


def _of_pair(username: str, address: str):
    return (
        select(ATTEMPTS.c.at)
        .where(ATTEMPTS.c.username == username, ATTEMPTS.c.address == address)
        .order_by(ATTEMPTS.c.at.desc(), ATTEMPTS.c.id.desc())
    )


def _lock_left(latest: Sequence[datetime], at: datetime) -> timedelta | None:
    """How much of a lock is left, given the latest attempts (newest first)."""
    if len(latest) < ALLOWED or latest[0] - latest[ALLOWED - 1] > WINDOW or at >= latest[0] + LOCK:
        return None
    return latest[0] + LOCK - at
