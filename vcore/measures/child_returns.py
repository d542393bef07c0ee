"""What the yearly returns tell of one child beside placements: missing periods, questionnaires, previous permanence.

Describes and decides nothing. Published source for the strengths and difficulties bands: DfE, outcomes of children
looked after.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.facts.codes import NO_PERMANENCE
from vcore.store.one_child import OneChild

SDQ_BANDS = ("close to average", "borderline", "cause for concern")
_WAS_BEFORE = {
    "P1": "was adopted before",
    "P2": "was under special guardianship before",
    "P3": "was under a residence or child arrangements order before",
    "P4": "was under a permanence order before, not known which",
}


class MissingPeriod(NamedTuple):
    """A time when the child was missing (`kind` M) or away without authorisation (A). `ended_on` None: it lasts."""

    started_on: date
    ended_on: date | None
    kind: str


class Questionnaire(NamedTuple):
    """A strengths and difficulties score (0–40), and the end of the return year it is of."""

    year_ended_on: date
    score: int


def missing_periods(child: OneChild) -> list[MissingPeriod]:
    """Every missing period up to the date, oldest first."""
    return [
        MissingPeriod(
            row["started_on"].date(),
            None if pd.isna(row["ended_on"]) else row["ended_on"].date(),
            str(row["kind"]),
        )
        for row in child.missing_periods.to_dict("records")
    ]


def questionnaires(child: OneChild) -> list[Questionnaire]:
    """Every dated strengths and difficulties score up to the date, oldest first."""
    return [
        Questionnaire(row["year_ended_on"].date(), int(row["score"]))
        for row in child.questionnaires.to_dict("records")
    ]


def sdq_band(score: int) -> str:
    """What a strengths and difficulties score (0–40) counts as, one of `SDQ_BANDS`."""
    limits = [value("sdq_borderline_from"), value("sdq_concern_from")]
    return SDQ_BANDS[int(np.searchsorted(limits, score, side="right"))]


def absence_words(missing_12m: Any, away_12m: Any) -> str:
    """`missing 3 times and away once in the last 12 months`, `away without authorisation twice …`; empty where there
    was neither, or nothing says so."""
    missing, away = (0 if pd.isna(n) else int(n) for n in (missing_12m, away_12m))
    said = [f"missing {_times(missing)}"] if missing else []
    if away:
        said.append(f"away{'' if missing else ' without authorisation'} {_times(away)}")
    return f"{' and '.join(said)} in the last 12 months" if said else ""


def permanence_words(option: Any) -> str:
    """`was adopted before`; empty where there was no previous permanence, or nothing says so."""
    return "" if pd.isna(option) or option == NO_PERMANENCE else _WAS_BEFORE[str(option)]


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")
