"""A child's need over time: a small panel a domain, today's score against their earlier selves, and the table of it."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ui import theme
from ui.chart_data import filled
from ui.child_words import domain_change, need_title
from ui.figure import Figure
from ui.row_labels import LINE_BREAK, broken
from vcore.facts.domains import LEVEL_LABELS, LEVELS
from vcore.measures import child_story
from vcore.scoring import levels
from vcore.store.one_child import OneChild

NAME = "child-need-over-time"
COLUMNS, ROW_PX, LONGEST_LABEL = 4, 132, 22
DRAWN, GAP, HEAD = 0.42, 0.14, 0.1  # of a panel: its height, what it leaves free to the right, and above
LINES, NOW, FRAMES, LABELS = "lines", "now", "frames", "labels"


def figure(child: OneChild) -> Figure:
    """Small panels of every domain, in the order the council scores them."""
    needs, dates = child.needs, child.assessments["assessed_on"]
    told, changes = child_story.domains_over_time(child), child_story.domain_changes(child)
    rows = {LINES: [], NOW: [], FRAMES: [], LABELS: []}
    first, last = dates.iloc[0], dates.iloc[-1]
    span = max((last - first).days, 1)
    across = [1.0] if len(dates) == 1 else [(day - first).days / span for day in dates]
    for at, change in enumerate(changes.to_dict("records")):
        left, top = float(at % COLUMNS), -float(at // COLUMNS)
        floor = top - 1 + HEAD
        scores = told["score"][told["domain"] == change["domain"]].to_list()
        points = [
            {
                "panel": at,
                "x": left + (1 - GAP) * x,
                "y": floor + DRAWN * score / needs.maximum,
                "words": f"{score:.0f} on {theme.date_words(day.date())}",
            }
            for x, score, day in zip(across, scores, dates, strict=True)
        ]
        rows[LINES] += points
        rows[NOW].append(points[-1])
        for score, kind in ((0, "floor"), (needs.cut_points.severe, "severe")):
            rows[FRAMES].append(
                {
                    "x": left,
                    "to": left + 1 - GAP,
                    "y": floor + DRAWN * score / needs.maximum,
                    "kind": kind,
                }
            )
        label = broken(needs.labels[change["domain"]], LONGEST_LABEL)
        rows[LABELS].append(
            {
                "x": left,
                "y": top - HEAD,
                "label": label + LINE_BREAK + domain_change(change["now"], change["before"]),
            }
        )
    panels = -(-len(needs.ids) // COLUMNS)
    spec = filled(_shape(panels), rows)
    spec["height"] = panels * ROW_PX
    title = need_title(child)
    since = theme.date_words(first.date())
    earlier = (
        "The only assessment" if len(dates) == 1 else f"Grey: {len(dates) - 1} earlier, from {since}; blue:"
    )
    return Figure(
        name=NAME,
        title=title,
        subtitle=f"{earlier} {theme.date_words(last.date())} · 0 to {needs.maximum}, higher = more need · "
        f"dashed: severe and complex from {needs.cut_points.severe}",
        chart=spec,
        table=table(child),
        alt=f"A small panel for each of {len(needs.ids)} domains with the score at each of "
        f"{theme.count(len(dates), 'assessment', 'assessments')}. {title}. The table beneath gives every score.",
    )


def table(child: OneChild) -> pd.DataFrame:
    """A row a domain: now, its level, the change, and the score at every assessment, newest first."""
    needs, changes = child.needs, child_story.domain_changes(child)
    level = levels(child.scores[-1:], needs.cut_points)[0]
    told = {
        "Domain": list(needs.labels.values()),
        "Now": [f"{score:.0f}" for score in child.scores[-1]],
        "Level": [LEVEL_LABELS[LEVELS[each]] for each in level],
        "Change": ["not known" if pd.isna(each) else _signed(each) for each in changes["change"].tolist()],
    }
    for at in range(len(child.scores) - 1, -1, -1):
        day = child.assessments["assessed_on"].iloc[at]
        told[f"{day.day} {day:%b %Y}"] = [f"{score:.0f}" for score in child.scores[at]]
    frame = pd.DataFrame(told)
    totals = ["Total", f"{child.scores[-1].sum():.0f}", "", _total_change(changes)]
    totals += [f"{scores.sum():.0f}" for scores in child.scores[::-1]]
    frame.loc[len(frame)] = totals
    return frame


def _total_change(changes: pd.DataFrame) -> str:
    return "not known" if changes["change"].isna().any() else _signed(float(changes["change"].sum()))


def _signed(change: float) -> str:
    return "none" if change == 0 else f"{'+' if change > 0 else theme.MINUS}{abs(change):.0f}"


@cache
def _shape(panels: int) -> dict[str, Any]:
    x = alt.X("x", type="quantitative", axis=None, scale=alt.Scale(domain=[0, COLUMNS], nice=False))
    y = alt.Y("y", type="quantitative", axis=None, scale=alt.Scale(domain=[-panels, 0], nice=False))
    panel = alt.Detail("panel", type="nominal")
    words = alt.Tooltip("words", type="nominal", title="Score")
    lines = alt.Chart(alt.NamedData(LINES))
    frames = alt.Chart(alt.NamedData(FRAMES)).encode(x=x, x2=alt.X2("to"), y=y)
    return alt.layer(
        frames.mark_rule(color=theme.RULE).transform_filter("datum.kind == 'floor'"),
        frames.mark_rule(color=theme.EARLIER, strokeDash=[3, 3]).transform_filter("datum.kind == 'severe'"),
        lines.mark_line(color=theme.EARLIER, strokeWidth=1.5).encode(x=x, y=y, detail=panel),
        lines.mark_point(color=theme.EARLIER, filled=True, size=22, opacity=1).encode(
            x=x, y=y, tooltip=words
        ),
        alt.Chart(alt.NamedData(NOW))
        .mark_point(color=theme.CATEGORIES[0], filled=True, size=110, opacity=1)
        .encode(x=x, y=y, tooltip=words),
        alt.Chart(alt.NamedData(LABELS))
        .mark_text(align="left", baseline="top", fontSize=13, lineBreak=LINE_BREAK)
        .encode(x=x, y=y, text=alt.Text("label", type="nominal")),
    ).to_dict()


def empty(child: OneChild) -> bool:
    """Whether there is nothing to draw."""
    return not len(child.scores) or bool(np.isnan(child.scores[-1]).any())
