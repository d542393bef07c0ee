"""What the council's own history found of the step-down rule: the sentence, the numbers, the pictures and what is
offered to the scenario. Every number passes the gate. Asks the model, never the data.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui import bars, charts, reads, theme
from ui.disclosure import Gate
from ui.figure import Figure
from vcore.facts.assumptions import value
from vcore.facts.placements import SETTING_LABELS
from vcore.measures.disclosure import HIDDEN
from vcore.measures.history import History, HistoryTooShort
from vcore.scenarios import StepDown
from vcore.scenarios.own_history import OwnHistory, own_history
from vcore.store import Afterwards, Cohort, Snapshot

OUTCOME_LABELS = {
    "family": "Moved to a foster family",
    "left": "Left care or turned 18 before that",
    "same": "In {} today",
    "elsewhere": "Elsewhere today",
}
GROUP_LABELS = {
    "moved": "Flagged, moved to a family",
    "not_moved": "Flagged, not moved",
    "others": "Not flagged",
}
OUTCOMES_NAME, MEANS_NAME = "own-history-outcomes", "own-history-cost"


def found(history: History, lever: StepDown, now: Snapshot) -> OwnHistory:
    """The rule on the reader's history. Raises `HistoryTooShort` and `RefusedRun`."""
    return reads.measured(_own, history.then, history.afterwards, lever, now)


def tells_held(own: OwnHistory, gate: Gate) -> bool:
    """Whether it may be told how many of the moves held: all of these counts, or none."""
    names = ("held", "ended", "left", "recent")
    return all(gate.counts(row[name]) for row in _records(own.held) for name in names)


def tells(own: OwnHistory, now: Snapshot, gate: Gate) -> bool:
    """Whether it may be told what came of everybody: all of these counts, or none."""
    if gate.sees_small:
        return True
    history = own.history
    try:
        whole = reads.measured(_own, history.then.whole_base, history.afterwards, own.lever, now)
    except HistoryTooShort:  # of other authorities
        return False
    mine, base = (one.outcomes[["flagged", "others"]] for one in (own, whole))
    return not (gate.crosstab(mine, base - mine) == HIDDEN).any(axis=None)


def outcomes(_: Cohort, own: OwnHistory, now: Snapshot, gate: Gate) -> Figure:
    """Where those flagged then are now, beside those who were not flagged."""
    start, end = (theme.date_words(day) for day in (own.history.then.as_of, own.history.until))
    subtitle = f"% of each group, {start} to {end}"
    if not own.flagged or not tells(own, now, gate):
        return charts.quiet(OUTCOMES_NAME, "What came of those flagged", subtitle)
    homes = " or ".join(SETTING_LABELS[name].lower() for name in own.lever.from_settings)
    labels = [OUTCOME_LABELS[str(name)].format(homes) for name in own.outcomes["outcome"]]
    flagged, others = own.outcomes["flagged"], own.outcomes["others"]
    shares = [
        (group / group.sum()).tolist() if group.sum() else [float("nan")] * len(labels)
        for group in (flagged, others)
    ]
    title = _outcomes_title(shares[0][0], shares[1][0])
    return Figure(
        name=OUTCOMES_NAME,
        title=title,
        subtitle=f"{subtitle} · {int(flagged.sum()):,} flagged, {int(others.sum()):,} not flagged",
        chart=bars.paired(
            labels,
            ("% of flagged", shares[0]),
            ("% of not flagged", shares[1]),
            height_px=190,
            missing="nobody",
        ),
        table=pd.DataFrame(
            {
                "What came of them": labels,
                "Flagged": flagged.tolist(),
                "% of flagged": shares[0],
                "Not flagged": others.tolist(),
                "% of not flagged": shares[1],
            }
        ),
        alt=f"Paired bars: what came of children flagged and not flagged. {title}.",
        units={
            "Flagged": "children",
            "Not flagged": "children",
            "% of flagged": "share",
            "% of not flagged": "share",
        },
    )


