"""What the breakdown signal found on its own past: the sentence, the numbers and the picture. Every number passes
the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui import bars, charts, reads, theme
from ui.disclosure import Gate
from ui.figure import Figure
from ui.headlines import Headline
from vcore.facts.assumptions import value
from vcore.measures import breakdown_signal
from vcore.measures.breakdown_signal import SignalRule
from vcore.measures.disclosure import HIDDEN
from vcore.measures.history import History, HistoryTooShort
from vcore.store import Afterwards, Cohort

NAME = "breakdown-signal"
TOO_FEW = "Too few placements were flagged to say whether the rule tells them apart"
GROUPS = ("flagged", "others")
LABELS = {
    "any": "Any of these limits",
    "total": "Total need of {} or more",
    "severe": "Severe needs: {} or more",
    "rise": "Up {} points or more",
}


def told(history: History, rule: SignalRule, gate: Gate) -> pd.DataFrame:
    """`breakdown_signal.check` for this reader: every cell "c" where a count behind it may not be shown.

    Only the whole rule is told where small numbers are hidden: its limits overlap, and would give them away.
    Raises `HistoryTooShort` and `NoLimit`.
    """
    table = reads.measured(_checked, history.then, history.afterwards, rule)
    if gate.sees_small:
        return table
    table = table.head(1)
    try:
        whole = reads.measured(_checked, history.then.whole_base, history.afterwards, rule)
    except HistoryTooShort:  # of other authorities
        return _hidden(table)
    own, base = (_counts(one) for one in (table, whole))
    if (gate.crosstab(own, base - own) == HIDDEN).any(axis=None):
        return _hidden(table)
    enough = all(gate.averages(int(table[f"{group}_followed"].iloc[0])) for group in GROUPS)
    return table if enough else _hidden(table)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Its rows, the whole rule first."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def flagged_now(cohort: Cohort, rule: SignalRule) -> int:
    """How many the rule flags on the reader's date."""
    return int(reads.measured(breakdown_signal.reached, cohort, rule)[breakdown_signal.ANY].sum())


def sentence(row: dict[str, Any]) -> str:
    """The page's sentence: what came of those flagged, beside the others."""
    if not enough(row):
        return TOO_FEW
    mine, theirs = theme.percent(row["flagged_share"]), theme.percent(row["others_share"])
    more, less = (
        (row["gap_low"] > 0, row["gap_high"] < 0)  # no ratio where either group has no breakdown
        if pd.isna(row["ratio"])
        else (row["ratio_low"] > 1, row["ratio_high"] < 1)
    )
    if more:
        return f"Flagged foster placements broke down more often: {mine}, others {theirs}"
    if less:
        return f"Flagged foster placements broke down less often: {mine}, others {theirs}"
    return f"No clear difference: {mine} of flagged foster placements broke down, {theirs} of others"


def enough(row: dict[str, Any]) -> bool:
    """Whether both groups were large enough, and may be told, to say anything of the rule."""
    least = value("smallest_n_for_mean")
    return all(row[f"{group}_followed"] != HIDDEN and row[f"{group}_followed"] >= least for group in GROUPS)


def headlines(row: dict[str, Any], now: int, of: int, gate: Gate) -> list[Headline]:
    """Who is flagged today, how both groups fared, and how many times as often."""
    return [
        Headline(gate.count(now, of), f"of {gate.count(of)} assessed children in fostering flagged today"),
        *(
            Headline(_percent(row[f"{group}_share"]), words, _reach(row, group))
            for group, words in (("flagged", "of flagged placements broke down"), ("others", "of the others"))
        ),
        Headline(_times(row["ratio"]), "times as often", _ratio_reach(row)),
    ]


