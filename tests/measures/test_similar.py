"""Similar children, against distances worked in plain numpy: need and age, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import child, store
from tests.ui import populated
from vcore.measures.similar import OUTCOMES, profiles, similar, weights

STORE = populated.store()
COHORT = STORE.cohort()
ROWS = COHORT.children
NEEDS = [
    column for column in ROWS if column.startswith("need_") and column not in ("need_total", "need_change")
]


def by_hand(place, rows=ROWS):
    """Every other assessed child's distance: twelve domains alike, age three times as heavy as one of them."""
    known = rows[rows["need_total"].notna()]
    table = known[[*NEEDS, "age"]].astype("float64")
    gaps = ((table - table.loc[place]) / table.std(ddof=0)) ** 2
    return np.sqrt((gaps[NEEDS].sum(axis=1) + 3 * gaps["age"]) / 16).drop(place)


def test_the_nearest_by_plain_arithmetic():
    found = profiles(COHORT)
    for place in found.positions[::60]:
        told = similar(COHORT, found, int(place), 12).children
        expected = by_hand(int(place)).sort_values()
        assert told["distance"].to_numpy() == pytest.approx(expected.head(12).to_numpy())
        assert set(told["child_id"].head(5)) <= set(ROWS["child_id"][expected.index[:14]])
        assert ROWS["child_id"][place] not in set(told["child_id"])


def test_weights_are_shares():
    assert weights(13).tolist() == pytest.approx([1 / 16] * 13 + [3 / 16])


def test_where_somebody_lives_or_who_they_are_changes_nothing():
    """The same needs and ages, everything else dealt anew: the same neighbours."""
    children = populated.children()
    draw = np.random.default_rng(1)
    dealt = [
        made
        | {
            "sex": str(draw.choice(["F", "M"])),
            "ethnicity": str(draw.choice(["White", "Asian", "Black"])),
            "disability": bool(draw.random() < 0.5),
            "ehcp": None,
            "weekly_cost_gbp": float(draw.integers(100, 9_000)),
            "legal_status": "V2",
            "setting_detail": "semi_independent",
        }
        for made in children
    ]
    other = store(dealt).cohort()
    for place in (3, 100, 250):
        one = similar(COHORT, profiles(COHORT), place).children
        two = similar(other, profiles(other), place).children
        assert one["child_id"].tolist() == two["child_id"].tolist()


def test_nobody_for_a_child_without_an_assessment_or_alone():
    lonely = store([child("a"), child("b", scores=None)]).cohort()
    found = profiles(lonely)
    assert similar(lonely, found, 0).children.empty and similar(lonely, found, 1).children.empty
    nobody = store([child("a", scores=None)]).cohort()
    told = similar(nobody, profiles(nobody), 0)
    assert (len(told.children), told.near, told.enough) == (0, 0, False)


def test_only_those_whom_the_reader_may_count():
    north = STORE.cohort(authorities=["North"])
    found = profiles(north)
    told = similar(north, found, int(found.positions[0]), 50).children
    here = set(ROWS["child_id"][ROWS["authority"] == "North"])
    assert len(told) == 50 and set(told["child_id"]) <= here


@pytest.mark.parametrize(("twins", "near", "enough"), [(4, 4, False), (5, 5, True)])
def test_too_few_near_is_said(twins, near, enough):
    """Twins lie at 0; far children differ by the whole spread of one domain and of age."""
    alike = [child(f"a{n}") for n in range(twins + 1)]
    far = [child(f"z{n}", scores=[9] * 13, birth_month="2022-03-01") for n in range(3)]
    cohort = store(alike + far).cohort()
    told = similar(cohort, profiles(cohort), 0)
    assert (told.near, told.enough) == (near, enough)
    assert told.children["distance"].tolist() == sorted(told.children["distance"])


def test_what_is_told_is_the_snapshot_s():
    found = profiles(COHORT)
    told = similar(COHORT, found, int(found.positions[0])).children
    plain = ROWS.set_index("child_id").loc[told["child_id"], list(OUTCOMES[1:])].reset_index()
    assert told[list(OUTCOMES)].equals(plain[list(OUTCOMES)])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 10), min_size=13, max_size=13), min_size=2, max_size=12))
def test_as_far_there_as_back(scores):
    made = [child(f"{n:02d}", scores=each) for n, each in enumerate(scores)]
    cohort = store(made).cohort()
    found = profiles(cohort)
    away = {
        (place, other): distance
        for place in range(len(made))
        for other, distance in zip(
            *similar(cohort, found, place, len(made)).children[["child_id", "distance"]].to_numpy().T,
            strict=True,
        )
    }
    assert all(away[int(other), f"{place:02d}"] == pytest.approx(d) for (place, other), d in away.items())
