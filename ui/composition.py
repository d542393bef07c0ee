"""Who a cohort is: any attribute of it beside what it is compared with, and how the two differ in cost and need.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ledger.people import Person
from ui import bars, charts, cohort_offers, reads, sentences, spend, theme
from ui.cohort_link import FLAGS
from ui.comparison import Comparison, everyone_else
from ui.disclosure import Gate
from ui.figure import Figure
from ui.headlines import Headline
from vcore.facts.bands import AGE_BANDS, BANDS
from vcore.facts.placements import SETTING_OF
from vcore.measures.composition import beside, mean
from vcore.measures.disclosure import HIDDEN
from vcore.measures.overlap import PARTS, overlap
from vcore.store import NOT_RECORDED, Cohort

MANY_ROWS = 12  # beyond which values that nobody here has are left out
Told = Callable[[Cohort, Gate], str]  # a figure of a cohort in words, through the gate
FLAG_FIELDS = {"Yes": True, "No": False, NOT_RECORDED: "not_recorded"}


@dataclass(frozen=True)
class Attribute:
    """Something to look at a cohort by. `filter`: the filter's name it becomes; empty where there is none."""

    name: str
    label: str
    filter: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)

    def label_of(self, value: str) -> str:
        return self.labels.get(value, value)

    def keeping(self, value: str) -> dict[str, Any]:
        """The fields of a filter that keep only the children with this value; empty where none can."""
        if self.name == "age_band":
            starts = [*AGE_BANDS.values(), None]
            place = list(AGE_BANDS).index(value)
            end = starts[place + 1]
            return {"age_min": starts[place], "age_max": None if end is None else end - 1}
        if not self.filter or (value == NOT_RECORDED and self.filter not in FLAGS):
            return {}
        if self.filter in FLAGS:
            return {self.filter: FLAG_FIELDS[value]}
        return {self.filter: (value,)}


BANDED = (
    Attribute("age_band", "Age", "age"),
    Attribute("time_in_care_band", "Time in care"),
)


def attributes(person: Person, base: Cohort) -> list[Attribute]:
    """What this reader may look at a cohort by, in the order of the filters."""
    offered = [
        Attribute(offer.column, offer.label, offer.name, offer.labels or {})
        for offer in cohort_offers.offered(person, base)
        if not offer.is_span
    ]
    first = [found for name in ("setting", "setting_detail") for found in offered if found.name == name]
    return [*first, *BANDED, *(found for found in offered if found not in first)]


def most_telling(attributes: list[Attribute], cohort: Cohort) -> int:
    """The place of the first attribute that the cohort is not already picked by."""
    chosen = cohort.filter.chosen()
    picked = {name.removesuffix("_min").removesuffix("_max") for name in chosen}
    open_ones = (place for place, found in enumerate(attributes) if found.filter not in picked)
    return next(open_ones, 0)


def options(cohort: Cohort, attribute: Attribute, gate: Gate) -> dict[str, str]:
    """The values of the attribute in the cohort, each with its label and its count in words."""
    table = told_rows(cohort, everyone_else(cohort), attribute, gate)
    return {
        value: f"{attribute.label_of(value)} · {cell if isinstance(cell, str) else theme.number(cell)}"
        for value, cell in zip(table[attribute.name], table["children"], strict=True)
        if isinstance(cell, str) or cell > 0
    }


def against(cohort: Cohort, comparison: Comparison, attribute: Attribute, gate: Gate) -> Figure:
    """The attribute in the cohort and in its comparison; where that holds nobody, children beside spend.

    Shares are drawn; counts, cost and need stand in the table.
    """
    return together(cohort, comparison, (attribute,), None, gate)


def together(
    cohort: Cohort,
    comparison: Comparison,
    attributes: tuple[Attribute, ...],
    height_px: int | None,
    gate: Gate,
) -> Figure:
    """`against` of several attributes in one figure, each child in one row of each of them."""
    words, other = comparison
    what = " and ".join(attribute.label for attribute in attributes)
    what = f"{what[0]}{what[1:].lower()}" if len(attributes) > 1 else what
    name = f"children-by-{'-and-'.join(attribute.name.replace('_', '-') for attribute in attributes)}"
    who = f"{sentences.children(len(cohort), gate, len(cohort.base))} · {theme.date_words(cohort.as_of)}"
    parts = [_labelled(told_rows(cohort, comparison, attribute, gate), attribute) for attribute in attributes]
    told = pd.concat(parts, ignore_index=True)
    if told.empty:
        return charts.quiet(name, f"Children by {what.lower()}", who)
    mine = "% of these children"
    if len(other):
        column, color, others = "share_of_other", theme.CONTEXT, f"% of {words}"
        who = f"{who}, beside {sentences.children(len(other), gate, len(other.base))}"
    else:
        column, color, others = "share_of_spend", theme.PAIR[1], "% of spend"
    # where all are in one row, the other attributes tell more
    telling = pd.concat([part for part in parts if 1.0 not in list(part["share_of_children"])] or parts)
    title = sentences.composition_title(
        what,
        list(telling["label"]),
        (mine, list(telling["share_of_children"])),
        (others, list(telling[column])),
    )
    return Figure(
        name=name,
        title=title,
        subtitle=f"{mine} and {others} · {who}",
        chart=bars.paired(
            list(told["label"]),
            (mine, list(told["share_of_children"])),
            (others, list(told[column])),
            colors=(theme.CATEGORIES[0], color),
            height_px=height_px,
        ),
        table=pd.DataFrame(
            {
                what: told["label"],
                "Children": told["children"],
                mine: told["share_of_children"],
                others: told[column],
                "Mean weekly cost": told["mean_weekly_gbp"],
                "Mean total need": told["mean_need_total"],
            }
        ),
        alt=f"Paired bars by {what.lower()}: {mine} and {others}. {title}.",
        units={
            "Children": "children",
            mine: "share",
            others: "share",
            "Mean weekly cost": "gbp",
            "Mean total need": "points",
        },
    )


