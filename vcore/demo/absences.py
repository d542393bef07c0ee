"""Times when children were missing, or away without authorisation, in the demonstration's five years.

A stream of its own: what it draws changes nothing else. England in 2025 (DfE, children looked after): 115,410 looked
after in the year, 86,900 missing incidents, 6.8 a child who went missing, so 11% went missing at all; 220 missing on
31 March. Who goes missing by age and home, and how many of the times were away and not missing: placeholders.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import NEVER, RECORDS_START, TODAY, birthdays, days_between
from vcore.demo.people import WHERE
from vcore.demo.shares import highest
from vcore.facts.placements import SETTING_OF

WENT_SHARE = 0.118  # of children in care: missing or away in a year
MISSING_TODAY_SHARE = 0.0027  # of children in care: missing on a day
ONCE_SHARE = 0.3  # of those who go: once only
MORE_TIMES = 16.0  # how often the others leave on average, away included
AWAY_SHARE = 0.2
SHORT_SHARE = 0.89  # of times: over within two days
MEAN_LONG_DAYS = 9.0  # how long the others last
YOUNGEST = 8
LIKELIER_FROM = {13: 1.2, 16: 0.1}  # the age from which it is how much likelier
CHANCE = 0.6  # beside what stays with a child from year to year
_LEANING = {
    "residential": 1.2,
    "semi_independent": 0.7,
    "other": 0.8,
    "fostering": 0.0,
    "parents_or_adoption": -1.0,
}
_YEAR = 365


def absences(seed: int, children: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """One row a time, by child and day: `child` (position in children), `started_on`, `ended_on` (NaT while it lasts)
    and `kind`. They lie inside periods of care and never overlap."""
    rng = np.random.default_rng([seed, 903])
    years = _years(periods)
    times = _times(rng, children, periods, years)
    year = np.repeat(np.arange(len(years)), times)
    opens, closes = (years[name].to_numpy().astype("M8[D]")[year] for name in ("start", "until"))
    start = opens + (rng.random(len(year)) * days_between(opens, closes)).astype("int64")
    rows = pd.DataFrame({"period": years["period"].to_numpy()[year], "start": start, "until": closes})
    rows["end"] = np.minimum(start + _days(rng, len(rows)), closes)
    rows["kind"] = np.where(rng.random(len(rows)) < AWAY_SHARE, "A", "M")
    rows = _apart(rows.sort_values(["period", "start"], kind="stable", ignore_index=True))
    rows["child"] = periods["child"].to_numpy()[rows["period"]]
    rows = _still_missing(rng, rows, periods).sort_values(
        ["child", "start"], kind="stable", ignore_index=True
    )
    return rows[["child", "start", "end", "kind"]].rename(columns={"start": "started_on", "end": "ended_on"})


def _years(periods: pd.DataFrame) -> pd.DataFrame:
    """Each period of care in years, counted back from its end to where records start: `period`, `start`, `until`."""
    start, until = (periods[name].to_numpy().astype("M8[D]") for name in ("start", "until"))
    start = np.maximum(start, RECORDS_START)
    count = np.maximum(-(-days_between(start, until) // _YEAR), 0)
    period = np.repeat(np.arange(len(periods)), count)
    back = np.arange(len(period)) - (np.cumsum(count) - count)[period]
    ends = until[period] - _YEAR * back
    return pd.DataFrame({"period": period, "start": np.maximum(ends - _YEAR, start[period]), "until": ends})


def _times(
    rng: np.random.Generator, children: pd.DataFrame, periods: pd.DataFrame, years: pd.DataFrame
) -> np.ndarray:
    """How often in each year: most never, many once, a few again and again. A child who went is likelier to again."""
    period = years["period"].to_numpy()
    child = periods["child"].to_numpy()[period]
    until = years["until"].to_numpy().astype("M8[D]")
    born = children["birth_month"].to_numpy()[child]
    setting = np.array([_LEANING[SETTING_OF[detail]] for detail in WHERE])
    leaning = setting[periods["where"].to_numpy()[period]] + rng.standard_normal(len(children))[child]
    leaning += CHANCE * rng.standard_normal(len(years))
    for age, likelier in LIKELIER_FROM.items():
        leaning += likelier * (birthdays(born, age) < until)
    old_enough = birthdays(born, YOUNGEST) < until
    today = until == TODAY  # the same share of those here today as of everybody else
    went = highest(leaning, old_enough & today, round(WENT_SHARE * today.sum()))
    went |= highest(leaning, old_enough & ~today, round(WENT_SHARE * (~today).sum()))
    more = 1 + rng.geometric(1 / (MORE_TIMES - 1), len(years))
    return np.where(went, np.where(rng.random(len(years)) < ONCE_SHARE, 1, more), 0)


def _days(rng: np.random.Generator, count: int) -> np.ndarray:
    """How long each time lasted: mostly a night or two, sometimes weeks."""
    long = 2 + np.ceil(rng.exponential(MEAN_LONG_DAYS, count)).astype("int64")
    return np.where(rng.random(count) < SHORT_SHARE, rng.integers(1, 3, count), long)


def _apart(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the times that would begin before an earlier one has ended."""
    ends = rows.groupby("period", sort=False)["end"].cummax()
    before = ends.groupby(rows["period"], sort=False).shift()
    return rows[~(rows["start"] < before)].reset_index(drop=True)


def _still_missing(rng: np.random.Generator, rows: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """A few of those who are in care today have not come back from their last time, begun these days."""
    present = periods["end"].isna().to_numpy()[rows["period"]]
    last = present & ~rows["period"].duplicated(keep="last").to_numpy()
    lately = last & (rows["end"] >= TODAY - _YEAR).to_numpy()
    still = highest(
        rng.random(len(rows)), lately, round(MISSING_TODAY_SHARE * int(periods["end"].isna().sum()))
    )
    begun = TODAY - rng.integers(0, 6, len(rows))
    start = np.where(still, np.maximum(begun, rows["start"].to_numpy().astype("M8[D]")), rows["start"])
    return rows.assign(start=start, end=rows["end"].mask(still, NEVER), kind=rows["kind"].mask(still, "M"))
