"""Children like one child: the nearest by need profile and age, as a reason to talk and never as a forecast.

Distance is taken over the scores of the configured domains and age, each in standard deviations among the assessed
children it is asked of; every domain weighs the same and age as many times as the assumption says. Nothing else goes
in: not sex, ethnicity, disability, status, cost or provider. Where somebody lives is what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.store import Cohort

OUTCOMES = (
    "child_id",
    "age",
    "setting_detail",
    "months_in_placement",
    "need_total",
    "need_change",
    "breakdowns_12m",
    "weekly_cost_gbp",
)


@dataclass(frozen=True, eq=False)
class Profiles:
    """The assessed children of a base as points: `points` is children × (domains, then age), in weighted standard
    deviations, `positions` where each stands in the snapshot, and `weights` of the columns (summing to 1)."""

    points: np.ndarray
    positions: np.ndarray
    weights: np.ndarray
    index: Any  # a fitted sklearn NearestNeighbors; None where nobody is assessed


@dataclass(frozen=True, eq=False)
class Similar:
    """Children like one child, nearest first: `OUTCOMES` and `distance` (in standard deviations). `near` of them
    are within the distance that counts as near; `enough` says whether these are enough to say something of."""

    children: pd.DataFrame
    near: int
    enough: bool


def weights(domains: int) -> np.ndarray:
    """The share each column of a profile has in the distance: domains alike, then age. Sums to 1."""
    raw = np.append(np.ones(domains), value("similar_age_weight"))
    return raw / raw.sum()


def profiles(cohort: Cohort) -> Profiles:
    """The profiles of everybody whom a reader may count and who is assessed, ready to be asked. Takes a fraction of
    a second for 84,000 children: keep it."""
    from sklearn.neighbors import NearestNeighbors  # a second to import: only where it is used

    snapshot = cohort.snapshot
    positions = cohort.base[~np.isnan(snapshot.scores[cohort.base]).any(axis=1)]
    columns = np.column_stack([snapshot.scores[positions], snapshot.numbers("age")[positions]])
    share = weights(columns.shape[1] - 1)
    if not len(positions):
        return Profiles(columns, positions, share, None)
    spread = columns.std(axis=0)
    spread[spread == 0] = 1.0  # a column without a difference says nothing
    points = (columns - columns.mean(axis=0)) / spread * np.sqrt(share)
    return Profiles(points, positions, share, NearestNeighbors(algorithm="kd_tree").fit(points))


def similar(cohort: Cohort, found: Profiles, place: int, n: int | None = None) -> Similar:
    """The `n` children (default: the assumption) most like the one who stands at `place` in the snapshot.

    `found` are `profiles` of the same base. Nobody for a child without an assessment. Children equally far are in
    the snapshot's order.
    """
    at = int(np.searchsorted(found.positions, place))
    if found.index is None or at == len(found.positions) or found.positions[at] != place:
        return _told(cohort, np.array([], dtype="int64"), np.array([]))
    wanted = min((n or int(value("similar_children"))) + 1, len(found.positions))
    distances, rows = found.index.kneighbors(found.points[at : at + 1], n_neighbors=wanted)
    others = rows[0] != at
    distance, row = distances[0][others][: wanted - 1], rows[0][others][: wanted - 1]
    order = np.lexsort((row, distance))
    return _told(cohort, found.positions[row[order]], distance[order])


def _told(cohort: Cohort, positions: np.ndarray, distance: np.ndarray) -> Similar:
    children = cohort.snapshot.frame[list(OUTCOMES)].take(positions).reset_index(drop=True)
    near = int((distance <= value("similar_near_distance")).sum())
    return Similar(children.assign(distance=distance), near, near >= value("similar_fewest"))
