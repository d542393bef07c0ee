"""Which children a filter picks: against plain pandas, on children made by hand and on drawn ones."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.small import child, store
from vcore import CohortFilter
from vcore.facts.placements import SETTING_DETAILS, SETTINGS
from vcore.store.sentences import clauses

CHILDREN = [
    child("a", sex="F", ehcp=True, weekly_cost_gbp=5000.0, authority="North"),
    child("b", sex="M", ehcp=False, weekly_cost_gbp=4999.99, authority="North"),
    child("c", sex="U", ehcp=None, weekly_cost_gbp=None, authority="South", scores=None),
    child("d", sex="M", ehcp=True, weekly_cost_gbp=900.0, authority="South", setting_detail="in_house_fostering",
          place_code="U1", provider_code="PR1", kinship=True, scores=[7] * 13),
    child("e", sex="F", ehcp=None, weekly_cost_gbp=1200.0, authority="East", setting_detail="independent_fostering",
          place_code="U4", scores=[0] * 12 + [7], ethnicity="Black"),
]  # fmt: skip
STORE = store(CHILDREN)


def picked(**choices) -> str:
    return "".join(STORE.cohort(CohortFilter(**choices)).children["child_id"])


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, "abcde"),
        ({"settings": ("fostering",)}, "de"),
        ({"settings": ("fostering", "residential")}, "abcde"),
        ({"setting_details": ("independent_fostering",)}, "e"),
        ({"authorities": ("North", "East")}, "abe"),
        ({"sexes": ("U",)}, "c"),
        ({"ethnicities": ("Black",)}, "e"),
        ({"legal_statuses": ("E1",)}, ""),
        ({"ehcp": True}, "ad"),
        ({"ehcp": False}, "b"),
        ({"ehcp": "not_recorded"}, "ce"),
        ({"kinship": True}, "d"),
        ({"weekly_cost_min": 5000}, "a"),
        ({"weekly_cost_max": 4999.99}, "bde"),  # a missing cost fails a bound on it
        ({"weekly_cost_min": 0}, "abde"),
        ({"need_total_min": 7, "need_total_max": 13}, "abe"),
        ({"need_total_min": 0}, "abde"),  # a missing score fails a bound on it
        ({"severe_count_max": 0}, "ab"),
        ({"severe_count_min": 1, "severe_count_max": 1}, "e"),
        ({"age_min": 14, "age_max": 14}, "abcde"),
        ({"age_min": 15}, ""),
        ({"years_in_care_min": 4.0}, "abcde"),  # 1,461 days / 365.25 is 4 exactly
        ({"years_in_care_max": 3.99}, ""),
        ({"days_to_17_min": 1_066, "days_to_17_max": 1_066}, "abcde"),  # 31 March 2026 to 1 March 2029
        ({"days_to_17_max": 1_065}, ""),
    ],
)
def test_a_filter_picks(choices, expected):
    assert picked(**choices) == expected


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"settings": ()}, "at least 1 item"),
        ({"settings": ("residental",)}, "Did you mean 'residential'"),
        ({"ehcp": "yes"}, "not_recorded"),
        ({"ehcp": 1.5}, "not a choice"),
        ({"age_min": 12, "age_max": 8}, "holds nobody"),
        ({"weekly_cost_min": -1}, "greater than or equal to 0"),
        ({"colour": "blue"}, "Extra inputs"),
    ],
)
def test_an_impossible_filter_cannot_be_made(choices, message):
    with pytest.raises(ValidationError, match=message):
        CohortFilter(**choices)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({}, "All children in care"),
        ({"settings": ("residential",), "ehcp": True}, "Children in residential, with an EHCP"),
        ({"age_min": 12, "age_max": 16}, "Children aged 12 to 16"),
        ({"age_min": 17}, "Children aged 17 or more"),
        ({"weekly_cost_max": 3000}, "Children costing £3,000 or less a week"),
        ({"severe_count_min": 0, "severe_count_max": 0}, "Children with 0 severe and complex needs"),
        ({"severe_count_min": 1, "severe_count_max": 1}, "Children with 1 severe and complex need"),
        ({"severe_count_min": 1}, "Children with 1 or more severe and complex needs"),
        ({"years_in_care_min": 1, "years_in_care_max": 1}, "Children in care for 1 year"),
        ({"distance_min": 1, "distance_max": 1}, "Children placed 1 mile from home"),
        ({"days_to_17_min": 1, "days_to_17_max": 1}, "Children turning 17 in 1 day"),
        (
            {"settings": ("parents_or_adoption", "residential", "other", "fostering")},
            "Children in residential, other places, fostering, with parents or placed for adoption",
        ),
        (
            {"setting_details": ("with_parents", "secure_home")},
            "Children in secure children's homes or with parents",
        ),
        ({"disability": "not_recorded"}, "Children with disability not recorded"),
        ({"sexes": ("M", "U")}, "Children recorded as male or not known"),
    ],
)
def test_a_filter_says_itself_in_english(choices, sentence):
    assert CohortFilter(**choices).describe() == sentence


PLACES_SAID = {
    "settings": {
        "fostering": "in fostering",
        "residential": "in residential",
        "semi_independent": "in supported accommodation",
        "parents_or_adoption": "with parents or placed for adoption",
        "other": "in other places",
    },
    "setting_details": {
        "in_house_fostering": "in in-house fostering",
        "independent_fostering": "in agency fostering",
        "other_authority_fostering": "in another authority's fostering",
        "in_house_residential": "in children's homes (in-house)",
        "private_residential": "in children's homes (private)",
        "other_authority_residential": "in children's homes (another authority)",
        "secure_home": "in secure children's homes",
        "specialist_residential": "in hospital, custody or a family centre",
        "semi_independent": "in supported accommodation",
        "with_parents": "with parents",
        "for_adoption": "placed for adoption",
        "unregistered": "in unregistered placements",
        "other": "in other placements",
    },
}


@pytest.mark.parametrize(("field", "known"), [("settings", SETTINGS), ("setting_details", SETTING_DETAILS)])
def test_every_setting_and_kind_of_home_reads_as_english(field, known):
    assert set(PLACES_SAID[field]) == set(known)
    for name, phrase in PLACES_SAID[field].items():
        assert clauses({field: (name,)}) == {field: phrase}


_flag = st.sampled_from([None, True, False, "not_recorded"])
_bounds = st.one_of(st.none(), st.integers(0, 6000))


@settings(max_examples=60, deadline=None)
@given(ehcp=_flag, low=_bounds, high=_bounds, sexes=st.sets(st.sampled_from("MFU")))
def test_any_filter_agrees_with_pandas_and_with_its_complement(ehcp, low, high, sexes):
    if low is not None and high is not None and low > high:
        low, high = high, low
    frame = pd.DataFrame(CHILDREN)
    keep = pd.Series(True, index=frame.index)
    if ehcp is not None:
        keep &= frame["ehcp"].isna() if ehcp == "not_recorded" else frame["ehcp"].eq(ehcp)
    if low is not None:
        keep &= frame["weekly_cost_gbp"] >= low
    if high is not None:
        keep &= frame["weekly_cost_gbp"] <= high
    if sexes:
        keep &= frame["sex"].isin(sexes)
    chosen = CohortFilter(
        ehcp=ehcp, weekly_cost_min=low, weekly_cost_max=high, sexes=tuple(sorted(sexes)) or None
    )
    cohort = STORE.cohort(chosen)
    assert "".join(cohort.children["child_id"]) == "".join(frame.loc[keep, "child_id"])
    assert "".join(cohort.everyone_else.children["child_id"]) == "".join(frame.loc[~keep, "child_id"])


def test_the_base_is_limited_to_the_authorities_a_reader_may_count():
    cohort = STORE.cohort(CohortFilter(ehcp=True), authorities=("South",))
    assert list(cohort.children["child_id"]) == ["d"]
    assert list(cohort.whole_base.children["child_id"]) == ["c", "d"]


def test_what_a_caller_does_to_the_children_stays_with_the_caller():
    children = STORE.cohort().children
    children["weekly_cost_gbp"] = 0.0
    children.loc[0, "sex"] = "U"
    assert STORE.cohort().children["weekly_cost_gbp"].sum() == 5000 + 4999.99 + 900 + 1200
    assert STORE.cohort().children.loc[0, "sex"] == "F"
