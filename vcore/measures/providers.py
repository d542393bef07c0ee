"""Who is paid, for what need, with what result: one row a provider, every child in exactly one.

A provider is whoever the fee in force names. What the council runs itself is one row, children whose fee names
nobody are another: neither is dropped. Sums are kept beside their own counts, so that providers can be added
up before anything is divided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vcore.store import NOT_RECORDED, Cohort, Snapshot, YearBefore

OWN = "The council's own services"
OWN_CODE, NOBODY_CODE, FIRST_OUTSIDE = 0, 1, 2
LARGEST = 5  # providers whose share of spend a sentence names

# mean or share → what is added up, and the children it is divided by
RATES = {
    "mean_weekly_gbp": ("weekly_gbp", "costed"),
    "mean_need_total": ("need", "assessed"),
    "gap_gbp": ("gap", "expected"),
    "mean_need_change": ("need_change", "assessed_twice"),
    "spot_share": ("spot", "bought"),
    "in_area_share": ("in_area", "located"),
    "mean_miles": ("miles", "measured"),
}


@dataclass(frozen=True, eq=False)
class Providers:
    """Who every child of a snapshot lives with, in the order of its rows, worked out once for all cohorts.

    `names[code]`; codes 0 and 1 are the council's own services and nobody recorded. `spot` is 1 or 0, NaN where
    how the place was bought is not recorded. `before_gbp` is the fee a year earlier where the same provider
    cared for the child then, else NaN. `broken_position`, `broken_code` and `carer_asked` say, a placement that
    broke down since, whose child, which provider, and whether the carer or the provider asked for the end.
    """

    names: tuple[str, ...]
    code: np.ndarray
    spot: np.ndarray
    before_gbp: np.ndarray
    broken_position: np.ndarray
    broken_code: np.ndarray
    carer_asked: np.ndarray


def providers(snapshot: Snapshot, year_before: YearBefore) -> Providers:
    """The providers of a snapshot's children, and of their placements that broke down in the year before."""
    columns = ["provider", "sourced", "setting_detail"]
    now, broken = snapshot.frame[columns], year_before.broken_down[columns]
    outside, names = pd.factorize(
        pd.concat([outside_provider(now), outside_provider(broken)], ignore_index=True), sort=True
    )
    code = np.where(outside >= 0, outside + FIRST_OUTSIDE, NOBODY_CODE)
    code[np.concatenate([_own(now), _own(broken)])] = OWN_CODE
    same = (now["provider"] == year_before.provider).to_numpy("bool", na_value=False)
    return Providers(
        names=(OWN, NOT_RECORDED, *names),
        code=code[: len(now)],
        spot=np.where(now["sourced"].notna(), now["sourced"] == "spot", np.nan),
        before_gbp=np.where(same, year_before.weekly_cost_gbp, np.nan),
        broken_position=year_before.broken_down["position"].to_numpy("int64"),
        broken_code=code[len(now) :],
        carer_asked=year_before.broken_down["carer_asked"].to_numpy("bool"),
    )


