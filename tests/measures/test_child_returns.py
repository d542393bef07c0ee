"""What the returns tell of one child, worked by hand: missing periods, questionnaires, previous permanence."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.small import AS_OF, NEEDS, child, tables
from vcore.measures import child_returns as told
from vcore.measures.child_returns import MissingPeriod, Questionnaire
from vcore.store import Store
from vcore.tables import checked

PERIODS = [
    ("a", "2025-03-30", "2025-03-31", "M"),  # back a year ago to the day: no longer in the last 12 months
    ("a", "2025-03-30", "2025-04-01", "M"),  # one day later
    ("a", "2025-06-01", "2025-06-02", "M"),
    ("a", "2025-12-24", "2026-01-02", "A"),
    ("a", "2026-03-30", None, "M"),
]
SCORES = [("a", "2024-03-31", 12), ("a", "2025-03-31", 20), ("a", "2026-03-31", 17), ("c", "2026-03-31", 8)]


@pytest.fixture(scope="module")
def store():
    """Child "a" was away now and then, "b" of the same authority never, "c" of another that says nothing of it."""
    made = tables(
        [
            child("a", previous_permanence="P1", permanence_ordered="2014-03", sdq_score=17),
            child("b", previous_permanence="Z1"),
            child("c", authority="South", sdq_score=8),
            child("d", authority="South", sdq_score=30),
        ]
    )
    missing = pd.DataFrame(PERIODS, columns=["child_id", "started_on", "ended_on", "kind"]).assign(
        authority="North"
    )
    sdq = pd.DataFrame(SCORES, columns=["child_id", "year_ended_on", "score"])
    sdq["authority"] = sdq["child_id"].map({"a": "North", "c": "South"})
    for frame in (missing, sdq):
        for column in [column for column in frame if column.endswith("_on")]:
            frame[column] = pd.to_datetime(frame[column])
    whole = checked(made | {"missing_period": missing, "sdq": sdq}, NEEDS)
    return Store.of_tables(whole, as_of=AS_OF, needs=NEEDS)


def row(store, child_id, day=AS_OF):
    return store.cohort(as_of=day).children.set_index("child_id").loc[child_id]


def test_missing_periods_of_the_last_twelve_months_are_counted_by_kind(store):
    assert (row(store, "a")["missing_12m"], row(store, "a")["away_12m"]) == (3, 1)
    assert (row(store, "b")["missing_12m"], row(store, "b")["away_12m"]) == (0, 0)


def test_where_nobody_was_ever_missing_nothing_says_that_the_return_was_sent(store):
    assert row(store, "c")["missing_12m"] is pd.NA and row(store, "c")["away_12m"] is pd.NA


def test_an_earlier_date_knows_nothing_of_what_came_later(store):
    day = date(2025, 3, 30)
    assert row(store, "a", day)["missing_12m"] == 2
    assert row(store, "b", date(2025, 3, 29))["missing_12m"] is pd.NA  # before the first of them
    then = store.one_child("a", day)
    assert told.missing_periods(then) == [MissingPeriod(day, None, "M")] * 2
    assert told.questionnaires(then) == [Questionnaire(date(2024, 3, 31), 12)]
    assert row(store, "a", day)["sdq_score"] == 12


def test_all_of_it_on_the_day(store):
    now = store.one_child("a")
    assert told.missing_periods(now)[-2:] == [
        MissingPeriod(date(2025, 12, 24), date(2026, 1, 2), "A"),
        MissingPeriod(date(2026, 3, 30), None, "M"),
    ]
    assert [each.score for each in told.questionnaires(now)] == [12, 20, 17]
    assert told.missing_periods(store.one_child("b")) == told.questionnaires(store.one_child("nobody")) == []


def test_a_score_without_a_year_is_still_the_latest(store):
    assert [row(store, name)["sdq_score"] for name in "acd"] == [17, 8, 30]
    assert row(store, "b")["sdq_score"] is pd.NA


@pytest.mark.parametrize(
    ("ordered", "day", "known"),
    [
        ("2025-06-02", date(2025, 6, 2), True),
        ("2025-06-02", date(2025, 6, 1), False),
        ("2025-06", date(2025, 6, 1), True),
        ("2025", date(2025, 1, 1), True),
        ("2025", date(2024, 12, 31), False),
        (None, date(2024, 12, 31), True),
    ],
)
def test_a_permanence_order_is_known_from_its_day_on(ordered, day, known):
    facts = {"previous_permanence": "P2", "permanence_ordered": ordered}
    made = Store.of_tables(tables([child("a", **facts), child("b")]), as_of=AS_OF, needs=NEEDS)
    assert (
        row(made, "a", day)["previous_permanence"] == "P2"
        if known
        else pd.isna(row(made, "a", day)["permanence_ordered"])
    )


@pytest.mark.parametrize(
    ("missing", "away", "said"),
    [
        (0, 0, ""),
        (pd.NA, pd.NA, ""),
        (1, 0, "missing once in the last 12 months"),
        (2, 0, "missing twice in the last 12 months"),
        (0, 3, "away without authorisation 3 times in the last 12 months"),
        (12, 1, "missing 12 times and away once in the last 12 months"),
    ],
)
def test_absences_in_words(missing, away, said):
    assert told.absence_words(missing, away) == said


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("P1", "was adopted before"),
        ("P2", "was under special guardianship before"),
        ("P3", "was under a residence or child arrangements order before"),
        ("P4", "was under a permanence order before, not known which"),
        ("Z1", ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_previous_permanence_in_words(option, said):
    assert told.permanence_words(option) == said


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "close to average"),
        (13, "close to average"),
        (14, "borderline"),
        (16, "borderline"),
        (17, "cause for concern"),
    ],
)
def test_bands_of_strengths_and_difficulties(score, band):
    assert told.sdq_band(score) == band
