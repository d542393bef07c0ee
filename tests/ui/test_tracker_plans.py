"""Lines of decisions: where they begin and close, what they plan and how far they have come."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from ledger.decision_states import REASONS, STATES, State
from ledger.decisions import Decision
from ui.tracker_plans import MEANS, OPEN, Line, Status, lines, plans, reason_words
from vcore.facts.assumptions import value

BEGAN = date(2024, 1, 1)


def decision(state, *, on=date(2025, 4, 15), child="a", start=None, weekly=None, placement=BEGAN):
    state = State(state)
    reason = next(iter(REASONS.get(state, {"": ""})))
    return Decision(
        1, child, "North", placement, state, reason, "", "ann", datetime(2025, 4, 15, tzinfo=UTC), on, None, start, "",
        weekly, "Ann",
    )  # fmt: skip


def cut(*states):
    return [
        [str(each.state) for each in line.decisions] for line in lines({"a": [decision(s) for s in states]})
    ]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["suitable"], [["suitable"]]),
        (["not_suitable"], [["not_suitable"]]),
        (["needs_more", "suitable", "agreed", "moved"], [["needs_more", "suitable", "agreed", "moved"]]),
        (["suitable", "ended", "needs_more"], [["suitable", "ended"], ["needs_more"]]),
        (["not_suitable", "ended", "suitable"], [["not_suitable"], ["ended"], ["suitable"]]),
        (
            ["suitable", "moved", "not_suitable", "suitable"],
            [["suitable", "moved", "not_suitable", "suitable"]],
        ),
        (["moved", "ended", "suitable"], [["moved", "ended"], ["suitable"]]),
        ([], []),
    ],
)
def test_a_line_closes_with_not_suitable_and_ended(states, expected):
    assert cut(*states) == expected


def test_only_a_childs_latest_line_is_its_last():
    made = lines({"a": [decision("ended"), decision("suitable")], "b": [decision("agreed", child="b")]})
    assert [(line.child_id, line.last) for line in made] == [("a", False), ("a", True), ("b", True)]


@pytest.mark.parametrize(
    ("states", "expected"),
    [  # a 2: about the placement after
        (["suitable", "suitable 2"], [["suitable"], ["suitable"]]),
        (["agreed", "moved 2"], [["agreed", "moved"]]),
        (["agreed", "ended 2"], [["agreed", "ended"]]),
        (["agreed", "moved", "needs_more 2"], [["agreed", "moved", "needs_more"]]),
    ],
)
def test_another_placement_begins_a_line_unless_the_move_to_it_was_recorded(states, expected):
    made = [decision(s.split()[0], placement=date(2025, 6, 1) if "2" in s else BEGAN) for s in states]
    assert [[str(each.state) for each in line.decisions] for line in lines({"a": made})] == expected


def test_a_line_counts_no_more_once_it_is_closed_or_another_follows():
    about = [decision("agreed"), decision("suitable", on=date(2025, 7, 1), placement=date(2025, 6, 1))]
    assert [line.ended_on for line in lines({"a": about})] == [date(2025, 7, 1), None]
    ended = [
        decision("moved"),
        decision("ended", on=date(2025, 8, 1)),
        decision("suitable", on=date(2025, 9, 1)),
    ]
    assert [line.ended_on for line in lines({"a": ended})] == [date(2025, 8, 1), None]


@pytest.mark.parametrize(
    ("state", "delivered", "status"),
    [
        ("needs_more", False, Status.IDENTIFIED),
        ("suitable", False, Status.EVIDENCED),
        ("agreed", False, Status.AGREED),
        ("moved", False, Status.AGREED),  # said, but no load shows it
        ("moved", True, Status.DELIVERED),
        ("not_suitable", False, Status.CLOSED),
        ("ended", False, Status.CLOSED),
        ("ended", True, Status.CLOSED),
    ],
)
def test_how_far_a_line_has_come(state, delivered, status):
    assert Line((decision(state),), None).status(delivered=delivered) is status


def test_every_state_has_a_status_and_every_open_status_a_meaning_and_a_weight():
    assert all(Line((decision(state),), None).status(delivered=False) for state in STATES)
    assert set(MEANS) == set(OPEN)
    assert [value(f"{status}_share") for status in OPEN] == [0.25, 0.5, 0.75, 1.0]


def test_the_plan_is_the_last_that_was_said_and_only_once_agreed():
    first = decision("suitable", start=date(2025, 6, 1), weekly=100.0)
    agreed = decision("agreed", start=date(2025, 7, 1), weekly=0.0, on=date(2025, 5, 1))
    moved = decision("moved", on=date(2025, 8, 1), placement=date(2025, 7, 20))
    ended = decision("ended", on=date(2025, 9, 1))
    found = plans(
        [Line((first,), None), Line((first, agreed, moved), None), Line((first, agreed, ended), None)]
    )
    assert found["weekly_saving_gbp"].tolist()[1:] == [0.0, 0.0] and pd.isna(found["weekly_saving_gbp"][0])
    assert pd.isna(found["planned_start"][0]) and found["planned_start"][1] == pd.Timestamp(2025, 7, 1)
    assert set(found["placement_started_on"]) == {pd.Timestamp(BEGAN)}
    assert set(found["baseline_on"]) == {pd.Timestamp(2025, 4, 15)}
    assert pd.isna(found["until"][1]) and found["until"][2] == pd.Timestamp(2025, 9, 1)
    assert found["said_moved"].tolist() == [False, True, False]
    assert Line((first,), None).weekly_saving_gbp == 100.0
    assert plans([]).dtypes.equals(found.dtypes)


def test_why_a_line_was_closed():
    assert reason_words(decision("not_suitable")) == "This home works for the child"
