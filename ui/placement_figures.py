"""How settled children are: the sentence and the numbers on top of Placements, and moves by setting.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ui import bars, charts, placement_words, reads, sentences, theme
from ui.comparison import Comparison
from ui.disclosure import TOTAL, Gate
from ui.figure import Figure
from ui.headlines import Headline, compared
from vcore.facts.placements import SETTING_LABELS, SETTINGS
from vcore.measures import stability
from vcore.measures.disclosure import HIDDEN
from vcore.measures.overlap import overlap
from vcore.measures.stability import SHARES
from vcore.store import Cohort

METRICS = ("many_placements", "broke_down", "settled", "months_in_placement")
EVERYBODY = "All these children"


def told_stability(cohort: Cohort, gate: Gate) -> pd.DataFrame:
    """One row a setting and `TOTAL`: `children`, a share (0–1) for each of `SHARES`, and `mean_months`.

    A setting whose children may not be counted in one of the tables behind them is hidden in all.
    """
    here, rest = (
        reads.measured(stability.by_setting, group).set_index("setting")
        for group in (cohort, cohort.everyone_else)
    )
    settings = [setting for setting in SETTINGS if setting in here.index or setting in rest.index]
    here, rest = (group.reindex([*settings, stability.ALL], fill_value=0) for group in (here, rest))
    counted = {part: _counted(here, rest, settings, part, of, gate) for part, of in SHARES.items()}
    columns: dict[str, list[Any]] = {"children": list(counted["many_moves"][TOTAL])}
    for part, of in SHARES.items():
        rows = zip(counted[part].itertuples(index=False), rest[of], strict=True)
        columns[part] = [_share(row, outside, gate) for row, outside in rows]
    settings_only = here.loc[settings].reset_index()
    months = gate.table(settings_only, "children", ["mean_months"], rest.loc[settings, "children"].tolist())
    columns["mean_months"] = [*months["mean_months"], _mean_months(here, rest, gate)]
    told = pd.DataFrame(columns, index=[*settings, TOTAL], dtype="object")
    hidden = (counted["many_moves"][TOTAL] == HIDDEN) | (counted["broke_down"][TOTAL] == HIDDEN)
    return told.mask(hidden, HIDDEN)[(here["children"] > 0).to_numpy()]


def told_beside(cohort: Cohort, comparison: Comparison, gate: Gate) -> dict[str, Any]:
    """The comparison's row of all of its children, as in `told_stability`: "c" where the two cohorts together
    would tell of a few."""
    other = comparison.cohort
    here, there = (
        reads.measured(told_stability, group, gate).loc[TOTAL].to_dict() for group in (cohort, other)
    )
    there = {str(name): HIDDEN if here[name] == HIDDEN else cell for name, cell in there.items()}
    if gate.sees_small:
        return there
    laid_over = reads.measured(overlap, cohort, other, None, stability.in_each_share)
    for part in SHARES:
        parts = [n for key in (part, f"not {part}") for n in laid_over[key].sum().tolist()]
        if not all(gate.counts(n) for n in parts):
            there[part] = HIDDEN
    return there


def by_setting(cohort: Cohort, comparison: Comparison, gate: Gate) -> Figure:
    """Children with three or more placements and with a breakdown, by setting, and in the comparison; who is
    settled, beside them."""
    told = reads.measured(told_stability, cohort, gate)
    name = "placement-stability"
    if not gate.counts(len(cohort), len(cohort.base)):
        return charts.quiet(name, "Moves and breakdowns in 12 months", _who(cohort, gate))
    if len(told) == 2:  # one setting, and its total
        told = told.head(1)
    own = len(told)
    if len(comparison.cohort):
        beside = reads.measured(told_beside, cohort, comparison, gate)
        told = pd.concat([told, pd.DataFrame(beside, index=[comparison.label], dtype="object")])
    names = SETTING_LABELS | {TOTAL: EVERYBODY}
    labels = [names.get(row, row) for row in map(str, told.index)]
    many, broke = (list(told[part]) for part in ("many_moves", "broke_down"))
    title = placement_words.stability_title(labels[:own], many[:own])
    return Figure(
        name=name,
        title=title,
        subtitle=f"% of children, 12 months to the date · {_who(cohort, gate)}",
        chart=bars.paired(
            labels,
            ("% with 3 or more placements", many),
            ("% with a breakdown", broke),
            aside=[_months(cell) for cell in told["mean_months"]],
        ),
        table=pd.DataFrame(
            {
                "Where children live": labels,
                "Children": list(told["children"]),
                "Three or more placements": many,
                "A placement broke down": broke,
                "Settled, of those long in care": list(told["settled"]),
                "Mean months in the present placement": list(told["mean_months"]),
            }
        ),
        alt=f"Paired bars by where children live: three or more placements, and a breakdown, in 12 months. {title}.",
        note="At the right: mean time in the present placement.",
        units={
            "Children": "children",
            "Three or more placements": "share",
            "A placement broke down": "share",
            "Settled, of those long in care": "share",
            "Mean months in the present placement": "points",
        },
    )


def sentence(cohort: Cohort, gate: Gate) -> str:
    """The page's sentence: where most live, and how many moved often."""
    told = reads.measured(told_stability, cohort, gate)
    n = told.loc[TOTAL, "children"]
    if not gate.averages(len(cohort), len(cohort.base)) or not isinstance(n, int):
        return charts.TOO_FEW
    shares = {place: _part(told.loc[place, "children"], n) for place in told.index if place != TOTAL}
    return placement_words.where_and_how_often(shares, told.loc[TOTAL, "many_moves"])


