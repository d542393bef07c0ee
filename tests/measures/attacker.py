"""A reader who wants to know: what hidden counts can be, given all that is shown. Shares no code with the app."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog


def possible(
    counts: np.ndarray, hide: np.ndarray, sums: np.ndarray, may_be_none: bool = False
) -> list[tuple[int, int]]:
    """Fewest and most of each hidden count, in the order they stand.

    `counts` and `hide` are flat, totals among them; each row of `sums` is an equation, sums @ counts = 0. Who
    looks knows the shown counts, and that a shown 0 is a true zero: a hidden count is at least 1, unless it
    `may_be_none` (no cell is shown, so there may be zeros among them). The equations are those of a network, so the bounds are whole numbers.
    """
    assert not (sums @ counts).any(), "the test's own equations are wrong"
    unknown, known = sums[:, hide], -sums[:, ~hide] @ counts[~hide]
    fewest = 0 if may_be_none else 1
    found = []
    for place in range(hide.sum()):
        aim = np.eye(hide.sum())[place]
        ends = [
            linprog(sign * aim, A_eq=unknown, b_eq=known, bounds=(fewest, counts.sum()), method="highs")
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        found.append((round(ends[0].fun), round(-ends[1].fun)))
    return found


def list_sums(cells: int) -> np.ndarray:
    """The equation of a list whose total is its last entry."""
    return np.array([[1] * cells + [-1]])


def table_sums(rows: int, columns: int) -> np.ndarray:
    """The equations of a two-way table, its last row and last column being totals."""
    equations = []
    for row in range(rows):
        lines = np.zeros((rows, columns), dtype=int)
        lines[row] = [1] * (columns - 1) + [-1]
        equations.append(lines.ravel())
    for column in range(columns):
        lines = np.zeros((rows, columns), dtype=int)
        lines[:, column] = [1] * (rows - 1) + [-1]
        equations.append(lines.ravel())
    return np.array(equations)
