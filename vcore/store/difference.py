"""What a new load would change: one authority's children as they stand now beside those of the new files.

Two snapshots in, counts and pounds out, by SQL. Never shows a child: only how many, and what they cost together.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import duckdb
import pyarrow as pa

from vcore.store.snapshot import Snapshot


class Standing(NamedTuple):
    """An authority's children in care on a day: how many, how many with a cost and with an assessment, and £ a week."""

    day: date
    children: int
    costed: int
    assessed: int
    weekly_cost_gbp: float


class Change(NamedTuple):
    """How many children something happened to, and what it adds to the weekly cost (£; below 0 takes away)."""

    children: int
    weekly_gbp: float


class Difference(NamedTuple):
    """The live load beside the new one. The changes' £ add up to the difference between the two weekly costs.

    `moved`: lives elsewhere; `repriced`: lives where they did, at another price; `cost_found` and `cost_lost`: lives
    where they did, and only now, or no longer, has a cost. `assessed` counts children with a newer assessment.
    `no_longer`: tables and columns about a child of which the live load holds something and the new one nothing.
    """

    before: Standing
    after: Standing
    joined: Change
    left: Change
    moved: Change
    repriced: Change
    cost_found: Change
    cost_lost: Change
    assessed: int
    no_longer: tuple[str, ...] = ()

    @property
    def weekly_gbp(self) -> float:
        """What a week costs more (below 0: less)."""
        return self.after.weekly_cost_gbp - self.before.weekly_cost_gbp

    @property
    def weekly_share(self) -> float | None:
        """The same as a share of what it cost before; None where that was nothing."""
        return self.weekly_gbp / self.before.weekly_cost_gbp if self.before.weekly_cost_gbp else None


def standing(snapshot: Snapshot, authority: str) -> Standing:
    """One authority's children on the snapshot's day."""
    own = snapshot.frame[snapshot.frame["authority"] == authority]
    cost = own["weekly_cost_gbp"]
    return Standing(
        snapshot.as_of, len(own), int(cost.count()), int(own["need_total"].count()), float(cost.sum())
    )


def difference(before: Snapshot, after: Snapshot, authority: str) -> Difference:
    """What the authority's children in `after` change against those in `before`."""
    with duckdb.connect(":memory:") as connection:
        for name, snapshot in (("live", before), ("new", after)):
            own = snapshot.frame.loc[snapshot.frame["authority"] == authority, list(_READ)]
            connection.register(name, pa.Table.from_pandas(own, preserve_index=False))
        found = dict.fromkeys(_KINDS, Change(0, 0.0))
        days = {"live_day": before.as_of, "new_day": after.as_of}
        for kind, children, pounds in connection.execute(_BY_KIND).fetchall():
            found[kind] = Change(children, pounds)
        assessed = connection.execute(_NEWLY_ASSESSED, days).fetchone()
    return Difference(
        standing(before, authority),
        standing(after, authority),
        **found,
        assessed=assessed[0] if assessed else 0,
    )


_READ = ("child_id", "weekly_cost_gbp", "placement_started_on", "assessment_age_days")
_KINDS = ("joined", "left", "moved", "repriced", "cost_found", "cost_lost")
# the day an assessment is from follows from its age
_BY_KIND = """
WITH pairs AS (
    SELECT live.child_id AS was, new.child_id AS is_now,
        live.weekly_cost_gbp AS cost_then, new.weekly_cost_gbp AS cost_now,
        live.placement_started_on AS there_since, new.placement_started_on AS here_since
    FROM live FULL JOIN new USING (child_id)
), told AS (
    SELECT coalesce(cost_now, 0) - coalesce(cost_then, 0) AS pounds,
        CASE
            WHEN was IS NULL THEN 'joined'
            WHEN is_now IS NULL THEN 'left'
            WHEN there_since <> here_since THEN 'moved'
            WHEN cost_then IS NULL AND cost_now IS NOT NULL THEN 'cost_found'
            WHEN cost_then IS NOT NULL AND cost_now IS NULL THEN 'cost_lost'
            WHEN abs(cost_now - cost_then) >= 0.005 THEN 'repriced'
        END AS kind
    FROM pairs
)
SELECT kind, count(*), sum(pounds)::DOUBLE FROM told WHERE kind IS NOT NULL GROUP BY kind
"""
_NEWLY_ASSESSED = """
SELECT count(*) FROM live JOIN new USING (child_id)
WHERE new.assessment_age_days IS NOT NULL
    AND ($new_day::DATE - new.assessment_age_days::INTEGER > $live_day::DATE - live.assessment_age_days::INTEGER
        OR live.assessment_age_days IS NULL)
"""
