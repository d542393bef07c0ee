"""What the database may never do once a state is open, whatever it is asked."""

from __future__ import annotations

import duckdb


def locked_down(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """No files, no extensions, no network, and no way to change that back."""
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
        connection.execute(f"SET {setting} = false")
    connection.execute("SET lock_configuration = true")
    return connection
