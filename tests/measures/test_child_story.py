"""One child's history, worked by hand: what was known on a date, moves, change, what is stale or missing."""

from __future__ import annotations

from datetime import date
from math import isnan

import numpy as np
import pandas as pd
import pytest

from tests.small import NEEDS, child, tables
from vcore.measures import child_story as story
from vcore.store import Store
from vcore.tables import checked, score_column

AS_OF = date(2026, 3, 31)
LOW, HIGH = [1] * 13, [1] * 12 + [9]


def stamp(*days):
    return pd.to_datetime(list(days)).astype("datetime64[us]")


def store(assessments, placements, fees, statuses):
    """One child "a" with these rows, beside a plain neighbour "b"."""
    made = tables([child("a"), child("b")])
    rows = {
        "assessment": pd.DataFrame(
            assessments, columns=["assessed_on", "scores", "strengths", "goals", "child_view"]
        ),
        "placement": pd.DataFrame(
            placements,
            columns=["started_on", "ended_on", "setting", "setting_detail", "end_reason", "breakdown"],
        ).assign(place_code="U4", kinship=False),
        "cost": pd.DataFrame(fees, columns=["started_on", "ended_on", "weekly_cost_gbp"]),
        "care": pd.DataFrame(statuses, columns=["started_on", "ended_on", "legal_status"]).assign(
            care_started_on=pd.Timestamp("2022-01-10")
        ),
    }
    if len(rows["assessment"]):
        rows["assessment"]["scores"] = score_column(np.array(rows["assessment"]["scores"].tolist()))
    else:
        rows["assessment"]["scores"] = score_column(np.zeros((0, 13)))
    rows["cost"] = rows["cost"].assign(
        social_care_cost_gbp=rows["cost"]["weekly_cost_gbp"], education_cost_gbp=0.0, health_cost_gbp=0.0
    )
    for name, frame in rows.items():
        for column in [column for column in frame if column.endswith("_on")]:
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
        others = made[name][made[name]["child_id"] != "a"]
        made[name] = pd.concat([others, frame.assign(child_id="a", authority="North")], ignore_index=True)
    return Store.of_tables(checked(made, NEEDS), as_of=AS_OF, needs=NEEDS)


@pytest.fixture(scope="module")
def full():
    """Fostered, broke down into a home, then fostered again; four assessments, three fees with a rise."""
    return store(
        [
            ["2024-01-01", HIGH, "Drawing", None, "I want a dog."],
            ["2025-01-01", [2] * 13, None, "Swim", "  "],
            ["2025-11-30", HIGH, None, None, None],
            ["2026-01-15", LOW, None, None, "I like it here."],
        ],
        [
            ["2022-01-10", "2024-06-01", "fostering", "in_house_fostering", "CREQB", True],
            ["2024-06-01", "2025-06-01", "residential", "private_residential", "CARPL", False],
            ["2025-06-11", None, "fostering", "independent_fostering", None, False],
        ],
        [
            ["2022-01-10", "2023-04-01", 400.0],
            ["2023-04-01", "2024-06-01", 450.0],
            ["2024-06-01", "2025-06-01", 5000.0],
            ["2025-06-11", None, 1000.0],
        ],
        [["2022-01-10", "2022-09-01", "V2"], ["2022-09-01", None, "C2"]],
    )


@pytest.fixture(scope="module")
def bare():
    """In a placement, and nothing else is known."""
    return store([], [["2025-06-11", None, "fostering", "independent_fostering", None, False]], [], [])


def test_the_latest_words_of_each_kind_with_their_date(full):
    said = story.voice(full.one_child("a"))
    assert said == {
        "child_view": story.Said("I like it here.", date(2026, 1, 15)),
        "strengths": story.Said("Drawing", date(2024, 1, 1)),
        "goals": story.Said("Swim", date(2025, 1, 1)),
    }


def test_what_changed_at_each_move(full):
    first, second, third = story.moves(full.one_child("a"))
    assert first.from_stay is None and isnan(first.need_before)
    assert first.need_after == 21  # HIGH: 12 × 1 + 9, while still in that placement
    assert (second.on, second.from_stay.breakdown, second.from_stay.end_reason) == (
        date(2024, 6, 1),
        True,
        "CREQB",
    )
    assert (second.need_before, second.need_after) == (21, 26)
    assert (second.from_stay.fee_last_gbp, second.to_stay.fee_first_gbp) == (450, 5000)
    assert (third.need_before, third.need_after, third.days_between) == (26, 21, 10)
    assert (third.to_stay.need_first, third.to_stay.need_last) == (21, 13)


def test_change_is_against_the_last_assessment_150_days_older(full):
    changes = story.domain_changes(full.one_child("a"))
    assert story.earlier(full.one_child("a")) == 1  # 2025-11-30 is only 46 days before
    assert changes["change"].tolist() == [-1.0] * 13


@pytest.mark.parametrize(("later", "found"), [("2024-05-29", None), ("2024-05-30", 0)])
def test_150_days_is_the_limit(later, found):
    kept = store([["2024-01-01", LOW, None, None, None], [later, LOW, None, None, None]], [], [], [])
    assert story.earlier(kept.one_child("a")) == found  # 149 and 150 days


def test_an_earlier_date_knows_nothing_of_what_came_later(full):
    then = full.one_child("a", date(2024, 5, 31))
    (only,) = story.stays(then)
    assert (only.ended_on, only.breakdown, only.end_reason) == (None, False, None)
    assert [fee.ended_on for fee in story.fees(then)] == [date(2023, 4, 1), None]
    assert [each.total for each in story.assessed(then)] == [21]
    assert set(story.voice(then)) == {"child_view", "strengths"}


def test_a_placement_that_ends_on_the_date_has_ended(full):
    (first, second) = story.stays(full.one_child("a", date(2024, 6, 1)))
    assert first.breakdown and second.ended_on is None


def test_domains_over_time_hold_every_score(full):
    told = story.domains_over_time(full.one_child("a"))
    assert len(told) == 4 * 13
    last = told[told["domain"] == NEEDS.ids[-1]]
    assert last["score"].tolist() == [9, 2, 9, 1] and last["level"].tolist() == [3, 1, 3, 1]


def test_what_is_stale_or_missing(full, bare):
    known = story.missing(full.one_child("a"))
    assert known == story.Missing(75, False, False, False, False, ())
    assert story.missing(full.one_child("a", date(2025, 7, 4))).stale  # 184 days after 1 January
    assert not story.missing(full.one_child("a", date(2025, 7, 3))).stale
    nothing = story.missing(bare.one_child("a"))
    assert nothing == story.Missing(None, False, True, True, False, ("child_view", "strengths", "goals"))


def test_nobody_has_an_empty_history(full):
    nobody = full.one_child("nobody")
    assert story.moves(nobody) == story.assessed(nobody) == story.fees(nobody) == story.statuses(nobody) == []
    assert story.voice(nobody) == {} and story.domain_changes(nobody)["now"].isna().all()


def test_one_child_is_nobody_else(full):
    assert len(full.one_child("b").assessments) == 1 and len(full.one_child("a").assessments) == 4
