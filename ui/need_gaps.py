"""The picture of need beside need: a domain a row, these children's mean and the others', the largest gap first.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ui import charts, reads, sentences, theme
from ui.chart_data import filled
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.figure import Figure
from ui.row_labels import broken, row_axis
from vcore.measures.differences import by_domain
from vcore.store import Cohort

NAME, MINE = "need-by-domain", "These children"
ROW_PX, LEGEND_PX = 27, 30
ROWS, POINTS = "rows", "points"
SCALE_TO = 1.3  # of the highest mean: room for the words


def figure(cohort: Cohort, comparison: Comparison, gate: Gate) -> Figure:
    """Mean score by domain beside the comparison's; these children's alone where there is nobody to compare."""
    words, other = comparison
    told = reads.measured(by_domain, cohort, other)
    alone = not len(other)
    n, others = int(told["assessed"].max()), int(told["other_assessed"].max())
    subtitle = _subtitle(n, others, comparison, cohort, gate)
    if not n or not _may_tell(n, cohort, gate) or not (alone or _may_tell(others, other, gate)):
        return charts.quiet(NAME, "What these children need, by domain", subtitle)
    title = headline(told, words, cohort.snapshot.needs.maximum)
    table = {"Domain": told["label"], MINE: told["mean"]}
    if not alone:
        table |= {
            words[0].upper() + words[1:]: told["other_mean"],
            "Difference": told["gap"],
            "At least (95%)": told["low"],
            "At most (95%)": told["high"],
        }
    return Figure(
        name=NAME,
        title=title,
        subtitle=subtitle,
        chart=_drawn(told, words, alone),
        table=pd.DataFrame(table),
        alt=f"Two dots a domain: the mean score of these children and of {words}. {title}."
        if not alone
        else f"A dot a domain: the mean score of these children. {title}.",
        still_alt="Dots by domain: the mean score of these children, and of others where they are compared.",
        units=dict.fromkeys([name for name in table if name != "Domain"], "points"),
    )


def headline(told: pd.DataFrame, words: str, maximum: int) -> str:
    """The finding in a sentence: which domain stands out, or that none clearly does. Somebody is assessed."""
    if told["gap"].isna().all():
        first = told.iloc[0]
        return (
            f"{first['label']} is the greatest need: {theme.number(first['mean'], 1)} of {maximum} on average"
        )
    clear = told[(told["low"] > 0) | (told["high"] < 0)]
    if clear.empty:
        return f"In no domain do these children clearly differ from {words}"
    first = clear.sort_values("gap", key=abs, ascending=False).iloc[0]
    direction = "above" if first["gap"] > 0 else "below"
    return f"{first['label']} differs most: {theme.number(abs(first['gap']), 1)} points {direction} {words}"


def _may_tell(n: int, cohort: Cohort, gate: Gate) -> bool:
    return gate.averages(n, _assessed_in_base(cohort))


def _assessed_in_base(cohort: Cohort) -> int:
    return cohort.whole_base.recorded("need_total")


def _subtitle(n: int, others: int, comparison: Comparison, cohort: Cohort, gate: Gate) -> str:
    """Whom it counts. All who are assessed less the others would be a few that are hidden: then both are."""
    other = comparison.cohort
    beside = f" beside {sentences.children(others, gate, _assessed_in_base(other))}" if len(other) else ""
    own = sentences.children(n, gate, _assessed_in_base(cohort))
    return f"Mean score · {own}{beside} · {theme.date_words(cohort.as_of)}"


def _drawn(told: pd.DataFrame, words: str, alone: bool) -> dict[str, Any]:
    """The finished chart: its places are shares of the width."""
    names = {"mean": MINE} if alone else {"mean": MINE, "other_mean": words}
    room = float(np.nanmax(told[list(names)].to_numpy("float64"), initial=0.1)) * SCALE_TO
    rows, points = [], []
    for label, row in zip(told["label"], told.to_dict("records"), strict=True):
        means = [row[column] for column in names]
        said = theme.number(row["mean"], 1) if alone else _signed(row["gap"])
        start = 0 if alone else min(means) / room
        rows.append({"row": broken(label), "from": start, "to": max(means) / room, "words": said})
        points += [
            {"row": broken(label), "who": who, "mean": mean / room, "words": theme.number(mean, 1)}
            for who, mean in zip(names.values(), means, strict=True)
        ]
    spec = filled(_shape(), {ROWS: rows, POINTS: points})
    spec["height"] = ROW_PX * len(rows) + LEGEND_PX
    return spec


def _signed(gap: float) -> str:
    return (
        f"+{theme.number(gap, 1)}"
        if gap >= 0.05
        else theme.number(gap, 1).replace(f"{theme.MINUS}0.0", "0.0")
    )


@cache
def _shape() -> dict[str, Any]:
    """The picture without its rows: a line between two dots, and the gap at its right. Who is in it is in the rows."""
    rows, points = alt.Chart(alt.NamedData(ROWS)), alt.Chart(alt.NamedData(POINTS))
    y = alt.Y("row", type="nominal", sort=None, title=None, axis=row_axis())
    across = alt.Scale(domain=[0, 1])

    def at(field: str) -> alt.X:
        return alt.X(field, type="quantitative", title=None, axis=None, scale=across)

    who = alt.Color("who", type="nominal", sort=None, scale=alt.Scale(range=list(theme.PAIR)))
    shape = alt.Shape("who", type="nominal", sort=None, scale=alt.Scale(range=["circle", "diamond"]))
    tips = [
        alt.Tooltip("row", type="nominal", title="Domain"),
        alt.Tooltip("who", type="nominal", title="Who"),
        alt.Tooltip("words", type="nominal", title="Mean score"),
    ]
    return alt.layer(
        rows.mark_rule(color=theme.CONTEXT, strokeWidth=3).encode(x=at("from"), x2=alt.X2("to"), y=y),
        points.mark_point(filled=True, size=90, opacity=1).encode(
            x=at("mean"), y=y, color=who, shape=shape, tooltip=tips
        ),
        rows.mark_text(align="left", dx=14).encode(x=at("to"), y=y, text=alt.Text("words", type="nominal")),
    ).to_dict()