def money_and_need(_: Cohort, own: OwnHistory, now: Snapshot, gate: Gate) -> Figure:
    """Mean weekly cost then and now of the same children, and beside it how their need changed."""
    start, end = (theme.date_words(day) for day in (own.history.then.as_of, own.history.until))
    subtitle = f"Mean weekly cost, all funders, {start} and {end}; same children"
    table = own.means
    told = tells(own, now, gate) and all(
        gate.averages(n) for n in table[["costed", "assessed"]].to_numpy().ravel().tolist() if n
    )
    if not own.flagged or not told:
        return charts.quiet(MEANS_NAME, "Cost and need, then and now", subtitle)
    if not gate.sees_prices:
        costs = [name for name in table if str(name).startswith("cost_")]
        table = table.astype(dict.fromkeys(costs, "object"))
        table.loc[table["one_provider"], costs] = HIDDEN
    rows = _records(table)
    labels = [f"{GROUP_LABELS[row['group']]} ({row['costed']:,})" for row in rows]
    title = _means_title(rows)
    names = {
        "group": "Group", "children": "Children", "costed": "With a cost on both dates",
        "cost_then": "Cost a week then", "cost_now": "Cost a week now", "cost_change": "Change in cost",
        "cost_reach": "± (95%), £",
        "assessed": "Assessed then and since", "need_then": "Total need then", "need_now": "Total need now",
        "need_change": "Change in need", "need_reach": "± (95%), points",
    }  # fmt: skip
    shown = table[list(names)].rename(columns=names)
    shown["Group"] = [GROUP_LABELS[row["group"]] for row in rows]
    return Figure(
        name=MEANS_NAME,
        title=title,
        subtitle=subtitle,
        chart=bars.paired(
            labels,
            ("£ a week then", [row["cost_then"] for row in rows]),
            ("£ a week now", [row["cost_now"] for row in rows]),
            aside=[_need_words(row) for row in rows],
            tell=theme.money_full,
            missing="nobody costed",
            height_px=190,
        ),
        table=shown,
        alt=f"Paired bars: mean weekly cost then and now by group, change in total need at the right. {title}.",
        note="At the right: how total need changed, in points, with its 95% interval. Prices rose for all.",
        units={
            **dict.fromkeys(("Children", "With a cost on both dates", "Assessed then and since"), "children"),
            **dict.fromkeys(("Cost a week then", "Cost a week now", "Change in cost", "± (95%), £"), "gbp"),
            **dict.fromkeys(
                ("Total need then", "Total need now", "Change in need", "± (95%), points"), "points"
            ),
        },
    )


def _own(then: Cohort, after: Afterwards, lever: StepDown, now: Snapshot) -> OwnHistory:
    return own_history(lever, History(then, after), now)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def _outcomes_title(flagged: float, others: float) -> str:
    if pd.isna(others):
        return f"{theme.percent(flagged)} of those flagged moved to a foster family"
    return f"Moved to a foster family: {theme.percent(flagged)} of flagged, {theme.percent(others)} of others"


def _means_title(rows: list[dict[str, Any]]) -> str:
    moved, stayed = rows[0], rows[1]
    if HIDDEN in (moved["cost_change"], stayed["cost_change"]):
        return "Cost and need, then and now"
    if min(moved["costed"], stayed["costed"]) < value("smallest_n_for_mean"):
        return "Cost then and now: too few moved to compare"
    return f"Those who moved: {_change(moved['cost_change'])} a week each; not moved: {_change(stayed['cost_change'])}"


def _change(gbp: float) -> str:
    return f"+{theme.money(gbp)}" if gbp > 0 else theme.money(gbp)


def _need_words(row: dict[str, Any]) -> str:
    change, reach = row["need_change"], row["need_reach"]
    if pd.isna(change):
        return "not known"
    said = f"{'+' if change >= 0.05 else ''}{theme.number(change, 1)}"
    return said if pd.isna(reach) else f"{said} (±{theme.number(reach, 1)})"
