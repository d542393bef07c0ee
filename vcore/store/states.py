"""Published states: build one beside the live one, check it, then move the pointer.

A state names one part an authority. Rolling one authority back makes a new state in which only that
authority's part differs, so it never undoes another's load.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

import duckdb
from pydantic import BaseModel, ConfigDict

from vcore import __version__
from vcore.errors import StoreError
from vcore.facts.columns import STORED_TABLES, ddl
from vcore.facts.domains import CutPoints
from vcore.settings import settings
from vcore.store.folder import DataFolder, made_whole, new_name, write_durably
from vcore.store.parts import (
    SCHEMA_VERSION,
    PartCard,
    delete_part,
    kept_cards,
    latest_of,
    plain_name,
    standing_cards,
)

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

    def latest_of(self, authorities: Collection[str] | None) -> date | None:
        """The last date that every load of these authorities reaches, of all for None: the one pages show. None
        where none of them is loaded."""
        return latest_of(self.parts, authorities)


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
        kept = {part.authority: part for part in standing_parts(folder, live)} if live else {}
        for card in cards:
            if card.demonstration and any(not part.demonstration for part in kept.values()):
                raise StoreError(
                    f"{card.authority}'s load is demonstration data, and real children are loaded: they never mix."
                )
            kept[card.authority] = card
        if any(not part.demonstration for part in kept.values()):
            kept = {name: part for name, part in kept.items() if not part.demonstration}
        return make_live(folder, tuple(kept.values()), why=why)


def take_back(folder: DataFolder, card: PartCard) -> None:
    """Delete a part that could not be published. One that is live stays: what failed came after it was."""
    with folder.writing():
        live = folder.live()
        if live is None or card not in manifest(folder, live).parts:
            delete_part(folder, card)


def standing_parts(folder: DataFolder, state: str) -> tuple[PartCard, ...]:
    """The parts a state names, each in its newest generation: no child who was removed comes back with one."""
    kept = standing_cards(folder)
    return tuple(kept.get(part.root, part) for part in manifest(folder, state).parts)


def make_live(folder: DataFolder, parts: tuple[PartCard, ...], *, why: str) -> Manifest:
    """Build the state of these parts and move the pointer to it. Only while holding `writing`. Raises `StoreError`
    for parts that cannot live together.

    Then what no state may show any more is deleted: parts that a newer generation stands for, and the databases
    of states whose parts are gone. Their manifests stay, for the history.
    """
    first, follows = parts[0], folder.live()
    called: dict[str, str] = {}
    for part in parts:
        same = called.setdefault(plain_name(part.authority), part.authority)
        if same != part.authority:
            raise StoreError(
                f"“{part.authority}” and “{same}” are one authority: under two names its children would count twice."
            )
        if part.schema_version > SCHEMA_VERSION:
            raise StoreError(
                f"{part.authority}'s load was made by a newer version of the app. Update the app to use it."
            )
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
    clear_away(folder)
    return made


def clear_away(folder: DataFolder) -> None:
    """Delete what may not be seen again. Only while holding `writing`; safe to repeat after a crash.

    Raises `StoreError` when another program holds one of the files open and the system does not let it go.
    """
    live = folder.live()
    named = {part.load_id for part in manifest(folder, live).parts} if live else set()
    standing = {card.load_id for card in standing_cards(folder).values()}
    try:
        for card in kept_cards(folder):
            if card.load_id not in standing | named:
                delete_part(folder, card)
        held = {card.load_id for card in kept_cards(folder)}
        for path in folder.states.glob(f"[!.]*/{FILE}"):
            if any(part.load_id not in held for part in manifest(folder, path.parent.name).parts):
                path.unlink()
    except PermissionError:
        raise StoreError(
            "Old data could not all be deleted: another program holds one of its files open. "
            "Stop other copies of the app and try again."
        ) from None


def _build(path: Path, folder: DataFolder, made: Manifest) -> None:
    """Make the DuckDB file of a state and check that every row of every part is in it, once.

    What a part of an older version lacks is empty here. The file says what it is by itself: the manifest, with the
    order of the scores, is in it too.
    """
    parts = made.parts
    with duckdb.connect(str(path)) as connection:
        for name in STORED_TABLES:
            connection.execute(ddl(name))
            for part in (part for part in parts if name in part.rows):
                file = folder.part(part.authority, part.load_id) / f"{name}.parquet"
                connection.execute(_COPY[name], [str(file)])
            held = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
            expected = sum(part.rows.get(name, 0) for part in parts)
            if held != (expected,):
                raise StoreError(f"The new state holds {held} rows of {name}, not {expected}.")
        twice = connection.execute("SELECT count(*) - count(DISTINCT child_id) FROM child").fetchone()
        if twice and (n := twice[0]):
            raise StoreError(
                f"{n} {'child' if n == 1 else 'children'} would be in the data twice: the files may have been loaded "
                "under two names of one authority. Nothing was published. Load them under the name they have already."
            )
        connection.execute(ddl("load"))
        rows = [
            (p.load_id, p.authority, p.as_of, p.loaded_at.isoformat(), p.demonstration, p.files)
            for p in parts
        ]
        connection.executemany("INSERT INTO load VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE TABLE manifest AS SELECT $1::JSON AS manifest", [made.model_dump_json()])
        connection.execute("CHECKPOINT")


_COPY = {  # constants made from the registry's own names, never from data
    name: f"INSERT INTO {name} BY NAME SELECT * FROM read_parquet(?)"  # noqa: S608
    for name in STORED_TABLES
}
