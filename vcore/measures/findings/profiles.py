"""The report's charts that print no numbers: mean need in each area by group, and counts by group.

A row a group, with what is not recorded as a group of its own; the groups of one profile share out its children.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from vcore.facts.bands import AGE_BANDS
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.spend import CAP_GBP, TOLD_RESIDENTIAL
from vcore.store import Cohort

NOT_RECORDED, NOT_COSTED = "Not recorded", "Not costed"
ASIDE = (NOT_RECORDED, NOT_COSTED)  # groups that stand in the table and not in the chart
COST_BANDS: Mapping[str, float] = {
    "Under £500": 0,
    "£500 to £1,000": 500,
    "£1,000 to £2,000": 1_000,
    "£2,000 to £3,000": 2_000,
    "£3,000 to £5,000": 3_000,
    "£5,000 to £7,500": 5_000,
    "£7,500 to £10,000": 7_500,
    "£10,000 and over": 10_000,
}
SHORT_SETTINGS: Mapping[str, str] = {  # heads of columns
    **SETTING_LABELS,
    "semi_independent": "Supported",
    "parents_or_adoption": "Parents or adoption",
}
Groups = tuple[list[str], np.ndarray]  # their names, and each child's place among them; −1: none of them


def _by_price(seen: Evidence) -> Groups:
    place = np.where(seen.cost >= CAP_GBP, 0, 1)
    return ["£5,000 or more", "Under £5,000", NOT_COSTED], np.where(seen.costed, place, 2)


def _mild(seen: Evidence) -> Groups:
    homes = seen.where("setting", "residential")
    place = np.where(seen.severe == 0, 0, 1)
    return ["No severe need", "Any severe need"], np.where(homes & seen.assessed, place, -1)


def _banded(attribute: str) -> Callable[[Evidence], Groups]:
    return lambda seen: seen.grouped(attribute)


def _labelled(attribute: str, labels: Mapping[str, str]) -> Callable[[Evidence], Groups]:
    def read(seen: Evidence) -> Groups:
        names, place = seen.grouped(attribute)
        return [labels.get(name, name) for name in names], place

    return read


def _residential_kinds(seen: Evidence) -> Groups:
    names = [DETAIL_LABELS[kind] for kind in TOLD_RESIDENTIAL]
    place = np.where(seen.where("setting", "residential"), len(names), -1)
    for index, kind in enumerate(TOLD_RESIDENTIAL):
        place[seen.where("setting_detail", kind)] = index
    return [*names, "Other residential"], place


def _flag(column: str, yes: str, no: str) -> Callable[[Evidence], Groups]:
    def read(seen: Evidence) -> Groups:
        place = np.full(len(seen), 2)
        place[seen.where(column, True)] = 0
        place[seen.where(column, False)] = 1
        return [yes, no, NOT_RECORDED], place

    return read


def _sexes(low: int, high: int) -> Callable[[Evidence], Groups]:
    def read(seen: Evidence) -> Groups:
        place = np.full(len(seen), 2)
        place[seen.where("sex", "M")] = 0
        place[seen.where("sex", "F")] = 1
        return ["Boys", "Girls", NOT_RECORDED], np.where((seen.age >= low) & (seen.age <= high), place, -1)

    return read


GROUPS: Mapping[str, Callable[[Evidence], Groups]] = {
    "5": _by_price,
    "7": _mild,
    "13": _banded("age_band"),
    "14": _banded("time_in_care_band"),
    "15": _labelled("setting", SHORT_SETTINGS),
    "16": _residential_kinds,
    "17": _flag("disability", "Disabled", "Not disabled"),
    "19": _banded("ethnicity"),
    "22": _sexes(0, 11),
    "23": _sexes(12, 16),
    "24": _sexes(17, 99),
    "25": _flag("ehcp", "With a plan", "Without"),
    "26": _flag("excluded", "Excluded", "Never excluded"),
}


def _settings(seen: Evidence) -> Groups:
    """Settings, the smaller ones together."""
    told = ("fostering", "residential", "semi_independent")
    place = np.full(len(seen), len(told))
    for index, setting in enumerate(told):
        place[seen.where("setting", setting)] = index
    return [*(SETTING_LABELS[setting] for setting in told), "Elsewhere"], place


def mean_needs(cohort: Cohort, figure: str) -> pd.DataFrame:
    """Mean score by group (rows: `group`, `children` = assessed) and area of need (a column each, by its id)."""
    seen = Evidence(cohort, 0)
    names, place = GROUPS[figure](seen)
    known = seen.assessed & (place >= 0)
    n = np.bincount(place[known], minlength=len(names))
    table = pd.DataFrame({"group": names, "children": n.astype("int64")})
    for column, domain in enumerate(seen.needs.ids):
        sums = np.bincount(place[known], weights=cohort.scores[known, column], minlength=len(names))
        table[domain] = np.divide(sums, n, out=np.full(len(names), np.nan), where=n > 0)
    return table


def price_bands(cohort: Cohort) -> pd.DataFrame:
    """How many children's placements cost how much a week: `band`, `children`; those not costed last."""
    cost = Evidence(cohort, 0).cost
    starts = list(COST_BANDS.values())
    place = np.where(
        np.isnan(cost), len(starts), np.searchsorted(starts, np.nan_to_num(cost), side="right") - 1
    )
    counts = np.bincount(place, minlength=len(starts) + 1)
    return pd.DataFrame({"band": [*COST_BANDS, NOT_COSTED], "children": counts.astype("int64")})


def severe_counts(cohort: Cohort) -> pd.DataFrame:
    """How many severe needs children in residential have: `severe` ("0" to "6", "7 or more"), `children`."""
    seen = Evidence(cohort, 0)
    severe = seen.severe[seen.where("setting", "residential") & seen.assessed]
    counts = np.bincount(np.minimum(severe, 7).astype("int64"), minlength=8)
    return pd.DataFrame({"severe": [*map(str, range(7)), "7 or more"], "children": counts.astype("int64")})


def crossed(cohort: Cohort, figure: str) -> pd.DataFrame:
    """Counts of children, groups (rows) by what the chart shows (columns): figure 18, 20 or 21."""
    seen = Evidence(cohort, 0)
    if figure == "18":
        rows, columns = _flag("disability", "Disabled", "Not disabled")(seen), _settings(seen)
    elif figure == "20":
        rows, columns = seen.grouped("ethnicity"), (list(AGE_BANDS), seen.grouped("age_band")[1])
    else:
        rows, columns = seen.grouped("ethnicity"), _sexes(0, 99)(seen)
    known = (rows[1] >= 0) & (columns[1] >= 0)
    shape = (len(rows[0]), len(columns[0]))
    cells = np.bincount(rows[1][known] * shape[1] + columns[1][known], minlength=shape[0] * shape[1]).reshape(
        shape
    )
    return pd.DataFrame(cells, index=rows[0], columns=columns[0])
