"""Publishing, rolling back, crashing: what is live is always whole."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.small import AS_OF, NEEDS, child, tables
from vcore.errors import InvalidChoice, StoreError
from vcore.store import Store
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.reversal import roll_back
from vcore.store.states import FILE, history, manifest, publish, take_back


def load(folder: DataFolder, authority: str, *costs: float, as_of: date = AS_OF, demonstration: bool = False):
    """Write and publish one authority with one child a cost."""
    rows = [
        child(f"{authority}{n}", authority=authority, weekly_cost_gbp=cost) for n, cost in enumerate(costs)
    ]
    card = new_card(authority=authority, as_of=as_of, needs=NEEDS, demonstration=demonstration)
    return publish(folder, [write_part(folder, tables(rows), card, NEEDS)])


def weekly(root: Path) -> dict[str, float]:
    children = Store.open(root, needs=NEEDS).cohort().children
    return children.groupby("authority")["weekly_cost_gbp"].sum().to_dict()


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    return DataFolder(tmp_path / "store")


def test_nothing_published_is_said_plainly(folder):
    with pytest.raises(StoreError, match="Nothing is published"):
        Store.open(folder.root)


def test_each_authority_is_replaced_and_rolled_back_alone(folder):
    load(folder, "North", 1000.0)
    load(folder, "South", 2000.0)
    load(folder, "North", 1500.0)
    assert weekly(folder.root) == {"North": 1500.0, "South": 2000.0}
    load(folder, "South", 2500.0)
    roll_back(folder, "North")
    assert weekly(folder.root) == {"North": 1000.0, "South": 2500.0}
    assert [state.why for state in history(folder)] == ["roll back North", "load", "load", "load", "load"]


def test_children_under_two_names_are_counted_and_leave_all_as_it_was(folder):
    load(folder, "North", 1000.0, 2000.0)
    rows = [child(f"North{n}", authority="Nord", weekly_cost_gbp=9.0) for n in range(2)]
    card = new_card(authority="Nord", as_of=AS_OF, needs=NEEDS, demonstration=False)
    with pytest.raises(StoreError, match=r"^2 children would be in the data twice"):
        publish(folder, [write_part(folder, tables(rows), card, NEEDS)])
    assert weekly(folder.root) == {"North": 3000.0}


@pytest.mark.parametrize("spelt", ["NORTH SHIRE", "Northshire"])
def test_two_who_spell_one_authority_differently_do_not_both_publish_it(folder, spelt):
    """Whoever asked before the other had published was told that the name was free."""
    load(folder, "North Shire", 1000.0)
    card = new_card(authority=spelt, as_of=AS_OF, needs=NEEDS, demonstration=False)
    rows = [child("another", authority=spelt, weekly_cost_gbp=9.0)]
    with pytest.raises(StoreError, match=f"^“{spelt}” and “North Shire” are one authority"):
        publish(folder, [write_part(folder, tables(rows), card, NEEDS)])
    assert weekly(folder.root) == {"North Shire": 1000.0}


def test_what_failed_after_it_went_live_keeps_its_data(folder, monkeypatch):
    """On Windows old data may be held open by another program: the new state is live by then."""

    def held(_folder):
        raise StoreError("Old data could not all be deleted")

    rows = [child("North0", authority="North", weekly_cost_gbp=1000.0)]
    card = new_card(authority="North", as_of=AS_OF, needs=NEEDS, demonstration=False)
    card = write_part(folder, tables(rows), card, NEEDS)
    monkeypatch.setattr("vcore.store.states.clear_away", held)
    with pytest.raises(StoreError, match="Old data"):
        publish(folder, [card])
    take_back(folder, card)
    assert folder.part("North", card.load_id).exists()
    assert weekly(folder.root) == {"North": 1000.0}
    other = new_card(authority="South", as_of=AS_OF, needs=NEEDS, demonstration=False)
    other = write_part(folder, tables([child("South0", authority="South")]), other, NEEDS)
    take_back(folder, other)
    assert not folder.part("South", other.load_id).exists()


def test_the_mark_of_the_data_changes_with_a_load_and_comes_back_with_it(folder):
    def mark(needs=NEEDS):
        return Store.open(folder.root, needs=needs).snapshot_id

    load(folder, "North", 1000.0)
    first = mark()
    assert first.startswith(f"{AS_OF:%Y%m%d}-") and mark() == first
    load(folder, "North", 1000.0)
    assert mark() != first
    roll_back(folder, "North")
    assert mark() == first
    stricter = NEEDS.model_copy(update={"cut_points": NEEDS.cut_points.model_copy(update={"severe": 8})})
    assert mark(stricter) != first


def test_a_first_load_cannot_be_rolled_back_and_a_stranger_is_named(folder):
    load(folder, "North", 1000.0)
    with pytest.raises(StoreError, match="no earlier load"):
        roll_back(folder, "North")
    with pytest.raises(InvalidChoice, match="Did you mean 'North'"):
        roll_back(folder, "Norht")
    assert weekly(folder.root) == {"North": 1000.0}


def test_rolling_back_twice_goes_back_twice(folder):
    for cost in (1000.0, 1100.0, 1200.0):
        load(folder, "North", cost)
    roll_back(folder, "North")
    assert weekly(folder.root) == {"North": 1100.0}
    roll_back(folder, "North")
    assert weekly(folder.root) == {"North": 1000.0}


def test_the_first_real_load_sends_fictional_children_away_for_good(folder):
    load(folder, "Fiction", 9000.0, demonstration=True)
    assert Store.open(folder.root, needs=NEEDS).demonstration
    load(folder, "North", 1000.0)
    assert weekly(folder.root) == {"North": 1000.0}
    assert not Store.open(folder.root, needs=NEEDS).demonstration


def test_the_latest_date_is_one_every_authority_reaches(folder):
    load(folder, "North", 1000.0, as_of=date(2026, 4, 30))
    load(folder, "South", 1000.0, as_of=date(2026, 3, 31))
    assert Store.open(folder.root, needs=NEEDS).latest == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("authorities", "day"),
    [
        (None, date(2026, 2, 28)),
        (["North"], date(2026, 4, 30)),
        (["North", "South"], date(2026, 3, 31)),
        (["South", "Atlantis"], date(2026, 3, 31)),
        (["Atlantis"], None),  # none of them is loaded
    ],
)
def test_the_latest_date_of_some_authorities_is_theirs(folder, authorities, day):
    load(folder, "North", 1000.0, as_of=date(2026, 4, 30))
    load(folder, "South", 1000.0, as_of=date(2026, 3, 31))
    load(folder, "West", 1000.0, as_of=date(2026, 2, 28))
    store = Store.open(folder.root, needs=NEEDS)
    assert manifest(folder).latest_of(authorities) == day
    if day is None:
        with pytest.raises(InvalidChoice, match="Atlantis"):
            store.latest_of(authorities)
        return
    assert store.latest_of(authorities) == day
    if authorities != ["Atlantis"] and "Atlantis" not in (authorities or ()):
        assert store.cohort(authorities=authorities).as_of == day


def test_a_store_opened_before_a_publish_goes_on_showing_its_own_state(folder):
    load(folder, "North", 1000.0)
    before = Store.open(folder.root, needs=NEEDS)
    load(folder, "North", 1500.0)
    assert before.cohort().children["weekly_cost_gbp"].sum() == 1000.0
    assert weekly(folder.root) == {"North": 1500.0}


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "DELETE FROM state.child",
    ],
)
def test_an_open_store_reads_only_itself(folder, attempt):
    load(folder, "North", 1000.0)
    store = Store.open(folder.root, needs=NEEDS)
    with pytest.raises(duckdb.Error):
        store._connection.cursor().execute(attempt)


def test_rows_of_another_authority_are_refused(folder):
    card = new_card(authority="North", as_of=AS_OF, needs=NEEDS, demonstration=False)
    with pytest.raises(StoreError, match="rows of South"):
        write_part(folder, tables([child("a", authority="South")]), card, NEEDS)


def test_the_published_file_holds_exactly_the_parts_rows(folder):
    load(folder, "North", 1000.0, 2000.0)
    published = load(folder, "South", 3000.0)
    path = folder.states / published.state / FILE
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "SELECT authority, count(*), sum(weekly_cost_gbp) FROM cost GROUP BY ALL"
        ).fetchall()
    assert sorted(found) == [("North", 2, 3000.0), ("South", 1, 3000.0)]


STOPS = [  # what a load is about to do when it dies, and which time it does it
    ("pandas.core.frame.DataFrame.to_parquet", 1),
    ("pandas.core.frame.DataFrame.to_parquet", 4),
    ("vcore.store.parts.write_durably", 1),
    ("pathlib.Path.rename", 1),
    ("vcore.store.states.new_name", 1),
    ("duckdb.connect", 1),
    ("vcore.store.states.ddl", 1),
    ("vcore.store.states.ddl", 5),
    ("vcore.store.states.write_durably", 1),
    ("pathlib.Path.rename", 2),
    ("vcore.store.folder.write_durably", 1),
    ("pathlib.Path.replace", 1),
]
_DIE = """
import json, os, pydoc, sys
from tests.store.test_states import STOPS, DataFolder, load


