"""One name each: the same in other letters is refused, one that is nearly the same is asked about."""

from __future__ import annotations

import pytest

from tests.store.test_states import load
from vcore.errors import StoreError
from vcore.store.folder import DataFolder
from vcore.store.names import check_name, near_name


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.mark.parametrize("name", ["NORTH SHIRE", "Northshire", "north  shire"])
def test_a_name_in_other_letters_is_refused_and_says_how_it_is_written(folder, name):
    check_name(folder, name)  # nothing is loaded yet
    load(folder, "North Shire", 1000.0)
    check_name(folder, "North Shire")
    check_name(folder, "North Shires")
    with pytest.raises(StoreError, match="loaded already as “North Shire”"):
        check_name(folder, name)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Suoth", "South"),
        ("Soth", "South"),
        ("SOUTHH", "South"),
        ("West Sussx", "West Sussex"),
        ("East Sussex", "West Sussex"),  # another one, which whoever loads it says
        ("South County Council", "South"),
        ("Sussex", "West Sussex"),
        ("South", None),  # loaded already
        ("south", None),  # refused, not asked about
        ("Trent", None),
        (" ", None),
        ("Southampton", None),
    ],
)
def test_a_name_that_is_nearly_a_loaded_one_is_asked_about(folder, name, near):
    assert near_name(folder, name) is None
    for loaded in ("South", "Kent", "West Sussex"):
        load(folder, loaded, 1000.0)
    assert near_name(folder, name) == near


def test_fictional_authorities_keep_no_name_for_themselves(folder):
    load(folder, "South", 1000.0, demonstration=True)
    check_name(folder, "SOUTH")
    assert near_name(folder, "Suoth") is None
