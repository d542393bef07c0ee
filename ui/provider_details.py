"""One provider more closely, in words and by need: its results, and what would be to place again if it closed.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import bars, charts, page_options, reads, theme
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.figure import Figure
from ui.provider_rows import told, told_beside
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS, SETTING_OF
from vcore.measures.cost_model import CostModel
from vcore.measures.disclosure import HIDDEN
from vcore.measures.provider_picture import Picture, picture, price_by_need
from vcore.measures.providers import OWN, Providers
from vcore.store import Cohort

BOUGHT_LABELS = {"in_house": "in-house", "block": "in a block", "framework": "on a framework", "spot": "spot"}
HEIGHT_PX = 210
PROVIDER = "look-at"  # in the address


def offered(cohort: Cohort, known: Providers, model: CostModel | None, gate: Gate) -> list[str]:
    """Who can be looked at: outside providers, most spend first, then the council's own services.

    Nobody where all are too few to count.
    """
    if not (len(cohort) and gate.counts(len(cohort), len(cohort.base))):
        return []
    every = reads.measured(told, cohort, known, model, gate).every
    outside = [str(name) for name in every.index[every["is_outside"].astype("bool")]]
    return [*outside, *([OWN] if OWN in every.index else [])]


def choose(offered: list[str]) -> str | None:
    """The provider to look at, as the address has it, at first the one with the most spend; None of nobody."""
    label = "Look at one provider"
    if not offered:
        return st.selectbox(label, offered, placeholder="Nobody to choose")
    key = page_options.key_of(PROVIDER, offered, offered[0])
    return st.selectbox(label, offered, key=key, on_change=page_options.keep, args=(PROVIDER, ""))


def beside(
    cohort: Cohort, known: Providers, comparison: Comparison, known_there: Providers, name: str, gate: Gate
) -> str:
    """The same provider's children, price and need in the comparison; empty where that may not or cannot be told."""
    if not len(comparison.cohort):
        return ""
    there = reads.measured(told_beside, cohort, known, comparison.cohort, known_there, gate)
    if there.empty:
        return ""
    if name not in there.index:
        return f"{comparison.label}: nobody with this provider"
    row = there.loc[name]
    need, price = _points(row["mean_need_total"]), _money(row["mean_weekly_gbp"])
    return f"{comparison.label}: {_count(row['children'])}, {price} each, mean total need {need}"


def facts(
    cohort: Cohort,
    known: Providers,
    model: CostModel | None,
    gate: Gate,
    name: str,
    free: pd.DataFrame,
    there: str = "",
) -> list[str]:
    """What there is to say of one provider, a sentence a line. `free` as in `Store.free_places`, `there` as `beside`
    says it."""
    row = reads.measured(told, cohort, known, model, gate).every.loc[name]
    seen = reads.measured(picture, cohort, known, name)
    children, weekly = _count(row["children"]), _money(row["weekly_gbp"])
    said = [
        f"{children}, {weekly} a week; {_money(row['mean_weekly_gbp'])} each",
        f"Mean total need {_points(row['mean_need_total'])}; {_change(row['mean_need_change'])}",
    ]
    if there:
        said.append(there)
    if model is not None:
        said.append(f"Price against what need would lead one to expect: {_gap(row['gap_gbp'])}")
    said += [
        _where(seen, gate),
        f"Breakdowns in 12 months: {_points(row['breakdowns'], 0)}, of them at the carer's request: "
        f"{_points(row['carer_requests'], 0)}; fees since a year ago: {_rise(row['price_rise'])}",
        f"In area {_share(row['in_area_share'])}; {_points(row['mean_miles'], 0)} miles from home on average",
    ]
    if name != OWN:
        said.append(f"**If it closed:** {children} and {weekly} a week to place again. {_free(seen, free)}")
    return said


