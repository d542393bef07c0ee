"""Two cohorts laid over each other: how many children are in one, in the other, in both and in neither.

Disclosure asks this before figures of both may stand side by side. Counts only: no child leaves this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from vcore.store import Cohort

PARTS = ("neither", "first_only", "second_only", "both")
Flags = Callable[[Cohort], Mapping[str, np.ndarray]]


def counted(cohort: Cohort) -> dict[str, np.ndarray]:
    """Who of a cohort's children is counted as what: all of them, those with a cost, with an assessment, and the
    assessed without and with a severe need."""
    severe = cohort.numbers("severe_count")
    return {
        "children": np.ones(len(cohort), dtype=bool),
        "costed": ~np.isnan(cohort.numbers("weekly_cost_gbp")),
        "assessed": ~np.isnan(severe),
        "without_severe": severe == 0,
        "with_severe": severe > 0,
    }


def overlap(
    first: Cohort, second: Cohort, attribute: str | None = None, flags: Flags = counted
) -> Mapping[str, pd.DataFrame]:
    """Children of both bases by where they are, for each thing that `flags` says of them.

    One row a value of the attribute (one in all without), a column each of `PARTS`. Cohorts of two dates are
    told apart by child: who has another value at the other date is in one part there and in another here.
    """
    members, sides = zip(
        *((_member(cohort), flags(cohort.whole_base)) for cohort in (first, second)), strict=True
    )
    groups, values = _groups(first, second, attribute)
    if _same_children(first, second):
        part = members[0] + 2 * members[1]
        cell = groups[0] * len(PARTS) + part
        return {what: _table(cell[counts], values) for what, counts in sides[0].items()}
    keys = _keys(first, second, groups, len(values))
    size = max((int(key.max()) + 1 for key in keys if len(key)), default=0)
    group_of = np.zeros(size, dtype="int64")
    for key, group in zip(keys, groups, strict=True):
        group_of[key] = group
    found = {}
    for what in sides[0]:
        base, part = np.zeros(size, dtype=bool), np.zeros(size, dtype="int64")
        for weight, key, member, side in zip((1, 2), keys, members, sides, strict=True):
            base[key[side[what]]] = True
            part[key[side[what] & member]] += weight
        found[what] = _table(group_of[base] * len(PARTS) + part[base], values)
    return found


def _table(cell: np.ndarray, values: pd.Index) -> pd.DataFrame:
    counts = np.bincount(cell, minlength=len(values) * len(PARTS))
    return pd.DataFrame(counts.reshape(-1, len(PARTS)), index=values, columns=list(PARTS))


def cut_up(first: Cohort, second: Cohort) -> tuple[Cohort, ...]:
    """The cohorts that two make of their base: who is only in the first, only in the second, in both, in neither.

    Those of nobody are left out. Cohorts of two dates are told apart by child, and cut up each on its own date.
    """
    sides = ((first, second),) if first.snapshot is second.snapshot else ((first, second), (second, first))
    found: list[Cohort] = []
    for own, other in sides:
        member, theirs = (np.zeros(len(own.snapshot.frame), dtype=bool) for _ in range(2))
        member[own.chosen] = True
        if own.snapshot is other.snapshot:
            theirs[other.chosen] = True
        else:
            theirs[:] = np.isin(own.snapshot.places_in(other.snapshot), other.chosen)
        for mine in (True, False):
            for both in (True, False):
                part = own.base[(member == mine)[own.base] & (theirs == both)[own.base]]
                found.append(_known(part, own, other))
    return tuple(part for part in found if len(part))


def _known(part: np.ndarray, own: Cohort, other: Cohort) -> Cohort:
    """The cohort of a part: one of the two where it is all of it, for what is measured about it already."""
    for cohort in (own, other):
        if cohort.snapshot is own.snapshot and np.array_equal(cohort.chosen, part):
            return cohort
    return Cohort(own.filter, own.snapshot, own.base, part)


def _member(cohort: Cohort) -> np.ndarray:
    """Of each child of a cohort's base, whether the cohort holds it."""
    held = np.zeros(len(cohort.snapshot.frame), dtype=bool)
    held[cohort.chosen] = True
    return held[cohort.base]


def _groups(first: Cohort, second: Cohort, attribute: str | None) -> tuple[list[np.ndarray], pd.Index]:
    """The place of each child's value among all values, for both bases; and the values."""
    cohorts = (first, second)
    if attribute is None:
        return [np.zeros(len(cohort.base), dtype="int64") for cohort in cohorts], pd.Index([""])
    sides = [cohort.whole_base.groups(attribute) for cohort in cohorts]
    values = pd.Index(sorted({value for side in sides for value in side.values}), dtype="str")
    return [values.get_indexer(pd.Index(side.values, dtype="str"))[side.place] for side in sides], values


def _same_children(first: Cohort, second: Cohort) -> bool:
    return first.snapshot is second.snapshot and np.array_equal(first.base, second.base)


def _keys(first: Cohort, second: Cohort, groups: list[np.ndarray], values: int) -> list[np.ndarray]:
    """A number for each row of the two bases, the same for the same child with the same value."""
    if first.snapshot is second.snapshot:
        return [first.base, second.base]
    there = first.snapshot.places_in(second.snapshot)
    left = len(second.snapshot.frame) + first.snapshot.everyone  # of who is not in care at the second's date
    children = np.concatenate([np.where(there >= 0, there, left)[first.base], second.base])
    keys = np.unique(children * max(values, 1) + np.concatenate(groups), return_inverse=True)[1]
    return np.split(keys, [len(first.base)])
