"""Need beside cost by time in care and by age: two small panels that share their rows, each with its own scale.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import charts, placement_words, reads, sentences, spend, theme
from ui.chart_data import filled
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from vcore.measures import time_profiles
from vcore.store import Cohort

METRICS = ("mean_need_total", "mean_weekly_cost", "interval_of_mean")
PROFILES = {"time_in_care_band": "Time in care", "age_band": "Age"}
UNITS: dict[str, Unit] = {
    "Children": "children",
    "Mean total need": "points",
    "Need, from": "points",
    "Need, to": "points",
    "Mean weekly cost": "gbp",
    "Cost, from": "gbp",
    "Cost, to": "gbp",
}
ROW_PX, HEAD_PX = 44, 40
PANELS = {"Mean total need": (0.0, theme.PAIR[0]), "Mean weekly cost": (0.52, theme.PAIR[1])}  # name → start
PANEL_WIDTH = 0.34  # of the picture's width; the rest of a panel holds the number
MARKS = "marks"
NO_JOURNEY = (
    "Each band holds different children on one date: this does not show need or cost changing in any child. "
    "The line at a bar's end is the 95% interval of the mean."
)


def by_time_in_care(cohort: Cohort, gate: Gate) -> Figure:
    """Mean need beside mean cost of children now at each length of time in care."""
    return _profile(cohort, "time_in_care_band", gate)


def by_age(cohort: Cohort, gate: Gate) -> Figure:
    """Mean need beside mean cost of children now of each age."""
    return _profile(cohort, "age_band", gate)


def _profile(cohort: Cohort, attribute: str, gate: Gate) -> Figure:
    table = reads.measured(time_profiles.by_band, cohort, attribute)
    rest = reads.measured(time_profiles.by_band, cohort.everyone_else, attribute)
    label = PROFILES[attribute]
    name = f"need-and-cost-by-{label.lower().replace(' ', '-')}"
    if not gate.counts(len(cohort), len(cohort.base)):
        return charts.quiet(name, f"Need beside cost by {label.lower()}", _who(cohort, gate))

    def told_of(counted: str, what: str) -> pd.DataFrame:
        return gate.table(table, counted, _ends(what), rest[counted].tolist())

    held = table["children"] > 0
    children = gate.table(table, "children", [], rest["children"].tolist())["children"][held]
    need = told_of("assessed", "need_total")[held]
    cost = spend.without_prices(
        cohort, attribute, told_of("costed", "weekly_gbp"), _ends("weekly_gbp"), gate
    )[held]
    bands = list(table[attribute][held])
    reach = list(zip(need["low_need_total"], need["high_need_total"], strict=True))
    title = placement_words.profile_title(attribute, bands, list(need["mean_need_total"]), reach)
    return Figure(
        name=name,
        title=title,
        subtitle=f"Means with their 95% intervals · {_who(cohort, gate)}",
        chart=_panels(bands, need, cost),
        table=pd.DataFrame(
            {
                label: bands,
                "Children": list(children),
                "Mean total need": list(need["mean_need_total"]),
                "Need, from": list(need["low_need_total"]),
                "Need, to": list(need["high_need_total"]),
                "Mean weekly cost": list(cost["mean_weekly_gbp"]),
                "Cost, from": list(cost["low_weekly_gbp"]),
                "Cost, to": list(cost["high_weekly_gbp"]),
            }
        ),
        alt=f"Bars by {label.lower()}: mean total need, and beside it mean weekly cost. {title}.",
        note=NO_JOURNEY,
        units=UNITS,
    )


def _ends(what: str) -> list[str]:
    """The columns of a mean and of the two ends of its interval."""
    return [f"{end}_{what}" for end in ("mean", "low", "high")]


def _who(cohort: Cohort, gate: Gate) -> str:
    n = sentences.children(len(cohort), gate, len(cohort.base))
    return f"{n} · {theme.date_words(cohort.as_of)}"


def _panels(bands: list[str], need: pd.DataFrame, cost: pd.DataFrame) -> dict[str, Any]:
    """The two panels, filled: each has its own scale, from 0, and each bar its number."""
    rows: list[dict[str, Any]] = []
    for (panel, (start, _)), table, what, tell in zip(
        PANELS.items(),
        (need, cost),
        ("need_total", "weekly_gbp"),
        (lambda mean: theme.number(mean, 1), theme.money_full),
        strict=True,
    ):
        told = [[table[end].iloc[place] for end in _ends(what)] for place in range(len(bands))]
        widest = max(
            [1.0, *(float(end) for row in told for end in row if not isinstance(end, str) and end == end)]
        )
        for band, (mean, low, high) in zip(bands, told, strict=True):
            known = not isinstance(mean, str) and mean == mean
            ends = [
                start + PANEL_WIDTH * (float(end) if known and end == end else 0.0) / widest
                for end in (mean, low, high)
            ]
            rows.append(
                {
                    "band": band,
                    "panel": panel,
                    "zero": start,
                    "mean": ends[0],
                    "low": ends[1] if ends[1] > start else ends[0],
                    "high": max(ends[2], ends[0]),
                    "words": mean if isinstance(mean, str) else tell(float(mean)),
                }
            )
    spec = filled(_panels_shape(), {MARKS: rows})
    spec["height"] = ROW_PX * len(bands) + HEAD_PX
    return spec


@cache
def _panels_shape() -> dict[str, Any]:
    """Both panels without their bars: a place between 0 and 1 says how far along a mark is."""
    marks = alt.Chart(alt.NamedData(MARKS))
    scale = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Y("band", type="nominal", sort=None, title=None,
              axis=alt.Axis(ticks=False, domain=False, labelPadding=8), scale=alt.Scale(paddingInner=0.35))  # fmt: skip
    color = alt.Color(
        "panel",
        type="nominal",
        sort=None,
        scale=alt.Scale(domain=list(PANELS), range=[color for _, color in PANELS.values()]),
    )
    zero = alt.X("zero", type="quantitative", axis=None, scale=scale)
    low, high = (alt.X(end, type="quantitative", axis=None, scale=scale) for end in ("low", "high"))
    layers = [
        marks.mark_bar(opacity=0.85).encode(x=zero, x2="mean", y=y, color=color),
        marks.mark_rule(color=theme.TEXT, strokeWidth=2).encode(x=low, x2="high", y=y),
        marks.mark_text(align="left", dx=6).encode(x=high, y=y, text=alt.Text("words", type="nominal")),
    ]
    return alt.layer(*layers).to_dict()
