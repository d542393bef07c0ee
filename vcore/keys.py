"""Key files: 32 random bytes made on first use, readable by the app's own account only.

A key never goes into a database, a state or a log. Knows nothing of what a key is for.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from vcore.errors import VcoreError

KEY_BYTES = 32


def load_key(path: Path, *, what: str, otherwise: str) -> bytes:
    """The key in this file, made if there is none. Two first uses at once end with the same key.

    `what` names the key and `otherwise` says what to do about a wrong file, in the `VcoreError` raised for
    one of another size, or one that others on the machine may read.
    """
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise VcoreError(
            f"keys/{path.name} is not {what}: it holds {len(key)} bytes instead of {KEY_BYTES}. {otherwise}"
        )
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise VcoreError(
            f"Others on this machine may read {what}, keys/{path.name}. Make it private: "
            f"chmod 600 {path.name} in that folder."
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(draft, "xb", opener=_for_us_alone) as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # whole or not at all, and never over a key somebody made meanwhile
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)  # the flags say that it is bytes: Windows would turn a 10 into 13 10
