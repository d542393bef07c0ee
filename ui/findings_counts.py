"""The report's charts of counts: prices, severe needs, and groups over settings, ages and sexes.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ui import bars, sentences, theme
from ui import findings_shapes as shapes
from ui.disclosure import TOTAL, Gate
from ui.figure import Figure, Unit
from ui.findings_names import described, key_of, lowered, quiet, still
from vcore.facts.bands import AGE_BANDS
from vcore.measures.disclosure import HIDDEN
from vcore.measures.findings import profiles
from vcore.store import Cohort

OLDEST = list(AGE_BANDS)[-1]


def prices(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """How many placements cost how much a week."""
    found, everyone = profiles.price_bands(cohort), profiles.price_bands(base)
    return _counts(number, "Price a week", found, everyone, gate, cohort, "placements", _a_week)


def severe(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """How many severe needs children in residential have."""
    found, everyone = profiles.severe_counts(cohort), profiles.severe_counts(base)
    return _counts(
        number, "Severe needs", found, everyone, gate, cohort, "children in residential", _severe_needs
    )


def _a_week(band: str) -> str:
    return lowered(band) if band == profiles.NOT_COSTED else f"{lowered(band)} a week"


def _severe_needs(step: str) -> str:
    return {"0": "no severe need", "1": "1 severe need"}.get(step, f"{step} severe needs")


def _counts(
    number: str,
    label: str,
    found: pd.DataFrame,
    everyone: pd.DataFrame,
    gate: Gate,
    cohort: Cohort,
    whom: str,
    ending: Callable[[str], str],
) -> Figure:
    """How many children fall in each step of something, as bars."""
    n = int(found["children"].sum())
    if not n or not gate.averages(n):
        return quiet(number, cohort, gate)
    first = found.columns[0]
    rest = (everyone["children"] - found["children"]).tolist()
    told = gate.table(found.assign(share=found["children"] / n), "children", ["share"], rest)
    words = [cell if isinstance(cell, str) else theme.number(cell) for cell in told["children"]]
    values = [0 if isinstance(cell, str) else cell for cell in told["children"]]
    most = max(range(len(values)), key=lambda place: values[place])
    title = f"{theme.percent(values[most] / n)} of {whom}: {ending(str(found[first][most]))}"
    return Figure(
        key_of(number),
        title,
        f"Children by {label.lower()} · {theme.count(n, 'child', 'children')} · {theme.date_words(cohort.as_of)}",
        shapes.bars(list(found[first]), values, words),
        pd.DataFrame({label: list(found[first]), "Children": told["children"], "Share": told["share"]}),
        described(number, title),
        still_alt=still(number),
        units={"Children": "children", "Share": "share"},
    )


def crossed(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """Shares of each group over settings (disability), ages or sexes (ethnicity)."""
    counts = profiles.crossed(cohort, number)
    counts = counts.loc[counts.sum(axis=1) > 0, counts.sum(axis=0) > 0]
    whole = profiles.crossed(base, number).reindex(index=counts.index, columns=counts.columns)
    told = gate.crosstab(counts).mask(gate.crosstab(whole - counts) == HIDDEN, HIDDEN)
    totals = list(told.loc[counts.index, TOTAL])
    shares = [
        [_share(cell, total, gate) for cell in told.loc[row, counts.columns]]
        for row, total in zip(counts.index, totals, strict=True)
    ]
    rows, columns = [str(row) for row in counts.index], [str(column) for column in counts.columns]
    if not any(isinstance(cell, float) for line in shares for cell in line):
        return quiet(number, cohort, gate)
    title = _share_of_most(rows, columns, shares, OLDEST if number == "20" else "Boys")
    if number == "18" and len(rows) > 1:
        chart = bars.paired(columns, (rows[0], shares[0]), (rows[1], shares[1]))
        title = _in_residential(columns, shares) or "Where disabled children and others live"
    else:
        chart = shapes.grid(rows, columns, shares, theme.percent)
    units: dict[str, Unit] = {"Children": "children", **dict.fromkeys(columns, "share")}
    who = sentences.children(len(cohort), gate, len(cohort.base))
    return Figure(
        key_of(number),
        title,
        f"Share of each group · {who} · {theme.date_words(cohort.as_of)}",
        chart,
        pd.DataFrame(
            {"Group": rows, "Children": totals}
            | {name: [line[place] for line in shares] for place, name in enumerate(columns)}
        ),
        described(number, title),
        still_alt=still(number),
        note="Differences may reflect recording, access or age mix.",
        units=units,
    )


def _share_of_most(rows: list[str], columns: list[str], shares: list[list[float | str]], column: str) -> str:
    """The group with the largest share in a column, such as "Boys: 70% in group Other, 54% in group White"."""
    if column not in columns:
        return "Shares of each group"
    found = {
        row: cell
        for row, line in zip(rows, shares, strict=True)
        if row != "Not known" and isinstance(cell := line[columns.index(column)], float)
    }
    if not found:
        return "Shares of each group"
    top = max(found, key=lambda row: found[row])
    rest = f", {theme.percent(found['White'])} in group White" if "White" in found and top != "White" else ""
    return f"{column}: {theme.percent(found[top])} in group {top}{rest}"


def _in_residential(columns: list[str], shares: list[list[float | str]]) -> str:
    """The title of where disabled children live; empty where that may not be told."""
    if "Residential" not in columns:
        return ""
    one, other = (line[columns.index("Residential")] for line in shares[:2])
    if isinstance(one, str) or isinstance(other, str):
        return ""
    return f"In residential: {theme.percent(one)} of disabled children, {theme.percent(other)} of others"


def _share(cell: object, total: object, gate: Gate) -> float | str:
    if isinstance(cell, str) or isinstance(total, str) or not gate.averages(int(str(total))):
        return HIDDEN
    return int(str(cell)) / int(str(total))
