"""Who we pay, for what need, with what result: the picture of Providers and its table.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui import charts, panels, reads, sentences, theme
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from ui.panels import Panel
from ui.provider_rows import told, told_beside
from vcore.measures.cost_model import CostModel
from vcore.measures.disclosure import HIDDEN
from vcore.measures.providers import Providers
from vcore.store import NOT_RECORDED, Cohort

AGAINST_NEED = "Against expected"
COLUMNS: dict[str, tuple[str, Unit | None]] = {  # as measured → as told, and its unit
    "children": ("Children", "children"),
    "weekly_gbp": ("Weekly cost", "gbp"),
    "share_of_spend": ("Share of spend", "share"),
    "mean_weekly_gbp": ("Mean price a week", "gbp"),
    "gap_gbp": (AGAINST_NEED, "gbp"),
    "price_rise": ("Price rise", "share"),
    "mean_need_total": ("Mean total need", "points"),
    "mean_need_change": ("Need change", "points"),
    "breakdowns": ("Breakdowns", "children"),
    "carer_requests": ("At the carer's request", "children"),
    "spot_share": ("Bought spot", "share"),
    "in_area_share": ("In area", "share"),
    "mean_miles": ("Mean miles", "points"),
}
BEING_WORKED_OUT = (
    "Price against what need would lead one to expect is being worked out. "
    "Come back to this page in a few seconds."
)
METRICS = (
    "provider_spend",
    "mean_need_total",
    "price_against_need",
    "need_change",
    "provider_breakdowns",
    "carer_requests",
    "price_rise",
    "spot_share",
    "in_area_and_distance",
    "free_places",
)
NOBODY = "No provider recorded"


def spend_and_need(
    cohort: Cohort,
    known: Providers,
    comparison: Comparison,
    known_there: Providers,
    model: CostModel | None,
    gate: Gate,
) -> Figure:
    """The largest providers, the others in one row, and who is no provider: spend beside need, results in the table.

    The share of the comparison is a line across each bar. A reader who may not see prices finds children in the
    place of spend.
    """
    n = sentences.children(len(cohort), gate, len(cohort.base))
    measure, name = (
        ("share_of_spend", "% of spend") if gate.sees_prices else ("share_of_children", "% of children")
    )
    who = f"{n} · {theme.date_words(cohort.as_of)}"
    if not (len(cohort) and gate.counts(len(cohort), len(cohort.base))):
        return charts.quiet("providers", "Providers, and the need of their children", who)
    few = reads.measured(told, cohort, known, model, gate).few
    beside = _shares_beside(few, cohort, known, comparison, known_there, measure, gate)
    few = few.rename(index={NOT_RECORDED: NOBODY})
    columns = {key: said for key, said in COLUMNS.items() if key != "gap_gbp" or model is not None}
    table = pd.DataFrame({"Provider": list(few.index)})
    for key, (label, _) in columns.items():
        table[label] = few[key].to_numpy()
    units: dict[str, Unit] = {label: unit for label, unit in columns.values() if unit is not None}
    if beside is not None:
        column = f"{name[2:].capitalize()}, {comparison.words}"
        table[column], units[column] = beside[1], "share"
    finding = _finding(few, measure, name)
    return Figure(
        name="providers",
        title=finding,
        subtitle=f"Share of {name[5:]} and mean total need by provider · {who}",
        chart=panels.side_by_side(
            list(few.index),
            Panel(name, list(few[measure]), theme.percent, "no cost recorded"),
            Panel("mean total need", list(few["mean_need_total"]), theme.number, "nobody assessed"),
            beside,
        ),
        table=table,
        alt=f"Bars by provider in two panels: {name}, and mean total need of its children. {finding}.",
        note="" if model is not None else BEING_WORKED_OUT,
        units=units,
    )


def _shares_beside(
    few: pd.DataFrame,
    cohort: Cohort,
    known: Providers,
    comparison: Comparison,
    known_there: Providers,
    measure: str,
    gate: Gate,
) -> tuple[str, list[Any]] | None:
    """What each row's providers take of the comparison; None where there is nobody or it may not be told."""
    words, other = comparison
    there = reads.measured(told_beside, cohort, known, other, known_there, gate) if len(other) else None
    if there is None or there.empty:
        return None
    one_each = there[measure].reindex(few.index)
    gone = [name for name in few.index if name not in there.index]
    one_each[gone] = 0.0  # nobody there lives with them
    outside = there.index[there["is_outside"].astype(bool)]
    others = there.loc[[name for name in outside if name not in few.index], measure]
    for name in set(few.index) - set(known.names):  # the row of all other providers
        one_each[name] = HIDDEN if (others == HIDDEN).any() else float(others.sum())
    return words, list(one_each)


def _finding(few: pd.DataFrame, measure: str, name: str) -> str:
    """The outside provider on top with its need; neutral where either may not be told."""
    outside = few[few["is_outside"].astype(bool)]
    if len(outside):
        share, need = outside.iloc[0][measure], outside.iloc[0]["mean_need_total"]
        if isinstance(share, float) and isinstance(need, float) and share > 0 and need >= 0:
            return f"{outside.index[0]}: {theme.percent(share)} {name[2:]}, mean need {theme.number(need)}"
    return "Providers, and the need of their children"
