"""Two cohorts side by side, and beside their base: what their totals and tables would tell of the few between."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vcore.facts.assumptions import value
from vcore.measures.disclosure.lists import by_group, hidden_and_thin


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
            hidden_and_thin(part, rest) if within is None else by_group(hidden_and_thin, part, rest, within)
        )
        hide, thin = hide | found[0], thin | found[1]
    return hide, thin
