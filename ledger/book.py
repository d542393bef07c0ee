"""The ledger's tables and how one is opened: SQLite beside the data, or PostgreSQL by `VCORE_LEDGER_URL`.

Never queries: each noun of the ledger has its own module for that.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
)
from sqlalchemy.types import TypeDecorator

from vcore.settings import settings

FILE = "ledger.sqlite"
URL_VARIABLE = "VCORE_LEDGER_URL"


class Moment(TypeDecorator[datetime]):
    """A time with its zone, kept as UTC: SQLite would lose the zone, and then comparisons go wrong."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


_TABLES = MetaData()

PEOPLE = Table(
    "people",
    _TABLES,
    Column("username", String(64), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("password_hash", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("authorities", JSON(none_as_null=True)),  # a list of names; none = every authority
    Column("demonstration", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

ATTEMPTS = Table(
    "attempts",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("username", String(64), nullable=False),  # as typed: it need not exist
    Column("address", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("attempts_of_pair", "username", "address", "at"),
)

SIGN_INS = Table(
    "sign_ins",
    _TABLES,
    Column("id", String(32), primary_key=True),
    Column("username", ForeignKey("people.username", ondelete="CASCADE"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ticket_hash", String(64), unique=True),  # until the browser has collected its cookie
    Column("cookie_hash", String(64), unique=True),
)

COHORTS = Table(
    "saved_cohorts",
    _TABLES,
    Column("code", String(12), primary_key=True),  # random: it goes into links
    Column("owner", ForeignKey("people.username", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("name_key", String(60), nullable=False),  # the name without regard to case
    Column("filter", String(4_000), nullable=False),  # as the model writes it; never a child, never a count
    Column("as_of", Date),  # none = the latest date there is
    Column("shared", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("owner", "name_key"),
)

SCENARIOS = Table(
    "saved_scenarios",
    _TABLES,
    Column("code", String(12), primary_key=True),  # random: it goes into addresses
    Column("scope", Text, nullable=False),  # the authorities whose children it is about
    Column("owner", ForeignKey("people.username", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("name_key", String(60), nullable=False),  # the name without regard to case
    Column("note", String(500), nullable=False),
    Column("scenario", Text, nullable=False),  # this and the next two as the model writes them
    Column("cohort", String(4_000), nullable=False),
    Column("figures", Text, nullable=False),
    Column("as_of", Date),  # none = the latest date there was
    Column("snapshot", String(40), nullable=False),
    Column("engine_version", String(40), nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("adopted_for", Text, unique=True),  # the scope while it is adopted: one for each
    Column("created_at", Moment, nullable=False),
    Column("kept_at", Moment, nullable=False),  # when its figures were kept
    UniqueConstraint("owner", "scope", "name_key"),
)

SCENARIO_CHANGES = Table(
    "saved_scenario_changes",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("code", ForeignKey("saved_scenarios.code", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(64), nullable=False),
    Column("what", String(60), nullable=False),
    Column("detail", String(500), nullable=False),
)

WORKING = Table(
    "working_scenarios",
    _TABLES,
    Column("username", ForeignKey("people.username", ondelete="CASCADE"), primary_key=True),
    Column("scenario", Text, nullable=False),
    Column("cohort", String(4_000), nullable=False),
    Column("as_of", Date),
    Column("saved_at", Moment, nullable=False),
)

DECISIONS = Table(
    "decisions",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("child_id", String(64), nullable=False),  # the pseudonym: the same in every load
    Column("number", Integer, nullable=False),  # 1, 2, 3 … of this child: two people cannot both be next
    Column("authority", String(100), nullable=False),
    Column("placement_started", Date, nullable=False),  # the placement it is about
    Column("state", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("note", String(500), nullable=False),
    Column("who", String(64), nullable=False),
    Column("at", Moment, nullable=False),  # when it was written down
    Column("decided_on", Date, nullable=False),
    Column("next_date", Date),
    Column("planned_start", Date),
    Column("destination", String(40), nullable=False),
    Column("weekly_saving_gbp", Float),
    UniqueConstraint("child_id", "number"),
)

ACTIVITY = Table(
    "activity",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("what", String(60), nullable=False),
    Column("detail", String(500), nullable=False),
)

OPENINGS = Table(
    "openings",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("what", String(60), nullable=False),
    Column("child_id", String(64), index=True),  # a pseudonym; none where a whole list was opened
    Column("children", Integer, nullable=False),  # on the list; 1 for a child
    Column("cohort", String(500), nullable=False),  # the sentence of the filter they were picked by
    Column("reason", String(500), nullable=False),
)

FACTS = Table(
    "facts",
    _TABLES,
    Column("name", String(60), primary_key=True),
    Column("value", String(500), nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("recorded_at", Moment, nullable=False),
)


@dataclass(frozen=True)
class Ledger:
    """An open ledger. `folder` is the data folder it belongs to: the cookie's key lives there."""

    engine: Engine
    folder: Path


def open_ledger(data_folder: Path | str | None = None, *, url: str | None = None) -> Ledger:
    """The ledger of a data folder (default: the settings' own), made on first use.

    `url` (default: `VCORE_LEDGER_URL`) puts it in another database, such as PostgreSQL.
    """
    folder = Path(data_folder or settings().data_folder)
    url = url or os.environ.get(URL_VARIABLE)
    if url is None:
        url = f"sqlite:///{_private_file(folder / FILE)}"
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    _TABLES.create_all(engine)
    return Ledger(engine, folder)


def now() -> datetime:
    """This moment, with its zone."""
    return datetime.now(UTC)


def _private_file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # before SQLite would make it readable for everybody on the machine
    return path


def _prepare_sqlite(connection, _record) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
