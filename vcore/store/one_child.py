"""One child's history as it was known on a date: assessments, placements, fees, legal statuses, missing periods.

The only queries that ask for a single child. What happened after the date is left out, as if it had not yet.
Who may ask is the screens' to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from vcore.facts.domains import NeedModel
from vcore.tables import score_matrix

_ASSESSMENTS = """
SELECT assessed_on, scores, foster_suitability, strengths, goals, child_view
FROM state.assessment WHERE child_id = $child AND assessed_on <= $as_of::DATE
ORDER BY assessed_on
"""
# a placement, fee or status that ended later was still open on the date, and nobody knew why it would end
_PLACEMENTS = """
SELECT started_on, CASE WHEN ended_on <= $as_of::DATE THEN ended_on END AS ended_on, setting, setting_detail,
    kinship, CASE WHEN ended_on <= $as_of::DATE THEN end_reason END AS end_reason,
    coalesce(breakdown AND ended_on <= $as_of::DATE, false) AS breakdown
FROM state.placement WHERE child_id = $child AND started_on <= $as_of::DATE
ORDER BY started_on, ended_on NULLS LAST
"""
_FEES = """
SELECT started_on, CASE WHEN ended_on <= $as_of::DATE THEN ended_on END AS ended_on, weekly_cost_gbp,
    social_care_cost_gbp, provider
FROM state.cost WHERE child_id = $child AND started_on <= $as_of::DATE
ORDER BY started_on
"""
_STATUSES = """
SELECT started_on, CASE WHEN ended_on <= $as_of::DATE THEN ended_on END AS ended_on, care_started_on, legal_status
FROM state.care WHERE child_id = $child AND started_on <= $as_of::DATE
ORDER BY started_on
"""
_MISSING = """
SELECT started_on, CASE WHEN ended_on <= $as_of::DATE THEN ended_on END AS ended_on, kind
FROM state.missing_period WHERE child_id = $child AND started_on <= $as_of::DATE
ORDER BY started_on
"""
_QUESTIONNAIRES = """
SELECT year_ended_on, score
FROM state.sdq WHERE child_id = $child AND year_ended_on <= $as_of::DATE
ORDER BY year_ended_on
"""


@dataclass(frozen=True, eq=False)
class OneChild:
    """A child's history up to `as_of`, each table by its date. An `ended_on` that is missing: it lasts.

    `assessments`: assessed_on, foster_suitability, strengths, goals, child_view (missing where not recorded), and
    `scores` beside it, assessments × domains. `placements`: started_on, ended_on, setting, setting_detail, kinship,
    end_reason, breakdown. `fees`: started_on, ended_on, weekly_cost_gbp, social_care_cost_gbp, provider.
    `statuses`: started_on, ended_on, care_started_on, legal_status. `missing_periods`: started_on, ended_on, kind (M
    missing, A away without authorisation). `questionnaires`: year_ended_on, score (strengths and difficulties).
    """

    child_id: str
    as_of: date
    needs: NeedModel
    assessments: pd.DataFrame
    scores: np.ndarray
    placements: pd.DataFrame
    fees: pd.DataFrame
    statuses: pd.DataFrame
    missing_periods: pd.DataFrame
    questionnaires: pd.DataFrame


def read_one_child(
    connection: duckdb.DuckDBPyConnection, child_id: str, as_of: date, needs: NeedModel
) -> OneChild:
    """The history of one child from the attached `state`; empty tables for somebody who is not in it."""
    asked = {"child": child_id, "as_of": as_of}
    assessed = connection.sql(_ASSESSMENTS, params=asked).to_arrow_table()
    lists = assessed["scores"].to_pandas(types_mapper=pd.ArrowDtype)
    words = ("foster_suitability", "strengths", "goals", "child_view")
    return OneChild(
        child_id,
        as_of,
        needs,
        _typed(assessed.drop_columns(["scores"]).to_pandas(date_as_object=False), words),
        score_matrix(lists, len(needs.domains)),
        _typed(connection.execute(_PLACEMENTS, asked).df(), ("setting", "setting_detail", "end_reason")),
        _typed(connection.execute(_FEES, asked).df(), ("provider",)),
        _typed(connection.execute(_STATUSES, asked).df(), ("legal_status",)),
        _typed(connection.execute(_MISSING, asked).df(), ("kind",)),
        _typed(connection.execute(_QUESTIONNAIRES, asked).df(), ()),
    )


def _typed(frame: pd.DataFrame, texts: tuple[str, ...]) -> pd.DataFrame:
    """The frame with its texts as texts and its dates as dates, also where it has no row."""
    dates = [column for column in frame.columns if column.endswith("_on")]
    return frame.astype(dict.fromkeys(texts, "str") | dict.fromkeys(dates, "datetime64[us]"))
