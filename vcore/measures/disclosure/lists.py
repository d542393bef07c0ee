"""One-way tables and running totals: what to hide so that nothing follows from the total.

The reader is taken to know the total, every cell that is shown, and that a shown 0 is a true zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from vcore.facts.assumptions import value
from vcore.measures.disclosure.thresholds import is_small


def hidden_cells(counts: Sequence[int] | np.ndarray, within: Sequence[str] | None = None) -> np.ndarray:
    """Which cells of a one-way table to hide, when its total is shown. True = hide.

    Small counts are hidden; if that is a single cell, or the hidden cells add up to a small number, or each of
    them can only be 1, the smallest other non-zero cells join them until none of that is so. Where all of
    them are hidden and each can still only be 1, the zeros go too. `within` names the larger group each cell
    is part of, where readers see those groups' counts too: then the same holds in each group.
    """
    cells = np.asarray(counts)
    if within is not None:
        return by_group(lambda own, _: hidden_cells(own)[None], cells, np.zeros_like(cells), within)[0]
    hide = np.array([is_small(int(count)) for count in cells], dtype=bool)
    others = [index for index in np.argsort(cells, kind="stable") if not hide[index] and cells[index] > 0]
    while hide.any() and others and _gives_away(cells[hide]):
        hide[others.pop(0)] = True
    only_ones = hide.any() and cells[hide].sum() == hide.sum() and not is_small(int(cells.sum()))
    return np.ones_like(hide) if only_ones else hide


def _gives_away(hidden: np.ndarray) -> bool:
    """Whether hidden counts follow from their sum, or are too few together: each of them is at least 1."""
    return len(hidden) < 2 or hidden.sum() == len(hidden) or is_small(int(hidden.sum()))


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


def hidden_rows(
    counts: np.ndarray, rest: Sequence[int] | None = None, within: Sequence[str] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Which rows of a table to hide: their counts, and their amounts. True = hide.

    Rows with fewer children than a mean needs keep their count but lose their amounts. `rest` is how many of the
    base each row leaves out: where that is small, a reader who knows the base could work it out, so the row
    is hidden too. `within` as in `hidden_cells`.
    """
    left_out = np.zeros(len(counts)) if rest is None else np.asarray(rest)
    if within is None:
        hide, thin = hidden_and_thin(counts, left_out)
    else:
        hide, thin = by_group(hidden_and_thin, counts, left_out, within)
    return hide, thin


def hidden_and_thin(counts: np.ndarray, left_out: np.ndarray) -> np.ndarray:
    """Two rows of flags a table's row: whether its count is hidden, and whether its amounts are."""
    hide = hidden_cells(counts) | hidden_cells(left_out)
    fewest = value("smallest_n_for_mean")
    thin = hide | ((counts > 0) & (counts < fewest)) | ((left_out > 0) & (left_out < fewest))
    others = [i for i in np.argsort(counts, kind="stable") if not thin[i] and counts[i] > 0]
    while thin.any() and others and (thin.sum() < 2 or counts[thin].sum() < fewest):
        thin[others.pop(0)] = True  # else what is missing could be worked out from the total
    flags = np.stack([hide, thin])
    if not left_out.any():
        return flags
    # what the base hides is hidden here too: else both parts of it would be shown, and they add up to it
    return flags | hidden_and_thin(counts + left_out, np.zeros_like(left_out))


def by_group(
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
