"""The published children as plain rows, straight from the files of a data folder: what journeys expect."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

SEVERE = 7

_AS_AT = """
WITH here AS (
    SELECT * FROM read_parquet('{folder}/parts/*/*/placement.parquet')
    WHERE started_on <= DATE '{day}' AND (ended_on IS NULL OR ended_on > DATE '{day}')
), fee AS (
    SELECT child_id, weekly_cost_gbp, social_care_cost_gbp, emergency FROM read_parquet('{folder}/parts/*/*/cost.parquet')
    WHERE started_on <= DATE '{day}' AND (ended_on IS NULL OR ended_on > DATE '{day}')
), latest AS (
    SELECT child_id, arg_max(scores, assessed_on) AS scores, max(assessed_on) AS assessed_on
    FROM read_parquet('{folder}/parts/*/*/assessment.parquet')
    WHERE assessed_on <= DATE '{day}' GROUP BY child_id
)
SELECT here.child_id, here.setting, here.setting_detail, child.authority, child.sex, child.ehcp,
    date_diff('month', child.birth_month, DATE '{day}') // 12 AS age, fee.weekly_cost_gbp, fee.social_care_cost_gbp, fee.emergency,
    latest.scores, list_sum(latest.scores) AS need_total, len(list_filter(latest.scores, lambda score: score >= {severe})) AS severe,
    date_diff('day', latest.assessed_on, DATE '{day}') AS assessed_days
FROM here
JOIN read_parquet('{folder}/parts/*/*/child.parquet') AS child USING (child_id)
LEFT JOIN fee USING (child_id)
LEFT JOIN latest USING (child_id)
"""


@cache
def rows(folder: Path, day: str = "2026-03-31") -> pd.DataFrame:
    """One row a child in care that day, with the placement, fee and latest needs of that day."""
    query = _AS_AT.format(folder=folder, day=day, severe=SEVERE)
    return duckdb.connect().execute(query).df()
