"""Two pictures of spend: how it is concentrated, dearest first, and how it falls on settings beside need.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import bars, charts, reads, sentences, spend, theme
from ui.disclosure import Gate
from ui.figure import Figure
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS
from vcore.measures.composition import by_group
from vcore.measures.concentration import curve as concentration_curve
from vcore.measures.concentration import running_spend
from vcore.store import Cohort

TOP_SHARES = (0.01, 0.05, 0.10)
HEIGHT_PX = 206
CURVE, NAMED = "curve", "named"


def concentration(cohort: Cohort, gate: Gate) -> Figure:
    """The concentration curve, dearest first, with the top 1%, 5% and 10% named."""
    curve = concentration_curve(reads.measured(running_spend, cohort))
    n, costed = len(cohort), spend.completeness(cohort).costed
    covered = (curve["share_of_children"] * n).round().clip(upper=costed).astype("int64")
    tops = {share: spend.top(cohort, share) for share in TOP_SHARES}
    named_first = [top.dearest for top in reversed(tops.values())]  # the tenth is a headline too
    shown = curve[gate.steps(covered.to_numpy(), named_first)] if costed else curve
    points = [
        (share, top)
        for share, top in tops.items()
        if top.dearest and gate.averages(top.dearest, top.costed)
        if top.dearest in set(covered[shown.index])
    ]
    named = pd.DataFrame(
        {
            "share_of_children": [top.dearest / n for _, top in points],  # on the curve, not beside it
            "share_of_spend": [top.share_of_spend for _, top in points],
            "words": [
                f"dearest {theme.percent(share)}: {theme.percent(top.share_of_spend)} of spend"
                for share, top in points
            ],
        }
    )
    name, title = "spend-concentration", "How spend is spread, dearest placements first"
    subtitle = f"Share of weekly cost · {_who(cohort, gate)}"
    if not shown["share_of_children"].between(0, 1, inclusive="neither").any():
        return charts.quiet(name, title, subtitle)
    finding = "; ".join(named["words"]) or "No share is named, since few children would stand behind it"
    return Figure(
        name=name,
        title=title,
        subtitle=subtitle,
        chart={
            **_curve_shape(bool(len(named))),
            "datasets": {CURVE: shown.to_dict("records"), NAMED: named.to_dict("records")},
        },
        table=shown.rename(
            columns={"share_of_children": "Dearest share of children", "share_of_spend": "Share of spend"}
        ),
        alt=f"Curve of the share of spend against the share of children, dearest placements first. {finding}.",
        still_alt="Curve of the share of spend against the share of children, dearest placements first.",
        units={"Dearest share of children": "share", "Share of spend": "share"},
    )


def by_setting(cohort: Cohort, gate: Gate) -> Figure:
    """Spend beside children, and need beside cost, by setting; by kind of home where all are in one setting."""
    place, names = "setting", SETTING_LABELS
    table = reads.measured(by_group, cohort, place)
    if len(table) == 1:
        place, names = "setting_detail", DETAIL_LABELS
        table = reads.measured(by_group, cohort, place)
    if not gate.counts(len(cohort), len(cohort.base)):  # which homes hold somebody would tell about them
        return charts.quiet("spend-by-setting", "Spend and children by setting", _who(cohort, gate))
    rest = reads.measured(by_group, cohort.everyone_else, place).set_index(place)

    def told_of(counted: str, values: list[str]) -> pd.DataFrame:
        outside = rest[counted].reindex(table[place], fill_value=0)
        return gate.table(table, counted, values, outside.tolist())

    told = told_of("children", ["share_of_children"])
    amounts = ["weekly_gbp", "mean_weekly_gbp", "share_of_spend"]
    cost = spend.without_prices(cohort, place, told_of("costed", amounts), amounts, gate)
    need = told_of("assessed", ["mean_need_total"])
    shown = pd.DataFrame(
        {
            "Where children live": [names[code] for code in table[place]],
            "Children": told["children"],
            "Share of children": told["share_of_children"],
            "Weekly cost": cost["weekly_gbp"],
            "Share of spend": cost["share_of_spend"],
            "Mean weekly cost": cost["mean_weekly_gbp"],
            "Mean total need": need["mean_need_total"],
        }
    )
    title = sentences.settings_title(
        list(shown["Where children live"]), list(shown["Share of spend"]), list(shown["Share of children"])
    )
    return Figure(
        name="spend-by-setting",
        title=title,
        subtitle=f"Spend, children and mean total need · {_who(cohort, gate)}",
        chart=bars.paired(
            list(shown["Where children live"]),
            ("% of spend", list(shown["Share of spend"])),
            ("% of children", list(shown["Share of children"])),
            aside=[f"need {_need(cell)}" for cell in shown["Mean total need"]],  # cost never stands alone
            missing="no cost recorded",
            height_px=HEIGHT_PX,
        ),
        table=shown,
        alt=f"Paired bars of the share of spend and of children by where they live. {title}.",
        units={
            "Children": "children",
            "Share of children": "share",
            "Weekly cost": "gbp",
            "Share of spend": "share",
            "Mean weekly cost": "gbp",
            "Mean total need": "points",
        },
    )


def _who(cohort: Cohort, gate: Gate) -> str:
    n = sentences.children(len(cohort), gate, len(cohort.base))
    return f"{n} · {theme.date_words(cohort.as_of)}"


def _need(cell: Any) -> str:
    return cell if isinstance(cell, str) else theme.number(cell)


@cache
def _curve_shape(has_names: bool) -> dict[str, Any]:
    """The curve without its points."""
    curve, named = alt.NamedData(CURVE), alt.NamedData(NAMED)
    percent = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
    x = alt.X("share_of_children", type="quantitative", title="Share of children", axis=percent)
    y = alt.Y(
        "share_of_spend",
        type="quantitative",
        title="Share of weekly cost",
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
        scale=alt.Scale(domain=[0, 1]),
    )
    layers: list[alt.Chart] = [alt.Chart(curve).mark_line().encode(x=x, y=y)]
    if has_names:
        words = alt.Text("words", type="nominal")
        dots = alt.Chart(named).mark_point(size=60, filled=True, opacity=1, color=theme.PAIR[1])
        names = alt.Chart(named).mark_text(align="left", dx=10, dy=4)
        layers += [dots.encode(x=x, y=y), names.encode(x=x, y=y, text=words)]
    return alt.layer(*layers).properties(height=HEIGHT_PX).to_dict()
