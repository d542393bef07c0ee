"""Beside England: what a week costs and where children live, with the published figures next to our own.

Always of whole authorities, since that is what is published: those the reader chose, else all of theirs. Every
number of ours passes the gate; published ones have passed the department's. Asks the measures, never the data.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

import pandas as pd
import streamlit as st

from ui import charts, comparison, reads, sentences, spend, theme
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from vcore.facts.england import PLACES, UNIT_COSTS
from vcore.measures import benchmarks
from vcore.measures.benchmarks import Neighbours
from vcore.measures.disclosure import HIDDEN
from vcore.store import Cohort, CohortFilter
from vcore.store.benchmarks import Benchmarks

LABEL = "Beside England"
METRICS = ("published_unit_cost", "published_places", "published_growth", "neighbours_median")
HERE, ENGLAND, NEAR, OWN = "Here", "England", "Neighbours", "Published here"
GROWTH = "England’s rise in a year"
NOT_THE_SAME = (
    "Published: a year's spend (section 251) over days of care. Here: fees on one date. Not the same thing."
)
SEVERAL = (
    "Each authority has its own statistical neighbours, so there is no one set for several: choose one authority in "
    "the filters to see its own."
)
TOO_CLOSE = (
    "These children and all of their authority differ by only a few. Side by side, their figures would tell about "
    "those few. Remove a filter to see the authority beside England."
)


class Ours(NamedTuple):
    """The whole authorities to show. `neighbours` of the one authority, if there is one and the model names it;
    `why` says why there are none, else which."""

    cohort: Cohort
    neighbours: Neighbours | None
    why: str


@st.fragment
def fold(cohort: Cohort, gate: Gate) -> None:
    """The button that opens it. A fragment: nothing is read or drawn until then, and nothing else runs."""
    if st.button(LABEL, type="tertiary", key="beside-england"):
        _open(cohort, gate)


@st.dialog(LABEL, width="large")
def _open(cohort: Cohort, gate: Gate) -> None:
    if reads.gate() != gate:  # somebody else's, or another right, since it was drawn
        st.rerun()
    loaded = reads.benchmarks()
    found = ours(cohort, loaded)
    if not _stands_beside(cohort, found, gate):
        st.markdown(TOO_CLOSE)
        return
    out = reads.gate_out()
    for tab, figure in zip(st.tabs(["Cost of a week", "Where children live"]), (costs, places), strict=True):
        with tab:
            shown = figure(found, loaded, gate)
            charts.head(shown, level=3)
            st.table(shown.words, hide_index=True, border="horizontal")
            charts.draw_note(shown)
            if out is None or not _stands_beside(cohort, found, out):
                st.caption(charts.NOT_TO_TAKE)
            else:
                charts.offer_file(partial(figure, found, loaded), sees_small=gate.sees_small, shown=shown)


def _stands_beside(cohort: Cohort, found: Ours, gate: Gate) -> bool:
    """Whether the whole authorities may be told of on the cohort's page; all children are beside every cohort."""
    whole = found.cohort.filter in (cohort.filter, CohortFilter())
    return whole or comparison.may_stand_beside(cohort, found.cohort, gate)


def ours(cohort: Cohort, loaded: Benchmarks) -> Ours:
    """All children of the authorities that the reader chose, or of all of theirs."""
    names = cohort.filter.authorities
    whole = reads.cohort_of(CohortFilter(authorities=names), cohort.as_of)
    own = list(names or reads.loaded_authorities())
    if loaded.neighbours.empty:
        return Ours(
            whole, None, "No statistical neighbours are loaded. Methods says how an analyst loads them."
        )
    if len(own) != 1:
        return Ours(whole, None, SEVERAL)
    found = benchmarks.neighbours_of(loaded, own[0])
    if found is None:
        return Ours(
            whole, None, f"No statistical neighbours for {own[0]}: the loaded model does not name it."
        )
    return Ours(
        whole,
        found,
        f"Neighbours: the median of the ten statistical neighbours of {found.authority} that have a value.",
    )