def _labelled(told: pd.DataFrame, attribute: Attribute) -> pd.DataFrame:
    """The rows to draw, with their labels: of many values only those that somebody here has."""
    shown = told[told["children"] != 0] if len(told) > MANY_ROWS else told
    return shown.assign(label=[attribute.label_of(value) for value in shown[attribute.name]])


def headlines(cohort: Cohort, comparison: Comparison, gate: Gate) -> list[Headline]:
    """Cost and need of the cohort, each beside its comparison's."""
    words, other = comparison
    found = []
    for what, told in (("mean weekly cost", told_cost), ("mean total need", told_need)):
        here, there = (told(group, gate) for group in (cohort, other))
        if here == HIDDEN:  # all less the others would tell it
            there = HIDDEN
        found.append(Headline(here, f"{what} ({there} for {words})" if len(other) else what))
    share, of = spend.without_severe(cohort, gate, setting=None)
    return [*found, Headline(share, f"have no severe need ({of})")]


def mean_cost(cohort: Cohort) -> str:
    """The mean weekly cost in words, not yet through the gate."""
    return theme.money_full(mean(cohort, "weekly_cost_gbp"))


def mean_need(cohort: Cohort) -> str:
    """The mean total need in words, not yet through the gate."""
    return theme.number(mean(cohort, "need_total"), 1)


def told_cost(cohort: Cohort, gate: Gate) -> str:
    """The mean weekly cost in words, or why there is none."""
    n, of = (spend.completeness(group).costed for group in (cohort, cohort.whole_base))
    words = gate.amount(reads.measured(mean_cost, cohort), n, of)
    return gate.price(words, spend.cost_shares(cohort, gate))


def told_need(cohort: Cohort, gate: Gate) -> str:
    """The mean total need in words, or why there is none."""
    n, of = (spend.completeness(group).assessed for group in (cohort, cohort.whole_base))
    return gate.amount(reads.measured(mean_need, cohort), n, of)


def told_rows(cohort: Cohort, comparison: Comparison, attribute: Attribute, gate: Gate) -> pd.DataFrame:
    """The attribute's rows as in `measures.composition.beside`, through the gate; bands in their own order, the
    rest by spend.

    No row at all for a cohort too small to count: which rows hold somebody would tell about them.
    """
    other = comparison.cohort
    table = reads.measured(beside, cohort, other, attribute.name)
    if not gate.counts(len(cohort), len(cohort.base)):
        return table.head(0)
    if attribute.name in BANDS:
        order = {label: place for place, label in enumerate(BANDS[attribute.name][1])}
        table = table.sort_values(attribute.name, key=lambda names: names.map(order)).reset_index(drop=True)
    homes = attribute.name == "setting_detail"
    settings = [SETTING_OF[home] for home in table[attribute.name]] if homes else None

    def told_of(counted: str, values: list[str]) -> pd.DataFrame:
        if gate.sees_small:
            return table
        parts = _parts(cohort, other, attribute, table, counted)
        return gate.table_beside(table, counted, values, parts, settings)

    told = told_of("children", ["share_of_children", "share_of_other"])
    amounts = ["mean_weekly_gbp", "share_of_spend"]
    cost = spend.without_prices(cohort, attribute.name, told_of("costed", amounts), amounts, gate)
    need = told_of("assessed", ["mean_need_total"])
    return told.assign(
        mean_weekly_gbp=cost["mean_weekly_gbp"],
        share_of_spend=cost["share_of_spend"],
        mean_need_total=need["mean_need_total"],
    )


def _parts(
    cohort: Cohort, other: Cohort, attribute: Attribute, table: pd.DataFrame, counted: str
) -> np.ndarray:
    """How many of each row are in neither cohort, in the one, in the other and in both."""
    if other is cohort.everyone_else:  # known already: nobody is in both, nobody in neither
        own, others = table[counted].to_numpy(), table[f"other_{counted}"].to_numpy()
        nobody = np.zeros(len(table), dtype="int64")
        return np.stack([nobody, own, others, nobody], axis=1)
    laid_over = reads.measured(overlap, cohort, other, attribute.name)[counted]
    return laid_over.reindex(table[attribute.name], columns=list(PARTS), fill_value=0).to_numpy()
