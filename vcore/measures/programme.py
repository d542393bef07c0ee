"""A programme in the figures that published ones report: children profiled, searches, changes, £ a child.

Counts children by what was decided about them, never whether it was right. What councils published stands in
`vcore.facts.delivered`: what they count and over what time differs, so theirs stand beside and are no target.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from vcore.store.snapshot import DAYS_A_MONTH


class Programme(NamedTuple):
    """`profiled`: children decided about at all; `searches`: found suitable, agreed or moved at some time; `changes`:
    moves that the data shows and nobody has ended; `months` since the first decision; `annual_gbp` what those changes
    save in a full year now; `costed_changes` of them with a fee before and after."""

    profiled: int
    searches: int
    changes: int
    months: float
    annual_gbp: float
    costed_changes: int

    @property
    def search_share(self) -> float:
        """Searches of those profiled (0–1); NaN where nobody is."""
        return self.searches / self.profiled if self.profiled else float("nan")

    @property
    def change_share(self) -> float:
        """Changes of those profiled (0–1); NaN where nobody is."""
        return self.changes / self.profiled if self.profiled else float("nan")

    @property
    def per_change_gbp(self) -> float:
        """£ a year for each change with a known fee; NaN where there is none."""
        return self.annual_gbp / self.costed_changes if self.costed_changes else float("nan")


def programme(
    children: Iterable[tuple[bool, bool, float]], first: date, today: date, *, weeks_per_year: float
) -> Programme:
    """`children`: of each one decided about whether a search was right, whether a move is in the data, and £ a week
    saved now (NaN: not known). `first`: the day of the first decision."""
    rows = list(children)
    weekly = [gbp for _, changed, gbp in rows if changed and gbp == gbp]
    return Programme(
        profiled=len(rows),
        searches=sum(search for search, _, _ in rows),
        changes=sum(changed for _, changed, _ in rows),
        months=(today - first).days / DAYS_A_MONTH,
        annual_gbp=sum(weekly) * weeks_per_year,
        costed_changes=len(weekly),
    )
