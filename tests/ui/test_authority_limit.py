"""An account for authorities that are not loaded: it sees nothing, says why, and never sees another's children."""

from __future__ import annotations

from datetime import date

import pytest

from ledger import open_ledger
from ledger.people import set_authorities
from tests.small import NEEDS, child, tables
from tests.ui.doorstep import join, visit_as, words
from ui.menu import PAGES_FOLDER
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.states import publish

OVERVIEW = PAGES_FOLDER / "understand" / "overview.py"
SCENARIO = PAGES_FOLDER / "decide" / "scenario.py"
DATA = PAGES_FOLDER / "data" / "data.py"


def load(folder: DataFolder, authority: str, children: int) -> None:
    rows = [
        child(f"{authority[:2].lower()}{at:06d}", authority=authority, weekly_cost_gbp=1000.0)
        for at in range(children)
    ]
    card = new_card(authority=authority, as_of=date(2026, 3, 31), needs=NEEDS, demonstration=False)
    publish(folder, [write_part(folder, tables(rows), card, NEEDS)])


@pytest.fixture
def folder(data_folder) -> DataFolder:
    """North with 12 children, South with 7."""
    folder = DataFolder(data_folder)
    load(folder, "North", 12)
    load(folder, "South", 7)
    return folder


@pytest.fixture
def look(folder, visitor):
    """A page as an analyst sees it whose account is for these authorities."""
    ledger = open_ledger(folder.root)
    join(ledger, "ann", "analyst")

    def look(limit, page=OVERVIEW):
        set_authorities(ledger, "ann", limit)
        return visit_as(visitor, ledger, "ann", page)

    return look


def all_of_it(app) -> str:
    return words(app) + "".join(str(each.proto) for each in app.get("html"))


@pytest.mark.parametrize("page", [OVERVIEW, SCENARIO])
@pytest.mark.parametrize("limit", [["Kent"], ["Kent", "Nor"], ["Norths"]])
def test_nothing_is_seen_of_other_authorities_and_the_page_says_why(look, limit, page):
    said = all_of_it(look(limit, page))
    assert "No children to show yet" in said
    assert f"Your account is for {', '.join(limit)}, and no data is loaded under" in said
    assert "North," not in said and "South" not in said
    assert "12 children" not in said and "£" not in said


def test_of_several_the_loaded_ones_are_seen(look):
    assert "All 12 children" in all_of_it(look(["Kent", "North"]))
    assert list(look(["Kent", "North"], DATA).table[0].value.index) == ["North"]


def test_whoever_loads_data_is_told_where_to_begin(look):
    assert "None of your authorities is loaded yet" in words(look(["Kent"], DATA))


def test_the_limit_holds_from_the_load_on_whatever_its_letters(look, folder):
    assert "No children to show yet" in all_of_it(look(["kENT"]))
    load(folder, "Kent", 11)
    assert "All 11 children" in all_of_it(look(["kENT"]))
    assert list(look(["kENT"], DATA).table[0].value.index) == ["Kent"]
    assert "All 30 children" in all_of_it(look(None))
