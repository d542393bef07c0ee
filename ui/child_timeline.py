"""One time line of a child's care: where they lived, when they were missing, how need stood, what a week cost.

Lanes and panels over the same dates, each with its own measure and none laid over another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import theme
from ui.chart_data import filled
from ui.child_lanes import (
    BREAKS,
    DAY_MS,
    ENDS,
    FEES,
    HEADS,
    LIMITS,
    MISSING,
    SCORES,
    SDQ_MOST,
    STAYS,
    TOTALS,
    Lanes,
    ms,
)
from ui.child_words import moves_title
from ui.figure import Figure
from ui.row_labels import LINE_BREAK
from vcore.facts.codes import LEGAL_STATUS_LABELS, MISSING_LABELS
from vcore.facts.end_reasons import end_reason_words
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures import child_returns, child_story
from vcore.store.one_child import OneChild

NAME = "child-time-line"
UNIT_PX = 26
SDQ_DATES = (
    "Strengths and difficulties scores stand at the end of their return year: the return gives no other date."
)
NO_SDQ_DATES = "No strengths and difficulties score by year is loaded, so none is on the line."
PANELS = {  # what the picture shows, as far as there is any of it
    STAYS: "where they lived",
    MISSING: "times missing or away",
    TOTALS: "total need at each assessment",
    SCORES: "strengths and difficulties by year",
    FEES: "what a week cost",
}


def figure(child: OneChild) -> Figure:
    """The time line up to the reader's date. A child without a placement has none: ask `empty` first."""
    stays, until = child_story.stays(child), child.as_of
    told, scores, fees = (
        child_story.assessed(child),
        child_returns.questionnaires(child),
        child_story.fees(child),
    )
    days = [stays[0].started_on, *(each.on for each in told), *(each.year_ended_on for each in scores)]
    lanes = Lanes(min([*days, *(fee.started_on for fee in fees)]), until)
    lanes.draw_stays(stays)
    lanes.draw_missing(child_returns.missing_periods(child))
    lanes.draw_totals(told)
    lanes.draw_scores(scores)
    lanes.draw_fees(fees)
    title = moves_title(child_story.moves(child))
    shown = ", ".join(words for kind, words in PANELS.items() if lanes.rows[kind])
    return Figure(
        name=NAME,
        title=title,
        subtitle=f"{shown[0].upper()}{shown[1:]} · ✕ the placement broke down · up to {theme.date_words(until)}",
        chart=_spec(lanes),
        table=table(child),
        alt=f"A time line, from top to bottom: {shown}. {title}. The table beneath lists every event.",
        note=SDQ_DATES if lanes.rows[SCORES] else NO_SDQ_DATES,
    )


def empty(child: OneChild) -> bool:
    """Whether there is nothing to draw."""
    return not len(child.placements)


def table(child: OneChild) -> pd.DataFrame:
    """Every event, oldest first: From, To, What, Detail."""
    told: list[tuple[date, date | None, str, str]] = []
    for stay in child_story.stays(child):
        end = f"; broke down: {end_reason_words(stay.end_reason)}" if stay.breakdown else ""
        told.append((stay.started_on, stay.ended_on, "Placement", DETAIL_LABELS[stay.setting_detail] + end))
    for fee in child_story.fees(child):
        told.append((fee.started_on, fee.ended_on, "Fee", f"{theme.money_full(fee.weekly_cost_gbp)} a week"))
    for status in child_story.statuses(child):
        label = LEGAL_STATUS_LABELS.get(status.legal_status or "", "not recorded")
        told.append((status.started_on, status.ended_on, "Legal status", label))
    for each in child_story.assessed(child):
        told.append((each.on, each.on, "Assessment", f"Total need {each.total:.0f}"))
    for period in child_returns.missing_periods(child):
        told.append((period.started_on, period.ended_on, MISSING_LABELS[period.kind], ""))
    for each in child_returns.questionnaires(child):
        words = f"{each.score} of {SDQ_MOST}, {child_returns.sdq_band(each.score)}; the return's year ends that day"
        told.append((each.year_ended_on, each.year_ended_on, "Strengths and difficulties", words))
    told.sort(key=lambda event: (event[0], event[2]))
    return pd.DataFrame(
        [
            (theme.date_words(start), "today" if end is None else theme.date_words(end), what, detail)
            for start, end, what, detail in told
        ],
        columns=["From", "To", "What", "Detail"],
    )