def costs(found: Ours, loaded: Benchmarks, gate: Gate) -> Figure:
    """What a week costs here, in England and at the neighbours."""
    published = benchmarks.unit_costs(loaded, found.neighbours)
    here = [_own_cost(found.cohort, cost.setting, gate) for cost in UNIT_COSTS.values()]
    table = pd.DataFrame({"A week": [cost.label for cost in UNIT_COSTS.values()], HERE: here})
    table = _with_published(table, published, found)
    spread = {"p10": "A tenth of authorities under", "p90": "A tenth over"}
    for name, words in spread.items():
        if published[name].notna().any():
            table[words] = published[name].tolist()
    table[GROWTH] = published["growth"].tolist()
    england = f"{theme.money_full(published['england'].iloc[0])} across England"
    mine = here[0]
    said = "" if isinstance(mine, str) or pd.isna(mine) else f"{theme.money_full(mine)} here, "
    title = f"A week in residential: {said}{england}"
    note = f"{NOT_THE_SAME} {found.why}"
    return _figure("beside-england-costs", title, table, "gbp", found, note)


def places(found: Ours, loaded: Benchmarks, gate: Gate) -> Figure:
    """Where children live here, in England and at the neighbours."""
    published = benchmarks.place_mix(loaded, found.neighbours)
    own = reads.measured(benchmarks.own_mix, found.cohort)
    rest = reads.measured(benchmarks.own_mix, found.cohort.everyone_else)
    told = gate.table(own, "children", ["share"], rest["children"].tolist(), own["setting"].tolist())
    shares = told["share"].tolist()
    if not gate.counts(len(found.cohort), len(found.cohort.base)):
        shares = [HIDDEN] * len(told)  # where nobody lives would tell where they do
    labels = [place.label for place in PLACES.values()]
    table = _with_published(pd.DataFrame({"Where children live": labels, HERE: shares}), published, found)
    title = sentences.composition_title(
        "Where children live", labels, ("% here", shares), ("% across England", table[ENGLAND].tolist())
    )
    note = "Published shares are rounded to whole percent."
    return _figure("beside-england-places", title, table, "share", found, note)


def _with_published(table: pd.DataFrame, published: pd.DataFrame, found: Ours) -> pd.DataFrame:
    columns = {ENGLAND: published["england"]}
    if found.neighbours is not None:
        columns |= {NEAR: published["neighbours"], OWN: published["own"]}
    columns["Year"] = published["period"].replace("", theme.NOT_AVAILABLE)
    return table.assign(**{name: cells.tolist() for name, cells in columns.items()})


@lru_cache(maxsize=1)
def price_growth(loaded: Benchmarks) -> str:
    """How much England's cost of a week rose, in a sentence, to stand beside a rise of our own."""
    published = benchmarks.unit_costs(loaded)
    rises = [
        f"{theme.percent(row['growth'])} in {UNIT_COSTS[str(key)].label.lower()} ({row['period']})"
        for key, row in published.iterrows()
        if row["growth"] > 0
    ]
    if not rises:
        return ""
    return (
        f"Across England the published cost of a week rose by {' and '.join(rises)}: of whoever lived there each year, "
        "while the rise of fees here is of the same children with the same provider."
    )


def _figure(name: str, title: str, table: pd.DataFrame, unit: Unit, found: Ours, note: str) -> Figure:
    """A table without a picture: three numbers a row need none."""
    who = " and ".join(found.cohort.filter.authorities or ()) or "all authorities here"
    units: dict[str, Unit] = {str(column): unit for column in table.columns[1:] if column != "Year"}
    if GROWTH in units:
        units[GROWTH] = "share"
    return Figure(
        name=name,
        title=title,
        subtitle=f"{who[0].upper()}{who[1:]}, {theme.date_words(found.cohort.as_of)}, beside what is published",
        chart={},
        table=table,
        alt=f"Table of ours beside published figures. {title}.",
        note=note,
        units=units,
    )


def _own_cost(cohort: Cohort, setting: str, gate: Gate) -> float | str:
    """The mean weekly cost of placements with one, in a setting or (empty) in all; "c" where hidden."""
    table = reads.measured(benchmarks.own_costs, cohort)
    if not gate.counts(len(cohort), len(cohort.base)):
        return HIDDEN
    if not setting:
        costed = spend.completeness(cohort).costed
        return spend.told(spend.sizes(cohort).weekly_gbp / max(costed, 1), cohort, gate)
    rest = reads.measured(benchmarks.own_costs, cohort.everyone_else).set_index("setting")["costed"]
    told = gate.table(
        table, "costed", ["mean_weekly_gbp"], rest.reindex(table["setting"], fill_value=0).tolist()
    )
    told = spend.without_prices(cohort, "setting", told, ["mean_weekly_gbp"], gate)
    cells = told.loc[told["setting"] == setting, "mean_weekly_gbp"].tolist()
    return cells[0] if cells else float("nan")
