"""Strengths and difficulties scores of the returns: one a child and return year, dated by the year's end.

The return says in which year a child was asked and not when.
"""

from __future__ import annotations

import pandas as pd

from vcore.ingest.findings import Findings
from vcore.ingest.repeats import keep_latest


def year_ends(years: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """The 31 March at which each return year (such as 2025/26) ends, or the day of the load where that is earlier."""
    ends = [min(pd.Timestamp(int(year[:4]) + 1, 3, 31), as_of) if year else pd.NaT for year in years]
    return pd.Series(ends, index=years.index, dtype="datetime64[us]")


def questionnaires(
    rows: pd.DataFrame, returns: pd.DataFrame, as_of: pd.Timestamp, findings: Findings
) -> tuple[pd.DataFrame, pd.Series]:
    """The dated scores, as the table wants them but for the child's id, and the latest score of each `CHILD`.

    `returns` says which return each file belongs to (`repeats.returns_of`). A score whose year is not known can still
    be a child's latest.
    """
    unscored = rows["SDQ_SCORE"].isna()
    findings.add("NO_SDQ_SCORE", rows.index[unscored], "SDQ_SCORE")
    scored = rows[~unscored]
    order = scored["file"].map(returns["order"])
    ends = year_ends(returns["year"], as_of).reindex(scored["file"])
    dated = scored.assign(year_ended_on=ends.to_numpy())
    kept = keep_latest(dated, ["year_ended_on", "CHILD"], order, findings)
    undated = kept["year_ended_on"].isna()
    findings.add("SDQ_UNDATED", kept.index[undated], "SDQ_SCORE")
    latest = kept.sort_values("order", kind="stable").drop_duplicates("CHILD", keep="last")
    told = kept.loc[~undated, ["CHILD", "year_ended_on", "SDQ_SCORE"]]
    return told.rename(columns={"SDQ_SCORE": "score"}), latest.set_index("CHILD")["SDQ_SCORE"]
