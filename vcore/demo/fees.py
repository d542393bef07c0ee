"""Dated fees inside placements: a new one each April, now and then one in between, and who pays which part.

Each placement's last fee is its price; for a present child that is today's weekly cost, untouched. Parts
are whole pounds that add up to the weekly cost. Children without a cost have no row, never £0.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import NEVER, RECORDS_START, TODAY, birthdays, days_between, financial_years, first_days
from vcore.demo.people import RESIDENTIAL, WHERE
from vcore.demo.prices import MEAN_GBP
from vcore.demo.providers import SOURCES, providers, sourced
from vcore.facts.placements import COSTED

IN_HOUSE_RISE, EXTERNAL_RISE = (0.03, 0.05), (0.05, 0.09)  # a year
RENEGOTIATED_SHARE = 0.08  # of fee years long enough to hold a change
SHARED_SHARE, SHARED_ABOVE_GBP = 0.04, 4_000
THIS_YEAR = int(financial_years(np.array([TODAY]))[0])


def fees(
    rng: np.random.Generator, children: pd.DataFrame, placements: pd.DataFrame, costs: np.ndarray
) -> pd.DataFrame:
    """Every fee period, by placement and date. `costs` are today's, NaN where a present child has none.

    Columns as in the `cost` table, but these are positions: `child` in children, `where` in `WHERE`,
    `provider` in `providers.ALL` and `sourced` in `providers.SOURCES`.
    """
    priced = _priced(rng, placements, costs)
    bought = _bought(rng, children, priced)
    rows = _by_year(priced)
    placement, years_before_last = rows["placement"].to_numpy(), rows.pop("years_before_last").to_numpy()
    weekly = (
        priced["price"].to_numpy()[placement]
        / (1 + priced["rise"].to_numpy()[placement]) ** years_before_last
    )
    rows = _renegotiated(rng, rows.assign(weekly=weekly))
    placement, weekly = rows["placement"].to_numpy(), np.rint(rows["weekly"].to_numpy())
    terms = bought.iloc[placement].reset_index(drop=True)
    education = np.rint(weekly * terms.pop("education"))
    health = np.rint(weekly * terms.pop("health"))
    return terms.assign(
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
    in_house = np.isin(placements["provider"], ["PR1", "PR2"])
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


def _bought(rng: np.random.Generator, children: pd.DataFrame, priced: pd.DataFrame) -> pd.DataFrame:
    """The terms of each placement, the same through all its fees."""
    n, child, where = len(priced), priced["child"].to_numpy(), priced["where"].to_numpy()
    code, price = priced["provider"].to_numpy(), priced["price"].to_numpy()
    authority = children["authority"].to_numpy()[child]
    homes, source = RESIDENTIAL[where], sourced(rng, where, code)
    unregistered = where == WHERE.index("unregistered")
    education, health = _partners(rng, children.iloc[child], priced, homes)
    chance = np.select([unregistered, homes & (source == SOURCES.index("spot"))], [0.8, 0.22], 0.05)
    emergency = rng.random(n) < chance
    notice = pd.array(rng.choice([28, 28, 28, 28, 14, 42, 56, 7], n), dtype="Int64")
    notice[source == 0] = pd.NA
    staffed = homes & (rng.random(n) < 0.65)
    return pd.DataFrame(
        {
            "child": child,
            "where": where,
            "education": education,
            "health": health,
            "provider": providers(rng, authority, where, code),
            "sourced": source,
            "notice_days": notice,
            "staffing_ratio": np.where(staffed, np.clip(np.rint(price / 2_400) / 2, 0.5, 4.0), np.nan),
            "registered": ~unregistered,
            "emergency": emergency,
            "planned_end_on": _planned_ends(
                rng, children["birth_month"].to_numpy()[child], priced, emergency
            ),
        }
    )


def _partners(
    rng: np.random.Generator, who: pd.DataFrame, priced: pd.DataFrame, homes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Education's and health's share of each fee: nothing for most, some for dear placements in homes."""
    n = len(priced)
    ehcp, disabled = ((who[name] == 1).to_numpy() for name in ("ehcp", "disability"))
    school = (priced["place"] == "S1").to_numpy()
    dear = homes & (priced["price"].to_numpy() > SHARED_ABOVE_GBP)
    chance = np.select([school, dear], [1.0, 0.25 + 0.25 * ehcp + 0.15 * disabled], SHARED_SHARE)
    shared = rng.random(n) < chance
    with_education = shared & (school | ehcp | (rng.random(n) < 0.5))
    with_health = shared & (~with_education | disabled & (rng.random(n) < 0.6) | (rng.random(n) < 0.2))
    return with_education * rng.uniform(0.1, 0.34, n), with_health * rng.uniform(0.05, 0.2, n)


def _planned_ends(
    rng: np.random.Generator, birth_month: np.ndarray, priced: pd.DataFrame, emergency: np.ndarray
) -> np.ndarray:
    """A planned end for some: ahead of today while the placement lasts, else near the day it ended."""
    n = len(priced)
    start, end = (priced[name].to_numpy().astype("M8[D]") for name in ("start", "end"))
    planned = rng.random(n) < np.where(emergency, 0.6, 0.25)
    ahead = np.minimum(TODAY + rng.integers(20, 500, n), birthdays(birth_month, 18))
    about = np.maximum(end + rng.integers(-30, 60, n), start + 1)
    return np.where(planned, np.where(np.isnat(end), ahead, about), NEVER)
