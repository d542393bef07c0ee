"""Small numbers: what may be shown to whom, so that no child can be picked out.

Counts from 1 to 5 are hidden; true zeros are shown; where one cell of a table is hidden a second always is,
so that it cannot be worked out from the total. Means, costs and shares need a fewest number of children.
"Hidden" is its own value, different from missing and from 0. Source: DfE practice for looked-after tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value

HIDDEN: Final = "c"
ROUNDED_TO = 5
MONEY_ROUNDED_TO = 100


def is_small(count: int) -> bool:
    """Whether a count is above 0 and small enough to point at a child."""
    return 0 < count <= value("small_count")


def may_show(children: int, base_children: int | None = None) -> bool:
    """Whether a cohort's size may be shown: neither it nor what is left of its base is a small number."""
    rest = 0 if base_children is None else base_children - children
    return not is_small(children) and not is_small(rest)


def may_average(children: int, base_children: int | None = None) -> bool:
    """Whether a mean, a cost or a share over this many children may be shown.

    With a base, what is left of it must be large enough too: else the difference gives it away.
    """
    fewest = value("smallest_n_for_mean")
    rest = 0 if base_children is None else base_children - children
    return children >= fewest and (rest == 0 or rest >= fewest)


def leaves_enough(part: Sequence[int], whole: Sequence[int]) -> bool:
    """Whether a cohort's figures may stand beside those of its base: it leaves out nobody, or enough children.

    Both count the same things in the same order, such as children, costed and assessed ones. Of all but three,
    every total is the base's less those three, so hiding single figures would not do.
    """
    fewest = value("smallest_n_for_mean")
    return all(n == 0 or base == n or base - n >= fewest for n, base in zip(part, whole, strict=True))


def may_stand_beside(parts: Sequence[int]) -> bool:
    """Whether figures of two cohorts may be told side by side, and beside those of their base.

    `parts` counts what only the one holds, only the other, both and neither: each must be nobody or enough
    children for a mean. Then no sum or difference of their totals is about fewer.
    """
    fewest = value("smallest_n_for_mean")
    return all(n == 0 or n >= fewest for n in parts)


def hidden_beside(parts: np.ndarray, within: Sequence[str] | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Which rows of a table of two cohorts to hide: their counts, and their amounts. True = hide.

    `parts` has a row each of the table's and a column each of what `may_stand_beside` counts; each column is
    hidden as if it were told by itself, beside the rest of its row. `within` as in `hidden_cells`.
    """
    hide, thin = np.zeros((2, len(parts)), dtype=bool)
    for part in parts.T:
        rest = parts.sum(axis=1) - part
        found = (
            _hidden_and_thin(part, rest)
            if within is None
            else _by_group(_hidden_and_thin, part, rest, within)
        )
        hide, thin = hide | found[0], thin | found[1]
    return hide, thin


def hidden_cells(counts: Sequence[int] | np.ndarray, within: Sequence[str] | None = None) -> np.ndarray:
    """Which cells of a one-way table to hide, when its total is shown. True = hide.

    Small counts are hidden; if that is a single cell, or the hidden cells add up to a small number, the
    smallest other non-zero cells join them until neither is so. `within` names the larger group each cell is
    part of, where readers see those groups' counts too: then the same holds in each group.
    """
    cells = np.asarray(counts)
    if within is not None:
        return _by_group(lambda own, _: hidden_cells(own)[None], cells, np.zeros_like(cells), within)[0]
    hide = np.array([is_small(int(count)) for count in cells], dtype=bool)
    others = [index for index in np.argsort(cells, kind="stable") if not hide[index] and cells[index] > 0]
    while hide.any() and others and (hide.sum() < 2 or is_small(int(cells[hide].sum()))):
        hide[others.pop(0)] = True
    return hide


def shown_steps(counts: Sequence[int] | np.ndarray, first: Sequence[int] = ()) -> np.ndarray:
    """Which points of a running total to show, given how many children each one covers (rising, to the total).

    True = show. Between one shown point and the next, and before the end, there are always enough children
    for a mean, so that no few children's amounts can be worked out from the difference. Points that cover as
    many as `first` says are chosen before the others, in that order: those that the reader is told of elsewhere.
    """
    cells, fewest = np.asarray(counts), value("smallest_n_for_mean")
    told = {0, *cells[-1:].tolist()}
    for count in (*(n for n in first if n in cells), *cells.tolist()):
        if all(abs(count - other) >= fewest for other in told):
            told.add(count)
    return np.isin(cells, list(told))


def suppressed(
    table: pd.DataFrame,
    count: str,
    values: Sequence[str],
    rest: Sequence[int] | None = None,
    within: Sequence[str] | None = None,
) -> pd.DataFrame:
    """The table with small rows hidden: `count` and `values` empty, and a `hidden` column saying which.

    Rows with fewer children than a mean needs keep their count but lose `values`. `rest` is how many of the
    base each row leaves out: where that is small, a reader who knows the base could work it out, so the row
    is hidden too. `within` as in `hidden_cells`.
    """
    counts, left_out = table[count].to_numpy(), np.zeros(len(table)) if rest is None else np.asarray(rest)
    if within is None:
        hide, thin = _hidden_and_thin(counts, left_out)
    else:
        hide, thin = _by_group(_hidden_and_thin, counts, left_out, within)
    shown = table.assign(hidden=hide)
    shown[count] = pd.array(counts, dtype="Int64")
    shown.loc[hide, count] = pd.NA
    for name in values:
        shown[name] = shown[name].astype("float64")
        shown.loc[thin, name] = np.nan
    return shown


def _hidden_and_thin(counts: np.ndarray, left_out: np.ndarray) -> np.ndarray:
    """Two rows of flags a table's row: whether its count is hidden, and whether its amounts are."""
    hide = hidden_cells(counts) | hidden_cells(left_out)
    fewest = value("smallest_n_for_mean")
    thin = hide | ((counts > 0) & (counts < fewest)) | ((left_out > 0) & (left_out < fewest))
    others = [i for i in np.argsort(counts, kind="stable") if not thin[i] and counts[i] > 0]
    while thin.any() and others and (thin.sum() < 2 or counts[thin].sum() < fewest):
        thin[others.pop(0)] = True  # else what is missing could be worked out from the total
    return np.stack([hide, thin])


def _by_group(
    flag: Callable[[np.ndarray, np.ndarray], np.ndarray],
    counts: np.ndarray,
    left_out: np.ndarray,
    within: Sequence[str],
) -> np.ndarray:
    """The flags of each cell: all of a flagged group's cells are, else those the group's own table flags."""
    names, group = np.unique(np.asarray(within, dtype=object), return_inverse=True)
    totals = [np.bincount(group, weights=numbers, minlength=len(names)) for numbers in (counts, left_out)]
    flags = flag(*(total.astype("int64") for total in totals))[:, group] & ((counts > 0) | (left_out > 0))
    for place in range(len(names)):
        own = group == place
        flags[:, own] |= flag(counts[own], left_out[own])
    return flags


def rounded_count(count: float) -> int:
    """To the nearest 5, half up: what a role without child level may take away."""
    return int(np.floor(count / ROUNDED_TO + 0.5) * ROUNDED_TO)


def rounded_money(amount_gbp: float) -> float:
    """To the nearest £100, half up."""
    return float(np.floor(amount_gbp / MONEY_ROUNDED_TO + 0.5) * MONEY_ROUNDED_TO)
