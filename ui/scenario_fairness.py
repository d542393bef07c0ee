"""Who is on a list of children to discuss, against everyone here: by sex, age, ethnicity and disability.

A table of words: every number passes the gate. Never an input to who is listed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ui import theme
from ui.disclosure import Gate
from ui.lever_words import is_move
from vcore.facts.codes import SEX_LABELS
from vcore.measures.disclosure import HIDDEN
from vcore.measures.fairness import list_against_base
from vcore.scenarios import Result
from vcore.store import Cohort

LABELS = {"sex": "Sex", "age_band": "Age", "ethnicity": "Ethnicity", "disability": "Disability"}
COLUMNS = ("Group", "To discuss", "All here", "Of the list", "Of all", "Difference, points (95% interval)")


def fairness(result: Result, gate: Gate) -> pd.DataFrame:
    """One row a group, in words, with the columns `COLUMNS`; no row where no lever would move anybody."""
    lists = [step.effect.eligible for step in result.steps if is_move(step)]
    listed = np.logical_or.reduce(lists) if lists else np.zeros(len(result.cohort), dtype=bool)
    return of_list(result.cohort, listed, gate)


def of_list(base: Cohort, listed: np.ndarray, gate: Gate) -> pd.DataFrame:
    """The same of any list of children picked from a base; `listed` says yes or no of each child."""
    if not listed.any():
        return pd.DataFrame(columns=list(COLUMNS))
    table = list_against_base(base, listed)
    shares = gate.averages(int(listed.sum()), len(listed))
    made = []
    for attribute, own in table.groupby("attribute", sort=False):
        counts, in_all = own["listed"].to_numpy("int64"), own["base"].to_numpy("int64")
        off_list = gate.rows(counts[None], (in_all - counts)[None])[0]
        if not gate.counts(int(listed.sum()), len(listed)):
            off_list[:] = True
        off_base = gate.rows(in_all[None], np.zeros_like(in_all)[None])[0]
        for row, no_list, no_base in zip(own.to_dict("records"), off_list, off_base, strict=True):
            made.append(_words(str(attribute), row, hide=(bool(no_list), bool(no_base)), shares=shares))
    return pd.DataFrame(made, columns=list(COLUMNS))


def _words(attribute: str, row: dict, *, hide: tuple[bool, bool], shares: bool) -> list[str]:
    """The cells of one group; `hide` says whether to hide what is of the list, and what is of all."""
    value = SEX_LABELS.get(row["value"], row["value"]) if attribute == "sex" else row["value"]
    no_list, no_base = hide
    return [
        f"{LABELS[attribute]}: {value}",
        HIDDEN if no_list else theme.number(row["listed"]),
        HIDDEN if no_base else theme.number(row["base"]),
        HIDDEN if no_list or not shares else theme.percent(row["listed_share"]),
        HIDDEN if no_base else theme.percent(row["base_share"]),
        HIDDEN if no_list or no_base or not shares else _gap(row["gap"], row["low"], row["high"]),
    ]


def _gap(gap: float, low: float, high: float) -> str:
    if np.isnan(gap):
        return theme.NOT_AVAILABLE
    within = f" ({_points(low)} to {_points(high)})" if not np.isnan(low) else ""
    return f"{_points(gap)}{within}"


def _points(share: float) -> str:
    words = theme.number(100 * share)
    return f"+{words}" if round(100 * share) > 0 else words
