"""Similar children beside scikit-learn without an index: one child asked about after another, the same answers."""

from __future__ import annotations

import numpy as np
from sklearn.neighbors import NearestNeighbors

from benchmarks.comparison import Aim, Comparison
from benchmarks.timing import timed
from vcore.errors import VcoreError
from vcore.facts.assumptions import value
from vcore.measures.similar import profiles, similar
from vcore.store import Cohort

QUESTION_AIM = Aim(median_ms=30)
_SPREAD = 37  # one assessed child in so many is asked about


class NotAlike(VcoreError):
    """The two ways found children at different distances."""


def compare_similar(everyone: Cohort, repeats: int) -> list[Comparison]:
    """Times of one question among all children of a store. Raises `NotAlike`."""
    found = profiles(everyone)
    places = found.positions[::_SPREAD][: repeats + 1]
    wanted = int(value("similar_children"))
    points, brute = _plain_index(everyone)

    def ours(turn: int) -> np.ndarray:
        return similar(everyone, found, int(places[turn % len(places)])).children["distance"].to_numpy()

    def theirs(turn: int) -> np.ndarray:
        at = int(np.searchsorted(found.positions, places[turn % len(places)]))
        return brute.kneighbors(points[at : at + 1], n_neighbors=wanted + 1)[0][0][1:]

    if not np.allclose(ours(0), theirs(0)):
        raise NotAlike("Similar children: the index and plain brute force find other distances.")
    return [
        Comparison(
            "Children similar to one child",
            timed(ours, repeats),
            "scikit-learn, brute force",
            timed(theirs, repeats),
            QUESTION_AIM,
        ),
        Comparison(
            "Ready to be asked for similar children: once a snapshot",
            timed(lambda _: profiles(everyone), 2),
            "scikit-learn, brute force",
            timed(lambda _: _plain_index(everyone), 2),
        ),
    ]


def _plain_index(everyone: Cohort) -> tuple[np.ndarray, NearestNeighbors]:
    """Scores and age in standard deviations, age as heavy as the assumption says, and nothing built over them."""
    rows = everyone.children
    columns = [*everyone.snapshot.needs.columns, "age"]
    known = rows.loc[rows["need_total"].notna(), columns].astype("float64")
    weights = np.array([1.0] * (len(columns) - 1) + [value("similar_age_weight")])
    scaled = (known - known.mean()) / known.std(ddof=0) * np.sqrt(weights / weights.sum())
    points = scaled.to_numpy()
    return points, NearestNeighbors(algorithm="brute").fit(points)
