"""What a rule that compares files may look at: the rows of a load that still stand, put together.

In every frame `CHILD` is a place in the list of the council's numbers and the index is the row's enrolled number, so
that a rule can answer with rows. Rules look and never change anything; no number of a child is to be had here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.ingest.rules.rule import Hits


@dataclass(frozen=True, eq=False)
class Loaded:
    """One load. `sent` names the layouts sent; `children` each one's children, rows set aside included.

    `header` has a row a child (`DOB`, `SEX`), `lived` the episodes that count (as `placements.resolve` leaves them,
    with `setting_detail`), `fees` the fee periods that count (with `stop`, the first unpaid day), `assessment` the
    whole assessments (`assessed_on`, `total`, `alike`: the score that all domains share, or NaN), `permanence` the
    previous permanence of each child (`permanence_ordered`: 2014-03-05, 2014-03 or 2014), the others what was sent.
    """

    today: pd.Timestamp
    most: int  # the highest total a child can have
    domains: int
    sent: frozenset[str]
    children: dict[str, np.ndarray]
    headers: pd.DataFrame
    header: pd.DataFrame
    returns: pd.DataFrame
    episodes: pd.DataFrame
    lived: pd.DataFrame
    fees: pd.DataFrame
    assessment: pd.DataFrame
    uasc: pd.DataFrame
    permanence: pd.DataFrame
    characteristics: pd.DataFrame
    budget: pd.DataFrame

    @cached_property
    def ages(self) -> pd.DataFrame:
        """The episodes that count with `born`, and `age` in completed years on the day each starts."""
        born = self.born(self.lived["CHILD"])
        return self.lived.assign(born=born, age=age_on(born, self.lived["start"]))

    @cached_property
    def stays(self) -> pd.DataFrame:
        """The placements, each by the row of its first episode: `CHILD`, `start`, `end`, `setting_detail`,
        `provider_code`, and `last`, the row of its last episode; in order of child and start."""
        by_placement = self.lived.groupby("placement", sort=False)
        last = by_placement.tail(1)
        return (
            by_placement.head(1)[["CHILD", "start", "setting_detail", "provider_code"]]
            .assign(end=last["end"].to_numpy(), last=last.index.to_numpy())
            .sort_values(["CHILD", "start"], kind="stable")
        )

    @cached_property
    def paid_for(self) -> pd.DataFrame:
        """The fees with the placement begun last by the day they start: `setting_detail`, `provider_code`, `stay`."""
        stays = self.stays.rename_axis("stay").reset_index()
        left = self.fees.rename_axis("row").reset_index().sort_values("START", kind="stable")
        joined = pd.merge_asof(
            left,
            stays[["CHILD", "start", "setting_detail", "provider_code", "stay"]].sort_values(
                "start", kind="stable"
            ),
            left_on="START",
            right_on="start",
            by="CHILD",
        )
        return joined.set_index("row")

    @cached_property
    def left_on(self) -> pd.Series:
        """The day each child's last placement ended, by `CHILD`; NaT while it lasts."""
        return self.stays.drop_duplicates("CHILD", keep="last").set_index("CHILD")["end"]

    @cached_property
    def here(self) -> pd.DataFrame:
        """The placements in force on the day of the load."""
        return self.stays[(self.stays["start"] <= self.today) & ~(self.stays["end"] <= self.today)]

    @cached_property
    def running(self) -> pd.Series:
        """Which of the fees are paid on the day of the load."""
        return (self.fees["START"] <= self.today) & ~(self.fees["stop"] <= self.today)

    def born(self, children: pd.Series) -> pd.Series:
        """Each child's date of birth."""
        return of_child(children, self.header.drop_duplicates("CHILD").set_index("CHILD")["DOB"])


def of_child(children: pd.Series, known: pd.Series) -> pd.Series:
    """What is known of each child, by `CHILD`; missing where nothing is."""
    return known.reindex(children.to_numpy()).set_axis(children.index)


def age_on(born: pd.Series, day: pd.Series | pd.Timestamp) -> pd.Series:
    """Completed years; NaN where either day is missing."""
    day = pd.Series(day, index=born.index) if isinstance(day, pd.Timestamp) else day
    before = day.dt.month * 100 + day.dt.day < born.dt.month * 100 + born.dt.day
    return (day.dt.year - born.dt.year).where(born.notna() & day.notna()) - before


class Told(NamedTuple):
    """Values as a message words them; only those of rows that break a rule are ever worded."""

    values: pd.Series
    words: str  # with one place for the value
    blank: str = ""

    def of(self, hit: np.ndarray) -> list[str]:
        """The values of these rows (a mask) in words."""
        return [self.blank if pd.isna(each) else self.words.format(each) for each in self.values[hit]]


def of(
    rows: pd.DataFrame, breaks: pd.Series, column: str, found: Told | str = "", expected: Told | str = ""
) -> list[Hits]:
    """Hits for the rows that break a rule; `found` and `expected` are one text, or told row by row."""
    hit = breaks.fillna(False).astype(bool).to_numpy()
    if not hit.any():
        return []
    first, second = (each.of(hit) if isinstance(each, Told) else each for each in (found, expected))
    return [Hits(rows.index[hit], column, first, second)]


def code(values: pd.Series, before: str = "", blank: str = "") -> Told:
    """Codes as they were sent."""
    return Told(values, before + "{}", blank)


def years(age: pd.Series) -> Told:
    """Ages."""
    return Told(age, "{:.0f} years old")


def pounds(cost: pd.Series, before: str = "") -> Told:
    """Weekly costs."""
    return Told(cost, before + "£{:,.0f} a week")


def days(day: pd.Series, before: str = "", blank: str = "") -> Told:
    """Days."""
    return Told(day, before + "{:%d/%m/%Y}", blank)