def headlines(cohort: Cohort, comparison: Comparison, gate: Gate) -> list[Headline]:
    """Time in the present placement, moves, breakdowns, and who of those long in care is settled; each over the
    same of the comparison."""
    told = reads.measured(told_stability, cohort, gate).loc[TOTAL]
    beside = reads.measured(told_beside, cohort, comparison, gate) if len(comparison.cohort) else told
    return [
        Headline(tell(told[name]), words, compared(comparison, tell(beside[name])))
        for name, tell, words in (
            ("mean_months", _months, "so far in the present placement, on average"),
            ("many_moves", _percent, "had three or more placements in 12 months"),
            ("broke_down", _percent, "had a placement that broke down in 12 months"),
            ("settled", _percent, "of those long in care have been settled for two years"),
        )
    ]


def _counted(
    here: pd.DataFrame, rest: pd.DataFrame, settings: list[str], part: str, of: str, gate: Gate
) -> pd.DataFrame:
    """How many of each setting are in the part and how many are not, with totals, through the gate."""
    tables = []
    for group in (here, rest):
        parts, whole = (group[name].to_numpy("int64")[: len(settings)] for name in (part, of))
        tables.append(pd.DataFrame({"part": parts, "others": whole - parts}, index=settings))
    return gate.crosstab(*tables)


def _share(row: Any, outside: int, gate: Gate) -> object:
    part, others, n = row
    if HIDDEN in (part, others, n):
        return HIDDEN
    if n == 0:
        return np.nan
    return part / n if gate.averages(n, n + outside) else HIDDEN


def _mean_months(here: pd.DataFrame, rest: pd.DataFrame, gate: Gate) -> object:
    n, others = (int(group["children"].iloc[-1]) for group in (here, rest))
    return float(here["mean_months"].iloc[-1]) if gate.averages(n, n + others) else HIDDEN


def _part(cell: object, of: int) -> object:
    return cell / of if isinstance(cell, int) else HIDDEN


def _percent(cell: Any) -> str:
    return cell if isinstance(cell, str) else theme.percent(cell)


def _months(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    return theme.count(round(cell), "month", "months")


def _who(cohort: Cohort, gate: Gate) -> str:
    n = sentences.children(len(cohort), gate, len(cohort.base))
    return f"{n} · {theme.date_words(cohort.as_of)}"
