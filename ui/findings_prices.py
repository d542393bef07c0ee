"""Cost beside need, as the report charts it: every child counted in bins, and homes of the council beside bought ones.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from ui import bars, need_cost_words, reads, theme
from ui import findings_shapes as shapes
from ui.disclosure import Gate
from ui.figure import Figure
from ui.findings_names import described, key_of, points, quiet, still
from vcore.facts.bands import WEEKLY_COST_BANDS_GBP
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.association import of_cohort
from vcore.measures.disclosure import HIDDEN
from vcore.measures.need_against_cost import by_provision, cells, known_children, need_bands
from vcore.store import Cohort

HOMES = {
    "4": ("in_house_residential", "private_residential"),
    "9": ("in_house_fostering", "independent_fostering"),
}
NEEDS_TOGETHER, COSTS_TOGETHER = 2, 3  # bands of the measure in one of the chart


def cost_and_need(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """Children in bins of weekly cost and total need: no dot a child."""
    own, everyone = (cells(reads.measured(known_children, some)) for some in (cohort, base))
    found = reads.measured(of_cohort, cohort)
    if not own.any():
        return quiet(number, cohort, gate)
    counts, whole = (_binned(matrix, cohort) for matrix in (own, everyone))
    told = gate.crosstab(counts).mask(gate.crosstab(whole - counts) == HIDDEN, HIDDEN)
    inside = told.loc[counts.index, counts.columns]
    shown = [[cell if isinstance(cell, str) else float(cell) for cell in line] for line in inside.to_numpy()]
    if not any(isinstance(cell, float) and cell > 0 for line in shown for cell in line):
        return quiet(number, cohort, gate)
    title = "Weekly cost against total need"
    if gate.averages(found.n) and not np.isnan(found.r):
        title = need_cost_words.headline(found)
    n = gate.count(found.n)
    return Figure(
        key_of(number),
        title,
        f"Children by weekly cost (down) and total need (across) · n {n} · {theme.date_words(cohort.as_of)}",
        shapes.grid(list(counts.index), list(counts.columns), shown, theme.number),
        told.reset_index(names="Weekly cost"),
        described(number, title),
        still_alt=still(number),
        units=dict.fromkeys(map(str, told.columns), "children"),
    )


def homes(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """Mean need beside mean cost in two kinds of home, each drawn on a scale of its own."""
    pair = HOMES[number]
    own, everyone = (
        by_provision(reads.measured(known_children, some))
        .set_index("setting_detail")
        .loc[list(pair)]
        .reset_index()
        for some in (cohort, base)
    )
    values = ["mean_need_total", "mean_weekly_gbp"]
    told = gate.table(own, "children", values, (everyone["children"] - own["children"]).tolist())
    labels = [DETAIL_LABELS[home] for home in pair]
    if any(isinstance(cell, str) or pd.isna(cell) for name in values for cell in told[name]):
        return quiet(number, cohort, gate)
    if gate.price("", own["top_provider_share"].tolist()) == HIDDEN:
        return quiet(number, cohort, gate)
    needs, costs = (own[name].tolist() for name in values)
    said = [*map(points, needs), *map(theme.money, costs)]
    title = f"Need {said[0]} and {said[1]}; cost {said[2]} and {said[3]}"
    sizes = " · ".join(
        f"{label} n {theme.number(n)}" for label, n in zip(labels, own["children"], strict=True)
    )
    return Figure(
        key_of(number),
        title,
        f"{sizes} · {theme.date_words(cohort.as_of)}",
        bars.paired(
            labels, ("Mean total need", needs), ("Mean weekly cost", costs), tell=(points, theme.money)
        ),
        pd.DataFrame(
            {
                "Home": labels,
                "Children": told["children"],
                "Mean total need": told[values[0]],
                "Mean weekly cost": told[values[1]],
            }
        ),
        described(number, title),
        still_alt=still(number),
        note="Need and cost are each drawn on a scale of their own. Children with a cost and an assessment.",
        units={"Children": "children", "Mean total need": "points", "Mean weekly cost": "gbp"},
    )


def _binned(matrix: np.ndarray, cohort: Cohort) -> pd.DataFrame:
    """The measure's bins, some put together: dearest first, need rising."""
    needs, costs = list(need_bands(cohort.snapshot.needs)), list(WEEKLY_COST_BANDS_GBP)
    by_need = np.add.reduceat(matrix, range(0, len(needs), NEEDS_TOGETHER), axis=0)
    both = np.add.reduceat(by_need, range(0, len(costs), COSTS_TOGETHER), axis=1)
    prices = [theme.money(gbp) for gbp in costs[::COSTS_TOGETHER]]
    between = [f"{low} to {high}" for low, high in pairwise(prices[1:])]
    rows = [f"under {prices[1]}", *between, f"{prices[-1]} and over"]
    starts = needs[::NEEDS_TOGETHER]
    ends = [*(f"{start - 1}" for start in starts[1:]), f"{cohort.snapshot.needs.highest_total}"]
    columns = [f"{start}–{end}" for start, end in zip(starts, ends, strict=True)]
    return pd.DataFrame(both.T, index=rows, columns=columns).iloc[::-1]
