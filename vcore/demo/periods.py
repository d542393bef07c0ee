"""Periods of care: those that last today, and those that ended in the last five years.

Past children are shaped after a present child some time earlier, so that any date in the last five years
finds a plausible population. Some present children were in care once before. A period knows its child and
its last setting; what happened inside it is for `moves`, `reviews` and `fees`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import (
    DAYS_PER_YEAR,
    NEVER,
    THIS_MONTH,
    TODAY,
    birthdays,
    days_between,
    first_days,
    months_of,
)
from vcore.demo.people import WHERE
from vcore.demo.shares import highest

LEFT_PER_CHILD = 1.8  # children who left in the five years, for every one in care today
YEARS_BACK = 5
RETURNED_SHARE = 0.07
SUPPORTED_AT_18_SHARE = 0.6  # stays in supported accommodation are short, so many pass through it
FOR_ADOPTION = WHERE.index("for_adoption")  # and those before an adoption shorter still


def periods(rng: np.random.Generator, people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every child, and every period of care.

    Children: the columns of `people` with `birth_month` and `like` (the present child they are shaped after,
    or are), present children first, in the order of `people`.
    Periods: `child` (position in children), `where` (last setting), `start`, `end` (NaT while it lasts)
    and `until` (the end, or today); present periods first, in the order of `people`.
    """
    present = people.assign(birth_month=THIS_MONTH - people["age_months"], like=np.arange(len(people)))
    start = TODAY - people["days_in_care"].to_numpy()
    here = pd.DataFrame(
        {"child": np.arange(len(people)), "where": people["where"], "start": start, "end": NEVER}
    )
    past, gone = _gone(rng, people)
    children = pd.concat([present, past], ignore_index=True)
    rows = pd.concat([here, gone, _earlier(rng, present, start)], ignore_index=True)
    return children, rows.assign(until=rows["end"].fillna(pd.Timestamp(TODAY)))


def _gone(rng: np.random.Generator, people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Children who left: the oldest at eighteen, the others at the age of the child they are shaped after."""
    count = round(LEFT_PER_CHILD * len(people))
    often = np.where(people["where"] == FOR_ADOPTION, 3.5, 1.0)
    like = rng.choice(len(people), count, p=often / often.sum())
    shape = people.iloc[like].reset_index(drop=True)
    at_18 = shape["age"].to_numpy() >= 16
    supported = at_18 & (rng.random(count) < SUPPORTED_AT_18_SHARE)
    shape["where"] = np.where(supported, WHERE.index("semi_independent"), shape["where"])
    ended = TODAY - rng.integers(1, round(YEARS_BACK * DAYS_PER_YEAR), count)
    ended = np.where(at_18, first_days(months_of(ended)), ended)
    birth_month = months_of(ended) - np.where(at_18, 12 * 18, shape["age_months"])
    lived = days_between(first_days(birth_month), ended)
    stay = shape["days_in_care"].to_numpy() * rng.uniform(0.3, 1.1, count)
    stay = np.clip(stay.astype("int64"), 20, np.maximum(lived - 2, 20))
    gone = pd.DataFrame(
        {
            "child": len(people) + np.arange(count),
            "where": shape["where"],
            "start": ended - stay,
            "end": ended,
        }
    )
    return shape.assign(birth_month=birth_month, like=like), gone


def _earlier(rng: np.random.Generator, present: pd.DataFrame, start: np.ndarray) -> pd.DataFrame:
    """A first, shorter period of care of children who went home, or to family, and came back."""
    n = len(present)
    home_for, stay = rng.integers(90, 900, n), rng.integers(60, 700, n)
    room = birthdays(present["birth_month"].to_numpy(), 1) < start - home_for - stay
    might = room & ~present["uasc"].to_numpy()
    back = np.flatnonzero(highest(rng.random(n), might, round(RETURNED_SHARE * n)))
    end = start[back] - home_for[back]
    fostered = [WHERE.index("in_house_fostering"), WHERE.index("independent_fostering")]
    return pd.DataFrame(
        {"child": back, "where": rng.choice(fostered, len(back)), "start": end - stay[back], "end": end}
    )
