"""Data that an older version of the app wrote: it opens, counts, goes back and forgets like any other, with gaps."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.small import AS_OF, NEEDS, child, tables
from vcore.errors import StoreError
from vcore.store import Store
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.past_loads import past_loads
from vcore.store.removal import Removed, remove_child
from vcore.store.reversal import roll_back
from vcore.store.states import FILE, Manifest, publish

APRIL = date(2026, 4, 30)
NEW_TABLES, NEW_COLUMNS = ("missing_period", "sdq"), ("previous_permanence", "permanence_ordered")


def load(folder: DataFolder, *ids: str, authority: str = "North", as_of: date = AS_OF) -> Manifest:
    """Children who are all missing today, were all asked and had all been adopted."""
    rows = [
        child(name, authority=authority, sdq_score=14, previous_permanence="P1", permanence_ordered="2014")
        for name in ids
    ]
    own = pd.DataFrame({"child_id": list(ids), "authority": authority})
    told = {
        "missing_period": own.assign(started_on=pd.Timestamp(2026, 1, 6), kind="M"),
        "sdq": own.assign(year_ended_on=pd.Timestamp(2026, 3, 31), score=14),
    }
    card = new_card(authority=authority, as_of=as_of, needs=NEEDS, demonstration=False)
    return publish(folder, [write_part(folder, tables(rows) | told, card, NEEDS)])


def make_older(folder: DataFolder) -> None:
    """Every part and state as version 1 wrote them: without the two tables, without the two columns of a child."""
    for part in folder.root.glob("parts/*/*/part.json"):
        for name in NEW_TABLES:
            part.with_name(f"{name}.parquet").unlink()
        children = part.with_name("child.parquet")
        pq.write_table(pq.read_table(children).drop_columns(list(NEW_COLUMNS)), children)
        part.write_text(json.dumps(_older(json.loads(part.read_text(encoding="utf-8")))), encoding="utf-8")
    for path in folder.states.glob("*/manifest.json"):
        said = json.loads(path.read_text(encoding="utf-8"))
        said["parts"] = [_older(part) for part in said["parts"]]
        path.write_text(json.dumps(said | {"schema_version": 1}), encoding="utf-8")
        with duckdb.connect(str(path.with_name(FILE))) as connection:
            for name in NEW_TABLES:
                connection.execute(f"DROP TABLE {name}")
            for name in NEW_COLUMNS:
                connection.execute(f"ALTER TABLE child DROP COLUMN {name}")


def _older(card: dict) -> dict:
    rows = {name: count for name, count in card["rows"].items() if name not in NEW_TABLES}
    return card | {"schema_version": 1, "rows": rows}


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    """One load of two children by the version before."""
    folder = DataFolder(tmp_path / "store")
    load(folder, "aaaa1111", "bbbb2222")
    make_older(folder)
    return folder


def here(folder: DataFolder) -> pd.DataFrame:
    return Store.open(folder.root, needs=NEEDS).cohort().children.set_index("child_id")


def test_what_an_older_state_lacks_is_not_recorded_and_the_rest_is_there(folder):
    store = Store.open(folder.root, needs=NEEDS)
    row = store.cohort().children.iloc[0]
    assert (row["weekly_cost_gbp"], row["need_total"], row["sdq_score"]) == (4000.0, 13, 14)
    lacking = row[["missing_12m", "away_12m", "previous_permanence", "permanence_ordered"]]
    assert lacking.isna().all()
    known = store.one_child("aaaa1111")
    assert (len(known.placements), len(known.missing_periods), len(known.questionnaires)) == (1, 0, 0)


def test_opening_an_older_state_changes_nothing_on_the_disk(folder):
    def on_disk() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}

    before = on_disk()
    Store.open(folder.root, needs=NEEDS).cohort()
    assert on_disk() == before


def test_an_older_store_is_locked_down_too(folder):
    with pytest.raises(duckdb.Error):
        Store.open(folder.root, needs=NEEDS)._connection.cursor().execute(
            "SELECT * FROM read_csv('/etc/hostname')"
        )


def test_an_older_load_stands_beside_a_new_one_of_another_authority(folder):
    load(folder, "cccc3333", authority="South")
    children = here(folder)
    assert children.loc["cccc3333", ["missing_12m", "previous_permanence"]].tolist() == [1, "P1"]
    assert children.loc["aaaa1111", ["missing_12m", "previous_permanence"]].isna().all()


def test_rolling_back_to_an_older_load_and_forward_again(folder):
    load(folder, "aaaa1111", "dddd4444", as_of=APRIL)
    assert here(folder)["missing_12m"].tolist() == [1, 1]
    back = roll_back(folder, "North")
    assert [part.schema_version for part in back.parts] == [1] and back.schema_version == 2
    children = here(folder)
    assert list(children.index) == ["aaaa1111", "bbbb2222"] and children["missing_12m"].isna().all()
    told = past_loads(folder, "North")
    assert [(each.card.as_of, each.live, each.card.rows["child"]) for each in told] == [
        (APRIL, False, 2),
        (AS_OF, True, 2),
    ]


def test_a_child_is_removed_from_older_and_newer_loads_alike(folder):
    load(folder, "aaaa1111", "dddd4444", as_of=APRIL)
    assert remove_child(folder, "aaaa1111") == Removed((AS_OF, APRIL), 5 + 7)  # tables that hold children
    assert list(here(folder).index) == ["dddd4444"]
    roll_back(folder, "North")
    assert list(here(folder).index) == ["bbbb2222"]


def test_a_load_of_a_newer_version_is_not_guessed_at(folder):
    kept = load(folder, "cccc3333", authority="South").parts
    newer = [part.model_copy(update={"schema_version": 3}) for part in kept]
    with pytest.raises(StoreError, match="newer version"):
        publish(folder, newer)
    assert set(here(folder).index) == {"aaaa1111", "bbbb2222", "cccc3333"}