def _spec(lanes: Lanes) -> dict[str, Any]:
    spec = filled(_shape(), lanes.rows)
    spec["height"] = round(-lanes.floor * UNIT_PX)
    first, until = ms(lanes.first), ms(lanes.until)
    y = {"values": list(lanes.ticks), "labelExpr": _lookup(list(lanes.ticks), list(lanes.ticks.values()))}
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        encoding["y"]["scale"] = {"domain": [lanes.floor, 0], "nice": False, "zero": False}
        encoding["y"]["axis"] = {**encoding["y"]["axis"], **y}
        if "field" in encoding["x"]:
            encoding["x"]["scale"] = {
                "type": "utc",
                "domain": [first, until + max((until - first) // 14, 30 * DAY_MS)],
                "nice": False,
            }
    return spec


def _lookup(values: Sequence[float], labels: Sequence[str]) -> str:
    """A Vega expression that gives each tick its label, several lines where it is broken."""
    joined = "~".join(label.replace("'", "\\'") for label in labels)
    nearest = ", ".join(f"{value:.3f}" for value in values)
    return f"split(split('{joined}', '~')[indexof([{nearest}], round(datum.value * 1000) / 1000)], '{LINE_BREAK}')"


@cache
def _shape() -> dict[str, Any]:
    labels = alt.Axis(title=None, grid=False, ticks=False, domain=False, labelPadding=8, labelFontSize=14)
    x = alt.X("x", type="temporal", title=None, axis=alt.Axis(title=None, tickCount=8, grid=True))
    y = alt.Y("y", type="quantitative", title=None, axis=labels)
    words = alt.Tooltip("words", type="nominal", title="On the line")
    label = alt.Text("label", type="nominal")

    def chart(name: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(name))

    return alt.layer(
        chart(FEES)
        .mark_bar(color=theme.CATEGORIES[3], opacity=0.85)
        .encode(x=x, x2="to", y=y, y2="top", tooltip=words),
        chart(STAYS)
        .mark_bar(color=theme.CATEGORIES[0], stroke="white", strokeWidth=1)
        .encode(x=x, x2="to", y=y, y2="top", tooltip=words),
        chart(MISSING).mark_bar(color=theme.CATEGORIES[2]).encode(x=x, x2="to", y=y, y2="top", tooltip=words),
        chart(BREAKS)
        .mark_text(text="✕", fontSize=20, fontWeight="bold", stroke="white", strokeWidth=0.6)
        .encode(x=x, y=y, tooltip=words),
        chart(TOTALS).mark_line(color=theme.EARLIER, strokeWidth=1.5).encode(x=x, y=y),
        chart(TOTALS)
        .mark_point(color=theme.CATEGORIES[0], filled=True, size=45, opacity=1)
        .encode(x=x, y=y, tooltip=words),
        chart(LIMITS).mark_rule(color=theme.EARLIER, strokeDash=[3, 3]).encode(x=x, x2="to", y=y),
        chart(SCORES).mark_line(color=theme.EARLIER, strokeWidth=1.5).encode(x=x, y=y),
        chart(SCORES)
        .mark_point(color=theme.CATEGORIES[0], filled=True, size=45, opacity=1)
        .encode(x=x, y=y, tooltip=words),
        chart(ENDS).mark_text(align="left", dx=6, fontSize=14).encode(x=x, y=y, text=label),
        chart(HEADS)
        .mark_text(align="left", fontSize=14, fontWeight="bold")
        .encode(x=alt.value(0), y=y, text=label),
    ).to_dict()
