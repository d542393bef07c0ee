"""What was planned for some children beside what later loads show: £ saved to the council, month by month.

Each child's cost is held against what the home they moved from cost on the day it was decided. What a day saves is told
apart into three effects that add up to it, with nothing left over. With b the fee before, a the fee that day, r what
the kind of home they live in that day cost on average (all children of these authorities) when it was decided:

    no home is paid for that day       volume = b
    the same kind of home as before    price = b − a
    another kind of home               mix = b − r and price = r − a; where nobody's r is known, mix = b − a

Volume is a child who left care, or lives with parents or adopters. Mix is another kind of home at the prices of then.
Price is what that home costs less (or, below 0, more) than such homes cost then. A day in a home without a recorded
fee saves nothing and is counted apart. Worked: £4,000 a week in a children's home, then agency fostering at £1,300
where such homes cost £1,100 on average: mix = 4,000 − 1,100 = £2,900, price = 1,100 − 1,300 = −£200, together £2,700.

A month is a twelfth of the weeks a year, by the share of its days, as in the money plan. Nothing counts before the move
the data shows, after it is said to have ended, from the 18th birthday on, or after the last day of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.placements import COSTED
from vcore.store.stays import Stays

MONTHS_A_YEAR = 12
EFFECTS = ("price", "volume", "mix")
PLAN_COLUMNS = (
    "child_id", "baseline_on", "placement_started_on", "planned_start", "weekly_saving_gbp", "until", "said_moved",
)  # fmt: skip
_DAY = "datetime64[D]"
_PAID = [detail for detail, costed in COSTED.items() if costed]
_NEVER = np.datetime64("9999-12-31", "D")


class Delivery(NamedTuple):
    """`children` has a row a plan, in order: `known` (the store has the child), `before_gbp` (£ a week; NaN: no
    fee) in `lived_in` (the kind of home; missing: not in the data), `moved_on` (NaT: no move in the data), `delivered`
    (a move was recorded, and the data shows it), `weekly_gbp` saved at the last day that counts (NaN where a fee is
    not known), `uncosted_days` since the move. `months` has a row a month: `month`, `planned_gbp`, `actual_gbp` and an
    amount for each of `EFFECTS`."""

    children: pd.DataFrame
    months: pd.DataFrame


def delivery(
    plans: pd.DataFrame,
    stays: Stays,
    prices: pd.DataFrame,
    months: Sequence[date],
    *,
    data_to: date,
    weeks_per_year: float,
) -> Delivery:
    """Holds plans (`PLAN_COLUMNS`, one row a child, dates NaT and £ NaN where not given) against what the data shows.

    `prices` are those of `Store.mean_prices` on `price_days`; `months` the first days of the months to tell. Every
    plan counts into `planned_gbp` that has a start and a saving.
    """
    plans = plans.reset_index(drop=True)
    ends = _ends(plans, stays.turns_18_on)
    before = _before(plans, stays.stretches, data_to)
    days = _since(plans, before, stays.stretches, np.fmin(ends, np.datetime64(data_to, "D") + 1))
    days = days.assign(**_effects(days, price_days(plans, data_to), prices))
    children = _by_child(plans, before, days, stays)
    weekly_to_month = weeks_per_year / MONTHS_A_YEAR
    shares = _shares(days["from"].to_numpy(_DAY), days["to"].to_numpy(_DAY), months) * weekly_to_month
    counted = children["delivered"].to_numpy()[days["plan"].to_numpy("int64")]
    told = {f"{effect}_gbp": (days[effect].fillna(0.0).to_numpy() * counted) @ shares for effect in EFFECTS}
    weekly = plans["weekly_saving_gbp"].fillna(0.0).to_numpy("float64")
    planned = weekly @ (_shares(plans["planned_start"].to_numpy(_DAY), ends, months) * weekly_to_month)
    table = {
        "month": list(months),
        "planned_gbp": planned,
        "actual_gbp": np.add.reduce([*told.values()]),
        **told,
    }
    return Delivery(children, pd.DataFrame(table))


def price_days(plans: pd.DataFrame, data_to: date) -> pd.Series:
    """On which day each plan's home prices are asked: the first of the month it was decided in, or of the data's."""
    return _by_then(plans, data_to).dt.to_period("M").dt.start_time.astype("datetime64[s]")


def _by_then(plans: pd.DataFrame, data_to: date) -> pd.Series:
    """The day each plan was decided, or the last day of the data where that is sooner."""
    return plans["baseline_on"].where(plans["baseline_on"] <= pd.Timestamp(data_to), pd.Timestamp(data_to))


def effects(
    before: np.ndarray, after: np.ndarray, reference: np.ndarray, *, paid: np.ndarray, same_kind: np.ndarray
) -> dict[str, np.ndarray]:
    """£ a week saved by price, volume and mix; NaN where the fee before or after is not known.

    `reference`: what such a home cost when it was decided (NaN: not known); `paid`: a home is paid for.
    """
    after = np.where(paid, after, 0.0)
    then = np.where(np.isnan(reference), after, reference)
    mixed = paid & ~same_kind
    told = {
        "price": np.where(mixed, then - after, np.where(paid, before - after, 0.0)),
        "volume": np.where(paid, 0.0, before),
        "mix": np.where(mixed, before - then, 0.0),
    }
    unknown = np.isnan(before) | np.isnan(after)
    return {effect: np.where(unknown, np.nan, gbp) for effect, gbp in told.items()}


def _ends(plans: pd.DataFrame, turns_18_on: pd.Series) -> np.ndarray:
    """The first day that no longer counts, by plan: the end that was recorded, or the 18th birthday."""
    birthdays = turns_18_on.reindex(plans["child_id"]).to_numpy(_DAY)
    first = np.fmin(birthdays, plans["until"].to_numpy(_DAY))
    return np.where(np.isnat(first), _NEVER, first)


def _before(plans: pd.DataFrame, stretches: pd.DataFrame, data_to: date) -> pd.DataFrame:
    """The last stretch of the placement decided about, at the time: a row a plan, missing where there is none."""
    asked = plans[["child_id", "placement_started_on"]].assign(
        plan=plans.index, baseline_on=_by_then(plans, data_to)
    )
    found = asked.merge(stretches, on="child_id", suffixes=("_asked", ""))
    found = found[
        (found["started_on"] <= found["baseline_on"])
        & (found["placement_started_on"] <= found["placement_started_on_asked"])
    ]
    last = found.sort_values("started_on").groupby("plan").tail(1).set_index("plan")
    names = ["started_on", "placement_started_on", "setting_detail", "social_care_cost_gbp"]
    return last[names].reindex(plans.index)


def _since(
    plans: pd.DataFrame, before: pd.DataFrame, stretches: pd.DataFrame, ends: np.ndarray
) -> pd.DataFrame:
    """The stretches that began in another placement than the one decided about, or in none, until the end: `plan`,
    `from`, `to` (the day after), where they lived and what it cost beside before."""
    asked = before.assign(plan=plans.index, child_id=plans["child_id"], end=ends)
    found = asked.merge(stretches, on="child_id", suffixes=("_before", ""))
    elsewhere = found["placement_started_on"] != found["placement_started_on_before"]  # a missing one too
    found = found[elsewhere & (found["started_on"] > found["started_on_before"])].copy()
    found["from"] = found["started_on"]
    last = found["ended_on"].to_numpy(_DAY)
    found["to"] = np.minimum(np.where(np.isnat(last), _NEVER, last), found["end"].to_numpy(_DAY))
    return found[found["to"] > found["from"]].reset_index(drop=True)


def _effects(days: pd.DataFrame, asked: pd.Series, prices: pd.DataFrame) -> dict[str, np.ndarray]:
    detail = days["setting_detail"]
    at = pd.MultiIndex.from_arrays([asked.reindex(days["plan"]), detail])
    known = prices.set_index(["day", "setting_detail"])["mean_gbp"]
    return effects(
        days["social_care_cost_gbp_before"].to_numpy("float64"),
        days["social_care_cost_gbp"].to_numpy("float64"),
        known.reindex(at).to_numpy("float64"),
        paid=detail.isin(_PAID).to_numpy(bool),
        same_kind=(detail == days["setting_detail_before"]).to_numpy(bool),
    )


def _by_child(plans: pd.DataFrame, before: pd.DataFrame, days: pd.DataFrame, stays: Stays) -> pd.DataFrame:
    first = days.groupby("plan")["from"].min().reindex(plans.index)
    saved = days[list(EFFECTS)].sum(axis=1, skipna=False)
    ending = ~days["plan"].duplicated(keep="last")
    last = saved[ending].set_axis(days.loc[ending, "plan"]).reindex(plans.index)
    unknown = days[np.isnan(saved)]
    lengths = (unknown["to"] - unknown["from"]).dt.days
    return pd.DataFrame(
        {
            "known": plans["child_id"].isin(stays.turns_18_on.index),
            "before_gbp": before["social_care_cost_gbp"],
            "lived_in": before["setting_detail"],
            "moved_on": first,
            "delivered": plans["said_moved"].astype(bool) & first.notna(),
            "weekly_gbp": last.astype("float64"),
            "uncosted_days": lengths.groupby(unknown["plan"])
            .sum()
            .reindex(plans.index)
            .fillna(0)
            .astype("int64"),
        }
    )


def _shares(first: np.ndarray, end: np.ndarray, months: Sequence[date]) -> np.ndarray:
    """How much (0–1) of each month lies from `first` to before `end`: a row each. Nothing where there is no first."""
    starts = np.array(months, dtype=_DAY)
    after = (starts.astype("datetime64[M]") + 1).astype(_DAY)
    low = np.maximum(np.where(np.isnat(first), _NEVER, first)[:, None], starts[None, :])
    high = np.minimum(end[:, None], after[None, :])
    days = np.maximum((high - low).astype("int64"), 0)
    return days / (after - starts).astype("int64")
