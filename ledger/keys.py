"""The key that seals sign-in cookies: 32 random bytes made on first use, readable by the app's account only.

Never in the database: a copied ledger alone recognises no cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from vcore.errors import VcoreError

KEY_BYTES = 32


def cookie_key(data_folder: Path) -> bytes:
    """The key of a data folder, made if there is none. Raises `VcoreError` for one of the wrong size."""
    path = data_folder / "keys" / "cookie.key"
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise VcoreError(
            f"The sign-in key keys/cookie.key holds {len(key)} bytes instead of {KEY_BYTES}: this app did "
            "not make it. Move it away and start again: a new one is made and everybody signs in afresh."
        )
    return key


def sealed(key: bytes, secret: str) -> str:
    """What the ledger keeps of a cookie or a ticket: enough to recognise it, useless to make one."""
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):  # whole or not at all, and never over a key somebody made meanwhile
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
