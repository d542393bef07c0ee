"""Fees: one row a fee period, £ a week, with each funder's part. Never a cost of £0 for one that is not known.

END is the last day a fee is paid. Councils also write the day the next fee starts, so where the next fee
starts on that very day it takes over; no day has two fees.
"""

from __future__ import annotations

import pandas as pd

from vcore.facts.placements import SETTING_OF
from vcore.ingest.corrections import in_percent
from vcore.ingest.dates import written
from vcore.ingest.findings import Findings

TOLERANCE_GBP = 1.0  # how far the parts may be from the whole: rounding
_A_DAY = pd.Timedelta(days=1)
_FOREVER = pd.Timestamp("2200-01-01")
_PARTS = ["SOCIAL_CARE", "EDUCATION", "HEALTH"]


def fees(costs: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """The fee periods that count, no two of a child on one day: the sent columns and `stop`, the first unpaid day."""
    free = costs["WEEKLY_COST"] == 0
    findings.add("COST_ZERO", costs.index[free], "WEEKLY_COST", found="0")
    costs = _split(costs[~free], findings)
    same = costs.duplicated([name for name in costs.columns if name != "file"])
    findings.add("ROW_REPEATED", costs.index[same], "START")
    costs = costs[~same].sort_values(["CHILD", "START"], kind="stable")
    overlapping = _overlapping(costs)
    findings.add("FEES_OVERLAP", overlapping, "START", found=written(costs.loc[overlapping, "START"]))
    costs = costs.drop(overlapping)
    following = costs.groupby("CHILD", sort=False)["START"].shift(-1)
    ended_by_next = costs["END"].isna() & following.notna()
    findings.add(
        "FEE_ENDED_BY_NEXT",
        costs.index[ended_by_next],
        "END",
        expected=[f"an end by {day}" for day in written(following[ended_by_next])],
        found="blank",
    )
    stop = costs["END"] + _A_DAY
    return costs.assign(stop=stop.mask(following.notna() & ~(stop <= following), following))


def _split(costs: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Every part filled in: what no other funder is down for is social care's."""
    unsaid = costs["SOCIAL_CARE"].isna()
    findings.add("PARTS_UNSAID", costs.index[unsaid], "SOCIAL_CARE")
    percent = in_percent(costs[_PARTS], costs["WEEKLY_COST"])
    others = costs[["EDUCATION", "HEALTH"]].fillna(0.0)
    rest = costs["WEEKLY_COST"] - others.sum(axis=1)
    social_care = costs["SOCIAL_CARE"].mask(unsaid & (rest >= 0), rest).fillna(0.0)
    costs = costs.assign(SOCIAL_CARE=social_care, EDUCATION=others["EDUCATION"], HEALTH=others["HEALTH"])
    total = costs[_PARTS].sum(axis=1)
    findings.add(
        "SHARES_IN_PERCENT", costs.index[percent], "SOCIAL_CARE", found="100 in all", expected="£ a week"
    )
    off = ((total - costs["WEEKLY_COST"]).abs().round(2) > TOLERANCE_GBP) & ~percent
    findings.add(
        "PARTS_DO_NOT_ADD",
        costs.index[off],
        "WEEKLY_COST",
        found=[f"parts of £{parts:,.2f}" for parts in total[off]],
        expected=[f"£{whole:,.2f}, within £1" for whole in costs.loc[off, "WEEKLY_COST"]],
    )
    return costs[~off & ~percent]


def _overlapping(costs: pd.DataFrame) -> pd.Index:
    """The rows, in order of start, that begin before a dated earlier fee of the child has ended."""
    by_child = costs.groupby("CHILD", sort=False)
    furthest = by_child["END"].cummax().groupby(costs["CHILD"], sort=False).shift()
    furthest = furthest.groupby(costs["CHILD"], sort=False).ffill()
    suspects = (costs["START"] < furthest) | (costs["START"] == by_child["START"].shift())
    rows = []
    # an overlap with a row that is itself set aside is none, so the few children concerned are walked in order
    for _, fees_of_child in costs[costs["CHILD"].isin(costs.loc[suspects, "CHILD"])].groupby(
        "CHILD", sort=False
    ):
        paid_to = begun = pd.Timestamp.min
        for row, start, end in fees_of_child[["START", "END"]].itertuples(name=None):
            if start < paid_to or start == begun:
                rows.append(row)
                continue
            begun = start
            paid_to = paid_to if pd.isna(end) else end
    return pd.Index(rows, dtype="int64")


def drop_homeless(costs: pd.DataFrame, placement: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Fees during which the child has no placement are set aside: they would never be counted."""
    last_begun = (
        pd.merge_asof(
            costs.reset_index(names="row")
            .assign(before=(costs["stop"].fillna(_FOREVER) - _A_DAY).to_numpy())
            .sort_values("before"),
            placement[["CHILD", "started_on", "ended_on"]].sort_values("started_on"),
            left_on="before",
            right_on="started_on",
            by="CHILD",
        )
        .set_index("row")
        .reindex(costs.index)
    )
    housed = last_begun["started_on"].notna() & (last_begun["ended_on"].fillna(_FOREVER) > costs["START"])
    findings.add(
        "COST_WITHOUT_PLACEMENT", costs.index[~housed], "START", found=written(costs.loc[~housed, "START"])
    )
    return costs[housed]


def mark_unregistered(placement: pd.DataFrame, costs: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Placements during which a fee says REGISTERED = N count as unregistered, whatever their code."""
    unregistered = costs[costs["REGISTERED"].eq(False).fillna(False)]
    findings.add("UNREGISTERED", unregistered.index, "REGISTERED", found="N")
    spans = placement.reset_index(names="at").merge(
        unregistered[["CHILD", "START", "END", "stop"]], on="CHILD"
    )
    paid_to = spans["END"].fillna(spans["stop"]).fillna(_FOREVER)
    meets = (spans["started_on"] < paid_to) & (spans["ended_on"].fillna(_FOREVER) > spans["START"])
    marked = placement.index.isin(spans.loc[meets, "at"])
    findings.tell("placements shown as unregistered", int(marked.sum()))
    return placement.assign(
        setting_detail=placement["setting_detail"].mask(marked, "unregistered"),
        setting=placement["setting"].mask(marked, SETTING_OF["unregistered"]),
    )


def cost_table(costs: pd.DataFrame) -> pd.DataFrame:
    """The fees as the table wants them but for `CHILD`."""
    renamed = {
        "START": "started_on",
        "stop": "ended_on",
        "WEEKLY_COST": "weekly_cost_gbp",
        "SOCIAL_CARE": "social_care_cost_gbp",
        "EDUCATION": "education_cost_gbp",
        "HEALTH": "health_cost_gbp",
        "PLANNED_END": "planned_end_on",
    }
    return costs.rename(
        columns=renamed
        | {name: name.lower() for name in costs.columns if name not in renamed and name != "CHILD"}
    )


def paid_on(costs: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """£ a week by `CHILD`: of the fees that can be read and run on the day, the one begun last."""
    running = costs[(costs["START"] <= day) & ~(costs["END"] < day) & (costs["CHILD"] >= 0)]
    latest = running.sort_values("START", kind="stable").drop_duplicates("CHILD", keep="last")
    return latest.set_index("CHILD")["WEEKLY_COST"]
