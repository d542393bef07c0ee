"""The ready-made cohorts: all of those the screens promise, and the one that moves with the date."""

from datetime import date

import pandas as pd
import pytest

from tests.small import AS_OF, child, store
from tests.ui import populated
from ui import cohort_presets
from vcore import CohortFilter
from vcore.facts.school_years import next_march


def test_every_promised_preset_is_there():
    said = [preset.label for preset in cohort_presets.presets(AS_OF)]
    assert said == [
        "Residential with no severe need",
        "£5,000 a week or more",
        "High need in fostering",
        "Low need in fostering",
        "The middle: moderate need at £1,000 to £3,000",
        "Unregistered placements",
        "Placed in an emergency",
        "Far from home: 20 miles or more",
        "Turning 17 before March 2027",
    ]


@pytest.mark.parametrize(
    ("day", "march"),
    [
        (date(2026, 3, 31), date(2027, 3, 1)),
        (date(2026, 3, 1), date(2027, 3, 1)),
        (date(2026, 2, 27), date(2026, 3, 1)),
        (date(2026, 2, 28), date(2027, 3, 1)),
        (date(2028, 2, 28), date(2028, 3, 1)),
        (date(2028, 2, 29), date(2029, 3, 1)),
        (date(2026, 12, 31), date(2027, 3, 1)),
    ],
)
def test_the_next_march(day, march):
    assert next_march(day) == march


@pytest.mark.parametrize("day", pd.date_range("2027-12-30", "2028-04-02").date)
def test_presets_can_be_asked_for_on_any_day(day):
    assert len(cohort_presets.presets(day)) == 9


def test_who_turns_17_before_march():
    births = {"past": "2009-03-01", "today": "2009-04-01", "late": "2010-02-01", "march": "2010-03-01"}
    state = store([child(name, birth_month=pd.Timestamp(day).date()) for name, day in births.items()])
    (preset,) = (found for found in cohort_presets.offered(state.cohort()) if "17" in found.label)
    assert sorted(state.cohort(preset.filter).children["child_id"]) == ["late", "today"]
    # the 17-year-old has no birthday to come: no span of days holds them
    assert "past" not in set(state.cohort(CohortFilter(days_to_17_max=7_000)).children["child_id"])


def test_each_preset_picks_what_pandas_picks():
    rows = populated.store().cohort().children
    cost, home = rows["weekly_cost_gbp"], rows["setting"]
    severe = rows["severe_count"]
    expected = {
        "Residential with no severe need": (home == "residential") & (severe == 0),
        "£5,000 a week or more": cost >= 5_000,
        "Unregistered placements": rows["setting_detail"] == "unregistered",
    }
    for preset in cohort_presets.offered(populated.store().cohort()):
        if preset.label in expected:
            assert (
                len(populated.store().cohort(preset.filter)) == expected[preset.label].fillna(False).sum() > 0
            )