def by_limit(history: History, rule: SignalRule, gate: Gate) -> Figure:
    """Who broke down within 12 months: flagged beside not flagged, for the rule and each of its limits."""
    table = told(history, rule, gate)
    start, end = (theme.date_words(day) for day in (history.then.as_of, breakdown_signal.last_day(history)))
    subtitle = f"% of placements that broke down, flagged {start}, followed to {end}"
    rows = records(table)
    if HIDDEN in rows[0].values():
        return charts.quiet(NAME, "Breakdowns among flagged placements", subtitle)
    labels = [LABELS[row["limit"]].format(getattr(rule, row["limit"], "")) for row in rows]
    broke = rows[0]["flagged_broke"] + rows[0]["others_broke"]
    title = f"The rule had flagged {rows[0]['flagged_broke']} of the {broke} placements that broke down"
    if not broke:
        title = "None of these placements broke down"
    elif broke == 1:
        title = f"The rule had {'' if rows[0]['flagged_broke'] else 'not '}flagged the one that broke down"
    columns = {"Limit": labels}
    units: dict[str, Any] = {}
    for group, words in (("flagged", "Flagged"), ("others", "Not flagged")):
        for part, said, unit in (
            ("", "children", "children"),
            ("_left", "left care first", "children"),
            ("_broke", "broke down", "children"),
            ("_share", "share", "share"),
            ("_low", "from", "share"),
            ("_high", "to", "share"),
        ):
            columns[f"{words}: {said}"] = [row[f"{group}{part}"] for row in rows]
            units[f"{words}: {said}"] = unit
    for part, said in (
        ("ratio", "Times as often"),
        ("ratio_low", "Times, from"),
        ("ratio_high", "Times, to"),
    ):
        columns[said] = [row[part] for row in rows]
        units[said] = "points"
    return Figure(
        name=NAME,
        title=title,
        subtitle=subtitle,
        chart=bars.paired(
            labels,
            ("% of flagged", [row["flagged_share"] for row in rows]),
            ("% of not flagged", [row["others_share"] for row in rows]),
            aside=[_aside(row) for row in rows],
            missing="nobody flagged",
            height_px=190,
        ),
        table=pd.DataFrame(columns),
        alt=f"Paired bars: placements that broke down within 12 months, flagged and not, by limit. {title}.",
        note="At the right: how many times as often, with its 95% interval.",
        units=units,
    )


def left_first(row: dict[str, Any]) -> str:
    """Who is in no share, since nobody knows how their placement would have gone."""
    if HIDDEN in row.values():
        return ""
    return (
        f"{row['flagged_left']:,} of {row['flagged']:,} flagged and {row['others_left']:,} of {row['others']:,} "
        "others left care or turned 18 first: they are in no share."
    )


def _checked(then: Cohort, after: Afterwards, rule: SignalRule) -> pd.DataFrame:
    return breakdown_signal.check(History(then, after), rule)


def _counts(table: pd.DataFrame) -> pd.DataFrame:
    """The whole rule's children, two groups by what came of them; every child once."""
    row = table.iloc[0]
    cells = {
        group: (row[f"{group}_broke"], row[f"{group}_followed"] - row[f"{group}_broke"], row[f"{group}_left"])
        for group in GROUPS
    }
    return pd.DataFrame.from_dict(cells, orient="index", columns=["broke", "held", "left"]).astype("int64")


def _hidden(table: pd.DataFrame) -> pd.DataFrame:
    told = table.astype("object")
    told.loc[:, told.columns != "limit"] = HIDDEN
    return told


def _percent(cell: Any) -> str:
    return cell if isinstance(cell, str) else theme.percent(cell)


def _times(cell: Any) -> str:
    return cell if isinstance(cell, str) else theme.number(cell, 1)


def _reach(row: dict[str, Any], group: str) -> str:
    low, high = row[f"{group}_low"], row[f"{group}_high"]
    if isinstance(low, str) or pd.isna(low):
        return ""
    followed = f"{row[f'{group}_broke']:,} of {row[f'{group}_followed']:,}"
    return f"{followed}; {theme.percent(low)} to {theme.percent(high)}"


def _ratio_reach(row: dict[str, Any]) -> str:
    low, high = row["ratio_low"], row["ratio_high"]
    if isinstance(low, str) or pd.isna(low):
        return ""
    return f"95% interval {theme.number(low, 1)} to {theme.number(high, 1)}"


def _aside(row: dict[str, Any]) -> str:
    if pd.isna(row["ratio"]):
        return "too few"
    ratio, low, high = (theme.number(row[name], 1) for name in ("ratio", "ratio_low", "ratio_high"))
    return f"{ratio}× ({low}–{high})"
