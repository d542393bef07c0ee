"""Small numbers: what may be shown to whom, so that no child can be picked out.

Counts from 1 to 5 are hidden; true zeros are shown; where one cell of a table is hidden a second always is,
so that it cannot be worked out from the total. Means, costs and shares need a fewest number of children.
"Hidden" is its own value, different from missing and from 0. Source: DfE practice for looked-after tables.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def hidden_cells(counts: Sequence[int] | np.ndarray) -> np.ndarray:
    """Which cells of a one-way table to hide, when its total is shown. True = hide.

    Small counts are hidden; if that is a single cell, or the hidden cells add up to a small number, the
    smallest other non-zero cells join them until neither is so.
    """
    cells = np.asarray(counts)
    hide = np.array([is_small(int(count)) for count in cells], dtype=bool)
    others = [index for index in np.argsort(cells, kind="stable") if not hide[index] and cells[index] > 0]
    while hide.any() and others and (hide.sum() < 2 or is_small(int(cells[hide].sum()))):
        hide[others.pop(0)] = True
    return hide


def shown_steps(counts: Sequence[int] | np.ndarray) -> np.ndarray:
    """Which points of a running total to show, given how many children each one covers (rising, to the total).

    True = show. Between one shown point and the next, and before the end, there are always enough children
    for a mean, so that no few children's amounts can be worked out from the difference.
    """
    cells, fewest = np.asarray(counts), value("smallest_n_for_mean")
    show, last = np.zeros(len(cells), dtype=bool), 0
    for index, count in enumerate(cells):
        at_an_end = count in (0, cells[-1])
        if at_an_end or (count - last >= fewest and cells[-1] - count >= fewest):
            show[index], last = True, count
    return show


def suppressed(
    table: pd.DataFrame, count: str, values: Sequence[str], rest: Sequence[int] | None = None
) -> pd.DataFrame:
    """The table with small rows hidden: `count` and `values` empty, and a `hidden` column saying which.

    Rows with fewer children than a mean needs keep their count but lose `values`. `rest` is how many of the
    base each row leaves out: where that is small, a reader who knows the base could work it out, so the row
    is hidden too.
    """
    counts, left_out = table[count].to_numpy(), np.zeros(len(table)) if rest is None else np.asarray(rest)
    hide = hidden_cells(counts) | hidden_cells(left_out)
    fewest = value("smallest_n_for_mean")
    thin = hide | ((counts > 0) & (counts < fewest)) | ((left_out > 0) & (left_out < fewest))
    others = [i for i in np.argsort(counts, kind="stable") if not thin[i] and counts[i] > 0]
    while thin.any() and others and (thin.sum() < 2 or counts[thin].sum() < fewest):
        thin[others.pop(0)] = True  # else what is missing could be worked out from the total
    shown = table.assign(hidden=hide)
    shown[count] = pd.array(counts, dtype="Int64")
    shown.loc[hide, count] = pd.NA
    for name in values:
        shown[name] = shown[name].astype("float64")
        shown.loc[thin, name] = np.nan
    return shown


def rounded_count(count: float) -> int:
    """To the nearest 5, half up: what a role without child level may take away."""
    return int(np.floor(count / ROUNDED_TO + 0.5) * ROUNDED_TO)


def rounded_money(amount_gbp: float) -> float:
    """To the nearest £100, half up."""
    return float(np.floor(amount_gbp / MONEY_ROUNDED_TO + 0.5) * MONEY_ROUNDED_TO)
