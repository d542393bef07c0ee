"""Who a child is, made unrecognisable on the way in: keyed hashes for numbers, months for dates of birth.

An id is the first 16 hexadecimal digits of an HMAC-SHA-256 over authority and CHILD, since councils' numbers
repeat between councils. With 64 bits, 84,000 children share an id by chance about once in five thousand million
loads. Whoever holds the key can tell which child an id is, so the key lives outside the database and its backups;
a lost key cannot be made again, and a new one gives every child a new id.
Postcodes, UPNs and names never reach this module: the reader leaves them behind. Nothing here is ever logged.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

import pandas as pd

from vcore.errors import VcoreError

KEY_BYTES = 32
_ID_DIGITS = 16


def pseudonyms(values: pd.Series, *, authority: str, what: str, key: bytes) -> pd.Series:
    """The keyed hash of each text; missing stays missing. The same text hashes apart for another `what`.

    Raises `VcoreError` for a key shorter than 32 bytes.
    """
    if len(key) < KEY_BYTES:
        raise VcoreError(f"The pseudonym key has {len(key)} bytes; it must have at least {KEY_BYTES}.")
    prefix = f"{what}\x1f{authority.strip().casefold()}\x1f"
    hashed = {
        value: hmac.digest(key, (prefix + value).encode(), "sha256").hex()[:_ID_DIGITS]
        for value in values.dropna().unique()
    }
    return values.map(hashed).astype("str")


def birth_month(born: pd.Series) -> pd.Series:
    """The first of the month of each date."""
    return born.dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")


def load_key(path: Path) -> bytes:
    """The key in this file; on first use 32 random bytes that only their owner may read (0600).

    Two first uses at once end with the same key. Raises `VcoreError` for a file that is not a key, or one that
    others on the machine may read.
    """
    if not path.exists():
        _make_key(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise VcoreError(f"Others may read the pseudonym key {path}. Make it private: chmod 600 {path}")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise VcoreError(
            f"{path} is not a pseudonym key: it has {len(key)} bytes, not {KEY_BYTES}. Put the right file back; "
            "without it children would get new ids."
        )
    return key


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)  # unlike a rename, never replaces a key that somebody made meanwhile
    except FileExistsError:
        return
    finally:
        unfinished.unlink(missing_ok=True)
