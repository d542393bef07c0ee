"""Dated fees inside placements: a new one each April, and now and then one in between.

Each placement's last fee is its price; for a present child that is today's weekly cost, untouched. Parts
are whole pounds that add up to the weekly cost. Children without a cost have no row, never £0.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import RECORDS_START, TODAY, days_between, financial_years, first_days
from vcore.demo.people import WHERE
from vcore.demo.prices import MEAN_GBP
from vcore.demo.terms import terms
from vcore.facts.placements import COSTED

IN_HOUSE_RISE, EXTERNAL_RISE = (0.03, 0.05), (0.05, 0.09)  # a year
RENEGOTIATED_SHARE = 0.08  # of fee years long enough to hold a change
THIS_YEAR = int(financial_years(np.array([TODAY]))[0])


def fees(
    rng: np.random.Generator, children: pd.DataFrame, placements: pd.DataFrame, costs: np.ndarray
) -> pd.DataFrame:
    """Every fee period, by placement and date. `costs` are today's, NaN where a present child has none.

    Columns as in the `cost` table, but these are positions: `child` in children, `where` in `WHERE`,
    `provider` in `providers.ALL` and `sourced` in `providers.SOURCES`.
    """
    priced = _priced(rng, placements, costs)
    bought = terms(rng, children, priced)
    rows = _by_year(priced)
    placement, years_before_last = rows["placement"].to_numpy(), rows.pop("years_before_last").to_numpy()
    weekly = (
        priced["price"].to_numpy()[placement]
        / (1 + priced["rise"].to_numpy()[placement]) ** years_before_last
    )
    rows = _renegotiated(rng, rows.assign(weekly=weekly))
    placement, weekly = rows["placement"].to_numpy(), np.rint(rows["weekly"].to_numpy())
    agreed = bought.iloc[placement].reset_index(drop=True)
    education = np.rint(weekly * agreed.pop("education"))
    health = np.rint(weekly * agreed.pop("health"))
    return agreed.assign(
        started_on=rows["start"].to_numpy(),
        ended_on=rows["end"].to_numpy(),
        weekly_cost_gbp=weekly,
        social_care_cost_gbp=weekly - education - health,
        education_cost_gbp=education,
        health_cost_gbp=health,
    )


def _priced(rng: np.random.Generator, placements: pd.DataFrame, costs: np.ndarray) -> pd.DataFrame:
    """The placements that cost something since records start, with the price of their last day."""
    present = np.flatnonzero(placements["last"] & placements["end"].isna())
    own = np.full(len(placements), np.nan)
    own[present] = costs[placements["child"].to_numpy()[present]]
    where = placements["where"].to_numpy()
    kept = (
        np.array([COSTED[name] for name in WHERE])[where] & (placements["until"] > RECORDS_START).to_numpy()
    )
    kept[present] = np.isfinite(own[present])
    in_house = (placements["provider"] == "PR1").to_numpy()
    low, high = np.where(in_house[:, None], IN_HOUSE_RISE, EXTERNAL_RISE).T
    rise = rng.uniform(low, high)
    last_day = placements["until"].to_numpy().astype("M8[D]") - 1
    alike = _price_of_another(rng, where, where[present], own[present])
    price = np.where(np.isfinite(own), own, alike / (1 + rise) ** (THIS_YEAR - financial_years(last_day)))
    return placements.assign(price=price, rise=rise, last_day=last_day)[kept].reset_index(drop=True)


def _price_of_another(
    rng: np.random.Generator, where: np.ndarray, where_today: np.ndarray, costs_today: np.ndarray
) -> np.ndarray:
    """For each placement what some child living in the same kind of place costs today."""
    prices = np.ones(len(where))
    for code, name in enumerate(WHERE):
        pool = costs_today[(where_today == code) & np.isfinite(costs_today)]
        if not len(pool):
            pool = np.array([MEAN_GBP.get(name, 1_000)], float)
        members = np.flatnonzero(where == code)
        prices[members] = rng.choice(pool, len(members))
    return prices


def _by_year(priced: pd.DataFrame) -> pd.DataFrame:
    """One row a placement and financial year it reaches: `placement`, `start`, `end`, `years_before_last`."""
    first_on = np.maximum(priced["start"].to_numpy().astype("M8[D]"), RECORDS_START)
    first_year = financial_years(first_on)
    last_year = financial_years(priced["last_day"].to_numpy().astype("M8[D]"))
    placement = np.repeat(np.arange(len(priced)), last_year - first_year + 1)
    opens = np.append(True, placement[1:] != placement[:-1])
    closes = np.append(placement[1:] != placement[:-1], True)
    year = first_year[placement] + np.arange(len(placement)) - np.flatnonzero(opens)[placement]
    april = first_days((year - 1970) * 12 + 3)
    next_april = first_days((year - 1969) * 12 + 3)
    end = priced["end"].to_numpy().astype("M8[D]")[placement]
    return pd.DataFrame(
        {
            "placement": placement,
            "start": np.where(opens, first_on[placement], april),
            "end": np.where(closes, end, next_april),
            "years_before_last": last_year[placement] - year,
        }
    )


def _renegotiated(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """Some years hold two fees: the earlier one dearer, as at the start of a placement, or cheaper."""
    start, end = (rows[name].to_numpy().astype("M8[D]") for name in ("start", "end"))
    length = days_between(start, np.where(np.isnat(end), TODAY, end))
    split = np.flatnonzero((length > 90) & (rng.random(len(rows)) < RENEGOTIATED_SHARE))
    change = start[split] + 30 + (rng.random(len(split)) * (length[split] - 60)).astype("int64")
    earlier = rows.iloc[split].assign(end=change)
    earlier["weekly"] *= rng.uniform(0.85, 1.25, len(split))
    rows.loc[split, "start"] = change
    return pd.concat([rows, earlier]).sort_values(["placement", "start"], ignore_index=True)
