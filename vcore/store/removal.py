"""One child's data removed from everything that is kept, because somebody who may ask for that has asked.

Every load that holds the child is written again without them, as a new generation of it; the live state is built
from those, and then the old ones are deleted, with every database that was made from them. A crash at any moment
leaves a whole state live; doing it again finishes it. Never says who the child is, and keeps no record of them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vcore.errors import VcoreError
from vcore.facts.columns import STORED_TABLES, names
from vcore.store.folder import DataFolder, made_whole, new_name, write_durably
from vcore.store.parts import PartCard, kept_cards, standing_cards
from vcore.store.states import clear_away, make_live, manifest, standing_parts

OF_CHILDREN = tuple(name for name in STORED_TABLES if "child_id" in names(name))
_HELD = "SELECT count(*) FROM read_parquet($file) WHERE child_id = $child_id"
_ALIKE = "SELECT DISTINCT child_id FROM read_parquet($files) WHERE starts_with(child_id, $code) LIMIT 2"


class Removed(NamedTuple):
    """What was removed: the dates of the loads that held the child, oldest first, and how many rows went."""

    loads: tuple[date, ...]
    rows: int


def remove_child(folder: DataFolder, child_id: str) -> Removed:
    """Remove a child from every kept load and every state. Nothing to remove is no error: `rows` is then 0.

    Raises `StoreError` when another program writes here, or does not let old files go.
    """
    with folder.writing():
        folder.sweep()
        loads, rows = [], 0
        for card in standing_cards(folder).values():
            held = _rows_held(folder, card, child_id)
            if sum(held.values()):
                _write_without(folder, card, child_id, held)
                loads.append(card.as_of)
                rows += sum(held.values())
        live = folder.live()
        if live and standing_parts(folder, live) != manifest(folder, live).parts:
            make_live(folder, standing_parts(folder, live), why="a child removed")
        else:
            clear_away(folder)
        return Removed(tuple(loads), rows)


def child_with_code(folder: DataFolder, code: str, authority: str) -> str:
    """The id of the one child of an authority whose pseudonym begins with this code, in any kept load.

    Raises `VcoreError` when there is none, or more than one.
    """
    code = code.strip().lower()
    if len(code) < 4:
        raise VcoreError("Type at least four characters of the child's code, as the lists show it.")
    files = [
        str(folder.part(card.authority, card.load_id) / "child.parquet")
        for card in kept_cards(folder)
        if card.authority == authority
    ]
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(_ALIKE, {"files": files, "code": code}).fetchall() if files else []
    if not found:
        raise VcoreError(f"No child of {authority} has a code that begins so, in any load that is kept.")
    if len(found) > 1:
        raise VcoreError(
            "More than one child's code begins so: type more of it, or the council's own number."
        )
    return found[0][0]


def _rows_held(folder: DataFolder, card: PartCard, child_id: str) -> dict[str, int]:
    place = folder.part(card.authority, card.load_id)
    with duckdb.connect(":memory:") as connection:
        return {
            name: _count(connection, place / f"{name}.parquet", child_id)
            for name in OF_CHILDREN
            if name in card.rows
        }


def _count(connection: duckdb.DuckDBPyConnection, file: Path, child_id: str) -> int:
    found = connection.execute(_HELD, {"file": str(file), "child_id": child_id}).fetchone()
    return found[0] if found else 0


def _write_without(folder: DataFolder, card: PartCard, child_id: str, held: dict[str, int]) -> None:
    """The same load once more, without the child: when it was loaded and what it came from stay."""
    rows = {name: count - held.get(name, 0) for name, count in card.rows.items()}
    made = card.model_copy(update={"load_id": new_name(), "generation_of": card.root, "rows": rows})
    source = folder.part(card.authority, card.load_id)
    with made_whole(folder.part(made.authority, made.load_id)) as unfinished:
        for name in card.rows:
            table = pq.read_table(source / f"{name}.parquet")
            if held.get(name):
                table = table.filter(pc.not_equal(table["child_id"], child_id))  # pyright: ignore
            pq.write_table(table, unfinished / f"{name}.parquet")
        write_durably(unfinished / "part.json", made.model_dump_json(indent=1).encode())
