"""The key that seals sign-in cookies: 32 random bytes made on first use, readable by the app's account only.

Never in the database: a copied ledger alone recognises no cookie.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from vcore.keys import load_key


def cookie_key(data_folder: Path) -> bytes:
    """The key of a data folder, made if there is none. Raises `VcoreError` for a file that is not one."""
    return load_key(
        data_folder / "keys" / "cookie.key",
        what="the sign-in key",
        otherwise="Move it away and start again: a new one is made and everybody signs in afresh.",
    )


def sealed(key: bytes, secret: str) -> str:
    """What the ledger keeps of a cookie or a ticket: enough to recognise it, useless to make one."""
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()
