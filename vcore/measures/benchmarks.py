"""Our unit costs and where our children live, beside England and the authority's statistical neighbours.

Published unit costs are spend of a year over days of care in it; ours are fees on one date. Not the same thing:
`docs/methods/england.md` says how they differ. What is not published stays missing and is never 0.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pandas as pd

from vcore.facts.england import PLACES, UNIT_COSTS, reference
from vcore.ingest.benchmarks import ENGLAND
from vcore.measures.composition import by_group
from vcore.store import Cohort
from vcore.store.benchmarks import Benchmarks

FEWEST_NEIGHBOURS = 5  # of ten: a median of fewer is of too few to stand for them
_UNKNOWN = float("nan")
_LEFT_OUT = re.compile(
    r"\blondon borough of\b|\b(city|county|of|council|borough|metropolitan|district|royal|the|and)\b|[^a-z]"
)


class Neighbours(NamedTuple):
    """One authority as the department names it, and its statistical neighbours' codes, closest first."""

    authority: str
    code: int
    codes: tuple[int, ...]


class _England(NamedTuple):
    """One published figure of England, and what stands beside it."""

    period: str
    england: float
    neighbours: float = _UNKNOWN
    published: int = 0
    own: float = _UNKNOWN
    growth: float = _UNKNOWN


def neighbours_of(loaded: Benchmarks, authority: str) -> Neighbours | None:
    """The statistical neighbours of an authority by its name; None where the loaded model does not name it."""
    near = loaded.neighbours
    wanted = _plain(authority)
    names = near[["code", "authority"]].drop_duplicates()
    code = names.loc[names["authority"].map(_plain) == wanted, "code"]
    if not wanted or len(code) != 1:
        return None
    own = near[near["code"] == code.iloc[0]].sort_values("place")
    return Neighbours(str(own["authority"].iloc[0]), int(code.iloc[0]), tuple(own["neighbour"].tolist()))


def unit_costs(loaded: Benchmarks, neighbours: Neighbours | None = None) -> pd.DataFrame:
    """What a week costs, a row each of `facts.england.UNIT_COSTS` (the index), £.

    Columns: `period`, `england`, `p10`, `median`, `p90` (of authorities; NaN where not known), `neighbours`
    (their median; NaN under five published), `published` (how many of them are), `own` (what is published for the
    authority itself) and `growth` (share: England's on the year before; NaN where that is not known).
    """
    rows = {}
    for key, cost in UNIT_COSTS.items():
        row = _latest(loaded.unit_costs, key, neighbours)
        built_in = reference(cost.england)
        if not row or row["period"] < built_in.period:
            rise = reference(cost.growth).value / 100 if cost.growth else _UNKNOWN
            row = _England(built_in.period, built_in.value, growth=rise)._asdict()
        spread = [reference(name) for name in cost.spread]
        known = bool(spread) and spread[0].period == row["period"]
        amounts = [found.value for found in spread] if known else [_UNKNOWN] * 3
        rows[key] = row | dict(zip(("p10", "median", "p90"), amounts, strict=True))
    return pd.DataFrame.from_dict(rows, orient="index")


def place_mix(loaded: Benchmarks, neighbours: Neighbours | None = None) -> pd.DataFrame:
    """Where children live, shares 0–1, a row each of `facts.england.PLACES` (the index).

    Columns: `period`, `england`, `neighbours`, `published`, `own` as in `unit_costs`; NaN and "" where
    England's share is not known.
    """
    everyone = reference("cla_england")
    rows = {}
    for key, place in PLACES.items():
        row = _latest(loaded.placement_mix, key, neighbours) if place.series else {}
        if not row and place.england:
            share = reference(place.england).value / everyone.value
            row = _England(everyone.period[-4:], share)._asdict()
        rows[key] = row or _England("", _UNKNOWN)._asdict()
    return pd.DataFrame.from_dict(rows, orient="index")


def own_costs(cohort: Cohort) -> pd.DataFrame:
    """`composition.by_group` by setting: what the cohort's own weeks cost, over placements with a cost."""
    return by_group(cohort, "setting")


def own_mix(cohort: Cohort) -> pd.DataFrame:
    """The cohort's own children, a row each of `facts.england.PLACES` (the index): `setting`, `children`,
    `share` (0–1; NaN of nobody)."""
    groups = cohort.groups("setting_detail")
    counts = dict(zip(groups.values, groups.counts().tolist(), strict=True))
    children = {key: sum(counts.get(detail, 0) for detail in place.details) for key, place in PLACES.items()}
    table = pd.DataFrame(
        {"setting": [place.setting for place in PLACES.values()], "children": list(children.values())},
        index=pd.Index(list(PLACES)),
    )
    table["share"] = table["children"] / len(cohort) if len(cohort) else float("nan")
    return table


def _latest(published: pd.DataFrame, series: str, neighbours: Neighbours | None) -> dict[str, Any]:
    """England in the last year it is published for, and the neighbours in that year; empty where it is not."""
    rows = published[published["series"] == series]
    england = rows[(rows["code"] == ENGLAND) & rows["value"].notna()]
    if england.empty:
        return {}
    england = england.sort_values("period")
    last = england.iloc[-1]
    year = rows[rows["period"] == last["period"]].set_index("code")["value"]
    beside = year[year.index.isin(neighbours.codes if neighbours else ())].dropna()
    return _England(
        str(last["period"]),
        float(last["value"]),
        beside.median() if len(beside) >= FEWEST_NEIGHBOURS else _UNKNOWN,
        len(beside),
        float(year.get(neighbours.code, _UNKNOWN)) if neighbours else _UNKNOWN,
        _growth(england),
    )._asdict()


def _growth(england: pd.DataFrame) -> float:
    """England's value in the last year over that of the year before it, less 1; NaN where that is not there."""
    last = england.iloc[-1]
    before = england[england["period"].str[:4] == str(int(last["period"][:4]) - 1)]["value"]
    return float(last["value"] / before.iloc[-1] - 1) if len(before) and before.iloc[-1] > 0 else _UNKNOWN


def _plain(name: str) -> str:
    """An authority's name as it is compared: "Bristol, City of" and "City of Bristol Council" are one."""
    return _LEFT_OUT.sub("", name.casefold())
