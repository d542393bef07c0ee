"""Where children stand by total need and weekly cost: the figure, its table and what of it may be shown.

Every number passes the gate; the margins add up the cells that are shown, so that no hidden cell follows from them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ui import charts, need_cost_picture, need_cost_words, presenting, reads, sentences, theme
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from ui.need_cost_limits import Limits
from ui.need_cost_picture import CHILDREN, Bands, cost_labels
from vcore.measures import need_against_cost
from vcore.measures.disclosure import HIDDEN
from vcore.measures.need_against_cost import known_children
from vcore.store import Cohort

NAME = "need-against-cost"
MEDIAN = "Median weekly cost"
STILL = "Heatmap of children by total need and weekly cost, with the median cost of each band of need."


def heatmap(cohort: Cohort, limits: Limits, gate: Gate) -> Figure:
    """Children by total need and weekly cost, the median of each band of need, and the reader's box."""
    counts, hidden = _told(cohort, gate)
    medians = _medians(cohort, gate)
    needs = cohort.snapshot.needs
    bands = Bands(need_against_cost.need_bands(needs), needs.highest_total)
    subtitle = f"Children with a cost and an assessment · {_who(cohort, gate)}"
    if not counts.any():
        return charts.quiet(NAME, "Children by total need and weekly cost", subtitle)
    title = need_cost_words.heatmap_title(bands.need_labels, medians)
    margins = not presenting.on()
    table, units = _table(bands, counts, hidden, medians)
    return Figure(
        name=NAME,
        title=title,
        subtitle=f"Line: median cost · outlined: lower need, higher cost · {theme.date_words(cohort.as_of)}",
        chart=need_cost_picture.drawn(bands, counts, hidden, medians, limits, margins=margins),
        table=table,
        alt=f"{STILL} {title}.",
        still_alt=STILL,
        note="Bars at the edges add up the cells that are shown." if margins and not gate.sees_small else "",
        units=units,
    )


def _who(cohort: Cohort, gate: Gate) -> str:
    return f"{sentences.children(len(cohort), gate, len(cohort.base))} · {theme.date_words(cohort.as_of)}"


def _told(cohort: Cohort, gate: Gate) -> tuple[np.ndarray, np.ndarray]:
    """Bands of need × bands of cost: the counts that are shown, 0 where hidden, and which are hidden.

    The base's other children count too: what is left of a cell by these filters could be worked out.
    """
    counts = reads.measured(_cells, cohort)
    base = reads.measured(_cells, cohort.whole_base)
    if not gate.counts(int(counts.sum()), int(base.sum())):
        return np.zeros_like(counts), np.ones(counts.shape, dtype=bool)
    flat = pd.DataFrame({"children": counts.ravel()})
    told = gate.table(flat, "children", [], (base - counts).ravel().tolist())["children"]
    hidden = (told == HIDDEN).to_numpy(dtype=bool).reshape(counts.shape)
    return np.where(hidden, 0, counts), hidden


def _medians(cohort: Cohort, gate: Gate) -> list[object]:
    """Each band's median, £ a week; "c" where hidden and NaN where there are too few children for one."""
    found, base = (reads.measured(_median_cost, group) for group in (cohort, cohort.whole_base))
    columns = (base["children"], found["children"], found["median_weekly_gbp"], found["top_provider_share"])
    return [
        HIDDEN if n > 0 and not (gate.averages(n, of) and gate.price("", [top]) != HIDDEN) else float(median)
        for of, n, median, top in zip(*columns, strict=True)
    ]


def _cells(cohort: Cohort) -> np.ndarray:
    return need_against_cost.cells(reads.measured(known_children, cohort))


def _median_cost(cohort: Cohort) -> pd.DataFrame:
    return need_against_cost.median_cost(reads.measured(known_children, cohort))


def _table(
    bands: Bands, counts: np.ndarray, hidden: np.ndarray, medians: list[object]
) -> tuple[pd.DataFrame, dict[str, Unit]]:
    costs = cost_labels()
    total = f"{CHILDREN} in cells shown" if hidden.any() else CHILDREN
    head = pd.DataFrame({"Total need": bands.need_labels, total: counts.sum(axis=1), MEDIAN: medians})
    cells = pd.DataFrame(counts, columns=costs).astype("object").mask(hidden, HIDDEN)
    units: dict[str, Unit] = {total: "children", MEDIAN: "gbp", **dict.fromkeys(costs, "children")}
    return pd.concat([head, cells], axis="columns"), units
