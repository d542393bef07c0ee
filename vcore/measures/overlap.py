"""Two cohorts laid over each other: how many children are in one, in the other, in both and in neither.

Disclosure asks this before figures of both may stand side by side. Counts only: no child leaves this module.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from vcore.facts.bands import BANDS
from vcore.measures.composition import as_text
from vcore.store import Cohort

COUNTED = ("children", "costed", "assessed", "without_severe", "with_severe")
PARTS = ("neither", "first_only", "second_only", "both")


def overlap(first: Cohort, second: Cohort, attribute: str | None = None) -> Mapping[str, pd.DataFrame]:
    """Children of both bases by where they are, for each thing that is `COUNTED`: all of them, those with a
    cost, with an assessment, and the assessed without and with a severe need.

    One row a value of the attribute (one in all without), a column each of `PARTS`. Cohorts of two dates are
    told apart by child: who has another value at the other date is in one part there and in another here.
    """
    rows = [_rows(cohort, attribute) for cohort in (first, second)]
    places, values = pd.factorize(pd.concat([row["value"] for row in rows], ignore_index=True), sort=True)
    groups = np.split(places, [len(rows[0])])
    keys = _keys(first, second, rows, groups, len(values))
    size = max((int(key.max()) + 1 for key in keys if len(key)), default=0)
    group_of = np.zeros(size, dtype="int64")
    for key, group in zip(keys, groups, strict=True):
        group_of[key] = group
    found = {}
    for what in COUNTED:
        base, part = np.zeros(size, dtype=bool), np.zeros(size, dtype="int64")
        for weight, key, row in zip((1, 2), keys, rows, strict=True):
            held = row[what].to_numpy(bool)
            base[key[held]] = True
            part[key[held & row["member"].to_numpy(bool)]] += weight
        cells = np.bincount(group_of[base] * len(PARTS) + part[base], minlength=len(values) * len(PARTS))
        found[what] = pd.DataFrame(cells.reshape(-1, len(PARTS)), index=values, columns=list(PARTS))
    return found


def _rows(cohort: Cohort, attribute: str | None) -> pd.DataFrame:
    """The base of a cohort: each child's value, whether the cohort holds it, and what is counted of it."""
    column = BANDS[attribute][0] if attribute in BANDS else attribute
    names = ["weekly_cost_gbp", "severe_count", *({column} - {"weekly_cost_gbp", "severe_count", None})]
    frame = cohort.snapshot.frame[names].take(cohort.base).reset_index(drop=True)
    member = np.zeros(len(cohort.snapshot.frame), dtype=bool)
    member[cohort.chosen] = True
    severe = frame["severe_count"].to_numpy("float64", na_value=np.nan)
    return pd.DataFrame(
        {
            "value": "" if attribute is None else as_text(frame, attribute),
            "member": member[cohort.base],
            "children": True,
            "costed": frame["weekly_cost_gbp"].notna(),
            "assessed": ~np.isnan(severe),
            "without_severe": severe == 0,
            "with_severe": severe > 0,
        },
        index=frame.index,
    )


def _keys(
    first: Cohort, second: Cohort, rows: list[pd.DataFrame], groups: list[np.ndarray], values: int
) -> list[np.ndarray]:
    """A number for each row of the two bases, the same for the same child with the same value."""
    if first.snapshot is second.snapshot:
        return [first.base, second.base]
    ids = [cohort.snapshot.frame["child_id"].take(cohort.base) for cohort in (first, second)]
    children = pd.factorize(pd.concat(ids, ignore_index=True))[0]
    keys = np.unique(children * max(values, 1) + np.concatenate(groups), return_inverse=True)[1]
    return np.split(keys, [len(rows[0])])
