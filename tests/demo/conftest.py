"""The demonstration's tables, built once, and the children in care on its date, in plain SQL over the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from vcore.demo import build
from vcore.facts.domains import PUBLISHED_DOMAINS

DAY = date(2026, 3, 31)
DOMAINS = [domain.id for domain in PUBLISHED_DOMAINS]
_SCORES = ", ".join(f"seen.scores[{place}]::INTEGER AS {domain}" for place, domain in enumerate(DOMAINS, 1))
CHILDREN_ON = f"""
CREATE TABLE kid AS
WITH seen AS (
    SELECT child_id, scores, assessed_on FROM assessment WHERE assessed_on <= $day
    QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY assessed_on DESC) = 1
)
SELECT child.*, placement.setting, placement.setting_detail, placement.place_code,
    fee.weekly_cost_gbp AS cost, coalesce(fee.weekly_cost_gbp, 0) AS cost_or_0,
    (year($day) * 12 + month($day) - year(birth_month) * 12 - month(birth_month)) // 12 AS age,
    date_diff('day', care.care_started_on::DATE, $day) / 365.25 AS years, seen.assessed_on,
    {_SCORES}, list_sum(seen.scores::INTEGER[])::INTEGER AS total, list_max(seen.scores)::INTEGER AS peak
FROM child
JOIN care ON care.child_id = child.child_id
    AND care.started_on <= $day AND (care.ended_on IS NULL OR care.ended_on > $day)
JOIN placement ON placement.child_id = child.child_id
    AND placement.started_on <= $day AND (placement.ended_on IS NULL OR placement.ended_on > $day)
LEFT JOIN cost AS fee ON fee.child_id = child.child_id
    AND fee.started_on <= $day AND (fee.ended_on IS NULL OR fee.ended_on > $day)
JOIN seen ON seen.child_id = child.child_id
"""


def database(tables: Mapping[str, pd.DataFrame], day: date = DAY) -> duckdb.DuckDBPyConnection:
    """The tables as they are, and `kid`: one row a child in care on the day."""
    connection = duckdb.connect()
    for name, frame in tables.items():
        connection.register(name, pa.Table.from_pandas(frame, preserve_index=False))
    connection.execute(CHILDREN_ON, {"day": day})
    return connection


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    return build()


@pytest.fixture(scope="session")
def rows(tables):
    connection = database(tables)
    yield connection
    connection.close()
