"""An authority taken out, and what can be put back."""

from __future__ import annotations

import pytest

from tests.small import AS_OF, NEEDS
from tests.store.test_states import load, weekly
from vcore.errors import InvalidChoice, StoreError
from vcore.store.folder import DataFolder
from vcore.store.parts import find_card, kept_cards, new_card, write_part
from vcore.store.past_loads import past_loads
from vcore.store.retention import beyond, keep_last
from vcore.store.reversal import before, withdraw
from vcore.store.states import history, publish


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    """South, and South again under a misspelt name."""
    folder = DataFolder(tmp_path)
    load(folder, "South", 700.0)
    load(folder, "Suoth", 800.0)
    load(folder, "Suoth", 900.0)
    return folder


def test_an_authority_taken_out_is_seen_by_nobody_and_its_loads_are_kept(folder):
    gone = withdraw(folder, "Suoth")
    assert weekly(folder.root) == {"South": 700.0}
    assert (gone.authority, gone.rows["child"]) == ("Suoth", 1)
    assert history(folder)[0].why == "take out Suoth"
    assert [(each.live, each.kept) for each in past_loads(folder, "Suoth")] == [(False, True), (False, True)]
    assert before(folder, "Suoth") is None


def test_what_was_taken_out_can_be_put_back(folder):
    gone = withdraw(folder, "Suoth")
    publish(folder, [find_card(folder, gone.root)])
    assert weekly(folder.root) == {"South": 700.0, "Suoth": 900.0}


def test_the_only_authority_stays_and_a_stranger_is_named(folder):
    withdraw(folder, "Suoth")
    live = folder.live()
    with pytest.raises(StoreError, match=r"^South is the only authority loaded.*Load the right one first"):
        withdraw(folder, "South")
    with pytest.raises(InvalidChoice, match="not a loaded authority"):
        withdraw(folder, "Suoth")
    assert folder.live() == live


def test_all_loads_of_what_was_taken_out_may_be_deleted_and_of_nothing_else(folder):
    with pytest.raises(InvalidChoice, match="1 to 60"):
        beyond(folder, "Suoth", 0)
    withdraw(folder, "Suoth")
    assert len(keep_last(folder, "Suoth", 1)) == 1
    assert len(keep_last(folder, "Suoth", 0)) == 1
    assert {card.authority for card in kept_cards(folder)} == {"South"}
    assert weekly(folder.root) == {"South": 700.0}


def test_fictional_children_are_never_put_beside_real_ones(folder):
    card = new_card(authority="Fiction", as_of=AS_OF, needs=NEEDS, demonstration=True)
    with pytest.raises(StoreError, match="they never mix"):
        publish(folder, [write_part(folder, {}, card, NEEDS)])
    assert weekly(folder.root) == {"South": 700.0, "Suoth": 900.0}