def tally(cohort: Cohort, known: Providers, expected_gbp: np.ndarray | None = None) -> pd.DataFrame:
    """One row a provider with anybody in the cohort, by name: only what can be added up.

    Counts of children: `children`, `costed`, `assessed`, `expected` (with a price and one to expect),
    `assessed_twice`, `compared` (same provider a year before), `bought` (how is recorded), of them `spot`,
    `located`, of them `in_area`, `measured` (with a distance); and `breakdowns`, placements in the 12 months
    before, of them `carer_requests`. Sums: `weekly_gbp`, `need`, `gap` (£ above what is expected), `need_change`,
    `now_gbp` and `before_gbp` of those compared, `miles`. `expected_gbp` has a price for each row of the snapshot,
    NaN for none. `is_outside` is false for the council's own services and for nobody recorded.
    """
    code, size = known.code[cohort.chosen], len(known.names)
    frame = cohort.columns("weekly_cost_gbp", "need_total", "need_change", "in_area", "distance_miles")

    def numbers(name: str) -> np.ndarray:
        return frame[name].to_numpy("float64", na_value=np.nan)

    cost = numbers("weekly_cost_gbp")
    before = known.before_gbp[cohort.chosen]
    compared = ~np.isnan(cost) & ~np.isnan(before)
    gap = cost - (np.nan if expected_gbp is None else expected_gbp[cohort.chosen])
    table = {"children": np.bincount(code, minlength=size)}
    for count, total, amounts in (
        ("costed", "weekly_gbp", cost),
        ("assessed", "need", numbers("need_total")),
        ("expected", "gap", gap),
        ("assessed_twice", "need_change", numbers("need_change")),
        ("compared", "now_gbp", np.where(compared, cost, np.nan)),
        ("compared", "before_gbp", np.where(compared, before, np.nan)),
        ("bought", "spot", known.spot[cohort.chosen]),
        ("located", "in_area", numbers("in_area")),
        ("measured", "miles", numbers("distance_miles")),
    ):
        there = ~np.isnan(amounts)
        whose = code[there]
        table[count] = np.bincount(whose, minlength=size)
        table[total] = np.bincount(whose, weights=amounts[there], minlength=size)
    here = np.zeros(len(known.code), dtype=bool)
    here[cohort.chosen] = True
    broke = here[known.broken_position]
    for count, which in (("breakdowns", broke), ("carer_requests", broke & known.carer_asked)):
        table[count] = np.bincount(known.broken_code[which], minlength=size)
    added = pd.DataFrame(table, index=pd.Index(known.names, name="provider"))
    whole = ["spot", "in_area"]
    added[whole] = added[whole].astype("int64")
    added["is_outside"] = np.arange(size) >= FIRST_OUTSIDE
    return added[added["children"] > 0]


def rates(added: pd.DataFrame) -> pd.DataFrame:
    """Rows of `tally`, or sums of them, with what is told of each, most spend first.

    Adds the means and shares of `RATES`, `price_rise` (share, fees now against a year before, same child and
    provider), `share_of_children` and `share_of_spend` (0–1). Missing where nobody is behind it; `weekly_gbp`
    is missing, never £0, where nobody has a cost.
    """
    told = added.copy()
    for name, (total, count) in RATES.items():
        told[name] = told[total] / told[count].where(told[count] > 0)
    told["price_rise"] = told["now_gbp"] / told["before_gbp"].where(told["before_gbp"] > 0) - 1
    told["weekly_gbp"] = told["weekly_gbp"].where(told["costed"] > 0)
    spend = told["weekly_gbp"].sum()
    told["share_of_spend"] = told["weekly_gbp"] / spend if spend > 0 else float("nan")
    told["share_of_children"] = told["children"] / max(told["children"].sum(), 1)
    return told.sort_values(["weekly_gbp", "children"], ascending=False, kind="stable")


def largest(added: pd.DataFrame, most: int = LARGEST) -> pd.DataFrame:
    """The rows of the outside providers paid most, at most so many; never all of several."""
    outside = added[added["is_outside"] & (added["costed"] > 0)]
    return outside.nlargest(min(most, max(1, len(outside) - 1)), "weekly_gbp")


def _own(frame: pd.DataFrame) -> np.ndarray:
    """Whether the council runs it itself; where how it was bought is not recorded, the kind of home says it."""
    in_house = frame["setting_detail"].isin(["in_house_fostering", "in_house_residential"])
    return ((frame["sourced"] == "in_house") | (frame["sourced"].isna() & in_house)).to_numpy("bool")


def outside_provider(frame: pd.DataFrame) -> pd.Series:
    """Each child's outside provider; missing where there is none. Reads `provider`, `setting_detail`, `sourced`."""
    return frame["provider"].where(~_own(frame))


def added_up(added: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Rows of `tally` added up by the group each is in; a group is outside when all in it are."""
    by = added.groupby(np.asarray(groups, dtype=object), sort=False)
    return by.sum().assign(is_outside=by["is_outside"].all()).rename_axis("provider")
