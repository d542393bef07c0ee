"""Who a child is, made unrecognisable on the way in: keyed hashes for numbers, months for dates of birth.

An id is the first 16 hexadecimal digits of an HMAC-SHA-256 over authority and CHILD, since councils' numbers
repeat between councils. With 64 bits, 84,000 children share an id by chance about once in five thousand million
loads. Whoever holds the key can tell which child an id is, so the key lives outside the database and its backups;
a lost key cannot be made again, and a new one gives every child a new id.
Postcodes, UPNs and names never reach this module: the reader leaves them behind. Nothing here is ever logged.
"""

from __future__ import annotations

import hmac
from pathlib import Path

import pandas as pd

from vcore import keys
from vcore.errors import VcoreError
from vcore.keys import KEY_BYTES

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
    """The pseudonym key in this file, made on first use. Raises `VcoreError` for a file that is not one."""
    return keys.load_key(
        path,
        what="the pseudonym key",
        otherwise="Put the right file back: without it children would get new ids.",
    )
