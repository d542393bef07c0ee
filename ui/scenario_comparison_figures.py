"""Scenarios side by side: the table of what each comes to, children first, and the bridge from one to another.

Every number passes the gate. Asks kept figures, never the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from ui import charts, theme
from ui.chart_data import filled
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from ui.row_labels import broken, row_axis
from ui.saved_scenarios import may_tell
from ui.scenario_assumptions import lever_keys
from ui.scenario_comparison import Option, all_told
from ui.scenario_words import WHOSE, weeks_words, yearly
from vcore.measures.disclosure import HIDDEN

AFFECTED, MOVE, NEED = "Affected", "Would move", "Their mean need"
YEAR, TWICE, ONE_OFF, NET = "Less a year", "Counted twice, taken off", "One-off cost", "Net first year"
UNITS: dict[str, Unit] = {
    AFFECTED: "children",
    MOVE: "children",
    NEED: "points",
    YEAR: "gbp",
    TWICE: "gbp",
    ONE_OFF: "gbp",
    NET: "gbp",
}
TABLE, BRIDGE, BARS = "scenario-comparison", "scenario-comparison-bridge", "bars"
QUIET = "Scenarios side by side"
ROW_PX = 36


def headlines(compared: Sequence[Option], gate: Gate) -> Figure:
    """What each comes to, a row each. A table without a picture: the columns have nothing in common to draw."""
    rows = [_row(option, gate) for option in compared]
    title = headline(compared, gate)
    return Figure(
        name=TABLE,
        title=title,
        subtitle=subtitle(compared),
        chart={},
        table=pd.DataFrame(rows, columns=["Scenario", *UNITS]),
        alt=f"Table of {', '.join(option.name for option in compared)}. {title}",
        units=UNITS,
    )


def with_differences(found: Figure) -> pd.DataFrame:
    """The table as a reader sees it, with what each scenario has more or less of than the first."""
    first, *others = (row for _, row in found.table.iterrows())
    rows = [
        {"Scenario": f"{other['Scenario']} less {first['Scenario']}"}
        | {name: _more(other[name], first[name], unit) for name, unit in UNITS.items()}
        for other in others
    ]
    return pd.concat([found.words, pd.DataFrame(rows)], ignore_index=True)


def headline(compared: Sequence[Option], gate: Gate) -> str:
    """The finding: the children first, then the year."""
    if not all_told(compared, gate):
        return QUIET
    if len(compared) == 2:
        return _between_two(*sorted(compared, key=lambda option: -option.figures.annual_saving_gbp))
    moves = sorted(round(option.figures.children_moved) for option in compared)
    years = sorted(option.figures.annual_saving_gbp for option in compared)
    low, high = yearly(years[0]), yearly(years[-1])
    span = f"{low[0]} to {' '.join(high)}" if low[1] == high[1] else f"{' '.join(low)} to {' '.join(high)}"
    return f"About {_between(moves[0], moves[-1])} would move, for {span}"


def subtitle(compared: Sequence[Option]) -> str:
    """How the figures are reckoned."""
    scenario = compared[0].opened.scenario
    weeks = weeks_words(scenario.weeks_per_year)
    return (
        f"A full year of {weeks} weeks, {WHOSE[scenario.cost_basis]}, at prices of "
        f"{theme.date_words(compared[0].date)} · each child counted once"
    )


def bridge(first: Option, second: Option, gate: Gate) -> Figure:
    """The full-year effect of one, what each lever changes in sequence, and that of the other: it adds up."""
    title = f"From “{first.name}” to “{second.name}”"
    if not all_told((first, second), gate):
        return charts.quiet(BRIDGE, title, subtitle((first, second)))
    bars = _bars(first, second)
    apart = second.figures.annual_saving_gbp - first.figures.annual_saving_gbp
    most = max(bars[1:-1], key=lambda bar: abs(bar.annual), default=None)
    found = f"{theme.money(abs(apart))} a year apart"
    if most is not None and round(most.annual):
        found += f"; the largest difference: {most.key[0].lower()}{most.key[1:]}"
    return Figure(
        name=BRIDGE,
        title=found,
        subtitle=f"{title}, full-year effect, each child counted once",
        chart=_spec(bars),
        table=pd.DataFrame({"Part": [bar.part for bar in bars], "£ a year": [bar.annual for bar in bars]}),
        alt=f"Bars from £0: {'; '.join(f'{bar.part} {bar.words}' for bar in bars)}.",
        note="Each lever's difference is what it changes after the levers before it, so nothing is counted twice.",
        units={"£ a year": "gbp"},
    )


class _Bar(NamedTuple):
    """A bar from `start` to `end`, £ a year; `annual` is its length, with its sign."""

    key: str
    part: str
    kind: str
    start: float
    end: float
    annual: float
    words: str
    edge: float  # where its label stands


def _bars(first: Option, second: Option) -> list[_Bar]:
    one, other = _in_sequence(first), _in_sequence(second)
    reached = first.figures.annual_saving_gbp
    bars = [_bar(first.name, first.name, "total", 0.0, reached)]
    for key in _as_they_act(first, second):
        bars.append(_bar(key, key, "lever", reached, other.get(key, 0.0) - one.get(key, 0.0)))
        reached = bars[-1].end
    return [*bars, _bar(second.name, second.name, "total", 0.0, second.figures.annual_saving_gbp)]


def _bar(key: str, part: str, kind: str, start: float, annual: float) -> _Bar:
    said = theme.money(annual)
    words = said if kind == "total" or annual < 0 else f"+{said}"
    return _Bar(key, broken(part), kind, start, start + annual, annual, words, max(start, start + annual))


def _as_they_act(*options: Option) -> list[str]:
    """The names of the levers that either uses, in the order that levers act in."""
    levers = [lever for option in options for lever in option.opened.scenario.in_order]
    keys = [key for option in options for key in lever_keys(option.opened.scenario.in_order)]
    ranked = sorted(zip([lever.order for lever in levers], keys, strict=True))
    return list(dict.fromkeys(key for _, key in ranked))


def _in_sequence(option: Option) -> dict[str, float]:
    """£ a year of each lever in sequence, by its name."""
    keys, weeks = lever_keys(option.opened.scenario.in_order), option.opened.scenario.weeks_per_year
    amounts = (lever.in_sequence_weekly_gbp * weeks for lever in option.figures.levers)
    return dict(zip(keys, amounts, strict=True))


def _spec(bars: Sequence[_Bar]) -> dict[str, Any]:
    drawn = [{**bar._asdict(), "at": at} for at, bar in enumerate(bars)]
    spec = filled(_shape(), {BARS: drawn})
    ends = [end for bar in bars for end in (bar.start, bar.end)]
    reach = max(max(ends) - min(*ends, 0.0), 1.0)
    for layer in spec["layer"]:
        layer["encoding"]["x"]["scale"] = {"domain": [min(*ends, 0.0), max(*ends, 0.0) + 0.18 * reach]}
    spec["height"] = ROW_PX * len(bars)
    return spec


@cache
def _shape() -> dict[str, Any]:
    rows = alt.NamedData(BARS)
    color = alt.Color(
        "kind",
        type="nominal",
        legend=None,
        scale=alt.Scale(domain=["lever", "total"], range=[theme.SEQUENCE[1], theme.CATEGORIES[0]]),
    )
    y = alt.Y("part", type="nominal", sort=alt.EncodingSortField("at"), title=None, axis=row_axis())
    pounds = partial(alt.X, type="quantitative", axis=None)
    layers = [
        alt.Chart(rows)
        .mark_bar(height={"band": 0.72})
        .encode(x=pounds("start"), x2=alt.X2("end"), y=y, color=color),
        alt.Chart(rows)
        .mark_text(align="left", dx=6, fontWeight=600)
        .encode(x=pounds("edge"), y=y, text=alt.Text("words", type="nominal")),
    ]
    return alt.LayerChart(layer=layers).to_dict()


def _row(option: Option, gate: Gate) -> dict[str, Any]:
    figures = option.figures
    if not may_tell(figures, gate):
        return {"Scenario": option.name} | dict.fromkeys(UNITS, HIDDEN)
    affected, assessed = figures.children_affected, figures.affected_assessed
    need = float("nan") if figures.affected_mean_need is None else figures.affected_mean_need
    return {
        "Scenario": option.name,
        AFFECTED: affected if gate.counts(affected, figures.cohort.children) else HIDDEN,
        MOVE: round(figures.children_moved),
        NEED: need if assessed == 0 or gate.averages(assessed, figures.cohort.assessed) else HIDDEN,
        YEAR: figures.annual_saving_gbp,
        TWICE: figures.overlap_weekly_gbp * option.opened.scenario.weeks_per_year,
        ONE_OFF: figures.delivery_cost_gbp,
        NET: figures.net_first_year_gbp,
    }


def _more(cell: Any, than: Any, unit: Unit) -> str:
    if HIDDEN in (cell, than):
        return HIDDEN
    more = float(cell) - float(than)
    words = theme.money_full(more) if unit == "gbp" else theme.number(more, 1 if unit == "points" else 0)
    return f"+{words}" if more > 0 and any(digit in words for digit in "123456789") else words


def _between_two(more: Option, less: Option) -> str:
    """The one that saves more beside the other."""
    moved = round(more.figures.children_moved) - round(less.figures.children_moved)
    who = "as many children as"
    if moved:
        children = theme.count(abs(moved), "child", "children")
        who = f"about {children} {'more' if moved > 0 else 'fewer'} than"
    apart = more.figures.annual_saving_gbp - less.figures.annual_saving_gbp
    saves = f"save {theme.money(apart)} a year more" if round(apart) else "save the same"
    return f"“{more.name}” would move {who} “{less.name}” and {saves}"


def _between(low: int, high: int) -> str:
    if low == high:
        return theme.count(low, "child", "children")
    return f"{theme.number(low)} to {theme.count(high, 'child', 'children')}"
