"""How a ledger is opened: SQLite beside the data, or PostgreSQL by `VCORE_LEDGER_URL`. Its tables are `ledger.tables`'.

Never queries: each noun of the ledger has its own module for that.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, event

from ledger.tables import TABLES
from vcore.settings import settings

FILE = "ledger.sqlite"
URL_VARIABLE = "VCORE_LEDGER_URL"


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
    TABLES.create_all(engine)
    return Ledger(engine, folder)


def leave_no_trace(ledger: Ledger) -> None:
    """Bring what was written into the database's own file, so that nothing deleted stays in the log beside it."""
    if ledger.engine.dialect.name == "sqlite":
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def now() -> datetime:
    """This moment, with its zone."""
    return datetime.now(UTC)


def _private_file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # before SQLite would make it readable for everybody on the machine
    return path


def _prepare_sqlite(connection, _record) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=10000",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten, not only let go
    ):
        connection.execute(f"PRAGMA {pragma}")
