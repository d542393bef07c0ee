"""One child removed from everything that is kept, and loads that are kept no longer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.small import AS_OF, NEEDS, child, tables
from vcore.errors import InvalidChoice, StoreError, VcoreError
from vcore.store import Store, removal
from vcore.store.folder import DataFolder
from vcore.store.parts import find_card, kept_cards, new_card, write_part
from vcore.store.removal import Removed, child_with_code, remove_child
from vcore.store.retention import beyond, keep_last
from vcore.store.reversal import before, roll_back
from vcore.store.states import FILE, history, manifest, publish

APRIL = date(2026, 4, 30)


def kept(folder: DataFolder, authority: str, *ids: str, as_of: date = AS_OF, cost: float = 1000.0):
    rows = [child(name, authority=authority, weekly_cost_gbp=cost) for name in ids]
    card = new_card(authority=authority, as_of=as_of, needs=NEEDS, demonstration=False)
    own = pd.DataFrame({"child_id": list(ids), "authority": authority})
    told = {
        "missing_period": own.assign(started_on=pd.Timestamp(2026, 1, 6), kind="M"),
        "sdq": own.assign(year_ended_on=pd.Timestamp(2026, 3, 31), score=14),
    }
    return write_part(folder, tables(rows) | told, card, NEEDS)


def load(folder: DataFolder, authority: str, *ids: str, as_of: date = AS_OF, cost: float = 1000.0):
    return publish(folder, [kept(folder, authority, *ids, as_of=as_of, cost=cost)])


def here(folder: DataFolder) -> set[str]:
    return set(Store.open(folder.root, needs=NEEDS).cohort().children["child_id"])


def anywhere(folder: DataFolder, child_id: str) -> list[Path]:
    """Every file below the data folder that still holds the child, by plain SQL and by its bytes."""
    found = []
    for path in folder.root.rglob("*"):
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                columns = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
                if "child_id" in {column[0] for column in columns} and connection.execute(
                    "SELECT count(*) FROM read_parquet(?) WHERE child_id = ?", [str(path), child_id]
                ).fetchone() != (0,):
                    found.append(path)
        elif path.is_file() and child_id.encode() in path.read_bytes():
            found.append(path)
    return found


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    folder = DataFolder(tmp_path / "store")
    load(folder, "North", "aaaa1111", "bbbb2222")
    load(folder, "South", "cccc3333")
    load(folder, "North", "aaaa1111", "bbbb2222", "dddd4444", as_of=APRIL, cost=1500.0)
    return folder


def test_a_child_goes_from_every_load_and_every_state_and_nobody_else_does(folder):
    assert anywhere(folder, "aaaa1111")
    removed = remove_child(folder, "aaaa1111")
    assert {"missing_period", "sdq"} < set(removal.OF_CHILDREN)
    assert removed == Removed((AS_OF, APRIL), 2 * len(removal.OF_CHILDREN))
    assert anywhere(folder, "aaaa1111") == []
    assert here(folder) == {"bbbb2222", "cccc3333", "dddd4444"}
    assert history(folder)[0].why == "a child removed"


def test_rolling_back_does_not_bring_the_child_back(folder):
    remove_child(folder, "aaaa1111")
    state = roll_back(folder, "North")
    assert here(folder) == {"bbbb2222", "cccc3333"}
    back = next(part for part in state.parts if part.authority == "North")
    assert (back.as_of, back.rows["child"], back.generation_of != "") == (AS_OF, 1, True)
    with pytest.raises(StoreError, match="no earlier load"):
        roll_back(folder, "North")


def test_another_authority_s_next_load_does_not_bring_the_child_back(folder):
    remove_child(folder, "aaaa1111")
    load(folder, "South", "cccc3333", "eeee5555")
    assert here(folder) == {"bbbb2222", "cccc3333", "dddd4444", "eeee5555"}
    assert anywhere(folder, "aaaa1111") == []


def test_a_load_found_by_its_old_name_is_the_one_without_the_child(folder):
    first = next(part for part in manifest(folder).parts if part.authority == "North")
    remove_child(folder, "aaaa1111")
    assert find_card(folder, first.load_id).rows["child"] == 2


def test_removing_again_and_removing_a_stranger_change_nothing(folder):
    remove_child(folder, "aaaa1111")
    live = folder.live()
    assert remove_child(folder, "aaaa1111") == Removed((), 0)
    assert remove_child(folder, "zzzz9999") == Removed((), 0)
    assert folder.live() == live


def test_two_children_one_after_the_other(folder):
    remove_child(folder, "aaaa1111")
    remove_child(folder, "dddd4444")
    assert here(folder) == {"bbbb2222", "cccc3333"}
    assert len(kept_cards(folder)) == 3


@pytest.mark.parametrize("moment", ["_write_without", "make_live"])
def test_a_removal_that_fails_midway_leaves_a_whole_state_and_is_finished_by_the_next(
    folder, monkeypatch, moment
):
    everyone = here(folder)

    def fails(*_, **__):
        raise OSError("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(removal, moment, fails)
        with pytest.raises(OSError, match="power"):
            remove_child(folder, "aaaa1111")
    assert here(folder) == everyone
    remove_child(folder, "aaaa1111")
    assert here(folder) == everyone - {"aaaa1111"}
    assert anywhere(folder, "aaaa1111") == []


@pytest.mark.slow
def test_a_removal_killed_at_any_moment_leaves_a_whole_state(folder):
    """Kill −9 after ever longer waits: before the pointer moves everybody is there, after it the child is not."""
    program = (
        "import sys; from vcore.store.folder import DataFolder; from vcore.store.removal import remove_child;"
        "print('ready', flush=True); remove_child(DataFolder(sys.argv[1]), 'aaaa1111')"
    )
    everyone = here(folder)
    for wait in (0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(folder.root)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait)
            process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        assert here(folder) in (everyone, everyone - {"aaaa1111"})
    remove_child(folder, "aaaa1111")
    assert here(folder) == everyone - {"aaaa1111"}
    assert anywhere(folder, "aaaa1111") == []


def test_a_code_finds_its_one_child_and_says_what_is_wrong_otherwise(folder):
    assert child_with_code(folder, " AAAA ", "North") == "aaaa1111"
    with pytest.raises(VcoreError, match="at least four"):
        child_with_code(folder, "aaa", "North")
    with pytest.raises(VcoreError, match="No child of South"):
        child_with_code(folder, "aaaa", "South")
    with pytest.raises(VcoreError, match="No child of East"):
        child_with_code(folder, "aaaa", "East")
    load(folder, "North", "aaaa1111", "aaaa1199")
    with pytest.raises(VcoreError, match="More than one"):
        child_with_code(folder, "aaaa", "North")
    assert child_with_code(folder, "aaaa119", "North") == "aaaa1199"


def test_the_last_loads_stay_and_the_rest_go(folder):
    load(folder, "North", "bbbb2222", as_of=date(2026, 5, 31))
    assert [card.as_of for card in beyond(folder, "North", 2)] == [AS_OF]
    assert beyond(folder, "North", 3) == ()
    assert [card.as_of for card in keep_last(folder, "North", 2)] == [AS_OF]
    assert sorted((card.authority, card.as_of) for card in kept_cards(folder)) == [
        ("North", APRIL),
        ("North", date(2026, 5, 31)),
        ("South", AS_OF),
    ]
    assert here(folder) == {"bbbb2222", "cccc3333"}


def test_states_made_from_deleted_loads_are_deleted_and_their_history_stays(folder):
    keep_last(folder, "North", 1)
    assert anywhere(folder, "dddd4444")
    assert len(list(folder.states.glob(f"*/{FILE}"))) == 1
    assert [state.why for state in history(folder)] == ["load", "load", "load"]
    assert before(folder, "North") is None
    with pytest.raises(StoreError, match="no earlier load"):
        roll_back(folder, "North")


def test_the_live_load_is_kept_even_when_it_is_not_the_newest(folder):
    load(folder, "North", "ffff6666", as_of=date(2026, 5, 31))
    roll_back(folder, "North")
    assert [card.as_of for card in keep_last(folder, "North", 1)] == [AS_OF, date(2026, 5, 31)]
    assert here(folder) == {"aaaa1111", "bbbb2222", "cccc3333", "dddd4444"}


@pytest.mark.parametrize("keep", [0, -1, 61])
def test_keeping_nothing_is_refused(folder, keep):
    with pytest.raises(InvalidChoice):
        keep_last(folder, "North", keep)
    assert len(kept_cards(folder)) == 3
