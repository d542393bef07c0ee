"""Need beside cost of in-house and private homes, and how much of cost each kind of knowledge explains.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui import bars, charts, need_cost_words, reads, sentences, theme
from ui.chart_data import filled
from ui.disclosure import Gate
from ui.figure import Figure
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.cost_model import CostModel
from vcore.measures.disclosure import HIDDEN
from vcore.measures.need_against_cost import by_provision, known_children
from vcore.store import Cohort

PROVISION, EXPLAINED = "in-house-and-private", "cost-explained"
EXPLAINED_ROW_PX, PROVISION_PX = 44, 210
ROWS = "rows"


def provision(cohort: Cohort, gate: Gate) -> Figure:
    """In-house against private, fostering and residential: mean need beside mean cost."""
    found, base = (reads.measured(_by_provision, group) for group in (cohort, cohort.whole_base))
    subtitle = (
        f"Mean total need and mean weekly cost · {sentences.children(len(cohort), gate, len(cohort.base))}"
    )
    if not gate.counts(len(cohort), len(cohort.base)) or not found["children"].any():
        return charts.quiet(PROVISION, "In-house and private: need beside cost", subtitle)
    rest = (base["children"] - found["children"]).tolist()
    told = gate.table(found, "children", ["mean_need_total", "mean_weekly_gbp", "r"], rest)
    secret = [gate.price("", [top]) == HIDDEN for top in found["top_provider_share"]]
    told = told.assign(
        mean_weekly_gbp=told["mean_weekly_gbp"].astype("object").mask(pd.Series(secret), HIDDEN)
    )
    told = told[told["children"] != 0]
    homes = [DETAIL_LABELS[home] for home in told["setting_detail"]]
    title = need_cost_words.provision_title(told)
    return Figure(
        name=PROVISION,
        title=title,
        subtitle=subtitle,
        chart=bars.paired(
            homes,
            ("Need", list(told["mean_need_total"])),
            ("Weekly cost", list(told["mean_weekly_gbp"])),
            tell=(lambda need: theme.number(need, 1), theme.money_full),
            missing="nobody",
            height_px=PROVISION_PX,
        ),
        table=pd.DataFrame(
            {
                "Where children live": homes,
                "Children": told["children"],
                "Mean total need": told["mean_need_total"],
                "Mean weekly cost": told["mean_weekly_gbp"],
                "r of need and cost": told["r"],
            }
        ),
        alt=f"Paired bars of mean total need and mean weekly cost, in-house and private. {title}.",
        note="Need and cost are each drawn on a scale of their own.",
        units={
            "Children": "children",
            "Mean total need": "points",
            "Mean weekly cost": "gbp",
            "r of need and cost": "r",
        },
    )


def _by_provision(cohort: Cohort) -> pd.DataFrame:
    return by_provision(reads.measured(known_children, cohort))


def explained(model: CostModel) -> Figure:
    """How much of the differences in cost need, market facts and both explain, with their intervals.

    Of all children of the data, whatever the filters; only ever of many, so nothing in it is small.
    """
    title = need_cost_words.explained_title(model.explained)
    subtitle = (
        "Share of the differences in weekly cost (variance) · all children in the data, whatever the filters"
    )
    if model.explained["share"].isna().any():
        return charts.quiet(EXPLAINED, title, subtitle)
    names = [need_cost_words.known_names()[known] for known in model.explained["known"]]
    shares, low, high = (model.explained[column] for column in ("share", "low", "high"))
    rows = [
        {
            "row": name,
            "share": max(share, 0.0),
            "low": max(least, 0.0),
            "high": max(most, 0.0),
            "words": words,
        }
        for name, share, least, most, words in zip(
            names, shares, low, high, need_cost_words.shares_with_intervals(model.explained), strict=True
        )
    ]
    spec = filled(_explained_shape(), {ROWS: rows})
    spec["height"] = EXPLAINED_ROW_PX * len(rows)
    spec["layer"][0]["encoding"]["x"]["scale"] = {"domain": [0, max(max(high) * 1.5, 0.1)]}
    return Figure(
        name=EXPLAINED,
        title=title,
        subtitle=subtitle,
        chart=spec,
        table=pd.DataFrame(
            {
                "What is known": names,
                "Share explained": shares.clip(lower=0),
                "At least (95%)": low.clip(lower=0),
                "At most (95%)": high.clip(lower=0),
            }
        ),
        alt=f"Bars of the share of differences in cost explained by need, by market facts and by both. {title}.",
        units={"Share explained": "share", "At least (95%)": "share", "At most (95%)": "share"},
    )


@cache
def _explained_shape() -> dict[str, Any]:
    """The bars without their rows: a share, the line of its interval, and both in words."""
    rows = alt.Chart(alt.NamedData(ROWS))
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8)
    y = alt.Y("row", type="nominal", sort=None, title=None, axis=axis)
    x = alt.X("share", type="quantitative", title=None, axis=None)
    ends = {"x": alt.X("low", type="quantitative"), "x2": alt.X2("high")}
    return alt.LayerChart(
        layer=[
            rows.mark_bar(height={"band": 0.6}).encode(x=x, y=y),
            rows.mark_rule(color=theme.PAIR[1], strokeWidth=3).encode(y=y, **ends),
            rows.mark_text(align="left", dx=8).encode(
                x=alt.X("high", type="quantitative"), y=y, text=alt.Text("words", type="nominal")
            ),
        ]
    ).to_dict()
