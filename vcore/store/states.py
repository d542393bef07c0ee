"""Published states: build one beside the live one, check it, then move the pointer.

A state names one part an authority. Rolling one authority back makes a new state in which only that
authority's part differs, so it never undoes another's load.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
from pydantic import BaseModel, ConfigDict

from vcore import __version__
from vcore.errors import InvalidChoice, StoreError
from vcore.facts.columns import STORED_TABLES, columns, ddl
from vcore.facts.domains import CutPoints
from vcore.settings import settings
from vcore.store.folder import DataFolder, made_whole, new_name, write_durably
from vcore.store.parts import SCHEMA_VERSION, PartCard

FILE = "state.duckdb"


class Manifest(BaseModel):
    """Which part of each authority a state is made of, and the state it followed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    state: str
    follows: str | None
    why: str
    schema_version: int
    engine_version: str
    cut_points: CutPoints
    parts: tuple[PartCard, ...]

    @property
    def demonstration(self) -> bool:
        return any(part.demonstration for part in self.parts)


def manifest(folder: DataFolder, state: str | None = None) -> Manifest:
    """The manifest of a state, or of the live one. Raises `StoreError` when there is none."""
    state = state or folder.live()
    if state is None:
        raise StoreError(
            f"Nothing is published in {folder.root.name}. Load files or make the demonstration data first."
        )
    found = Manifest.model_validate_json(
        (folder.states / state / "manifest.json").read_text(encoding="utf-8")
    )
    if found.schema_version > SCHEMA_VERSION:
        raise StoreError("This data was published by a newer version of the app. Update the app to open it.")
    return found


def history(folder: DataFolder) -> list[Manifest]:
    """The live state and the ones it followed, newest first."""
    found: list[Manifest] = []
    state = folder.live()
    while state is not None:
        found.append(manifest(folder, state))
        state = found[-1].follows
    return found


def publish(folder: DataFolder, cards: Iterable[PartCard], *, why: str = "load") -> Manifest:
    """Publish these parts in place of the same authorities' parts; other authorities keep theirs.

    The first real part sends the demonstration parts away: fictional and real children never mix.
    Raises `StoreError` when the parts cannot live together; the live state is then unchanged.
    """
    with folder.writing():
        folder.sweep()
        live = folder.live()
        kept = {part.authority: part for part in manifest(folder, live).parts} if live else {}
        for card in cards:
            kept[card.authority] = card
        if any(not part.demonstration for part in kept.values()):
            kept = {name: part for name, part in kept.items() if not part.demonstration}
        return _make_live(folder, tuple(kept.values()), live, why)


def roll_back(folder: DataFolder, authority: str) -> Manifest:
    """Put one authority's previous part back. Other authorities are untouched.

    Raises `InvalidChoice` for an authority that is not loaded, `StoreError` when it has no earlier load.
    """
    with folder.writing():
        folder.sweep()
        past = history(folder)
        parts = {part.authority: part for part in past[0].parts} if past else {}
        if authority not in parts:
            raise InvalidChoice("loaded authority", authority, parts)
        earlier = (
            part
            for state in past
            for part in state.parts
            if part.authority == authority and part.loaded_at < parts[authority].loaded_at
        )
        previous = next(earlier, None)
        if previous is None or previous.demonstration != parts[authority].demonstration:
            raise StoreError(f"{authority} has no earlier load to go back to.")
        parts[authority] = previous
        return _make_live(folder, tuple(parts.values()), past[0].state, f"roll back {authority}")


def _make_live(folder: DataFolder, parts: tuple[PartCard, ...], follows: str | None, why: str) -> Manifest:
    first = parts[0]
    for part in parts:
        if (part.domains, part.maximum) != (first.domains, first.maximum):
            raise StoreError(f"{part.authority} scores other need domains than {first.authority}.")
    made = Manifest(
        state=new_name(),
        follows=follows,
        why=why,
        schema_version=SCHEMA_VERSION,
        engine_version=__version__,
        cut_points=settings().needs.cut_points,
        parts=parts,
    )
    with made_whole(folder.states / made.state) as unfinished:
        _build(unfinished / FILE, folder, made)
        write_durably(unfinished / "manifest.json", made.model_dump_json(indent=1).encode())
    folder.point_to(made.state)
    return made


def _build(path: Path, folder: DataFolder, made: Manifest) -> None:
    """Make the DuckDB file of a state and check that every row of every part is in it, once.

    The file says what it is by itself: the manifest, with the order of the scores, is in it too.
    """
    parts = made.parts
    with duckdb.connect(str(path)) as connection:
        for name in STORED_TABLES:
            connection.execute(ddl(name))
            for part in parts:
                file = folder.part(part.authority, part.load_id) / f"{name}.parquet"
                connection.execute(_COPY[name], [str(file)])
            held = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
            expected = sum(part.rows[name] for part in parts)
            if held != (expected,):
                raise StoreError(f"The new state holds {held} rows of {name}, not {expected}.")
        twice = connection.execute("SELECT count(*) - count(DISTINCT child_id) FROM child").fetchone()
        if twice != (0,):
            raise StoreError(f"{twice} children are in the new state twice.")
        connection.execute(ddl("load"))
        rows = [
            (p.load_id, p.authority, p.as_of, p.loaded_at.isoformat(), p.demonstration, p.files)
            for p in parts
        ]
        connection.executemany("INSERT INTO load VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE TABLE manifest AS SELECT $1::JSON AS manifest", [made.model_dump_json()])
        connection.execute("CHECKPOINT")


_COPY = {  # constants made from the registry's own names, never from data
    name: f"INSERT INTO {name} SELECT {', '.join(c.column for c in columns(name))} FROM read_parquet(?)"  # noqa: S608
    for name in STORED_TABLES
}
