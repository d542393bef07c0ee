"""The menu: every page, its section, its title and the right it needs. Add a page here and nowhere else.

Sections are the folders under `pages/`; a page's address is its file's stem. Never draws anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ledger.people import Person
from ledger.rights import Right

PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"

ABOUT_CHILDREN = frozenset({"understand", "decide", "act"})  # sections whose pages carry the cohort bar
SECTIONS = {
    "understand": "Understand",
    "decide": "Decide",
    "act": "Act",
    "data": "Data",
    "help": "Help",
    "admin": "Admin",
}


@dataclass(frozen=True)
class Entry:
    """One page. `right` None: for everybody who is signed in.

    `compares`: it shows the cohort beside `reads.comparison()`, so the cohort bar offers what to compare with.
    `says_quality`: it says itself how complete its data is; other pages about children have that at their foot.
    """

    section: str
    stem: str
    title: str
    right: Right | None
    compares: bool = False
    says_quality: bool = False

    @property
    def path(self) -> Path:
        return PAGES_FOLDER / self.section / f"{self.stem}.py"

    @property
    def about_children(self) -> bool:
        return self.section in ABOUT_CHILDREN

    def open_to(self, person: Person) -> bool:
        return self.right is None or self.right in person.rights


ENTRIES = (
    Entry("understand", "overview", "Overview", Right.SEE_COHORTS, compares=True, says_quality=True),
    Entry("understand", "need_and_cost", "Need and cost", Right.SEE_COHORTS, compares=True),
    Entry("understand", "needs", "Needs", Right.SEE_COHORTS, compares=True),
    Entry("understand", "cohorts", "Cohorts", Right.SEE_COHORTS, compares=True),
    Entry("understand", "placements", "Placements", Right.SEE_COHORTS, compares=True),
    Entry("understand", "providers", "Providers", Right.SEE_PROVIDERS, compares=True),
    Entry("understand", "findings", "Findings", Right.SEE_COHORTS, compares=True),
    Entry("decide", "scenario", "Scenario", Right.SEE_COHORTS),
    Entry("decide", "compare", "Compare", Right.SEE_COHORTS),
    Entry("decide", "money_plan", "Money plan", Right.SEE_COHORTS),
    Entry("act", "review_list", "Review list", Right.SEE_CHILDREN),
    Entry("act", "child", "Child", Right.SEE_CHILDREN),
    Entry("act", "tracker", "Tracker", Right.SEE_CHILDREN),
    Entry("data", "data", "Data", Right.LOAD_DATA),
    Entry("help", "methods", "Methods", None),
    Entry("admin", "people", "People", Right.MANAGE_PEOPLE),
)


def pages(person: Person | None, home: Callable[[], None]) -> dict[str, list[st.Page]]:
    """Every page by section label, for `st.navigation`; those that are not for this person are hidden.

    All of them are always known, so that a link opens after sign-in. `home` runs at the bare address.
    """
    result = {"": [st.Page(home, title="Care Value Explorer", default=True, visibility="hidden")]}
    for entry in ENTRIES:
        shown = person is not None and entry.open_to(person)
        page = st.Page(
            entry.path,
            title=entry.title,
            url_path=entry.stem,
            visibility="visible" if shown else "hidden",
        )
        result.setdefault(SECTIONS[entry.section], []).append(page)
    return result


def entry_at(url_path: str) -> Entry | None:
    """The entry at an address; None for the bare address."""
    return next((entry for entry in ENTRIES if entry.stem == url_path), None)


def about_children(url_path: str, person: Person) -> bool:
    """Whether the page at an address is one about children that this person may open."""
    entry = entry_at(url_path)
    return entry is not None and entry.about_children and entry.open_to(person)


def first_page(person: Person) -> Entry | None:
    """Where this person starts: the first page made for them, rather than one that is for everybody."""
    theirs = [entry for entry in ENTRIES if entry.open_to(person)]
    return min(theirs, key=lambda entry: entry.right is None, default=None)
