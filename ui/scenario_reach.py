"""Whom a scenario looks at: how a move's funnel narrows, and what those it reaches need beside what they cost.

Every number passes the gate. Asks the run and the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import numpy as np
import pandas as pd

from ui import scenario_words as words
from ui import theme
from ui.disclosure import Gate
from ui.figure import Figure
from ui.lever_words import FUNNEL_LINE, funnel_words, is_move
from ui.scenario_figures import PLAIN, ROW_PX
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.composition import added_up
from vcore.measures.disclosure import HIDDEN
from vcore.scenarios import Result, Step
from vcore.store import Cohort, Groups

EVERYONE = "Everyone here"
TO_DISCUSS, REPRICED = "To discuss", "Price or payer changes"
SIDE_PX = 330


def funnel(result: Result, step: Step, gate: Gate) -> Figure:
    """How the children whom a move looks at become those for discussion, test by test."""
    lever = step.settings
    shown = funnel_counts(step, len(result.cohort), gate)
    names = [name for name in step.funnel if name != "within_need_and_age"]
    table = pd.DataFrame(
        {
            "Children left": [shown[name] if shown[name] == HIDDEN else step.funnel[name] for name in names],
            "Test": [funnel_words(name, lever) for name in names],
        }
    )[["Test", "Children left"]]
    drawn = pd.DataFrame(
        {
            "test": table["Test"],
            "left": pd.to_numeric(table["Children left"], errors="coerce").fillna(0),
            "words": [shown[name] for name in names],
        }
    )
    y = alt.Y("test", type="nominal", sort=None, title=None, axis=PLAIN)
    x = alt.X("left", type="quantitative", axis=None)
    bars = alt.Chart(drawn).mark_bar(color=theme.CATEGORIES[0]).encode(x=x, y=y)
    labels = (
        alt.Chart(drawn)
        .mark_text(align="left", dx=5)
        .encode(x=x, y=y, text=alt.Text("words", type="nominal"))
    )
    left = shown[names[-1]]
    return Figure(
        name=f"scenario-funnel-{lever.code()}",
        title=f"{left} of {shown[names[0]]} {funnel_words(names[0], lever)} are left for discussion",
        subtitle=f"Children left after each test · {theme.date_words(result.cohort.as_of)}",
        chart=alt.LayerChart(layer=[bars, labels], height=ROW_PX * len(drawn)),
        table=table,
        alt=f"Bars of the children left after each test, from {shown[names[0]]} down to {left}.",
        units={"Children left": "children"},
    )


def funnel_counts(step: Step, n: int, gate: Gate) -> dict[str, str]:
    """The funnel's counts as words; where neighbours would give away a few children, "c"."""
    rising = [*reversed(step.funnel.values()), n]
    said_elsewhere = [step.eligible, *(step.funnel[name] for name in FUNNEL_LINE if name in step.funnel)]
    safe = set(np.array(rising)[gate.steps(rising, said_elsewhere)])
    return {
        name: theme.number(left) if left in safe and gate.counts(left) else HIDDEN
        for name, left in step.funnel.items()
    }


def affected(result: Result, gate: Gate) -> Figure:
    """Need beside cost: of everyone here, of those who may move and of those whose price changes, by home."""
    cohort = result.cohort
    rows = [need_and_cost(cohort, Groups.single(len(cohort), EVERYONE), gate)]
    groups = {TO_DISCUSS: [step for step in result.steps if is_move(step)]}
    groups[REPRICED] = [step for step in result.steps if step not in groups[TO_DISCUSS]]
    for group, steps in groups.items():
        if not words.union(steps):
            continue
        here = np.logical_or.reduce([step.effect.eligible for step in steps])
        homes = need_and_cost(cohort, cohort.groups("setting_detail"), gate, here)
        homes["who"] = [f"{group}: {DETAIL_LABELS[home].lower()}" for home in homes["who"]]
        rows.append(homes)
    table = pd.concat(rows, ignore_index=True)
    return Figure(
        name="scenario-affected",
        title="Need beside cost, today",
        subtitle=f"Mean total need and mean gross weekly cost · {theme.date_words(result.cohort.as_of)}",
        chart=alt.hconcat(
            _side(table, "need", "Mean total need", theme.number, color=theme.PAIR[1], labels=True),
            _side(table, "cost", "Mean weekly cost", theme.money, color=theme.PAIR[0], labels=False),
            spacing=24,
        ),
        table=table.rename(
            columns={
                "who": "Who",
                "children": "Children",
                "need": "Mean total need",
                "cost": "Mean weekly cost",
            }
        ),
        alt=f"Paired bars of mean need and mean cost: {'; '.join(table['who'])}.",
        units={"Children": "children", "Mean total need": "points", "Mean weekly cost": "gbp"},
    )


def need_and_cost(cohort: Cohort, groups: Groups, gate: Gate, here: np.ndarray | None = None) -> pd.DataFrame:
    """One row a group of the children, or of some of them: `who`, `children`, `need` (mean points), `cost` (mean
    weekly £); "c" where hidden."""
    table = added_up(cohort, "who", groups, here)
    rest = np.zeros(len(groups.values)) if here is None else groups.counts(~here)
    others = dict(zip(groups.values, rest.astype("int64").tolist(), strict=True))
    left_out = [others[who] for who in table["who"]]
    return pd.DataFrame(
        {
            "who": table["who"],
            "children": gate.table(table, "children", [], left_out)["children"],
            "need": gate.table(table, "assessed", ["mean_need_total"], left_out)["mean_need_total"],
            "cost": gate.table(table, "costed", ["mean_weekly_gbp"], left_out)["mean_weekly_gbp"],
        }
    )


def _side(
    table: pd.DataFrame, column: str, title: str, say: Callable[[float], str], *, color: str, labels: bool
) -> alt.LayerChart:
    drawn = pd.DataFrame(
        {
            "who": [
                f"{who} ({count if isinstance(count, str) else theme.number(float(count))})"
                for who, count in zip(table["who"], table["children"], strict=True)
            ],
            "size": pd.to_numeric(table[column], errors="coerce").fillna(0.0),
            "words": [cell if isinstance(cell, str) else say(float(cell)) for cell in table[column]],
        }
    )
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8, labels=labels)
    y = alt.Y("who", type="nominal", sort=None, title=None, axis=axis)
    x = alt.X(
        "size",
        type="quantitative",
        title=title,
        axis=alt.Axis(labels=False, ticks=False, grid=False),
        scale=alt.Scale(domain=[0, max(drawn["size"].max() * 1.25, 1)]),
    )
    bars = alt.Chart(drawn).mark_bar(color=color).encode(x=x, y=y)
    words = (
        alt.Chart(drawn)
        .mark_text(align="left", dx=5)
        .encode(x=x, y=y, text=alt.Text("words", type="nominal"))
    )
    return alt.LayerChart(layer=[bars, words], height=ROW_PX * len(drawn), width=SIDE_PX)
