"""The levers on prices and on who pays, reckoned one child at a time in plain Python: the oracle beside the model.

`reckon` takes levers in the order they act. Each child is a price, what remains, and who pays how much of a
pound; every lever reads and writes only that.
"""

from __future__ import annotations

from math import ceil

import numpy as np
import pandas as pd

from vcore.scenarios import FeeChange, JointFunding, NeedBands, PriceCap, StaffingTaper

PURSES = ("social_care", "education", "health", "public")


def reckon(children: pd.DataFrame, levers, remaining=None) -> list[dict[str, float]]:
    """For each lever: weekly £ each purse saves, how many children were eligible, and what moved.

    `remaining`: how much of each child (by row of `children`) moves have left; all of each if not said.
    """
    ranked = children.dropna(subset="weekly_cost_gbp").sort_values(
        ["weekly_cost_gbp", "child_id"], ascending=[False, True]
    )
    rank = {child_id: place for place, child_id in enumerate(ranked["child_id"])}
    rows = []
    for row in ranked.itertuples():
        gross = row.weekly_cost_gbp
        rows.append(
            {
                "row": row,
                "price": gross,
                "remains": 1.0 if remaining is None else float(remaining[row.Index]),
                "own": row.social_care_cost_gbp / gross,
                "health": row.health_cost_gbp / gross,
                "tapered": False,
            }
        )
    told = []
    for lever in levers:
        sums = dict.fromkeys((*PURSES, "eligible", "moved"), 0.0)
        ceilings = _ceilings(lever, children) if isinstance(lever, NeedBands) else None
        for state in rows:
            act = _ACTS[type(lever)]
            act(lever, state, sums, rank=rank, n=len(children), ceilings=ceilings)
        told.append(sums)
    return told


def _pay_less(state, sums, cut):
    """A lower price for what remains, every funder's part falling with it."""
    _saved(state, sums, cut * state["remains"])
    state["price"] -= cut


def _saved(state, sums, public):
    education = 1 - state["own"] - state["health"]
    sums["public"] += public
    sums["social_care"] += public * state["own"]
    sums["health"] += public * state["health"]
    sums["education"] += public * education


def _within(lever, row):
    places = lever.settings is None or row.setting in lever.settings or row.setting_detail in lever.settings
    return places and (lever.providers is None or row.provider in lever.providers)


def _cap(lever, state, sums, *, rank, n, ceilings):
    row = state["row"]
    reach = 1.0 if lever.top_share is None else lever.top_share
    if rank[row.child_id] >= ceil(round(reach * n, 6)) or not _within(lever, row):
        return
    if state["price"] <= lever.cap_gbp:
        return
    sums["eligible"] += 1
    gone = state["remains"] * lever.handed_back
    next_price = state["price"] if lever.replacement_cost_gbp is None else lever.replacement_cost_gbp
    _saved(state, sums, gone * (state["price"] - next_price))
    sums["moved"] += gone
    state["remains"] -= gone
    _pay_less(state, sums, lever.accepts * (state["price"] - lever.cap_gbp))


def _fees(lever, state, sums, **_):
    if _within(lever, state["row"]) and state["price"] > 0 and state["remains"] > 0:
        sums["eligible"] += 1
        _pay_less(state, sums, -lever.change * state["price"])


def _taper(lever, state, sums, **_):
    row = state["row"]
    ratio = row.staffing_ratio
    if pd.isna(ratio) or ratio < lever.from_ratio or ratio <= lever.to_ratio or state["tapered"]:
        return
    if row.setting_detail in ("secure_home", "specialist_residential"):
        return
    if (pd.notna(row.dol) and row.dol) or (pd.notna(row.need_change) and row.need_change >= 5):
        return
    if state["remains"] <= 0:
        return
    sums["eligible"] += 1
    state["tapered"] = True
    full = min(state["price"], (ratio - lever.to_ratio) * lever.point_weekly_gbp)
    _pay_less(state, sums, lever.tapers * full)


def _scores(row) -> dict[str, float]:
    return {
        name: getattr(row, name)
        for name in row._fields
        if name.startswith("need_") and name not in ("need_total", "need_change")
    }


def band(lever, row) -> str | None:
    """The child's band by the words of the rule; None without an assessment."""
    if pd.isna(row.need_total):
        return None
    if lever.by == "need_total":
        if row.need_total <= lever.standard_max_total:
            return "standard"
        return "enhanced" if row.need_total <= lever.enhanced_max_total else "complex"
    scores = list(_scores(row).values())
    severe, moderate = sum(s >= 7 for s in scores), sum(4 <= s <= 6 for s in scores)
    if severe <= lever.standard_max_severe and moderate <= lever.standard_max_moderate:
        return "standard"
    return "enhanced" if severe <= lever.enhanced_max_severe else "complex"


def _ceilings(lever, children):
    costs = {"standard": [], "enhanced": [], "complex": []}
    for row in children.dropna(subset="weekly_cost_gbp").itertuples():
        places = (
            lever.settings is None or row.setting in lever.settings or row.setting_detail in lever.settings
        )
        found = band(lever, row)
        if places and found:
            costs[found].append(row.weekly_cost_gbp)
    return {
        name: typed
        if (typed := getattr(lever, f"{name}_gbp")) is not None
        else _quantile(some, lever.quantile)
        for name, some in costs.items()
    }


def _quantile(costs, q):
    return float(pd.Series(costs).quantile(q)) if costs else np.nan


def _bands(lever, state, sums, *, rank, n, ceilings):
    row = state["row"]
    found = band(lever, row)
    if found is None or not _within(lever, row):
        return
    if state["price"] > ceilings[found]:
        sums["eligible"] += 1
        _pay_less(state, sums, state["price"] - ceilings[found])


def _joint(lever, state, sums, **_):
    row = state["row"]
    if not _within(lever, row) or state["price"] <= 0 or state["remains"] <= 0:
        return
    levels = {"minor": 1, "moderate": 4, "severe": 7}

    def needs(domains, level):
        scores = _scores(row)
        return any(pd.notna(s := scores[f"need_{name}"]) and s >= levels[level] for name in domains)

    health = education = 0.0
    if needs(lever.health_domains, lever.health_from):
        health = max(0.0, lever.health_share - state["health"])
    plan = pd.notna(row.ehcp) and bool(row.ehcp)
    if needs(lever.education_domains, lever.education_from) and (plan or not lever.with_plan_only):
        education = max(0.0, lever.education_share - max(0.0, 1 - state["own"] - state["health"]))
    if health + education <= 0:
        return
    sums["eligible"] += 1
    fits = min(1.0, state["own"] / (health + education)) * lever.agreed
    paid = state["price"] * state["remains"] * fits
    sums["social_care"] += paid * (health + education)
    sums["health"] -= paid * health
    sums["education"] -= paid * education
    state["own"] -= fits * (health + education)
    state["health"] += fits * health


_ACTS = {
    PriceCap: _cap,
    FeeChange: _fees,
    StaffingTaper: _taper,
    NeedBands: _bands,
    JointFunding: _joint,
}
