"""A cohort in the address: every choice comes back as it was, and what cannot be read is named."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui import cohort_link
from ui.cohort_link import Choice, read, written
from vcore import CohortFilter
from vcore.facts.codes import LEGAL_STATUSES, SEXES
from vcore.facts.placements import SETTING_DETAILS, SETTINGS


def test_the_address_holds_codes():
    choice = Choice(
        CohortFilter(settings=("residential", "other"), ehcp=True, disability="not_recorded", age_min=12, age_max=16,
                     weekly_cost_min=5000, years_in_care_max=0.5),
        date(2026, 3, 31),
        "2025-03-31",
    )  # fmt: skip
    assert written(choice) == {
        "settings": ["residential", "other"],
        "disability": ["not_recorded"],
        "ehcp": ["yes"],
        "age": ["12-16"],
        "years_in_care": ["-0.5"],
        "weekly_cost": ["5000-"],
        "as_of": ["2026-03-31"],
        "compare": ["2025-03-31"],
    }
    assert written(Choice()) == {}


def test_codes_may_be_written_with_commas_but_names_are_taken_whole():
    choice, problems = read({"settings": ["residential,other"], "authorities": ["Bath, North", "Wells"]})
    assert not problems
    assert choice.filter.settings == ("residential", "other")
    assert choice.filter.authorities == ("Bath, North", "Wells")


@pytest.mark.parametrize(
    ("name", "raw", "named"),
    [
        ("settings", "residental", "Did you mean 'residential'?"),
        ("settings", "residential,bogus", "'bogus' is not a known setting"),
        ("ehcp", "maybe", "'maybe' is not a choice here"),
        ("age", "twelve", "Write a span such as age=5-10"),
        ("age", "-", "Write a span"),
        ("age", "16-12", "holds nobody"),
        ("age", "12.5-16", "age=12.5-16"),
        ("age", "12-99", "age=12-99"),
        ("weekly_cost", "1e9-", "Write a span"),
        ("as_of", "31/03/2026", "Write a date such as as_of=2026-03-31"),
        ("as_of", "2026-13-01", "as_of=2026-13-01"),
        ("age_min", "26", "such as age=10-16"),
        ("setings", "residential", "Did the link mean “settings”?"),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(name, raw, named):
    choice, (problem,) = read({name: [raw], "ehcp" if name != "ehcp" else "dol": ["yes"]})
    assert named in problem.words
    assert problem.name == name
    assert choice.filter.settings is None and choice.filter.age_min is None and choice.as_of is None
    assert choice.filter.ehcp or choice.filter.dol  # the rest is still read


def test_other_peoples_parameters_are_left_alone():
    assert read({"cap": ["5000"], "step": ["independent_fostering"]}) == (Choice(), ())


def _some(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True).map(tuple)


FLAG = st.sampled_from([True, False, "not_recorded"])
SPAN = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(sorted)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "settings": _some(SETTINGS),
        "setting_details": _some(SETTING_DETAILS),
        "sexes": _some(SEXES),
        "legal_statuses": _some(LEGAL_STATUSES),
        "authorities": _some(("Bath, North", "Wells", "Kent & Sussex", "A=B?C")),
        **dict.fromkeys(cohort_link.FLAGS, FLAG),
        "age_min": st.integers(0, 10),
        "age_max": st.integers(10, 25),
        "weekly_cost_min": st.integers(0, 5_000_00).map(lambda pence: pence / 100),
        "distance_max": st.floats(0, 1000).map(lambda miles: round(miles, 1)),
        "severe_count_min": st.integers(0, 40),
    },
)


@settings(deadline=None)
@given(FIELDS, st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.text(max_size=20))
def test_every_choice_comes_back_as_it_was(fields, as_of, compare):
    choice = Choice(CohortFilter.model_validate(fields), as_of, compare)
    assert read(written(choice)) == (choice, ())
