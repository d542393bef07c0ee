"""Who else pays or gains by a scenario, and what kind of money it is: cash, capacity, growth avoided, claims.

The kinds are never added. Every amount passes the gate, by how many children it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ui.disclosure import Gate
from ui.scenario_words import yearly
from vcore.exports.plan_lines import KIND_WORDS
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import Result, Step
from vcore.scenarios.book import Purse
from vcore.scenarios.lever import SavingKind

PURSE_WORDS: Mapping[Purse, str] = {
    "social_care": "The council's children's social care",
    "education": "Education",
    "health": "Health",
    "public": "All public money together",
}
KINDS = "Cash saves money once a place is left. Capacity pays no bill until somebody else fills it. Never to be added."
_NOTHING_GBP = 1e-6


def purses(result: Result, gate: Gate) -> pd.DataFrame:
    """`Who`, `A full year`: what each purse saves or pays more, in words. Only where all amounts may be told."""
    health, education = (_paying(result, purse) for purse in ("health", "education"))
    parts_told = _enough(health, gate) and _enough(education, gate)
    both = _enough(
        health | education, gate
    )  # else of the council's and the public's, only what the headline is in
    gross = result.scenario.cost_basis == "gross"
    told = {
        "social_care": both or not gross,
        "education": parts_told,
        "health": parts_told,
        "public": both or gross,
    }
    weeks = result.scenario.weeks_per_year
    return pd.DataFrame(
        {"Who": words, "A full year": _year(result.by_purse[purse] * weeks) if told[purse] else HIDDEN}
        for purse, words in PURSE_WORDS.items()
    )


def kinds(result: Result, gate: Gate) -> pd.DataFrame:
    """`Kind`, `A full year`: each kind of saving that there is. Only where all amounts may be told."""
    of_kind = {kind: _counted(result, kind) for kind in result.by_kind}
    told = all(_enough(rows, gate) for rows in of_kind.values())
    weeks = result.scenario.weeks_per_year
    return pd.DataFrame(
        [
            (
                KIND_WORDS[kind].capitalize(),
                _year(gbp * weeks) if told or not of_kind[kind].any() else HIDDEN,
            )
            for kind, gbp in result.by_kind.items()
        ],
        columns=["Kind", "A full year"],
    )


def _year(gbp: float) -> str:
    return "No change" if round(gbp) == 0 else " ".join(yearly(gbp))


def _enough(rows: np.ndarray, gate: Gate) -> bool:
    """Whether an amount that comes from these children may be told; from nobody it may."""
    return not rows.any() or gate.averages(int(rows.sum()))


def _counted(result: Result, kind: SavingKind) -> np.ndarray:
    """From whom a kind of saving comes."""
    rows = np.zeros(len(result.cohort), dtype=bool)
    for step in result.steps:
        rows |= np.abs(step.rows_by_kind.get(kind, 0.0)) > _NOTHING_GBP
    return rows


def _paying(result: Result, purse: Purse) -> np.ndarray:
    """For whom health, or education, saves or pays more."""
    rows = np.zeros(len(result.cohort), dtype=bool)
    for step in result.steps:
        rows |= np.abs(_of_partner(step, purse)) > _NOTHING_GBP
    return rows


def _of_partner(step: Step, purse: Purse) -> np.ndarray:
    """Weekly £ of each child that health, or education, saves, split as `Effect.by_purse` splits it."""
    public, social_care, health = step.effect.saving
    others = public - social_care
    if health is None:
        base = step.effect.book.baseline
        partners = 1 - base.social_care_share
        share = np.divide(base.health_share, partners, out=np.zeros_like(partners), where=partners > 1e-9)
        health = others * np.clip(share, 0, 1)
    return np.nan_to_num(health if purse == "health" else others - health)
