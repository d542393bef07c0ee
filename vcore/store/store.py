"""The store: opens a published state read-only and answers which children a filter picks, at any date.

The only module that talks to DuckDB for screens. One locked-down connection a store, one cursor a query.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from vcore import demo
from vcore.errors import InvalidChoice, StoreError
from vcore.facts.assumptions import value
from vcore.facts.columns import STORED_TABLES, ddl
from vcore.facts.domains import NeedModel
from vcore.settings import settings
from vcore.store.afterwards import Afterwards, read_afterwards
from vcore.store.attaching import attached
from vcore.store.budgets import read_budget
from vcore.store.cohort import Cohort
from vcore.store.filters import COLUMNS, WHERE, CohortFilter
from vcore.store.folder import DataFolder
from vcore.store.lock_down import locked_down
from vcore.store.one_child import OneChild, read_one_child
from vcore.store.own_words import WITH_OWN_WORDS
from vcore.store.parts import PartCard, by_authority, latest_of, new_card, write_part
from vcore.store.places import FREE_PLACES, PLACES_BY_MONTH
from vcore.store.recording import Recording, read_recording
from vcore.store.snapshot import Snapshot, read_snapshot
from vcore.store.states import FILE, manifest, publish
from vcore.store.stays import Stays, read_prices, read_stays
from vcore.store.year_before import YearBefore, read_year_before
from vcore.tables import Tables, checked

_PICK = f"SELECT position FROM snapshot WHERE as_of = $as_of::DATE AND {WHERE} ORDER BY position"  # noqa: S608
_FORGET = "DELETE FROM snapshot WHERE as_of = $as_of::DATE"
_DATES_KEPT = 6
Progress = Callable[[float, str], None]  # share done (0–1), what is being done


def _silent(share: float, words: str) -> None:
    """Nobody is watching."""


class Store:
    """A state of the data, open for reading. Safe to share between threads."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, needs: NeedModel, cards: Sequence[PartCard]
    ) -> None:
        self._connection = connection
        self._lock = Lock()
        self._snapshots: dict[date, Snapshot] = {}
        self.needs = needs
        self.cards = tuple(cards)

    @classmethod
    def open(cls, data_folder: Path | str | None = None, *, needs: NeedModel | None = None) -> Store:
        """The published state of a data folder, read-only and locked down.

        `needs` may move the cut-points; domains and maximum are the state's own.
        Raises `StoreError` when nothing is published.
        """
        folder = DataFolder(data_folder or settings().data_folder)
        published = manifest(folder)
        needs = needs or settings().needs
        if needs.domains != published.parts[0].domains or needs.maximum != published.parts[0].maximum:
            raise StoreError(
                "The published data scores other need domains than the settings name. "
                "Set the same domains, or load the files again."
            )
        connection = attached(folder.states / published.state / FILE, published.schema_version)
        return cls(locked_down(connection), needs, published.parts)

    @classmethod
    def demo(cls, children: int = 3528, *, needs: NeedModel | None = None) -> Store:
        """The demonstration cohort, held in memory. 84_000 children is national size."""
        needs = needs or settings().needs
        tables = checked(demo.build(children, needs=needs), needs)
        return cls.of_tables(tables, as_of=demo.AS_OF, needs=needs, demonstration=True)

    @classmethod
    def of_tables(
        cls, tables: Tables, *, as_of: date, needs: NeedModel, demonstration: bool = False
    ) -> Store:
        """Checked tables, held in memory, without a data folder."""
        connection = duckdb.connect(":memory:")
        connection.execute("ATTACH ':memory:' AS state")
        for name in STORED_TABLES:
            connection.execute(ddl(name, "state"))
            connection.register("incoming", pa.Table.from_pandas(tables[name], preserve_index=False))
            connection.execute(f"INSERT INTO state.{name} SELECT * FROM incoming")  # noqa: S608
            connection.unregister("incoming")
        cards = [
            new_card(authority=authority, as_of=as_of, needs=needs, demonstration=demonstration)
            for authority in sorted(set(tables["child"]["authority"]))
        ]
        return cls(locked_down(connection), needs, cards)

    @classmethod
    def prepare(
        cls,
        data_folder: Path | str | None = None,
        *,
        children: int = 3528,
        progress: Progress = _silent,
    ) -> bool:
        """Build and publish the demonstration data if nothing is published. Returns whether it did."""
        folder = DataFolder(data_folder or settings().data_folder)
        if folder.live() is not None:
            return False
        progress(0.05, "Making fictional children, their placements and their needs")
        cls.publish_demo(folder, demo.build(children, needs=settings().needs), progress=progress)
        return True

    @staticmethod
    def publish_demo(folder: DataFolder, tables: Tables, *, progress: Progress = _silent) -> None:
        """Keep and publish demonstration tables, one part an authority."""
        needs = settings().needs
        cards = []
        for index, (authority, own) in enumerate(by_authority(tables).items()):
            progress(0.5 + 0.05 * index, f"Checking {authority}")
            card = new_card(authority=authority, as_of=demo.AS_OF, needs=needs, demonstration=True)
            cards.append(write_part(folder, own, card, needs))
        progress(0.85, "Building the database")
        publish(folder, cards, why="demonstration")
        progress(1.0, "Ready")

    @property
    def demonstration(self) -> bool:
        """Whether the children are fictional."""
        return any(card.demonstration for card in self.cards)

    @property
    def authorities(self) -> tuple[str, ...]:
        return tuple(sorted(card.authority for card in self.cards))

    @property
    def latest(self) -> date:
        """The last date that every authority's load reaches."""
        return self.latest_of(None)

    def latest_of(self, authorities: Collection[str] | None) -> date:
        """The same for a reader of some authorities only. Raises `InvalidChoice` where none of them is loaded."""
        found = latest_of(self.cards, authorities)
        if found is None:
            raise InvalidChoice("loaded authority", ", ".join(authorities or ()), self.authorities)
        return found

    @cached_property
    def snapshot_id(self) -> str:
        """Which data this is, such as 20260331-4f0c1d2e: the date it reaches, and a mark of its loads and
        cut-points. The same again after rolling back to the same loads."""
        loads = sorted((card.authority, card.load_id) for card in self.cards)
        mark = sha256(repr((loads, self.needs.cut_points.model_dump())).encode()).hexdigest()[:8]
        return f"{self.latest:%Y%m%d}-{mark}"

    def snapshot(self, as_of: date | None = None) -> Snapshot:
        """Every child in care on a date (default: the latest). The last few dates stay in memory."""
        as_of = as_of or self.latest
        with self._lock:
            if as_of not in self._snapshots:
                self._keep(read_snapshot(self._connection.cursor(), as_of, self.needs))
            return self._snapshots[as_of]

    def year_before(self, as_of: date | None = None) -> YearBefore:
        """What the children in care on a date (default: the latest) had twelve months earlier."""
        return read_year_before(self._connection.cursor(), self.snapshot(as_of))

    def afterwards(self, as_of: date, until: date | None = None) -> Afterwards:
        """What became of the children in care on a date, until a later one (default: the latest)."""
        return read_afterwards(self._connection.cursor(), self.snapshot(as_of), until or self.latest)

    def one_child(self, child_id: str, as_of: date | None = None) -> OneChild:
        """One child's history as it was known on a date (default: the latest)."""
        return read_one_child(self._connection.cursor(), child_id, as_of or self.latest, self.needs)

    def free_places(self, as_of: date | None = None) -> pd.DataFrame:
        """Approved places less filled ones in the last month recorded by a date: `authority`,
        `setting_detail`, `free`. No row where a council records none."""
        return self._connection.cursor().execute(FREE_PLACES, {"as_of": as_of or self.latest}).df()

    def stays(self, child_ids: Sequence[str]) -> Stays:
        """Where some children lived and what it cost the council, stretch by stretch (`Stays`)."""
        return read_stays(self._connection.cursor(), child_ids)

    def mean_prices(self, days: Sequence[date], authorities: Sequence[str]) -> pd.DataFrame:
        """What a week in each kind of home cost the council on each day, on average (`read_prices`)."""
        return read_prices(self._connection.cursor(), days, authorities)

    def places_by_month(self, months: int, as_of: date | None = None) -> pd.DataFrame:
        """Places of the last so many months to a date: `authority`, `setting_detail`, `month` (its first day),
        `approved`, `filled`. No row where a council records none."""
        asked = {"as_of": as_of or self.latest, "months": months}
        return self._connection.cursor().execute(PLACES_BY_MONTH, asked).df()

    def with_own_words(self, children: Sequence[str], as_of: date | None = None) -> frozenset[str]:
        """Those of these children of whom something is recorded in their own words by a date."""
        asked = {"as_of": as_of or self.latest, "children": list(children)}
        found = self._connection.cursor().execute(WITH_OWN_WORDS, asked).fetchall()
        return frozenset(row[0] for row in found)

    def recording(self, authority: str) -> Recording:
        """How much an authority recorded, month by month to its latest date, and what assessors' totals come to."""
        stale, as_of = int(value("stale_assessment_days")), self.latest_of([authority])
        return read_recording(self._connection.cursor(), authority, as_of, stale)

    def budget(self) -> pd.DataFrame:
        """What each authority budgets and has spent, by financial year and cost line (`read_budget`)."""
        return read_budget(self._connection.cursor())

    def cohort(
        self,
        cohort_filter: CohortFilter | None = None,
        as_of: date | None = None,
        *,
        authorities: Sequence[str] | None = None,
    ) -> Cohort:
        """The children a filter picks. `authorities` limits what the reader may count at all (the base): without a
        date, on the last one that all of them reach."""
        cohort_filter = cohort_filter or CohortFilter()
        if unknown := set(authorities or ()) - set(self.authorities):
            raise InvalidChoice("loaded authority", sorted(unknown)[0], self.authorities)
        snapshot = self.snapshot(as_of or self.latest_of(authorities or None))
        base = snapshot.everyone if authorities is None else snapshot.of_authorities(authorities)
        if not cohort_filter.chosen():
            return Cohort(cohort_filter, snapshot, base, base)
        asked = {"as_of": snapshot.as_of, **cohort_filter.parameters()}
        picked = self._connection.cursor().execute(_PICK, asked)
        chosen = np.asarray(picked.fetchnumpy()["position"], dtype="int64")
        if authorities is not None:
            chosen = np.intersect1d(chosen, base, assume_unique=True)
        return Cohort(cohort_filter, snapshot, base, chosen)

    def _keep(self, snapshot: Snapshot) -> None:
        """Remember a snapshot, and give the filter its columns; the oldest one asked for goes."""
        while len(self._snapshots) >= _DATES_KEPT:
            gone = next(iter(self._snapshots))
            del self._snapshots[gone]
            self._connection.cursor().execute(_FORGET, {"as_of": gone})
        rows = pa.Table.from_pandas(
            snapshot.frame[list(COLUMNS)].assign(position=snapshot.everyone), preserve_index=False
        )
        # typed: on some dates nobody is in care
        dates = pa.repeat(pa.scalar(snapshot.as_of, pa.date32()), len(rows))
        cursor = self._connection.cursor()
        cursor.register("incoming", rows.append_column("as_of", dates))
        cursor.execute("CREATE TABLE IF NOT EXISTS snapshot AS FROM incoming LIMIT 0")
        cursor.execute("INSERT INTO snapshot BY NAME FROM incoming")
        cursor.unregister("incoming")
        self._snapshots[snapshot.as_of] = snapshot
