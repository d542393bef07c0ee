"""Text that leaves for a spreadsheet stays text: names come from council files and could be formulas."""

from __future__ import annotations

from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_text(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula, as the text it is; anything else as it came."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell
