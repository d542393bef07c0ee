"""What the tracker knows: every decision of the reader's authorities, beside what the data shows of those children.

All of them, on all the data there is: of the filters only those by authority count. Never draws.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from ledger import decisions
from ledger.book import now
from ledger.rights import Right
from ui import cohort_state, council_register, reads, session
from ui.tracker_plans import OPEN, Line, Status, lines, plans
from vcore.facts.assumptions import Assumption
from vcore.measures.delivery import MONTHS_A_YEAR, Delivery, delivery, price_days
from vcore.measures.programme import Programme, programme
from vcore.store import Store

APRIL = 4


class Row(NamedTuple):
    """One line beside the data. `left_on`: the day the data shows that the placement decided about was left, whether
    or not that was the move. `planned_gbp` and `actual_gbp`: £ a week (NaN: none said, or not known)."""

    line: Line
    status: Status
    known: bool
    lived_in: str | None
    left_on: date | None
    planned_gbp: float
    actual_gbp: float

    @property
    def moved_on(self) -> date | None:
        """The day of the move that was recorded; None where none was, or no load shows it."""
        return self.left_on if self.line.said_moved else None

    @property
    def weekly_gbp(self) -> float:
        """What it counts: as the data shows once it is delivered, else as planned."""
        return self.actual_gbp if self.status is Status.DELIVERED else self.planned_gbp


class Found:
    """All lines beside the data, and what they come to."""

    def __init__(
        self,
        made: Sequence[Line],
        store: Store,
        authorities: tuple[str, ...],
        known: Mapping[str, Assumption],
        data_to: date,
    ) -> None:
        self.data_to = data_to
        self.weeks_per_year = known["weeks_per_year"].value
        self.weights = {status: known[f"{status}_share"].value for status in OPEN}
        self._lines, self._plans = made, plans(made)
        self._told: dict[int, Delivery] = {}
        self._today = now().date()
        self._stays = store.stays(sorted(set(self._plans["child_id"])))
        days = sorted({day.date() for day in price_days(self._plans, self.data_to)})
        self._prices = store.mean_prices(days, authorities)

    @cached_property
    def rows(self) -> list[Row]:
        """Every line, those of one child in order."""
        told = self._delivery(self.data_year).children
        return [_row(line, seen) for line, seen in zip(self._lines, told.to_dict("records"), strict=True)]

    @property
    def children(self) -> list[Row]:
        """The latest line of each child."""
        return [row for row in self.rows if row.line.last]

    def at(self, status: Status) -> list[Row]:
        """The children whose latest line stands there."""
        return [row for row in self.children if row.status is status]

    def annual_gbp(self, status: Status) -> float:
        """£ in a full year of the children there, as far as they are known."""
        return float(np.nansum([row.weekly_gbp for row in self.at(status)])) * self.weeks_per_year

    @property
    def weighted_gbp(self) -> float:
        """£ in a full year of all that is open, each at the weight of its status."""
        return sum(share * self.annual_gbp(status) for status, share in self.weights.items())

    @cached_property
    def years(self) -> list[int]:
        """The financial years, by the calendar year they begin in, from the first that something is planned or moved
        in to the last; the data's year is always among them."""
        planned = [line.planned_start for line in self._lines if line.committed]
        reached = [
            _year_of(day) for day in (*planned, *(row.moved_on for row in self.rows)) if day is not None
        ]
        reached.append(self.data_year)
        return list(range(min(reached), max(reached) + 1))

    @property
    def data_year(self) -> int:
        """The financial year that the data ends in."""
        return _year_of(self.data_to)

    def months(self, year: int) -> pd.DataFrame:
        """Planned and actual £ of each month, April to March (`vcore.measures.delivery`)."""
        return self._delivery(year).months

    @cached_property
    def programme(self) -> Programme:
        """The figures that published programmes report."""
        searched = {row.line.child_id for row in self.rows if row.line.searched}
        first = min((row.line.first.decided_on for row in self.rows), default=self._today)
        return programme(
            (
                (row.line.child_id in searched, row.status is Status.DELIVERED, row.actual_gbp)
                for row in self.children
            ),
            first,
            self._today,
            weeks_per_year=self.weeks_per_year,
        )

    def _delivery(self, year: int) -> Delivery:
        if year not in self._told:
            months = [date(year + (at + 3) // 12, (at + 3) % 12 + 1, 1) for at in range(MONTHS_A_YEAR)]
            self._told[year] = delivery(
                self._plans, self._stays, self._prices, months,
                data_to=self.data_to, weeks_per_year=self.weeks_per_year,
            )  # fmt: skip
        return self._told[year]


def found() -> Found:
    """What this reader's tracker knows now. Raises `NotAllowed`."""
    person = session.require(Right.SEE_CHILDREN)
    chosen = cohort_state.chosen().filter.authorities or reads.loaded_authorities()
    authorities = tuple(sorted(set(chosen) & set(reads.loaded_authorities())))
    made = tuple(lines(decisions.decided(session.ledger(), person, authorities)))
    store, known = reads.open_store(), council_register.in_force()
    values = tuple(sorted((key, one.value) for key, one in known.items()))
    return _worked_out(
        store.snapshot_id, store, made, authorities, values, known, reads.latest(), now().date()
    )


def _row(line: Line, seen: Mapping[Hashable, Any]) -> Row:
    missing = {name: bool(pd.isna(seen[name])) for name in ("lived_in", "moved_on")}
    return Row(
        line,
        line.status(delivered=seen["delivered"]),
        seen["known"],
        None if missing["lived_in"] else seen["lived_in"],
        None if missing["moved_on"] else seen["moved_on"].date(),
        float("nan") if line.weekly_saving_gbp is None else line.weekly_saving_gbp,
        seen["weekly_gbp"],
    )


def year_name(year: int) -> str:
    """The financial year that begins in April of this one, such as 2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


def _year_of(day: date) -> int:
    return day.year if day.month >= APRIL else day.year - 1


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Line: repr})
def _worked_out(
    snapshot: str,
    _store: Store,
    made: tuple[Line, ...],
    authorities: tuple[str, ...],
    values: tuple[tuple[str, float], ...],
    _known: Mapping[str, Assumption],
    data_to: date,
    today: date,
) -> Found:
    """Kept until there is another decision, load, number in the register or day."""
    return Found(made, _store, authorities, _known, data_to)
