"""Children as at an earlier date and what became of them since: what evidence from the store's own past stands on.

Files hold who was looked after in the years they cover. Looked at from before those years, everybody who had left
by then is missing, and whoever stayed looks like everybody: so a date is only looked back to where somebody is
known to have left care soon after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from vcore.errors import VcoreError
from vcore.facts.assumptions import value
from vcore.store import Afterwards, Cohort

NEVER = np.datetime64("NaT")


class HistoryTooShort(VcoreError):
    """The data does not reach back far enough to say what followed an earlier date."""


@dataclass(frozen=True, eq=False)
class History:
    """A cohort as at an earlier date (`then`), and what followed all children of its snapshot (`afterwards`)."""

    then: Cohort
    afterwards: Afterwards

    @property
    def until(self) -> date:
        return self.afterwards.until

    @cached_property
    def adult_on(self) -> np.ndarray:
        """Each child's 18th birthday, the first of its month; a row a child of `then`."""
        days = self.then.numbers("days_to_18")
        return np.datetime64(self.then.as_of, "D") + days.astype("timedelta64[D]")

    @cached_property
    def gone_on(self) -> np.ndarray:
        """The day each child left care or turned 18, whichever came first; NaT: neither by `until`."""
        adult = np.where(self.adult_on <= np.datetime64(self.until, "D"), self.adult_on, NEVER)
        return np.fmin(self.afterwards.left_on[self.then.chosen], adult)

    def refuse_if_too_short(self) -> None:
        """Raises `HistoryTooShort` where an authority's leavers of that time are missing."""
        authority = pd.Categorical(self.then.snapshot.frame["authority"])
        within = np.isin(np.arange(len(authority)), self.then.base) & np.isin(
            authority.codes, np.unique(authority.codes[self.then.chosen])
        )
        left = self.afterwards.left_on - np.datetime64(self.then.as_of, "D")
        soon = within & (left <= np.timedelta64(int(value("history_gap_days")), "D"))  # NaT never is
        missing = np.setdiff1d(authority.codes[within], authority.codes[soon])
        if len(missing):
            raise HistoryTooShort(
                f"History is too short to look back to {_words(self.then.as_of)}: the data knows of nobody who left "
                f"care in {' or '.join(map(str, authority.categories[missing]))} within "
                f"{value('history_gap_days'):.0f} days of that date, so those who left are missing and whoever "
                "stayed would look like everybody. Load returns of earlier years, or look back less far."
            )


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    return (pd.Timestamp(day) - pd.DateOffset(years=years)).date()


def months_after(days: np.ndarray, months: int) -> np.ndarray:
    """The same days of a month (datetime64[D]; the last where it is shorter) so many months later; NaT stays."""
    later = pd.DatetimeIndex(days.astype("datetime64[ns]")) + pd.DateOffset(months=months)
    return later.to_numpy().astype("datetime64[D]")


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
