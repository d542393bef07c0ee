"""Need by group and over time: the mean of each domain in each group of an attribute, and how totals moved.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import charts, reads, sentences, theme
from ui.chart_data import filled
from ui.composition import Attribute
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from ui.row_labels import LINE_BREAK, SPLIT, broken, row_axis
from vcore.facts.bands import BANDS
from vcore.facts.placements import SETTING_LABELS
from vcore.measures import change, profiles
from vcore.measures.disclosure import HIDDEN
from vcore.store import Cohort

GROUPS_NAME, CHANGE_NAME = "need-by-group", "need-change-by-setting"
MOST_GROUPS, LONGEST_GROUP = 8, 16  # columns that fit; characters of a line of their heads
CELL_PX, HEAD_LINE_PX, ROW_PX, AXIS_PX = 24, 18, 34, 44
CELLS = "cells"
_POINTS: Unit = "points"
CAVEAT = "Not what a home achieved: children who left or were not assessed again are not counted."


def by_group(cohort: Cohort, attribute: Attribute, gate: Gate) -> Figure:
    """Mean score of each domain in the largest groups of an attribute, as shaded numbers."""
    who = f"{sentences.children(len(cohort), gate, len(cohort.base))} · {theme.date_words(cohort.as_of)}"
    subtitle = f"Mean score by domain and {attribute.label.lower()} · {who}"
    neutral = f"Need by {attribute.label.lower()}"
    needs = cohort.snapshot.needs
    told = _told_groups(cohort, attribute, gate)
    shown = told[[not isinstance(n, str) and n > 0 for n in told["assessed"]]].head(MOST_GROUPS)
    if shown.empty:
        return charts.quiet(GROUPS_NAME, neutral, subtitle)
    if attribute.name in BANDS:
        order = list(BANDS[attribute.name][1])
        shown = shown.sort_values(attribute.name, key=lambda names: names.map(order.index))
    heads = [attribute.label_of(value) for value in shown[attribute.name]]
    table = pd.DataFrame({attribute.label: heads, "Assessed": shown["assessed"]})
    for domain in needs.domains:
        table[domain.label] = shown[domain.id]
    left_out = len(told) - len(shown)
    return Figure(
        name=GROUPS_NAME,
        title=_groups_title(shown, needs.labels, heads) or neutral,
        subtitle=subtitle,
        chart=_heat(shown, heads, needs.labels),
        table=table,
        alt=f"A table shaded by mean score: a domain a row, a group a column. {neutral}.",
        note=f"{theme.count(left_out, 'smaller group is', 'smaller groups are')} not drawn."
        if left_out
        else "",
        units={"Assessed": "children", **dict.fromkeys(needs.labels.values(), _POINTS)},
    )


def change_by_setting(cohort: Cohort, gate: Gate) -> Figure:
    """Mean change in total need between assessments, by where children live now, with its interval."""
    found, base = (reads.measured(change.by_setting, group) for group in (cohort, cohort.whole_base))
    title = "How need moved between assessments, by setting"
    n, of = (int(table["assessed_twice"].sum()) for table in (found, base))
    subtitle = f"Mean change in total need · {sentences.children(n, gate, of)} assessed twice"
    if not n or not gate.averages(n, of):
        return charts.quiet(CHANGE_NAME, title, subtitle)
    here = base.set_index("setting")["assessed_twice"].reindex(found["setting"]).to_numpy()
    rest = (here - found["assessed_twice"].to_numpy()).tolist()
    told = gate.table(found, "assessed_twice", ["mean_change", "low", "high"], rest)
    labels = [SETTING_LABELS[setting] for setting in told["setting"]]
    return Figure(
        name=CHANGE_NAME,
        title=_change_title(told, labels) or title,
        subtitle=subtitle,
        chart=_dots(told, labels),
        table=pd.DataFrame(
            {
                "Where they live now": labels,
                "Assessed twice": told["assessed_twice"],
                "Mean change": told["mean_change"],
                "At least (95%)": told["low"],
                "At most (95%)": told["high"],
            }
        ),
        alt=f"A dot a setting with its interval: mean change in total need; left of 0 needs less. {title}.",
        note=f"{CAVEAT} {_towards_the_middle(cohort, gate)}".strip(),
        units={
            "Assessed twice": "children",
            "Mean change": "points",
            "At least (95%)": "points",
            "At most (95%)": "points",
        },
    )


def _told_groups(cohort: Cohort, attribute: Attribute, gate: Gate) -> pd.DataFrame:
    """The groups through the gate; none for a cohort too small to count: which ones hold somebody would tell."""
    found, base = (
        reads.measured(profiles.by_group, group, attribute.name) for group in (cohort, cohort.whole_base)
    )
    if not gate.counts(len(cohort), len(cohort.base)):
        return found.head(0)
    of = base.set_index(attribute.name)["assessed"].reindex(found[attribute.name]).to_numpy()
    rest = (of - found["assessed"].to_numpy()).tolist()
    told = gate.table(found, "assessed", list(cohort.snapshot.needs.ids), rest)
    return told[
        [
            any(not isinstance(cell, str) for cell in row)
            for row in told[list(cohort.snapshot.needs.ids)].to_numpy()
        ]
    ]


def _groups_title(shown: pd.DataFrame, labels: dict[str, str], heads: list[str]) -> str:
    """The domain in which the groups differ most, and between whom."""
    if len(shown) < 2:
        return ""
    means = shown[list(labels)].apply(pd.to_numeric, errors="coerce").set_axis(heads)
    spread = means.max() - means.min()
    if spread.isna().all():
        return ""
    domain = str(spread.idxmax())
    high, low = means[domain].idxmax(), means[domain].idxmin()
    return (
        f"{labels[domain]} differs most: {theme.number(float(means[domain].max()), 1)} in {str(high).lower()}, "
        f"{theme.number(float(means[domain].min()), 1)} in {str(low).lower()}"
    )


def _heat(shown: pd.DataFrame, heads: list[str], labels: dict[str, str]) -> dict[str, Any]:
    columns = [broken(head, LONGEST_GROUP) for head in heads]
    cells = []
    for domain, label in labels.items():
        row = broken(label)
        for column, cell in zip(columns, shown[domain], strict=True):
            hidden = isinstance(cell, str) or pd.isna(cell)
            words = HIDDEN if isinstance(cell, str) else theme.number(float(cell), 1)
            cells.append(
                {"row": row, "group": column, "mean": None if hidden else float(cell), "words": words}
            )
    spec = filled(_heat_shape(), {CELLS: cells})
    spec["height"] = CELL_PX * len(labels)
    lines = max(column.count(LINE_BREAK) for column in columns)
    for layer in spec["layer"]:
        layer["encoding"]["x"]["axis"]["labelPadding"] = 6 + lines * HEAD_LINE_PX
    return spec


@cache
def _heat_shape() -> dict[str, Any]:
    cells = alt.Chart(alt.NamedData(CELLS))
    y = alt.Y(
        "row",
        type="nominal",
        sort=None,
        title=None,
        axis=row_axis(),
    )
    x = alt.X(
        "group",
        type="nominal",
        sort=None,
        title=None,
        axis=alt.Axis(orient="top", ticks=False, domain=False, labelAngle=0, labelExpr=SPLIT),
    )
    shade = alt.Color(
        "mean", type="quantitative", legend=None, scale=alt.Scale(range=["#F3F7FB", theme.SEQUENCE[2]])
    )
    return alt.layer(
        cells.mark_rect(stroke="white").encode(x=x, y=y, color=shade),
        cells.mark_text().encode(x=x, y=y, text=alt.Text("words", type="nominal")),
    ).to_dict()


def _change_title(told: pd.DataFrame, labels: list[str]) -> str:
    """Where need clearly moved most: where its interval leaves out 0."""
    numbers = told[["mean_change", "low", "high"]].apply(pd.to_numeric, errors="coerce").set_axis(labels)
    clear = numbers[(numbers["low"] > 0) | (numbers["high"] < 0)]["mean_change"]
    if numbers["mean_change"].isna().all():
        return ""
    if clear.empty:
        return "In no setting has need clearly moved between assessments"
    place = str(clear.abs().idxmax())
    mean = float(clear[place])
    direction = "up" if mean > 0 else "down"
    return f"Need moved most in {place.lower()}: {direction} {theme.number(abs(mean), 1)} points on average"


def _towards_the_middle(cohort: Cohort, gate: Gate) -> str:
    """What chance alone would show, said with the cohort's own numbers."""
    thirds = reads.measured(change.by_earlier_need, cohort)
    counts, moved = thirds["assessed_twice"].tolist(), thirds["mean_change"].tolist()
    if not all(gate.averages(n) for n in counts):
        return ""
    return (
        f"Those who scored lowest before moved by {_signed(moved[0])}, those who scored highest by "
        f"{_signed(moved[-1])}: part of any change is scores coming back towards the middle."
    )