def price_and_need(cohort: Cohort, known: Providers, name: str, gate: Gate) -> Figure:
    """The provider's price by need beside others in the setting where most of its children live."""
    seen = reads.measured(picture, cohort, known, name)
    setting = SETTING_LABELS.get(seen.setting, "the same setting").lower()
    figure_name = "provider-price-by-need"
    if name != OWN and gate.price("", [1.0]) == HIDDEN:
        return charts.quiet(figure_name, "Price by need", "What one provider charges is not for your role")
    table = reads.measured(price_by_need, cohort, known, name, seen.setting)
    rest = reads.measured(price_by_need, cohort.everyone_else, known, name, seen.setting)
    mine = gate.table(table, "children", ["mean_weekly_gbp"], rest["children"].tolist())
    theirs = gate.table(table, "others", ["others_weekly_gbp"], rest["others"].tolist())
    shown = mine.assign(others=theirs["others"], others_weekly_gbp=theirs["others_weekly_gbp"]).astype(
        "object"
    )
    hidden = (shown["mean_weekly_gbp"] == HIDDEN) | (shown["others_weekly_gbp"] == HIDDEN)
    for mean in (
        "mean_weekly_gbp",
        "others_weekly_gbp",
    ):  # both or neither: together they may be all there are
        shown.loc[hidden & table[mean].notna(), mean] = HIDDEN
    here, others = "this provider", f"others in {setting}"
    title = _finding(shown)
    return Figure(
        name=figure_name,
        title=title,
        subtitle=f"Mean weekly price by total need, {here} and {others}",
        chart=bars.paired(
            list(shown["band"]),
            (here, list(shown["mean_weekly_gbp"])),
            (others, list(shown["others_weekly_gbp"])),
            colors=(theme.CATEGORIES[0], theme.CONTEXT),
            missing="nobody",
            height_px=HEIGHT_PX,
            tell=theme.money_full,
            shortest_scale=1,
        ),
        table=shown.set_axis(
            ["Total need", "Children", "Mean weekly price", "Others", "Their mean"], axis="columns"
        ),
        alt=f"Paired bars of mean weekly price by total need: {here} and {others}. {title}.",
        units={
            "Children": "children",
            "Mean weekly price": "gbp",
            "Others": "children",
            "Their mean": "gbp",
        },
    )


def _finding(shown: pd.DataFrame) -> str:
    """The band with most of the provider's children, if both prices may be told there."""
    both = [
        row
        for row in shown.to_dict("records")
        if all(
            isinstance(row[name], float) and row[name] >= 0
            for name in ("mean_weekly_gbp", "others_weekly_gbp")
        )
        if not isinstance(row["children"], str)
    ]
    if not both:
        return "Price by need"
    most = max(both, key=lambda row: row["children"])
    band = str(most["band"]).split(" (")[0]
    here, there = (theme.money_full(most[name]) for name in ("mean_weekly_gbp", "others_weekly_gbp"))
    return f"{band}: {here} a week here, {there} with others"


def _where(seen: Picture, gate: Gate) -> str:
    """Where its children live and how that was bought; for who sees no small number only the main setting.

    Homes by provider are a table of two ways, whose margins are told elsewhere.
    """
    if not gate.sees_small:
        return f"Most of them live in: {SETTING_LABELS.get(seen.setting, seen.setting).lower()}"
    homes = ", ".join(
        f"{DETAIL_LABELS.get(str(home), str(home))} {theme.number(n)}" for home, n in seen.homes.items()
    )
    bought = ", ".join(
        f"{BOUGHT_LABELS.get(str(how), str(how).lower())} {theme.number(n)}" for how, n in seen.bought.items()
    )
    return f"{homes}. Bought: {bought}"


def _free(seen: Picture, free: pd.DataFrame) -> str:
    """How many places the councils' own services have free in the same setting."""
    same = free[free["setting_detail"].map(SETTING_OF) == seen.setting]
    where = SETTING_LABELS.get(seen.setting, seen.setting).lower()
    if not len(same):
        return f"Free places in {where} elsewhere are not recorded."
    n = int(same["free"].clip(lower=0).sum())
    places = theme.count(n, "place is", "places are")
    return f"{places} free in the council's own {where} services, whatever age or need they are for."


def _count(cell: Any) -> str:
    return (
        f"children (number hidden: {cell})"
        if isinstance(cell, str)
        else theme.count(int(cell), "child", "children")
    )


def _money(cell: Any) -> str:
    return cell if isinstance(cell, str) else theme.money_full(cell)


def _share(cell: Any) -> str:
    return cell if isinstance(cell, str) else theme.percent(cell)


def _rise(cell: Any) -> str:
    more = not isinstance(cell, str) and cell > 0
    return f"+{_share(cell)}" if more else _share(cell)


def _points(cell: Any, places: int = 1) -> str:
    return cell if isinstance(cell, str) else theme.number(cell, places)


def _change(cell: Any) -> str:
    if not isinstance(cell, str) and pd.isna(cell):
        return "nobody assessed twice"
    sign = "+" if not isinstance(cell, str) and round(cell, 1) > 0 else ""
    return f"changed by {sign}{_points(cell)} between assessments"


def _gap(cell: Any) -> str:
    if isinstance(cell, str) or pd.isna(cell):
        return cell if isinstance(cell, str) else theme.NOT_AVAILABLE
    return f"{theme.money_full(abs(cell))} a week {'above' if cell > 0 else 'below'} it"
