"""Corrections of a whole file that are safe to make with one click, because its own cells show what was meant.

A rule names the fix that mends it (`Rule.fix`); a report offers it (`Report.offers`); whoever reads the files again
with `fixes=("SCALE_100", …)` has it made before anything is checked. A fix asks the file itself whether it is needed,
so naming one that is not changes nothing. What was changed is a `Correction`: in the report, and in the card of the
load that is published. No cell is kept; how one becomes another lives in `corrections`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from vcore.errors import InvalidChoice
from vcore.ingest import corrections
from vcore.ingest.corrections import Around
from vcore.ingest.recognise import Sheet
from vcore.ingest.rules import RULES

_SCORES = "scores"  # what all of a file's score columns are called together


@dataclass(frozen=True)
class Fix:
    """One correction. `label` is what a button says, `told` what was done, `change` makes changed columns of a sheet
    (empty: not needed). `alike` reports all its columns as one. Offered where what was found matches `found`."""

    code: str
    label: str
    told: str
    change: Callable[[Sheet, Around], dict[str, pd.Series]]
    alike: str = ""
    found: str = ""


class Offer(BaseModel):
    """A fix that would mend what one rule found in one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    fix: str
    label: str
    rule: str
    file: str
    column: str


class Correction(BaseModel):
    """A fix that was made: where, and how many rows it changed; who decided it and when, once that is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    told: str
    file: str
    column: str
    rows: int
    by: str = ""
    at: datetime | None = None


FIXES: dict[str, Fix] = {
    fix.code: fix
    for fix in (
        Fix(
            "LETTER_O",
            "Read the letter O as a nought",
            "The letter O in a number was read as a nought.",
            corrections.letter_o,
            found=r"^(?=.*[oO])(?=.*\d)[£\d,. oO]+$",
        ),
        Fix(
            "DAY_MONTH_SWAPPED",
            "Swap day and month",
            "Dates written month first were turned day first.",
            corrections.day_first,
        ),
        Fix(
            "LEADING_NOUGHTS",
            "Put lost leading noughts back",
            "Noughts lost at the front of a child's number were put back, where only one child of the Header fits.",
            corrections.leading_noughts,
        ),
        Fix(
            "SCALE_100",
            "Divide scores by 10",
            "Scores out of 100 were brought to the council's own scale, halves rounded up.",
            corrections.out_of_hundred,
            _SCORES,
        ),
        Fix(
            "SCALE_REVERSED",
            "Turn scores round (10 becomes 0)",
            "Scores on which the highest is safe were turned round.",
            corrections.turned_round,
            _SCORES,
        ),
        Fix(
            "COST_PER_YEAR",
            "Divide costs by the weeks in a year",
            "£ a year became £ a week.",
            corrections.yearly_to_weekly,
        ),
        Fix("COST_PER_DAY", "Multiply costs by 7", "£ a day became £ a week.", corrections.daily_to_weekly),
        Fix(
            "SHARES_PERCENT",
            "Turn shares in per cent into £",
            "Shares in per cent became £ a week.",
            corrections.shares_to_pounds,
        ),
    )
}


def mend(sheets: Sequence[Sheet], fixes: Iterable[str], around: Around) -> tuple[Correction, ...]:
    """Make these fixes where they are needed, in the order of the registry, in the sheets themselves.

    Raises `InvalidChoice` for a code that is no fix.
    """
    chosen = set(fixes)
    for code in sorted(chosen - FIXES.keys()):
        raise InvalidChoice("fix", code, FIXES)
    made = []
    for fix in (fix for code, fix in FIXES.items() if code in chosen):
        for sheet in sheets:
            if sheet.layout is None or not sheet.layout.used or sheet.frame.empty:
                continue
            changed = {}
            for column, texts in fix.change(sheet, around).items():
                differs = texts != sheet.frame[column]
                if differs.any():
                    sheet.frame[column] = texts
                    changed[column] = differs
            rows = {fix.alike: pd.DataFrame(changed).any(axis=1)} if fix.alike and changed else changed
            made += [
                Correction(
                    code=fix.code, told=fix.told, file=sheet.name, column=column, rows=int(differs.sum())
                )
                for column, differs in rows.items()
            ]
    return tuple(made)


def offers(problems: pd.DataFrame) -> tuple[Offer, ...]:
    """The fixes that would mend what was found (`Findings.problems`), a file and column each."""
    mendable = {code: rule.fix for code, rule in RULES.items() if rule.fix}
    fitting = [
        problems["code"].eq(code) & problems["found"].astype(str).str.contains(FIXES[fix].found)
        for code, fix in mendable.items()
    ]
    places = problems.loc[np.logical_or.reduce(fitting), ["code", "file", "column"]].drop_duplicates()
    return tuple(
        Offer(fix=mendable[code], label=FIXES[mendable[code]].label, rule=code, file=file, column=column)
        for code, file, column in places.itertuples(index=False, name=None)
    )


def signed(corrections: Iterable[Correction], by: str, at: datetime | None = None) -> tuple[Correction, ...]:
    """The corrections as somebody's decision, made at `at` (default: now)."""
    at = at or datetime.now(UTC)
    return tuple(each.model_copy(update={"by": by, "at": at}) for each in corrections)
