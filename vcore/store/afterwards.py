"""What became of a snapshot's children until a later date: how their placement ended, where they went, who left.

Read beside a snapshot, in the order of its rows. Never changed. Nothing after the later date is known to it, so the
past can be asked as it stood then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from vcore.facts.placements import SETTINGS
from vcore.store.snapshot import Snapshot

# the placement in force is chosen as the snapshot chooses it
_THEN = """
SELECT here.position, placement.ended_on, placement.breakdown
FROM here JOIN state.placement AS placement USING (child_id)
WHERE placement.started_on <= $as_of::DATE AND (placement.ended_on IS NULL OR placement.ended_on > $as_of::DATE)
QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY placement.started_on DESC) = 1
"""
_CARE = """
SELECT here.position, max(care.care_ended_on) AS left_on
FROM here JOIN state.care AS care USING (child_id)
WHERE care.care_started_on <= $as_of::DATE AND care.care_ended_on > $as_of::DATE AND care.care_ended_on <= $until::DATE
GROUP BY ALL
"""
_LATER = """
SELECT here.position, list_position($settings, placement.setting) - 1 AS setting,
    placement.started_on, CASE WHEN placement.ended_on <= $until::DATE THEN placement.ended_on END AS ended_on
FROM here JOIN state.placement AS placement USING (child_id)
WHERE placement.started_on > $as_of::DATE AND placement.started_on <= $until::DATE
ORDER BY here.position, placement.started_on
"""


@dataclass(frozen=True, eq=False)
class Later:
    """Every placement that began after the snapshot, a row each, by child and then by date: `position` (row of the
    snapshot), `setting` (place in `SETTINGS`), `started_on` and `ended_on` (NaT: still running on the later date)."""

    position: np.ndarray
    setting: np.ndarray
    started_on: np.ndarray
    ended_on: np.ndarray


@dataclass(frozen=True, eq=False)
class Afterwards:
    """What followed, until `until`, that day included. Days are datetime64[D], one a row of the snapshot.

    `ended_on`: when the placement in force ended, NaT while it lasts; `broke_down`: whether that counts as a
    breakdown. `left_on`: the first day no longer looked after, NaT for who still is; who came back later left too.
    """

    until: date
    ended_on: np.ndarray
    broke_down: np.ndarray
    left_on: np.ndarray
    later: Later


def read_afterwards(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, until: date) -> Afterwards:
    """What followed a snapshot, from the attached `state`."""
    here = pd.DataFrame({"position": snapshot.everyone, "child_id": snapshot.frame["child_id"]})
    connection.register("here", pa.Table.from_pandas(here, preserve_index=False))
    days = {"as_of": snapshot.as_of, "until": until}
    then = connection.execute(_THEN, {"as_of": snapshot.as_of}).df()
    care = connection.execute(_CARE, days).df()
    later = connection.execute(_LATER, days | {"settings": list(SETTINGS)}).df()
    connection.unregister("here")
    n = len(here)
    ended_on, left_on = (
        _by_row(n, rows["position"], rows[column]) for rows, column in ((then, "ended_on"), (care, "left_on"))
    )
    ended_on[ended_on > np.datetime64(until, "D")] = np.datetime64("NaT")
    broke_down = np.zeros(n, dtype=bool)
    broke_down[then["position"].to_numpy()] = then["breakdown"].to_numpy("bool")
    return Afterwards(
        until=until,
        ended_on=ended_on,
        broke_down=broke_down & ~np.isnat(ended_on),
        left_on=left_on,
        later=Later(
            later["position"].to_numpy("int64"),
            later["setting"].to_numpy("int64"),
            later["started_on"].to_numpy("datetime64[D]"),
            later["ended_on"].to_numpy("datetime64[D]"),
        ),
    )


def _by_row(rows: int, position: pd.Series, days: pd.Series) -> np.ndarray:
    found = np.full(rows, np.datetime64("NaT"), dtype="datetime64[D]")
    found[position.to_numpy("int64")] = days.to_numpy("datetime64[D]")
    return found
