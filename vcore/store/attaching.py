"""A published state made ready to be asked, also one that an older version of the app built.

An older state is never changed: its rows are copied into memory in today's shape, and what it lacks stands in as
empty. The next publish builds a state that needs this no longer.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from vcore.facts.columns import STORED_TABLES, ddl
from vcore.store.parts import SCHEMA_VERSION

_HELD = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'held'"


def attached(file: Path, schema_version: int) -> duckdb.DuckDBPyConnection:
    """A connection of its own with the state in this file as `state`, read-only."""
    connection = duckdb.connect(":memory:")
    path = str(file).replace("'", "''")
    if schema_version == SCHEMA_VERSION:
        connection.execute(f"ATTACH '{path}' AS state (READ_ONLY)")
        return connection
    connection.execute(f"ATTACH '{path}' AS held (READ_ONLY)")
    connection.execute("ATTACH ':memory:' AS state")
    held = {name for (name,) in connection.execute(_HELD).fetchall()}
    for name in STORED_TABLES:
        connection.execute(ddl(name, "state"))
        if name in held:
            connection.execute(f"INSERT INTO state.{name} BY NAME SELECT * FROM held.{name}")  # noqa: S608
    connection.execute("DETACH held")
    return connection
