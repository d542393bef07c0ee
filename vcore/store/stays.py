"""Stays: where some children lived and what it cost the council, stretch by stretch, and what homes cost on a day.

A stretch is a time in which neither the placement nor the fee changed. It may have a placement without a fee, and after
the last placement it has neither. Read for few children at a time: those that somebody decided about.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import duckdb
import pandas as pd
import pyarrow as pa

# where loads overlap, the placement and the fee that began last are the ones in force, as in a snapshot
_STAYS = """
WITH placed AS (SELECT * FROM state.placement SEMI JOIN asked USING (child_id)),
fees AS (SELECT * FROM state.cost SEMI JOIN asked USING (child_id)),
edges AS (
    SELECT child_id, started_on AS day FROM placed
    UNION SELECT child_id, ended_on FROM placed WHERE ended_on IS NOT NULL
    UNION SELECT child_id, started_on FROM fees
    UNION SELECT child_id, ended_on FROM fees WHERE ended_on IS NOT NULL
), stretches AS (
    SELECT child_id, day AS started_on, lead(day) OVER (PARTITION BY child_id ORDER BY day) AS ended_on
    FROM edges
)
SELECT stretches.child_id, stretches.started_on, stretches.ended_on,
    placed.started_on AS placement_started_on, placed.setting_detail, fees.social_care_cost_gbp
FROM stretches
LEFT JOIN placed ON placed.child_id = stretches.child_id AND placed.started_on <= stretches.started_on
    AND (placed.ended_on IS NULL OR placed.ended_on > stretches.started_on)
LEFT JOIN fees ON fees.child_id = stretches.child_id AND fees.started_on <= stretches.started_on
    AND (fees.ended_on IS NULL OR fees.ended_on > stretches.started_on)
QUALIFY row_number() OVER (
    PARTITION BY stretches.child_id, stretches.started_on ORDER BY placed.started_on DESC, fees.started_on DESC
) = 1
ORDER BY ALL
"""
_TURNING_18 = """
SELECT child_id, (birth_month + INTERVAL 18 YEAR)::DATE AS turns_18_on
FROM state.child SEMI JOIN asked USING (child_id)
ORDER BY child_id
"""
_PRICES = """
SELECT asked.day, placement.setting_detail, avg(fee.social_care_cost_gbp) AS mean_gbp
FROM (SELECT unnest($days::DATE[]) AS day) AS asked
JOIN state.placement AS placement ON placement.started_on <= asked.day
    AND (placement.ended_on IS NULL OR placement.ended_on > asked.day)
JOIN state.cost AS fee ON fee.child_id = placement.child_id AND fee.started_on <= asked.day
    AND (fee.ended_on IS NULL OR fee.ended_on > asked.day)
WHERE list_contains($authorities, placement.authority)
GROUP BY ALL
ORDER BY ALL
"""
_DAY = "datetime64[s]"


class Stays(NamedTuple):
    """`stretches` has one row a stretch, by child and time: `child_id`, `started_on`, `ended_on` (the day after; NaT
    while it lasts), `placement_started_on` and `setting_detail` (missing: no placement), `social_care_cost_gbp` (£ a
    week; NaN: no fee). `turns_18_on`: the first of each child's month, by child id. A child the store does not have is
    in neither."""

    stretches: pd.DataFrame
    turns_18_on: pd.Series


def read_stays(connection: duckdb.DuckDBPyConnection, child_ids: Sequence[str]) -> Stays:
    """The stretches of these children, from the attached `state`."""
    connection.register("asked", pa.table({"child_id": pa.array(sorted(set(child_ids)), pa.string())}))
    found, birthdays = connection.execute(_STAYS).df(), connection.execute(_TURNING_18).df()
    connection.unregister("asked")
    days = dict.fromkeys(("started_on", "ended_on", "placement_started_on"), _DAY)
    texts = dict.fromkeys(("child_id", "setting_detail"), "str")
    birthdays = birthdays.astype({"child_id": "str", "turns_18_on": _DAY})
    return Stays(
        found.astype({**texts, **days, "social_care_cost_gbp": "float64"}),
        birthdays.set_index("child_id")["turns_18_on"],
    )


def read_prices(
    connection: duckdb.DuckDBPyConnection, days: Sequence[date], authorities: Sequence[str]
) -> pd.DataFrame:
    """What a week in each kind of home cost the council on each day, on average over the children there whose fee is
    known: `day`, `setting_detail`, `mean_gbp`. No row where nobody's is."""
    asked = {"days": sorted(set(days)), "authorities": list(authorities)}
    found = connection.execute(_PRICES, asked).df()
    return found.astype({"day": _DAY, "setting_detail": "str", "mean_gbp": "float64"})
