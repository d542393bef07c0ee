"""What is known of one child, for a reader who may see them: the second lock before a child's page.

Keeps what was read beside the cohort that everybody of these authorities shares, and asks for the right every time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from ledger.rights import Right
from ui import child_choice, child_columns, presenting, reads, session
from vcore.errors import VcoreError
from vcore.measures import similar as alike
from vcore.store import Cohort, Store
from vcore.store.one_child import OneChild


class NotHere(VcoreError):
    """The child is not among those in care whom the reader may see on the date."""

    def __init__(self) -> None:
        super().__init__(
            "This child is not among the children in care whom you may see on this date: they may have left care, or "
            "the date or the data has changed. What was decided about them is kept."
        )


class OnScreen(VcoreError):
    """A single child is not for a projected screen."""

    def __init__(self) -> None:
        super().__init__("A child's page is not shown on a projected screen. Leave presenter mode to see it.")


def place(child_id: str) -> int:
    """Where the child stands in the snapshot. Raises `NotAllowed`, `OnScreen` or `NotHere`."""
    session.require(Right.SEE_CHILDREN)
    if presenting.on():
        raise OnScreen
    found = child_choice.place_of(child_id)
    if found is None:
        raise NotHere
    return found


def today(child_id: str) -> pd.Series:
    """The child's row in the snapshot. Raises as `place`."""
    return row_at(reads.whole(), place(child_id), session.person().rights)


def row_at(whole: Cohort, place: int, rights: frozenset[Right]) -> pd.Series:
    """The same for whoever has asked for the right already."""
    return child_columns.of_row(whole.snapshot.frame.iloc[place], rights)


def history(child_id: str) -> OneChild:
    """Everything up to the reader's date. Raises as `place`."""
    place(child_id)
    return history_in(reads.whole(), reads.open_store(), child_id, session.person().rights)


def history_in(whole: Cohort, store: Store, child_id: str, rights: frozenset[Right]) -> OneChild:
    """The same for whoever has asked for the right already, such as a file that is made after the page."""
    return reads.measured(_history, whole, store, child_id, whole.as_of, rights)


def similar(child_id: str) -> alike.Similar:
    """The children most like this one, among all whom the reader may see. Raises as `place`."""
    return reads.measured(_similar, reads.whole(), place(child_id), session.person().rights)


def _history(_: Cohort, store: Store, child_id: str, as_of: date, rights: frozenset[Right]) -> OneChild:
    return child_columns.of_history(store.one_child(child_id, as_of), rights)


def _similar(whole: Cohort, at: int, rights: frozenset[Right]) -> alike.Similar:
    found = alike.similar(whole, reads.measured(alike.profiles, whole), at)
    return replace(found, children=child_columns.of_rows(found.children, rights))
