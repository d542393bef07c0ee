"""One load of one authority, kept for good: a Parquet file a table and a card that says what it is.

A part is written once and never changed; publishing only ever names parts.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

import pandas as pd
from pydantic import BaseModel, ConfigDict

from vcore.errors import InvalidChoice, StoreError
from vcore.facts.domains import Domain, NeedModel
from vcore.ingest.fixes import Correction
from vcore.store.folder import UNFINISHED, DataFolder, made_whole, new_name, write_durably
from vcore.tables import Tables, checked

SCHEMA_VERSION = 2  # 2 added missing_period, sdq and a child's previous permanence (decision 24)


class PartCard(BaseModel):
    """What one part holds and where it came from. `rows` names the tables it was written with: an older part has
    fewer, and what it lacks is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    load_id: str
    authority: str
    as_of: date
    loaded_at: datetime
    demonstration: bool
    schema_version: int
    domains: tuple[Domain, ...]
    maximum: int
    rows: dict[str, int]
    files: str = ""
    generation_of: str = ""  # the load this part was made from, when a child was removed from it
    corrections: tuple[Correction, ...] = ()  # made in the files before they were checked

    @property
    def root(self) -> str:
        """The name the load was first kept under, the same in every generation of it."""
        return self.generation_of or self.load_id


def new_card(
    *,
    authority: str,
    as_of: date,
    needs: NeedModel,
    demonstration: bool,
    files: str = "",
    corrections: tuple[Correction, ...] = (),
) -> PartCard:
    """The card of a load made now; its rows are counted when the part is written."""
    return PartCard(
        load_id=new_name(),
        authority=authority,
        as_of=as_of,
        loaded_at=datetime.now(UTC),
        demonstration=demonstration,
        schema_version=SCHEMA_VERSION,
        domains=needs.domains,
        maximum=needs.maximum,
        rows={},
        files=files,
        corrections=corrections,
    )


def latest_of(cards: Sequence[PartCard], authorities: Collection[str] | None = None) -> date | None:
    """The last date that every load of these authorities reaches, of all where none are named; None where none of
    them is loaded."""
    own = [card.as_of for card in cards if authorities is None or card.authority in authorities]
    return min(own, default=None)


def plain_name(authority: str) -> str:
    """An authority's name without its capitals and spaces: two that are the same here are one authority."""
    return "".join(authority.casefold().split())


def write_part(folder: DataFolder, tables: Tables, card: PartCard, needs: NeedModel) -> PartCard:
    """Keep one authority's tables for good. Raises `RefusedLoad` when they do not fit the model."""
    whole = checked(tables, needs)
    for name, frame in whole.items():
        if strangers := set(frame["authority"]) - {card.authority}:
            raise StoreError(f"{name} holds rows of {sorted(strangers)[0]}, not of {card.authority}.")
    card = card.model_copy(update={"rows": {name: len(frame) for name, frame in whole.items()}})
    with folder.writing(), made_whole(folder.part(card.authority, card.load_id)) as unfinished:
        for name, frame in whole.items():
            frame.to_parquet(unfinished / f"{name}.parquet", index=False)
        write_durably(unfinished / "part.json", card.model_dump_json(indent=1).encode())
    return card


def kept_cards(folder: DataFolder) -> list[PartCard]:
    """Every part that is on the disk, the oldest first: by when it was loaded, then by generation."""
    found = [
        PartCard.model_validate_json(path.read_text(encoding="utf-8"))
        for path in folder.root.glob("parts/*/[!.]*/part.json")
    ]
    return sorted(found, key=lambda card: (card.loaded_at, card.load_id))


def standing_cards(folder: DataFolder) -> dict[str, PartCard]:
    """Of every load that is on the disk its newest generation, by its root; the oldest load first."""
    return {card.root: card for card in kept_cards(folder)}


def find_card(folder: DataFolder, load_id: str) -> PartCard:
    """The card of a kept load. Raises `InvalidChoice` naming the nearest one."""
    kept = standing_cards(folder)
    if load_id not in kept:
        raise InvalidChoice("kept load", load_id, sorted(kept))
    return kept[load_id]


def delete_part(folder: DataFolder, card: PartCard) -> None:
    """Delete one part. It loses its name first, so that a crash leaves no half of it for somebody to read."""
    path = folder.part(card.authority, card.load_id)
    going = path.with_name(f"{UNFINISHED}{path.name}")
    path.rename(going)
    shutil.rmtree(going)


def by_authority(tables: Tables) -> dict[str, dict[str, pd.DataFrame]]:
    """Tables of several authorities as one set of tables each."""
    names = sorted(set(tables["child"]["authority"]))
    return {
        authority: {name: frame[frame["authority"] == authority] for name, frame in tables.items()}
        for authority in names
    }
