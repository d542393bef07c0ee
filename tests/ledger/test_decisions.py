"""Decisions: what may be written down, in what order, by whom, and what happens when two people decide at once."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import create_engine, delete, inspect, text

from ledger import activity, decisions, open_ledger
from ledger.book import FILE, now
from ledger.decisions import STATES, DecidedMeanwhile, State
from ledger.people import find_person
from ledger.rights import NotAllowed
from ledger.tables import DECISIONS
from vcore.errors import InvalidChoice, VcoreError

BEGAN = date(2025, 1, 10)
CHILD = "c1" * 32
AGREED = {
    "planned_start": date(2026, 5, 1),
    "weekly_saving_gbp": 1_000.0,
    "destination": "in_house_fostering",
}


@pytest.fixture
def person(ledger, join):
    """Somebody of a role, who can sign in."""

    def person(username, role="commissioner", **details):
        join(username, role, **details)
        return find_person(ledger, username)

    return person


def decide(ledger, who, state="suitable", child=CHILD, *, seen=None, **details):
    details = {"authority": "North", "placement_started": BEGAN} | details
    return decisions.record(ledger, who, child, state, seen=seen, **details)


def test_a_decision_comes_back_as_it_was_written(ledger, person):
    ann = person("ann")
    written = decide(
        ledger, ann, "agreed", note=" A carer is found. ", decided_on=date(2026, 3, 2), next_date=date(2026, 4, 2), **AGREED
    )  # fmt: skip
    (found,) = decisions.history(ledger, CHILD)
    assert found == written
    assert (found.state, found.note, found.who, found.who_name, found.decided_on, found.next_date) == (
        State.AGREED, "A carer is found.", "ann", "Ann", date(2026, 3, 2), date(2026, 4, 2),
    )  # fmt: skip
    assert (found.planned_start, found.weekly_saving_gbp, found.destination) == (
        date(2026, 5, 1), 1_000.0, "in_house_fostering",
    )  # fmt: skip
    assert abs(now() - found.at) < timedelta(minutes=1)


def test_later_decisions_stand_after_earlier_ones_and_the_last_one_counts(ledger, person):
    ann, bob = person("ann"), person("bob", "analyst")
    first = decide(ledger, ann, "needs_more")
    second = decide(ledger, bob, "suitable", seen=first.id)
    other = decide(ledger, ann, "not_suitable", child="c2", reason="childs_wishes")
    assert decisions.history(ledger, CHILD) == [first, second]
    assert decisions.latest(ledger, [CHILD, "c2", "unknown"]) == {CHILD: second, "c2": other}
    assert decisions.history(ledger, "unknown") == []
    assert other.told == "not suitable: the child wants to stay"


def test_many_children_are_asked_for_at_once(ledger, person):
    ann = person("ann")
    decide(ledger, ann, child="1100")
    assert set(decisions.latest(ledger, (f"{n}" for n in range(1_200)))) == {"1100"}


def test_the_activity_says_what_and_never_of_whom(ledger, person):
    decide(ledger, person("ann"), "not_suitable", reason="siblings", note="stays with two others")
    line = activity.recent(ledger, 1)[0]
    assert (line.who, line.what, line.detail) == ("ann", "recorded a decision", "not suitable")


TODAY = now().date()
REFUSED = [
    ("perhaps", {}, "'perhaps' is not a decision"),
    ("not_suitable", {}, "Say why it is “not suitable”"),
    ("ended", {}, "Say why it is “ended”"),
    ("not_suitable", {"reason": "no_home"}, "not a reason"),
    ("suitable", {"reason": "siblings"}, "takes no reason from the list"),
    ("not_suitable", {"reason": "other", "note": "  "}, "needs words"),
    ("suitable", {"note": "x" * 501}, "at most 500"),
    ("suitable", {"decided_on": TODAY + timedelta(days=1)}, "a day to come"),
    ("suitable", {"decided_on": BEGAN - timedelta(days=1)}, "began on 10 January 2025"),
    ("suitable", {"decided_on": TODAY, "next_date": TODAY - timedelta(days=1)}, "before the decision"),
    ("agreed", {}, "needs a planned start"),
    ("agreed", {**AGREED, "planned_start": None}, "needs a planned start"),
    ("agreed", {**AGREED, "weekly_saving_gbp": None}, "needs a planned start"),
    ("agreed", {**AGREED, "weekly_saving_gbp": 100_000.01}, "between"),
    ("agreed", {**AGREED, "weekly_saving_gbp": float("nan")}, "between"),
]


@pytest.mark.parametrize(("state", "details", "why"), REFUSED)
def test_what_is_missing_or_cannot_be_is_refused_and_nothing_is_written(ledger, person, state, details, why):
    with pytest.raises(VcoreError, match=why):
        decide(ledger, person("ann"), state, **details)
    assert decisions.history(ledger, CHILD) == []
    assert activity.recent(ledger, 1)[0].what != "recorded a decision"


ALLOWED = [
    ("not_suitable", {"reason": "other", "note": "in words"}),
    ("ended", {"reason": "no_home"}),
    ("suitable", {"note": "x" * 500}),
    ("suitable", {"decided_on": BEGAN}),
    ("suitable", {"decided_on": TODAY, "next_date": TODAY}),
    ("agreed", {**AGREED, "weekly_saving_gbp": 0.0}),
    ("agreed", {**AGREED, "weekly_saving_gbp": -100_000.0}),
    ("moved", {}),
    ("needs_more", {}),
]


@pytest.mark.parametrize(("state", "details"), ALLOWED)
def test_what_just_holds_is_written(ledger, person, state, details):
    assert decide(ledger, person("ann"), state, **details).state == state


def test_every_state_is_tried_above():
    assert {state for state, _ in ALLOWED} | {"suitable"} == set(STATES)


@pytest.mark.parametrize("role", ["director", "finance", "administrator"])
def test_only_who_may_see_children_decides_or_lists(ledger, person, role):
    them = person("dee", role)
    with pytest.raises(NotAllowed):
        decide(ledger, them)
    with pytest.raises(NotAllowed):
        decisions.decided(ledger, them, ["North"])


def test_authorities_of_an_account_are_its_limit(ledger, person):
    ann, bob = person("ann", authorities=["North"]), person("bob")
    decide(ledger, ann)
    decide(ledger, bob, child="s", authority="South")
    with pytest.raises(VcoreError, match="another authority's: your account decides about children of North"):
        decide(ledger, ann, child="s2", authority="South")
    assert set(decisions.decided(ledger, ann, ["North", "South"])) == {CHILD}
    assert set(decisions.decided(ledger, bob, ["North", "South"])) == {CHILD, "s"}
    assert set(decisions.decided(ledger, bob, ["South", "Elsewhere"])) == {"s"}


def test_who_decides_on_what_somebody_else_changed_meanwhile_is_told_and_can_go_on(ledger, person):
    ann, bob = person("ann"), person("bob")
    first = decide(ledger, ann, "needs_more")
    second = decide(ledger, bob, "not_suitable", reason="education", seen=first.id)
    with pytest.raises(
        DecidedMeanwhile, match=r"Meanwhile Bob wrote “not suitable: school or exams come first” on .* at .*record yours again"
    ) as refusal:  # fmt: skip
        decide(ledger, ann, "suitable", seen=first.id)
    assert refusal.value.others == [second]
    assert decisions.history(ledger, CHILD) == [first, second]
    third = decide(ledger, ann, "suitable", seen=second.id)
    assert decisions.history(ledger, CHILD) == [first, second, third]


def test_nobody_had_decided_when_the_form_was_drawn(ledger, person):
    ann, bob = person("ann"), person("bob")
    decide(ledger, bob, "suitable")
    decide(ledger, bob, "needs_more", seen=decisions.latest(ledger, [CHILD])[CHILD].id)
    with pytest.raises(DecidedMeanwhile) as refusal:
        decide(ledger, ann, "suitable", seen=None)
    assert [each.state for each in refusal.value.others] == ["suitable", "needs_more"]


def test_of_many_at_the_same_moment_one_is_written(ledger, person):
    ann, start, refused, written = person("ann"), Barrier(6), [], []

    def one():
        start.wait()
        try:
            written.append(decide(ledger, ann))
        except DecidedMeanwhile as refusal:
            refused.append(refusal)

    threads = [Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(written), len(refused)) == (1, 5)
    assert decisions.history(ledger, CHILD) == written
    assert all(refusal.others == written for refusal in refused)


def test_a_ledger_from_before_decisions_gets_their_table_and_loses_nothing(ledger, person, tmp_path):
    person("ann")
    with create_engine(f"sqlite:///{tmp_path / FILE}").begin() as connection:
        connection.execute(text("DROP TABLE decisions"))
    again = open_ledger(tmp_path)
    assert "decisions" in inspect(again.engine).get_table_names()
    decide(again, find_person(again, "ann"))
    assert [each.who_name for each in decisions.history(open_ledger(tmp_path), CHILD)] == ["Ann"]


def test_a_line_of_somebody_no_longer_here_keeps_their_user_name(ledger, person):
    ann = person("ann")
    decide(ledger, ann)
    with ledger.engine.begin() as connection:
        connection.execute(delete(DECISIONS.metadata.tables["people"]))
    assert decisions.history(ledger, CHILD)[0].who_name == "ann"


def test_an_unknown_state_names_the_nearest(ledger, person):
    with pytest.raises(InvalidChoice, match="suitable"):
        decide(ledger, person("ann"), "suitible")
