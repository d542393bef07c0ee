"""Children as at a date: one row a child in care that day, with the placement, fee and needs of that day.

A snapshot is read once and kept in memory; `Cohort`s are positions in it. It is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from vcore.facts.domains import CutPoints, NeedModel
from vcore.facts.placements import SETTINGS
from vcore.scoring import score_columns, severe_count, total, whole_numbers
from vcore.store.groups import Groups, grouped
from vcore.tables import score_matrix

DAYS_A_MONTH = 30.4375  # on average
CHANGE_WINDOW_DAYS = 150  # an earlier assessment must be at least this much older to speak of change

# Assessments are narrowed to the children here before they are ranked: an ASOF join of them all takes twice as long.
AS_AT = """
WITH here AS (
    SELECT *, $as_of::DATE AS as_of
    FROM state.placement
    WHERE started_on <= $as_of::DATE AND (ended_on IS NULL OR ended_on > $as_of::DATE)
    QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY started_on DESC) = 1
), status AS (
    SELECT * FROM state.care
    WHERE started_on <= $as_of::DATE AND (ended_on IS NULL OR ended_on > $as_of::DATE)
    QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY started_on DESC) = 1
), fee AS (
    SELECT * FROM state.cost
    WHERE started_on <= $as_of::DATE AND (ended_on IS NULL OR ended_on > $as_of::DATE)
    QUALIFY row_number() OVER (PARTITION BY child_id ORDER BY started_on DESC) = 1
), assessed AS (
    SELECT child_id, assessed_on, scores, foster_suitability
    FROM state.assessment SEMI JOIN here USING (child_id)
    WHERE assessed_on <= $as_of::DATE
), dated AS (  -- row numbers and dates only: carrying the scores through the search would be slow
    SELECT child_id, assessed_on, rowid AS place
    FROM state.assessment SEMI JOIN here USING (child_id)
    WHERE assessed_on <= $as_of::DATE
), latest AS (
    SELECT child_id, max(assessed_on) AS assessed_on, max_by(place, assessed_on) AS place
    FROM dated GROUP BY child_id
), earlier AS (
    SELECT child_id, max_by(dated.place, dated.assessed_on) AS place
    FROM dated JOIN latest USING (child_id)
    WHERE dated.assessed_on <= latest.assessed_on - $window::INTEGER
    GROUP BY child_id
), needs AS (
    SELECT latest.child_id, now.assessed_on, now.scores, now.foster_suitability, before.scores AS earlier_scores
    FROM latest
    JOIN state.assessment AS now ON now.rowid = latest.place
    LEFT JOIN earlier ON earlier.child_id = latest.child_id
    LEFT JOIN state.assessment AS before ON before.rowid = earlier.place
), moves AS (
    SELECT child_id, count(*) AS placements_12m,
        count(*) FILTER (breakdown AND ended_on > $as_of::DATE - INTERVAL 1 YEAR AND ended_on <= $as_of::DATE)
            AS breakdowns_12m
    FROM state.placement
    WHERE started_on <= $as_of::DATE AND (ended_on IS NULL OR ended_on > $as_of::DATE - INTERVAL 1 YEAR)
    GROUP BY child_id
), asked AS (  -- dated scores go before the undated one of an older load
    SELECT child_id, max_by(score, year_ended_on) FILTER (year_ended_on <= $as_of::DATE) AS score
    FROM state.sdq SEMI JOIN here USING (child_id)
    GROUP BY child_id
), permanence AS (  -- as known that day: 2014 and 2014-03 are earlier than any day in them
    SELECT child_id, previous_permanence AS option, permanence_ordered AS ordered
    FROM state.child WHERE coalesce(permanence_ordered, '') <= strftime($as_of::DATE, '%Y-%m-%d')
), absences AS (
    SELECT child_id,
        count(*) FILTER (kind = 'M') AS missing_12m, count(*) FILTER (kind = 'A') AS away_12m
    FROM state.missing_period
    WHERE started_on <= $as_of::DATE AND (ended_on IS NULL OR ended_on > $as_of::DATE - INTERVAL 1 YEAR)
    GROUP BY child_id
), telling AS (  -- an authority without a single period may not have sent the return: that is not "never missing"
    SELECT DISTINCT authority FROM state.missing_period WHERE started_on <= $as_of::DATE
)
SELECT child.child_id, child.authority,
    (date_diff('month', child.birth_month, here.as_of) // 12)::INTEGER AS age,
    child.sex, child.ethnicity, child.disability, child.ehcp, child.excluded, child.permanently_excluded,
    child.suspended_ever, child.suspended_12m, child.uasc, child.dol, child.sibling_group,
    CASE WHEN asked.child_id IS NULL THEN child.sdq_score ELSE asked.score END AS sdq_score,
    permanence.option AS previous_permanence, permanence.ordered AS permanence_ordered,
    child.in_area, child.distance_miles,
    here.started_on AS placement_started_on, here.kinship,
    here.setting, here.setting_detail, here.place_code, here.provider_code,
    status.legal_status, status.category_of_need,
    fee.provider, fee.provider_region, fee.sourced, fee.notice_days, fee.staffing_ratio, fee.registered,
    fee.emergency, fee.planned_end_on,
    fee.weekly_cost_gbp, fee.social_care_cost_gbp, fee.education_cost_gbp, fee.health_cost_gbp,
    date_diff('day', coalesce(status.care_started_on, here.started_on), here.as_of) / 365.25 AS years_in_care,
    date_diff('day', here.started_on, here.as_of) / $days_a_month::DOUBLE AS months_in_placement,
    moves.placements_12m::INTEGER AS placements_12m, moves.breakdowns_12m::INTEGER AS breakdowns_12m,
    CASE WHEN telling.authority IS NOT NULL THEN coalesce(absences.missing_12m, 0) END::INTEGER AS missing_12m,
    CASE WHEN telling.authority IS NOT NULL THEN coalesce(absences.away_12m, 0) END::INTEGER AS away_12m,
    date_diff('day', here.as_of, (child.birth_month + INTERVAL 18 YEAR)::DATE)::INTEGER AS days_to_18,
    CASE WHEN child.birth_month + INTERVAL 17 YEAR > here.as_of
        THEN date_diff('day', here.as_of, (child.birth_month + INTERVAL 17 YEAR)::DATE)::INTEGER END AS days_to_17,
    date_diff('day', needs.assessed_on, here.as_of)::INTEGER AS assessment_age_days,
    needs.foster_suitability, needs.scores, needs.earlier_scores
FROM here
JOIN state.child AS child USING (child_id)
LEFT JOIN status USING (child_id)
LEFT JOIN fee USING (child_id)
LEFT JOIN needs USING (child_id)
LEFT JOIN moves USING (child_id)
LEFT JOIN asked USING (child_id)
LEFT JOIN permanence USING (child_id)
LEFT JOIN absences USING (child_id)
LEFT JOIN telling ON telling.authority = child.authority
ORDER BY child.child_id
"""
_NULLABLE = {pa.bool_(): pd.BooleanDtype(), pa.int32(): pd.Int64Dtype(), pa.int64(): pd.Int64Dtype()}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One row a child in care on `as_of`, ordered by child id; `scores` is the matrix beside it."""

    as_of: date
    needs: NeedModel
    frame: pd.DataFrame
    scores: np.ndarray

    @cached_property
    def everyone(self) -> np.ndarray:
        """The positions of all children."""
        return np.arange(len(self.frame))

    def of_authorities(self, authorities: Sequence[str]) -> np.ndarray:
        """The positions of the children of some authorities; asked again, the same array."""
        key = tuple(sorted(set(authorities)))
        if key not in self._of_authorities:
            self._of_authorities[key] = np.flatnonzero(self.frame["authority"].isin(key))
        return self._of_authorities[key]

    @cached_property
    def _of_authorities(self) -> dict[tuple[str, ...], np.ndarray]:
        return {}

    @cached_property
    def settings(self) -> np.ndarray:
        """Each child's setting, as its place in `SETTINGS`: comparing words again and again is slow."""
        return pd.Categorical(self.frame["setting"], categories=list(SETTINGS)).codes.astype("int64")

    def numbers(self, column: str) -> np.ndarray:
        """A column of numbers, NaN where there is none: gathering floats is quick, nullable columns are not."""
        if column not in self._numbers:
            self._numbers[column] = self.frame[column].to_numpy("float64", na_value=np.nan)
        return self._numbers[column]

    @cached_property
    def _numbers(self) -> dict[str, np.ndarray]:
        return {}

    def severe_counts(self, cuts: CutPoints) -> np.ndarray:
        """How many domains are severe and complex at some cut-points; NaN without an assessment."""
        if cuts not in self._severe_counts:
            self._severe_counts[cuts] = severe_count(self.scores, cuts)
        return self._severe_counts[cuts]

    @cached_property
    def _severe_counts(self) -> dict[CutPoints, np.ndarray]:
        return {}

    def groups(self, attribute: str) -> Groups:
        """Everybody by the values of an attribute: words are compared once, not with every cohort."""
        if attribute not in self._groups:
            self._groups[attribute] = grouped(self.frame, attribute)
        return self._groups[attribute]

    @cached_property
    def _groups(self) -> dict[str, Groups]:
        return {}

    def places_in(self, other: Snapshot) -> np.ndarray:
        """Where each of these children stands in the snapshot of another date; −1: not in care that day.

        Looked up once for every pair of dates: ids are long, and every filter asks again.
        """
        if other not in self._places:
            mine, theirs = (pa.array(snapshot.frame["child_id"]) for snapshot in (self, other))
            places = pc.fill_null(pc.call_function("index_in", [mine], pc.SetLookupOptions(theirs)), -1)
            self._places[other] = places.to_numpy().astype("int64")
        return self._places[other]

    @cached_property
    def _places(self) -> WeakKeyDictionary[Snapshot, np.ndarray]:
        return WeakKeyDictionary()


def read_snapshot(connection: duckdb.DuckDBPyConnection, as_of: date, needs: NeedModel) -> Snapshot:
    """The snapshot as at a date, from the attached `state`.

    A fee belongs to a date, not to a placement: the one in force that day counts. Earlier need is the latest
    assessment at least `CHANGE_WINDOW_DAYS` before the one in force.
    """
    asked = {"as_of": as_of, "window": CHANGE_WINDOW_DAYS, "days_a_month": DAYS_A_MONTH}
    answer = connection.sql(AS_AT, params=asked).to_arrow_table()
    lists = {
        name: answer[name].to_pandas(types_mapper=pd.ArrowDtype) for name in ("scores", "earlier_scores")
    }
    frame = answer.drop_columns(list(lists)).to_pandas(types_mapper=_NULLABLE.get, date_as_object=False)
    latest = score_matrix(lists["scores"], len(needs.domains))
    earlier = score_matrix(lists["earlier_scores"], len(needs.domains))
    scored = score_columns(latest, needs) | {"need_change": whole_numbers(total(latest) - total(earlier))}
    return Snapshot(as_of, needs, pd.concat([frame, pd.DataFrame(scored)], axis=1), latest)
