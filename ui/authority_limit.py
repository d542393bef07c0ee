"""Whose children an account may count, as an administrator sets it: all authorities, or only those that are named.

A name need not be loaded yet. All of them is always said outright: a name that got lost while it was typed must not
open everything. What a limit means is the reads' to see to (`ui.reads`).
"""

from __future__ import annotations

import streamlit as st

from ledger.people import Person
from ui.published import as_loaded, published
from vcore.errors import VcoreError

ALL, ONLY = "All authorities", "Only these"
_HELP = (
    "Choose, or type a name and press Enter. One that is not loaded yet counts from the day it is loaded under that "
    "name: write it as the Department for Education does, such as Kent."
)


class Field:
    """The two controls of a form, for a new account (`person` None) or for one as it stands."""

    def __init__(self, person: Person | None, key: str) -> None:
        own = None if person is None else _limit(person)
        at_first = None if person is None else int(own is not None)
        self._whose = st.radio("Children of", (ALL, ONLY), at_first, horizontal=True, key=f"whose-{key}")
        self._names = st.multiselect(
            "Authorities",
            sorted({*_loaded(), *(own or ())}),
            own,
            placeholder="Choose, or type a name and press Enter",
            help=_HELP,
            accept_new_options=True,
            filter_mode="contains",
            select_all=False,  # else it is what Enter picks next
            key=f"authorities-{key}",
        )

    def limit(self) -> tuple[str, ...] | None:
        """What was chosen; None: all of them. Raises `VcoreError` where that is not clear."""
        if self._whose is None:
            raise VcoreError(f"Say whose children the account is for: “{ALL}”, or “{ONLY}” and their names.")
        if self._whose == ALL and self._names:
            raise VcoreError(
                f"“{ALL}” and {', '.join(self._names)} are both chosen. Take the names out, or choose “{ONLY}”."
            )
        if self._whose == ONLY and not self._names:
            raise VcoreError(
                f"No authority is named. Choose one, or type its name and press Enter; or choose “{ALL}”."
            )
        return None if self._whose == ALL else tuple(self._names)


def words(person: Person) -> str:
    """`All`, or the names, each that is not loaded marked so."""
    limit, loaded = _limit(person), _loaded()
    if limit is None:
        return "All"
    return ", ".join(name if name in loaded else f"{name} (not loaded yet)" for name in limit)


def warning(person: Person) -> str:
    """Which names of a limit are not loaded and what that means; empty where all are."""
    missing = [name for name in _limit(person) or () if name not in _loaded()]
    if not missing:
        return ""
    return (
        f"Not loaded yet: {', '.join(missing)}. {person.username} sees children there once data is loaded under "
        "that name, and none before."
    )


def _limit(person: Person) -> tuple[str, ...] | None:
    return None if person.authorities is None else as_loaded(person.authorities)


def _loaded() -> frozenset[str]:
    return frozenset(part.authority for part in published().parts)