def _signed(points: float) -> str:
    return f"+{theme.number(points, 1)}" if points >= 0.05 else theme.number(points, 1)


def _dots(told: pd.DataFrame, labels: list[str]) -> dict[str, Any]:
    rows = [
        {
            "row": label,
            "mean": 0.0 if hidden else float(row["mean_change"]),
            "low": None if hidden or pd.isna(row["low"]) else float(row["low"]),
            "high": None if hidden or pd.isna(row["high"]) else float(row["high"]),
            "seen": 0 if hidden else 1,
            "words": (row["mean_change"] if isinstance(row["mean_change"], str) else theme.NOT_AVAILABLE)
            if hidden
            else _signed(float(row["mean_change"])),
        }
        for label, row in zip(labels, told.to_dict("records"), strict=True)
        for hidden in [isinstance(row["mean_change"], str) or pd.isna(row["mean_change"])]
    ]
    spec = filled(_dots_shape(), {CELLS: rows})
    spec["height"] = ROW_PX * len(rows) + AXIS_PX
    return spec


@cache
def _dots_shape() -> dict[str, Any]:
    rows = alt.Chart(alt.NamedData(CELLS))
    y = alt.Y(
        "row", type="nominal", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=8)
    )
    x = alt.X("mean", type="quantitative", title="Points: left of 0 needs less, right of 0 needs more")
    seen = alt.Opacity("seen", type="quantitative", legend=None, scale=alt.Scale(domain=[0, 1], range=[0, 1]))
    return alt.layer(
        rows.mark_rule(color=theme.CONTEXT, strokeWidth=4).encode(
            x=alt.X("low", type="quantitative"), x2=alt.X2("high"), y=y
        ),
        rows.mark_point(filled=True, size=110).encode(
            x=x, y=y, opacity=seen, color=alt.value(theme.CATEGORIES[0])
        ),
        rows.mark_text(dy=-14).encode(x=x, y=y, text=alt.Text("words", type="nominal")),
    ).to_dict()
