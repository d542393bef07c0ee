"""The lines of a money plan as finance quotes them: what each kind of saving is called, and its reference."""

from __future__ import annotations

from vcore.scenarios.lever import SavingKind

CODES: dict[SavingKind, str] = {
    "cashable": "CASH",
    "released": "CAPACITY",
    "avoided": "AVOIDED",
    "claimed": "CLAIMED",
}
KIND_WORDS: dict[SavingKind, str] = {
    "cashable": "cash",
    "released": "capacity released",
    "avoided": "growth avoided",
    "claimed": "claimed, not agreed",
}
