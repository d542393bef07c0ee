"""Two cohorts side by side: how many, what they cost, what they need, each with the children behind it.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ui import charts, reads, spend, theme
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from vcore.measures import needs
from vcore.measures.composition import mean
from vcore.measures.disclosure import HIDDEN
from vcore.measures.overlap import overlap
from vcore.store import Cohort

MINE = "These children"
COST, NEED, CALM = "Mean weekly cost", "Mean total need", "No severe need"
UNITS: dict[str, Unit] = {
    "Children": "children",
    "With a cost": "children",
    "Weekly cost": "gbp",
    COST: "gbp",
    "Assessed": "children",
    NEED: "points",
    CALM: "share",
}
NOBODY_ELSE = "These are all children: choose filters, or something else to compare them with."


def draw(cohort: Cohort, comparison: Comparison, gate: Gate) -> None:
    """The finding, the table with the difference, and its file."""
    if not len(comparison.cohort):
        st.markdown(NOBODY_ELSE)
        return
    found = reads.measured(figure, cohort, comparison, gate)
    charts.head(found, level=2)
    st.table(with_difference(found), hide_index=True, border="horizontal")
    charts.offer_file(partial(figure, cohort, comparison), sees_small=gate.sees_small, shown=found)


def figure(cohort: Cohort, comparison: Comparison, gate: Gate) -> Figure:
    """The two cohorts, a row each. A table without a picture: the columns have nothing in common to draw."""
    words, other = comparison
    calm = _may_tell_severe(cohort, other, gate)
    rows = [_row(MINE, cohort, gate, calm), _row(words[0].upper() + words[1:], other, gate, calm)]
    table = pd.DataFrame(rows)
    title = _title(words, *rows)
    return Figure(
        name="side-by-side",
        title=title,
        subtitle=f"These children and {words} · {_dates(cohort, other)}",
        chart={},
        table=table,
        alt=f"Table of these children and {words}. {title}.",
        units=UNITS,
    )


def with_difference(found: Figure) -> pd.DataFrame:
    """The table as a reader sees it, with a last row of what the first cohort has more or less of."""
    first, second = (row for _, row in found.table.iterrows())
    last: dict[str, str] = {"Cohort": "Difference"}
    for name, unit in UNITS.items():
        a, b = first[name], second[name]
        last[name] = _more(float(a) - float(b), unit) if _known(a) and _known(b) else _unknown(a, b)
    return pd.concat([found.words, pd.DataFrame([last])], ignore_index=True)


def _known(cell: Any) -> bool:
    return not isinstance(cell, str) and not pd.isna(cell)


def _unknown(*cells: Any) -> str:
    return HIDDEN if HIDDEN in cells else theme.NOT_AVAILABLE


def _more(more: float, unit: Unit) -> str:
    words = {
        "children": theme.number(more),
        "gbp": theme.money_full(more),
        "share": f"{theme.number(more * 100)} points",
        "points": theme.number(more, places=1),
    }[unit]
    return words if words.startswith(theme.MINUS) or more <= 0 else f"+{words}"


def _row(name: str, cohort: Cohort, gate: Gate, tell_severe: bool) -> dict[str, Any]:
    complete, base = (spend.completeness(group) for group in (cohort, cohort.whole_base))
    cost, need = reads.measured(_means, cohort)
    few, assessed = reads.measured(needs.without_severe, cohort, None)

    def amount(value: float, n: int, of: int) -> Any:
        return float("nan") if n == 0 else value if gate.averages(n, of) else HIDDEN

    def number(n: int, of: int) -> Any:
        return n if gate.counts(n, of) else HIDDEN

    def paid(value: float) -> Any:
        told = amount(value, complete.costed, base.costed)
        return told if pd.isna(told) else HIDDEN if gate.price("", shares) == HIDDEN else told

    shares = spend.cost_shares(cohort, gate)
    may_tell = tell_severe and gate.counts(few, assessed)
    calm = float("nan") if assessed == 0 else amount(few / assessed, assessed, base.assessed)
    return {
        "Cohort": name,
        "Children": number(len(cohort), len(cohort.base)),
        "With a cost": number(complete.costed, base.costed),
        "Weekly cost": paid(spend.sizes(cohort).weekly_gbp),
        COST: paid(cost),
        "Assessed": number(complete.assessed, base.assessed),
        NEED: amount(need, complete.assessed, base.assessed),
        CALM: calm if may_tell or assessed == 0 else HIDDEN,
    }


def _may_tell_severe(cohort: Cohort, other: Cohort, gate: Gate) -> bool:
    """Whether the children without and with a severe need are nowhere a few, in either, both or neither."""
    if gate.sees_small:
        return True
    laid_over = reads.measured(overlap, cohort, other)
    return all(
        gate.counts(n) for what in ("without_severe", "with_severe") for n in laid_over[what].sum().tolist()
    )


def _title(words: str, first: dict[str, Any], second: dict[str, Any]) -> str:
    """Cost and need of the first beside the second's; quiet where either is hidden or not available."""
    said = []
    for name, unit, what in ((COST, "gbp", "a week each"), (NEED, "points", "points of need")):
        a, b = first[name], second[name]
        if not (_known(a) and _known(b)):
            continue
        more = a - b
        size = theme.money_full(abs(more)) if unit == "gbp" else theme.number(abs(more), places=1)
        said.append(f"{size} {'more' if more >= 0 else 'less'} {what}")
    if not said:
        return f"These children and {words}"
    joined = " and ".join(said)
    return f"{joined[0].upper()}{joined[1:]}"


def _dates(cohort: Cohort, other: Cohort) -> str:
    days = dict.fromkeys(theme.date_words(day) for day in (cohort.as_of, other.as_of))
    return " and ".join(days)


def _means(cohort: Cohort) -> tuple[float, float]:
    return mean(cohort, "weekly_cost_gbp"), mean(cohort, "need_total")