def die(where, time, folder):
    owner, _, name = where.rpartition(".")
    holder, real = pydoc.locate(owner), pydoc.locate(where)
    left = [time]

    def dying(*given, **named):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), 9)
        return real(*given, **named)

    setattr(holder, name, dying)
    load(DataFolder(folder), "North", *([1500.0] * 40))
    os._exit(0)


ended = []
for (where, time), folder in zip(STOPS, sys.argv[1:], strict=True):
    child = os.fork() or die(where, time, folder)
    ended.append(os.WTERMSIG(os.waitpid(child, 0)[1]))
print(json.dumps(ended))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no such signal here")
def test_a_load_killed_at_any_step_leaves_the_old_state_live(folder):
    """Kill −9 just before each step that writes: what was live stays live and whole, and the next load gets through."""
    load(folder, "North", 1000.0)
    copies = [
        DataFolder(shutil.copytree(folder.root, folder.root.with_name(f"store-{at}")))
        for at, _ in enumerate(STOPS)
    ]
    run = subprocess.run(
        [sys.executable, "-c", _DIE, *(str(copy.root) for copy in copies)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert json.loads(run.stdout) == [signal.SIGKILL] * len(STOPS)
    for copy in copies:
        assert copy.live() == folder.live()
        assert weekly(copy.root) == {"North": 1000.0}
        load(copy, "North", 1700.0)  # what was left behind is swept away and does not stand in the way
        assert weekly(copy.root) == {"North": 1700.0}
        assert not [left for left in copy.root.rglob(".*") if left.is_dir()]


def test_two_loads_at_once_wait_for_each_other(folder):
    import threading

    threads = [
        threading.Thread(target=load, args=(folder, name, 1000.0)) for name in ("North", "South", "East")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert weekly(folder.root) == {"North": 1000.0, "South": 1000.0, "East": 1000.0}
    assert len(manifest(folder).parts) == 3


def test_a_state_says_by_itself_what_it_is(folder):
    published = load(folder, "North", 1000.0)
    with duckdb.connect(str(folder.states / published.state / FILE), read_only=True) as connection:
        asked = "SELECT manifest->>'$.schema_version', manifest->>'$.parts[0].domains[1].id' FROM manifest"
        assert connection.execute(asked).fetchone() == ("2", "emotional_health")


def test_data_of_a_newer_version_is_not_guessed_at(folder):
    published = load(folder, "North", 1000.0)
    path = folder.states / published.state / "manifest.json"
    path.write_text(path.read_text().replace('"schema_version": 2', '"schema_version": 3'))
    with pytest.raises(StoreError, match="newer version"):
        Store.open(folder.root)


@pytest.mark.skipif(os.name != "posix", reason="no such modes here")
def test_nobody_else_on_the_machine_looks_into_what_holds_children(folder):
    before = os.umask(0o022)
    try:
        load(folder, "North", 1000.0)
    finally:
        os.umask(before)
    holding = {file.parent for kind in ("*.parquet", FILE) for file in folder.root.rglob(kind)}
    assert len(holding) == 2  # a part and a state
    assert all(place.stat().st_mode & 0o077 == 0 for place in holding)
