"""What is kept when somebody opens a child or a list: exactly who, what, whom and by which filter."""

import pytest

from ledger import activity, openings
from ledger.people import find_person
from ledger.rights import NotAllowed

WORDS = "children in residential"


@pytest.fixture
def ann(ledger, join):
    join("ann", "analyst")
    return find_person(ledger, "ann")


def kept(ledger):
    return [
        (line.who, line.what, line.child_id, line.children, line.cohort, line.reason)
        for line in openings.recent(ledger)
    ]


def activities(ledger):
    return [(line.who, line.what, line.detail) for line in activity.recent(ledger, 1)]


def test_a_child(ledger, ann):
    openings.record_children(ledger, ann, ["7f3a0000"], WORDS)
    assert kept(ledger) == [("ann", "opened a child", "7f3a0000", 1, WORDS, "")]
    assert activities(ledger) == [("ann", "opened a child", WORDS)]


def test_a_list_names_nobody(ledger, ann):
    openings.record_list(ledger, ann, 141, WORDS)
    assert kept(ledger) == [("ann", "opened a list of children", None, 141, WORDS, "")]
    assert activities(ledger) == [("ann", "opened a list of children", f"141 children · {WORDS}")]


def test_a_pack_has_a_line_a_child_and_one_activity(ledger, ann):
    before = len(activity.recent(ledger))
    openings.record_children(ledger, ann, ["aaaa", "bbbb"], WORDS, what="took a huddle pack", reason="panel")
    assert kept(ledger) == [
        ("ann", "took a huddle pack", child_id, 1, WORDS, "panel") for child_id in ("bbbb", "aaaa")
    ]
    assert activities(ledger) == [("ann", "took a huddle pack", f"2 children · {WORDS}")]
    assert len(activity.recent(ledger)) == before + 1


def test_the_activity_never_names_a_child(ledger, ann):
    openings.record_children(ledger, ann, ["7f3a0000"], WORDS, reason="about 7f3a0000")
    assert not any("7f3a" in f"{line.what}{line.detail}" for line in activity.recent(ledger))


def test_who_opened_one_child(ledger, ann):
    openings.record_children(ledger, ann, ["aaaa"], WORDS)
    openings.record_children(ledger, ann, ["bbbb"], WORDS)
    openings.record_children(ledger, ann, ["aaaa"], "everyone")
    assert [line.cohort for line in openings.of_child(ledger, "aaaa")] == ["everyone", WORDS]


def test_nobody_opened_leaves_no_line(ledger, ann):
    before = activity.recent(ledger)
    openings.record_children(ledger, ann, [], WORDS)
    assert kept(ledger) == [] and activity.recent(ledger) == before


@pytest.mark.parametrize("role", ["finance", "director", "administrator"])
def test_only_for_those_who_see_children(ledger, join, role):
    join("ben", role)
    ben = find_person(ledger, "ben")
    with pytest.raises(NotAllowed):
        openings.record_children(ledger, ben, ["aaaa"], WORDS)
    with pytest.raises(NotAllowed):
        openings.record_list(ledger, ben, 3, WORDS)
    assert kept(ledger) == []
