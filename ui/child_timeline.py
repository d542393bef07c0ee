"""One time line of a child's care: where they lived, how need stood at each assessment, what a week cost.

Three panels over the same dates, each with its own measure and none laid over another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import theme
from ui.chart_data import filled
from ui.child_words import moves_title
from ui.figure import Figure
from ui.row_labels import LINE_BREAK, broken
from vcore.facts.codes import LEGAL_STATUS_LABELS
from vcore.facts.end_reasons import end_reason_words
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures import child_story
from vcore.measures.child_story import Assessed, Fee, Stay
from vcore.store.one_child import OneChild

NAME = "child-time-line"
UNIT_PX, LONGEST_LABEL = 26, 28
LANE, PANEL, GAP = 1.5, 3.0, 1.2  # heights in units
STAYS, BREAKS, TOTALS, FEES, HEADS, ENDS = "stays", "breaks", "totals", "fees", "heads", "ends"
DAY_MS = 86_400_000
Rows = dict[str, list[dict[str, Any]]]
NO_SDQ_DATES = (
    "Strengths and difficulties: only the latest score is loaded, without its date, so it is not on the line."
)


def figure(child: OneChild) -> Figure:
    """The time line up to the reader's date. A child without a placement has none: ask `empty` first."""
    stays, told, fees = child_story.stays(child), child_story.assessed(child), child_story.fees(child)
    until = child.as_of
    rows: Rows = {name: [] for name in (STAYS, BREAKS, TOTALS, FEES, HEADS, ENDS)}
    ticks: dict[float, str] = {}
    floor = _draw_stays(rows, ticks, stays, until)
    if told:
        floor = _draw_totals(rows, ticks, told, floor - GAP - PANEL)
    if fees:
        floor = _draw_fees(rows, ticks, fees, floor - GAP - PANEL, until)
    title = moves_title(child_story.moves(child))
    return Figure(
        name=NAME,
        title=title,
        subtitle="Where they lived, total need at each assessment, and what a week cost · "
        f"✕ the placement broke down · up to {theme.date_words(until)}",
        chart=_spec(rows, ticks, floor, stays[0].started_on, until),
        table=table(child),
        alt=f"A time line with three panels: placements, total need and weekly cost. {title}. The table beneath lists "
        "every event.",
        note=NO_SDQ_DATES,
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
    told.sort(key=lambda event: (event[0], event[2]))
    return pd.DataFrame(
        [
            (theme.date_words(start), "today" if end is None else theme.date_words(end), what, detail)
            for start, end, what, detail in told
        ],
        columns=["From", "To", "What", "Detail"],
    )


def _draw_stays(rows: Rows, ticks: dict[float, str], stays: Sequence[Stay], until: date) -> float:
    """A lane a kind of home, the first one on top. Returns where they end."""
    lanes = list(dict.fromkeys(stay.setting_detail for stay in stays))
    for at, lane in enumerate(lanes):
        ticks[-(at + 0.5) * LANE] = broken(DETAIL_LABELS[lane], LONGEST_LABEL)
    for stay in stays:
        y = -(lanes.index(stay.setting_detail) + 0.5) * LANE
        end = stay.ended_on or until
        words = f"{DETAIL_LABELS[stay.setting_detail]}, {_from_to(stay.started_on, stay.ended_on)}"
        rows[STAYS].append(
            {"x": _ms(stay.started_on), "to": _ms(end), "y": y - 0.3, "top": y + 0.3, "words": words}
        )
        if stay.breakdown:
            words = f"Broke down on {theme.date_words(end)}: {end_reason_words(stay.end_reason)}"
            rows[BREAKS].append({"x": _ms(end), "y": y, "words": words})
    return -len(lanes) * LANE


def _draw_totals(rows: Rows, ticks: dict[float, str], told: Sequence[Assessed], floor: float) -> float:
    """Total need at each assessment. Returns where the panel ends."""
    top = _round_up(max(each.total for each in told))
    _panel(rows, ticks, floor, "Total need, points", top, theme.number)
    rows[TOTALS] += [
        {
            "x": _ms(each.on),
            "y": floor + PANEL * each.total / top,
            "words": f"{each.total:.0f} on {theme.date_words(each.on)}",
        }
        for each in told
    ]
    rows[ENDS].append(rows[TOTALS][-1] | {"label": f"{told[-1].total:.0f}"})
    return floor


def _draw_fees(rows: Rows, ticks: dict[float, str], fees: Sequence[Fee], floor: float, until: date) -> float:
    """What a week cost, a block a fee; a gap where none is recorded. Returns where the panel ends."""
    top = _round_up(max(fee.weekly_cost_gbp for fee in fees))
    _panel(rows, ticks, floor, "Weekly cost", top, theme.money)
    for fee in fees:
        words = f"{theme.money_full(fee.weekly_cost_gbp)} a week, {_from_to(fee.started_on, fee.ended_on)}"
        height = floor + PANEL * fee.weekly_cost_gbp / top
        end = _ms(fee.ended_on or until)
        rows[FEES].append({"x": _ms(fee.started_on), "to": end, "y": floor, "top": height, "words": words})
        if fee.ended_on is None:
            rows[ENDS].append({"x": end, "y": height, "label": theme.money(fee.weekly_cost_gbp)})
    return floor


def _panel(
    rows: Rows, ticks: dict[float, str], floor: float, head: str, top: float, tell: Callable[[float], str]
) -> None:
    """A panel's name over it, and the two ends of its scale."""
    rows[HEADS].append({"y": floor + PANEL + 0.35, "label": head})
    ticks[floor] = tell(0)
    ticks[floor + PANEL] = tell(top)


def _spec(rows: Rows, ticks: dict[float, str], floor: float, first: date, until: date) -> dict[str, Any]:
    spec = filled(_shape(), rows)
    spec["height"] = round(-floor * UNIT_PX)
    y = {
        "values": list(ticks),
        "labelExpr": _lookup(list(ticks), list(ticks.values())),
    }
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        encoding["y"]["scale"] = {"domain": [floor, 0], "nice": False, "zero": False}
        encoding["y"]["axis"] = {**encoding["y"]["axis"], **y}
        if "field" in encoding["x"]:
            encoding["x"]["scale"] = {
                "type": "utc",
                "domain": [_ms(first), _ms(until) + max((_ms(until) - _ms(first)) // 14, 30 * DAY_MS)],
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
        chart(BREAKS)
        .mark_text(text="✕", fontSize=20, fontWeight="bold", stroke="white", strokeWidth=0.6)
        .encode(x=x, y=y, tooltip=words),
        chart(TOTALS).mark_line(color=theme.EARLIER, strokeWidth=1.5).encode(x=x, y=y),
        chart(TOTALS)
        .mark_point(color=theme.CATEGORIES[0], filled=True, size=45, opacity=1)
        .encode(x=x, y=y, tooltip=words),
        chart(ENDS).mark_text(align="left", dx=6, fontSize=14).encode(x=x, y=y, text=label),
        chart(HEADS)
        .mark_text(align="left", fontSize=14, fontWeight="bold")
        .encode(x=alt.value(0), y=y, text=label),
    ).to_dict()


def _ms(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY_MS


def _from_to(start: date, end: date | None) -> str:
    ends = "to today" if end is None else f"to {theme.date_words(end)}"
    return f"from {theme.date_words(start)} {ends}"


def _round_up(highest: float) -> float:
    """The end of a scale: the next round number that holds the highest value."""
    size = 10.0
    while size < highest:
        size *= 10
    return next(
        size * part for part in (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0) if size * part >= highest
    )
