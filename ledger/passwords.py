"""Passwords: which are accepted, how they are kept, how long a check takes.

Never stores or logs one: bcrypt hashes only.
"""

from __future__ import annotations

import secrets

import bcrypt

from vcore.errors import VcoreError

MINIMUM_BYTES = 12
MAXIMUM_BYTES = 72  # bcrypt reads no further

_ROUNDS = 12
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without look-alikes: it is read out and typed in
_OBVIOUS = (
    "password", "passw0rd", "123456789", "qwerty", "letmein", "welcome", "iloveyou", "administrator",
    "carevalue", "changeme", "abcdefgh", "childrenincare",
)  # fmt: skip


class RefusedPassword(VcoreError):
    """A password that may not be used. The message says which rule it breaks."""


def check_rules(password: str, username: str) -> None:
    """Raises `RefusedPassword` unless this password may be used for this account."""
    plain = password.lower()
    size = len(password.encode())
    if size < MINIMUM_BYTES:
        raise RefusedPassword(
            f"Use at least {MINIMUM_BYTES} characters. Three or four words are easy to keep."
        )
    if size > MAXIMUM_BYTES:
        raise RefusedPassword(
            f"That is {size} bytes and at most {MAXIMUM_BYTES} count (an accented letter takes two). "
            "Use a shorter one."
        )
    if password != password.strip():
        raise RefusedPassword("Take away the space at the beginning or the end: signing in would lose it.")
    if any(not character.isprintable() for character in password):
        raise RefusedPassword("Use characters you can see and type: one of these is a control character.")
    if len(set(plain)) < 5:
        raise RefusedPassword("Use more different characters: this one repeats the same few.")
    if username.lower() in plain:
        raise RefusedPassword("Leave your user name out of the password: it is the first thing tried.")
    if found := next((word for word in _OBVIOUS if word in plain.replace(" ", "")), None):
        raise RefusedPassword(f"Leave {found!r} out: it is among the first things tried.")


def hash_password(password: str) -> str:
    """The bcrypt hash to keep (60 characters). Takes about a quarter of a second, on purpose."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(_ROUNDS)).decode()


def is_password(password: str, password_hash: str) -> bool:
    """Whether the hash was made from this password."""
    return fits(password) and bcrypt.checkpw(password.encode(), password_hash.encode())


def fits(password: str) -> bool:
    """Whether bcrypt can read the whole of it. Longer ones belong to nobody."""
    return len(password.encode()) <= MAXIMUM_BYTES


def spend_a_check(password: str) -> None:
    """The work of one check, for a name that has no hash: an unknown name must not answer sooner."""
    hash_password(password.encode()[:MAXIMUM_BYTES].decode(errors="ignore"))


def new_one_time_password(username: str) -> str:
    """A random password (19 characters, 79 bits) to hand over once, such as `k7mq-2xfv-9hjd-p4wt`.

    Drawn again where chance puts the user name into it, which the rules refuse: with a name of two letters that is
    once in eighty times.
    """
    while True:
        drawn = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        try:
            check_rules(drawn, username)
        except RefusedPassword:
            continue
        return drawn
