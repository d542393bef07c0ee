"""Who lived where on two dates: by hand on eight children, and that no child is lost or counted twice."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.moved import THEN_DAY, between, spell, store_of
from tests.small import AS_OF
from vcore import CohortFilter, Store
from vcore.facts.placements import SETTINGS
from vcore.measures.flows import LEFT_CARE, NOT_IN_CARE, NOW, THEN, flows, stayed


def both(store: Store, chosen: CohortFilter | None = None, authorities: tuple[str, ...] | None = None):
    """The same filter on the two dates: now, then."""
    return tuple(store.cohort(chosen, day, authorities=authorities) for day in (AS_OF, THEN_DAY))


STORE = store_of(
    [
        *between("a", "fostering", "fostering"),
        *between("b", "fostering", "fostering", authority="South"),
        *between("c", "residential", "fostering"),
        *between("d", "fostering", "residential"),
        *between("e", "residential", LEFT_CARE),
        *between("f", NOT_IN_CARE, "residential"),
        *between("g", "parents_or_adoption", LEFT_CARE, authority="South"),
        spell("h", "fostering", date(2025, 6, 1), date(2025, 9, 1)),  # came and left in between: in neither
    ]
)


def told(counts: pd.DataFrame) -> dict[tuple[str, str], int]:
    """The cells that hold somebody."""
    return {(then, now): n for then, row in counts.iterrows() for now, n in row.items() if n}


def test_everyone_by_setting_then_and_now():
    counts = flows(*both(STORE))
    assert (tuple(counts.index), tuple(counts.columns)) == (THEN, NOW)
    assert told(counts) == {
        ("fostering", "fostering"): 2,
        ("residential", "fostering"): 1,
        ("fostering", "residential"): 1,
        ("residential", LEFT_CARE): 1,
        (NOT_IN_CARE, "residential"): 1,
        ("parents_or_adoption", LEFT_CARE): 1,
    }
    assert stayed(counts) == (2, 4)


def test_a_filter_counts_who_fitted_it_on_either_date():
    counts = flows(*both(STORE, CohortFilter(settings=("residential",))))
    assert told(counts) == {
        ("residential", "fostering"): 1,
        ("fostering", "residential"): 1,
        ("residential", LEFT_CARE): 1,
        (NOT_IN_CARE, "residential"): 1,
    }
    assert stayed(counts) == (0, 2)


def test_only_the_readers_authorities_count():
    counts = flows(*both(STORE, authorities=("South",)))
    assert told(counts) == {("fostering", "fostering"): 1, ("parents_or_adoption", LEFT_CARE): 1}


def test_before_anybody_was_in_care_all_have_come_since():
    now, nobody = STORE.cohort(), STORE.cohort(as_of=date(2020, 1, 1))
    counts = flows(now, nobody)
    assert counts.drop(index=NOT_IN_CARE).to_numpy().sum() == 0
    assert counts.loc[NOT_IN_CARE].sum() == len(now) == 5
    assert stayed(counts) == (0, 0)


def test_an_empty_cohort_has_no_flows():
    counts = flows(*both(STORE, CohortFilter(age_min=24)))
    assert counts.shape == (6, 6)
    assert counts.to_numpy().sum() == 0


PATHS = st.tuples(
    st.sampled_from([*SETTINGS, NOT_IN_CARE]),
    st.sampled_from([*SETTINGS, LEFT_CARE]),
    st.sampled_from(["F", "M"]),
).filter(lambda path: path[:2] != (NOT_IN_CARE, LEFT_CARE))


@settings(max_examples=15, deadline=None)
@given(st.lists(PATHS, min_size=1, max_size=12))
def test_every_child_in_care_on_a_date_is_in_that_dates_sums_once(paths):
    spells = [
        found
        for place, (then, now, sex) in enumerate(paths)
        for found in between(f"{place:02d}", then, now, sex=sex)
    ]
    store = store_of(spells)
    counts = flows(*both(store))
    drawn = pd.DataFrame(paths, columns=["then", "now", "sex"])
    for side, sums, absent in (("then", counts.sum(axis=1), NOT_IN_CARE), ("now", counts.sum(), LEFT_CARE)):
        expected = drawn[drawn[side] != absent][side].value_counts().to_dict()
        assert {setting: n for setting, n in sums.drop(absent).items() if n} == expected
    parts = [flows(*both(store, CohortFilter(sexes=(sex,)))) for sex in ("F", "M")]
    pd.testing.assert_frame_equal(parts[0] + parts[1], counts)


@pytest.mark.parametrize("setting", SETTINGS)
def test_staying_is_counted_for_every_setting(setting):
    store = store_of(between("a", setting, setting))
    assert stayed(flows(*both(store))) == (1, 1)
