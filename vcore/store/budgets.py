"""The budget by authority, financial year and cost line, as it was loaded. Knows no child."""

from __future__ import annotations

import duckdb
import pandas as pd

_BUDGET = """
SELECT authority, financial_year, line, budget_gbp, actual_to_date_gbp, actual_to_date_on
FROM state.budget ORDER BY ALL
"""


def read_budget(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every line of every year: `authority`, `financial_year` (2025/26), `line`, `budget_gbp`, and what was spent so
    far (`actual_to_date_gbp`, to the end of `actual_to_date_on`); both missing where not recorded."""
    return connection.execute(_BUDGET).df()
