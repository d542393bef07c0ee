"""Two pictures of how much each need weighs: children at each level, and how common and how deep it is.

Every number passes the gate: a share of a known number of children is a count, so shares of a few are hidden.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ui import charts, panels, reads, sentences, spend, theme
from ui.chart_data import filled
from ui.disclosure import Gate
from ui.figure import Figure
from ui.panels import Panel
from ui.row_labels import broken, row_axis
from vcore.facts.domains import LEVEL_LABELS, LEVELS
from vcore.measures.disclosure import HIDDEN
from vcore.measures.needs import by_domain, level_counts
from vcore.store import Cohort

LEVELS_NAME, DEPTH_NAME = "need-levels", "need-common-and-deep"
SHORT = {"none": "No need", "minor": "Minor", "moderate": "Moderate", "severe": "Severe"}
COLORS = (theme.CONTEXT, *reversed(theme.SEQUENCE))
ROW_PX, LEGEND_PX = 27, 30
PARTS, ENDS = "parts", "ends"
WORDS_ROOM = 0.2  # of all children: for the words at the ends
LOWER, UPPER = (0, 1), (2, 3)  # the places of the levels on either side of the middle


def headline(cohort: Cohort, gate: Gate) -> str:
    """In how many domains a child here has some need, and severe need, on average."""
    table = reads.measured(by_domain, cohort)
    n, of = (spend.completeness(group).assessed for group in (cohort, cohort.whole_base))
    if n == 0:
        return "Nobody here is assessed yet"
    if not gate.averages(n, of):
        return charts.TOO_FEW
    some, severe = (float(table[column].sum()) for column in ("prevalence", "severe"))
    return (
        f"On average these children have some need in {theme.number(some, 1)} of {len(table)} domains, "
        f"severe need in {theme.number(severe, 1)}"
    )


def levels(cohort: Cohort, gate: Gate) -> Figure:
    """Children at each level of each domain: lower levels to the left of the middle, higher ones to the right."""
    told, subtitle = (
        told_levels(cohort, gate),
        _subtitle("Share of assessed children at each level", cohort, gate),
    )
    if told is None:
        return charts.quiet(LEVELS_NAME, "How much they need, by domain", subtitle)
    first = told.iloc[0]
    title = (
        f"{first['label']} is severe and complex for {theme.percent(first['severe'])}"
        if not isinstance(first["severe"], str)
        else "How much they need, by domain"
    )
    table = pd.DataFrame({"Domain": told["label"]} | {LEVEL_LABELS[level]: told[level] for level in LEVELS})
    return Figure(
        name=LEVELS_NAME,
        title=title,
        subtitle=subtitle,
        chart=_diverging(told),
        table=table,
        alt="Bars by domain: children without need or with minor need to the left, moderate and severe to the "
        f"right. {title}.",
        note=_note(told),
        units=dict.fromkeys(list(LEVEL_LABELS.values()), "share"),
    )


def common_and_deep(cohort: Cohort, gate: Gate) -> Figure:
    """How many have each need, beside how deep it is for those who have it."""
    told, subtitle = (
        told_levels(cohort, gate),
        _subtitle("Share with any need, and mean score of those", cohort, gate),
    )
    if told is None:
        return charts.quiet(DEPTH_NAME, "How common and how deep each need is", subtitle)
    told = told.sort_values("prevalence", key=_as_number, ascending=False, kind="stable")
    title = "How common and how deep each need is"
    depths = pd.to_numeric(told["depth"], errors="coerce").set_axis(told["label"].str.lower())
    if depths.notna().any() and not isinstance(told.iloc[0]["prevalence"], str):
        title = f"Most common: {told.iloc[0]['label'].lower()}; deepest: {depths.idxmax()}"
    return Figure(
        name=DEPTH_NAME,
        title=title,
        subtitle=subtitle,
        chart=panels.side_by_side(
            list(told["label"]),
            Panel("Have any need", list(told["prevalence"]), theme.percent, "nobody"),
            Panel(
                "Mean score of those", list(told["depth"]), lambda points: theme.number(points, 1), "nobody"
            ),
        ),
        table=pd.DataFrame(
            {
                "Domain": told["label"],
                "Have any need": told["prevalence"],
                "Mean score of those": told["depth"],
            }
        ),
        alt=f"Bars by domain: how many children have any need, and how deep it is for them. {title}.",
        units={"Have any need": "share", "Mean score of those": "points"},
    )


def told_levels(cohort: Cohort, gate: Gate) -> pd.DataFrame | None:
    """`needs.by_domain` through the gate, most severe first; None where too few are assessed for any share.

    A level is hidden where it holds few children, here or in the rest of the base, and so are others that would
    give it away. Prevalence is one less the share without need, and depth the mean of those who have it: both go
    where that would tell of few.
    """
    table = reads.measured(by_domain, cohort)
    n, of = (spend.completeness(group).assessed for group in (cohort, cohort.whole_base))
    if n == 0 or not gate.averages(n, of):
        return None
    counts = reads.measured(level_counts, cohort)
    rest = reads.measured(level_counts, cohort.whole_base) - counts
    hide = _hidden(counts.to_numpy(), rest.to_numpy(), gate)
    told = table.astype(dict.fromkeys((*LEVELS, "prevalence", "depth"), "object"))
    for place, level in enumerate(LEVELS):
        told.loc[hide[:, place], level] = HIDDEN
    with_need = counts.drop(columns="none").sum(axis=1).to_numpy()
    thin = np.array([few > 0 and not gate.averages(int(few), n) for few in with_need])
    told.loc[thin, [*LEVELS, "prevalence", "depth"]] = HIDDEN
    told.loc[hide[:, 0], ["prevalence", "depth"]] = HIDDEN
    return told.sort_values("severe", key=_as_number, ascending=False, kind="stable", ignore_index=True)


LOWER, UPPER = (0, 1), (2, 3)  # the levels on either side of the middle


def _hidden(counts: np.ndarray, rest: np.ndarray, gate: Gate) -> np.ndarray:
    """Which levels to hide: where that is enough, only the two of one side or of each, which are drawn as one."""
    hide = gate.rows(counts, rest)
    open_rows = hide.any(axis=1)
    for sides in ((UPPER,), (LOWER,), (LOWER, UPPER)):
        merged = [_merged(part, sides) for part in (counts, rest)]
        enough = open_rows & ~gate.rows(*merged).any(axis=1)
        hide[enough] = np.isin(np.arange(len(LEVELS)), sides)
        open_rows &= ~enough
    return hide


def _merged(counts: np.ndarray, sides: tuple[tuple[int, int], ...]) -> np.ndarray:
    alone = [(place,) for side in (LOWER, UPPER) if side not in sides for place in side]
    return np.column_stack([counts[:, list(places)].sum(axis=1) for places in (*sides, *alone)])


def _note(told: pd.DataFrame) -> str:
    merged = told["severe"].map(lambda cell: isinstance(cell, str)).any()
    return (
        f"At the end of each bar: severe and complex. {HIDDEN}: moderate and severe are one bar."
        if merged
        else ""
    )


def _as_number(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells, errors="coerce").fillna(-1.0)


def _subtitle(what: str, cohort: Cohort, gate: Gate) -> str:
    n = int(reads.measured(by_domain, cohort)["assessed"].max())
    return f"{what} · {sentences.children(n, gate)} assessed · {theme.date_words(cohort.as_of)}"


def _diverging(told: pd.DataFrame) -> dict[str, Any]:
    labels = [broken(label) for label in told["label"]]
    parts, ends = [], []
    for label, row in zip(labels, told.to_dict("records"), strict=True):
        shares = _shares(row)
        start = -sum(share for level, (share, _) in shares.items() if level in ("none", "minor"))
        for level, (share, what) in shares.items():
            parts.append(
                {
                    "row": label,
                    "level": SHORT[level],
                    "what": what,
                    "from": start,
                    "to": start + share,
                    "words": theme.percent(share),
                }
            )
            start += share
        severe = row["severe"]
        said = severe if isinstance(severe, str) else theme.percent(severe)
        ends.append({"row": label, "end": start, "words": said if shares else f"{HIDDEN}: too few to draw"})
    least = min([part["from"] for part in parts], default=-1.0)
    width = max([part["to"] for part in parts], default=1.0) + WORDS_ROOM - least
    for row in (*parts, *ends):
        row |= {at: (row[at] - least) / width for at in ("from", "to", "end") if at in row}
    spec = filled(_shape(), {PARTS: parts, ENDS: ends})
    spec["height"] = ROW_PX * len(ends) + LEGEND_PX
    return spec


def _shares(row: dict[Any, Any]) -> dict[str, tuple[float, str]]:
    """What can be drawn of a domain: each level with its share and its words, or two of one side as one."""
    hidden = [isinstance(row[level], str) for level in LEVELS]
    lower, upper = (any(hidden[place] for place in side) for side in (LOWER, UPPER))
    if lower and upper:
        return {}
    shares = {
        level: (float(row[level]), LEVEL_LABELS[level]) for level in LEVELS if not isinstance(row[level], str)
    }
    left = 1.0 - sum(share for share, _ in shares.values())
    if lower:
        return {"minor": (left, "No need or minor need")} | shares
    return shares | {"moderate": (left, "Moderate or severe need")} if upper else shares


@cache
def _shape() -> dict[str, Any]:
    """The bars without their rows, and at their right end the share that is severe."""
    parts, ends = alt.Chart(alt.NamedData(PARTS)), alt.Chart(alt.NamedData(ENDS))
    y = alt.Y("row", type="nominal", sort=None, title=None, axis=row_axis())
    across = alt.Scale(domain=[0, 1])
    names = [SHORT[level] for level in LEVELS]
    color = alt.Color("level", type="nominal", sort=None, scale=alt.Scale(domain=names, range=list(COLORS)))
    tips = [
        alt.Tooltip("row", type="nominal", title="Domain"),
        alt.Tooltip("what", type="nominal", title="Level"),
        alt.Tooltip("words", type="nominal", title="Share"),
    ]
    return alt.layer(
        parts.mark_bar(height={"band": 0.7}).encode(
            x=alt.X("from", type="quantitative", title=None, axis=None, scale=across),
            x2=alt.X2("to"),
            y=y,
            color=color,
            tooltip=tips,
        ),
        ends.mark_text(align="left", dx=6).encode(
            x=alt.X("end", type="quantitative", title=None, axis=None, scale=across),
            y=y,
            text=alt.Text("words", type="nominal"),
        ),
    ).to_dict()
