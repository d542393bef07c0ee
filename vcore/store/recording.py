"""How much an authority has recorded: month by month of the last year, and what assessors' totals come to.

Counts, never a child.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import duckdb
import pandas as pd

MONTHS = 12
_BY_MONTH = """
WITH days AS (
    SELECT last_day(($as_of::DATE - to_months(back::INTEGER))::DATE)::DATE AS day
    FROM range(1, $months + 1) AS earlier(back)
    UNION SELECT $as_of::DATE
), here AS (
    SELECT DISTINCT day, child_id
    FROM state.placement JOIN days ON started_on <= day AND (ended_on IS NULL OR ended_on > day)
    WHERE authority = $authority
), fee AS (
    SELECT day, child_id, max_by(weekly_cost_gbp, started_on) AS weekly_cost_gbp
    FROM state.cost JOIN days ON started_on <= day AND (ended_on IS NULL OR ended_on > day)
    WHERE authority = $authority
    GROUP BY day, child_id
), seen AS (
    SELECT day, child_id, max(assessed_on) AS assessed_on
    FROM state.assessment JOIN days ON assessed_on <= day
    WHERE authority = $authority
    GROUP BY day, child_id
)
SELECT day,
    count(*)::BIGINT AS children,
    count(weekly_cost_gbp)::BIGINT AS costed,
    count(assessed_on)::BIGINT AS assessed,
    count(*) FILTER (WHERE assessed_on >= day - $stale::INTEGER)::BIGINT AS fresh,
    coalesce(sum(weekly_cost_gbp), 0)::DOUBLE AS weekly_cost_gbp
FROM here LEFT JOIN fee USING (day, child_id) LEFT JOIN seen USING (day, child_id)
GROUP BY day
ORDER BY day DESC
"""
_BY_ASSESSOR = """
SELECT row_number() OVER (ORDER BY avg(total), assessor)::BIGINT AS place,
    count(*)::BIGINT AS assessments, avg(total)::DOUBLE AS mean, coalesce(var_samp(total), 0)::DOUBLE AS variance
FROM (
    SELECT assessor, list_sum(scores)::DOUBLE AS total
    FROM state.assessment
    WHERE authority = $authority AND assessor IS NOT NULL
        AND assessed_on <= $as_of::DATE AND assessed_on > $as_of::DATE - 365
)
GROUP BY assessor
ORDER BY place
"""


class Recording(NamedTuple):
    """`months`: a row a day (`day`, `children`, `costed`, `assessed`, `fresh`, `weekly_cost_gbp`), the latest first:
    the day itself and the twelve month-ends before. `assessors`: a row an assessor of the last 365 days by mean
    (`place`, `assessments`, `mean`, `variance`), never who."""

    months: pd.DataFrame
    assessors: pd.DataFrame


def read_recording(
    connection: duckdb.DuckDBPyConnection, authority: str, as_of: date, stale_days: int
) -> Recording:
    """From the attached `state`; an assessment older than `stale_days` on the day is no longer fresh."""
    whose = {"authority": authority, "as_of": as_of}
    months = {**whose, "months": MONTHS, "stale": stale_days}
    return Recording(
        connection.execute(_BY_MONTH, months).df(),
        connection.execute(_BY_ASSESSOR, whose).df(),
    )
