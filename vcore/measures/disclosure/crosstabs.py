"""Two-way tables with their totals: what to hide so that no hidden count follows from the rest.

The reader is taken to know every shown cell and total, and that a shown 0 is a true zero, so that a hidden
count is at least 1. What follows from that is exact: a table's hidden cells are the edges of a network
between its rows and columns, and a cell can be more or less than it is precisely where it lies on a cycle
around which a child can be moved. A cell that lies on none is pinned, and the cheapest cycle is hidden too.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from vcore.measures.disclosure.thresholds import is_small

Cell = tuple[int, int]


def with_totals(counts: np.ndarray) -> np.ndarray:
    """The table with a last row and a last column of totals."""
    with_row = np.vstack([counts, counts.sum(axis=0)])
    return np.column_stack([with_row, with_row.sum(axis=1)])


def hidden_table(counts: np.ndarray) -> np.ndarray:
    """Which cells of a two-way table to hide when its totals are shown beside it. True = hide.

    `counts` is rows × columns of whole numbers; the answer has one row and one column more, for the totals.
    Small counts are hidden, and small totals; then the smallest others, until in each line with a shown total
    the hidden cells number two or more and add up to no small number, and no hidden cell has one possible
    value only. A total is hidden rather than a cell pinned. Zeros are shown, unless nothing may be: where
    even that would not do, all is True, the grand total too.
    """
    table = with_totals(np.asarray(counts, dtype="int64"))
    hide = np.vectorize(is_small, otypes=[bool])(table)
    done = False
    while not done:
        added = [_released(table, hide, (row, column)) for row, column in np.argwhere(hide)]
        if hide[-1, -1]:
            return np.ones_like(hide)
        done = not any([*added, _filled_lines(table, hide)])
    return hide


def _filled_lines(table: np.ndarray, hide: np.ndarray) -> bool:
    """Hides one more cell, the smallest, where those of a line add up to a small number; whether any was."""
    filled = False
    for cells, hidden in (*zip(table, hide, strict=True), *zip(table.T, hide.T, strict=True)):
        parts, inside = cells[:-1], hidden[:-1]  # views: what is set here is set in `hide`
        others = np.flatnonzero(~inside & (parts > 0))
        if is_small(int(parts[inside].sum())) and not hidden[-1] and len(others):
            inside[others[parts[others].argmin()]] = True
            filled = True
    return filled


def _released(table: np.ndarray, hide: np.ndarray, cell: Cell) -> bool:
    """Hides what it takes for a cell to have more than one possible value; whether that was anything."""
    cycles = [found for up in (True, False) if (found := _cheapest_cycle(table, hide, cell, up)) is not None]
    if not cycles:
        hide[-1, -1] = True
        return True
    new = [found for found in min(cycles)[1] if not hide[found]]
    for found in new:
        hide[found] = True
    return bool(new)


def _cheapest_cycle(
    table: np.ndarray, hide: np.ndarray, cell: Cell, up: bool
) -> tuple[int, list[Cell]] | None:
    """The cells around which one child can be moved into (`up`) or out of a hidden cell: (cost, cells).

    Costs nothing through hidden cells, else what the cells count. None where there is no such way.
    """
    if not _may_change(table, cell, up):
        return None
    rows, columns = table.shape
    row, column = cell[0], rows + cell[1]  # nodes; a step from a row adds to a cell, one from a column takes
    start, end = (column, row) if up else (row, column)
    queue: list[tuple[int, int, list[Cell]]] = [(0, start, [])]
    seen: set[int] = set()
    while queue:
        cost, node, way = heappop(queue)
        if node == end:
            return cost, way
        if node in seen:
            continue
        seen.add(node)
        from_row = node < rows
        for other in range(rows, rows + columns) if from_row else range(rows):
            step = (node, other - rows) if from_row else (other, node - rows)
            price = 0 if hide[step] else _price(table, step)
            if step != cell and price is not None and table[step] and _may_change(table, step, from_row):
                heappush(queue, (cost + price, other, [*way, step]))
    return None


def _may_change(table: np.ndarray, cell: Cell, more: bool) -> bool:
    """Whether a cell's part in its lines can grow (`more`) or shrink by one and still count a child.

    A total's part is the opposite of its count, but for the grand total: it takes away what the cells add.
    """
    is_total = (cell[0] == len(table) - 1) != (cell[1] == table.shape[1] - 1)
    return (more != is_total) or bool(table[cell] > 1)


def _price(table: np.ndarray, cell: Cell) -> int | None:
    """What it costs to hide a cell: the children in it, any total more than any cell, the grand total never."""
    last = (len(table) - 1, table.shape[1] - 1)
    if cell == last:
        return None
    is_total = cell[0] == last[0] or cell[1] == last[1]
    return int(table[cell]) + (int(table[last]) if is_total else 0)
