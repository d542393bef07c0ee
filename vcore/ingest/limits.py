"""How large an upload may be, and how a refusal of one is said. Far above any council's files, far below harm.

Whatever a file declares about its own size is never believed: sizes are counted while it is unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from vcore.errors import RefusedLoad

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes, counts, and how many times larger than packed an unpacked file may be (`ratio`, from `ratio_from` on)."""

    upload_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 1024 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 10 * MEGABYTE
    entries: int = 1_000
    rows: int = 1_048_576  # the last row a spreadsheet has; a CSV file is bounded by its bytes
    columns: int = 500


LIMITS = Limits()


def refuse(name: str, expected: str, found: str, what_to_do: str) -> NoReturn:
    """Raises `RefusedLoad` with where, what was expected, what was found and what to do."""
    raise RefusedLoad(f"{name}: expected {expected}, found {found}. {what_to_do}")


def check_size(name: str, size: int, limits: Limits) -> None:
    """Raises `RefusedLoad` for more bytes than an upload may have."""
    if size > limits.upload_bytes:
        refuse(
            name,
            f"at most {limits.upload_bytes / MEGABYTE:,.0f} MB",
            f"{size / MEGABYTE:,.0f} MB",
            "Send fewer years at a time, or the files in a ZIP.",
        )
