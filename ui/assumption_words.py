"""An assumption's number as a reader sees it, in its unit."""

from __future__ import annotations

from ui import theme
from vcore.facts.assumptions import Assumption


def amount(value: float, known: Assumption) -> str:
    """65%, £2,800, 26, 1.5: a value of this assumption without its unit's name."""
    if known.unit.startswith("share"):
        return theme.percent(value)
    if known.unit.startswith("GBP"):
        return theme.money_full(value)
    return theme.number(value, places=0 if abs(value - round(value)) < 0.05 else 1)


def unit(known: Assumption) -> str:
    """What stands after the amount: ' weeks', '; empty where the amount says it already."""
    return "" if known.unit.startswith(("share", "GBP")) else f" {known.unit}"
