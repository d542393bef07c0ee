"""Rights given to a person, beside their role, by somebody else: to turn pseudonyms back, to see children."""

import pytest

from ledger import activity
from ledger.grants import allow_child_level, allow_naming
from ledger.people import find_person, list_people, set_role
from ledger.rights import BY_PERSON, RIGHTS, NotAllowed, Right
from vcore.errors import VcoreError


def test_no_role_has_it():
    assert all(not BY_PERSON & RIGHTS[role] for role in RIGHTS)


def test_given_and_taken_away(ledger, join):
    join("ann", "commissioner")
    join("ben", "commissioner")
    allow_naming(ledger, "Ann ", True, by="root")
    assert Right.NAME_CHILDREN in find_person(ledger, "ann").rights
    assert {person.username: person.may_name_children for person in list_people(ledger)} == {
        "ann": True,
        "ben": False,
    }
    allow_naming(ledger, "ann", True, by="root")  # again: no harm
    allow_naming(ledger, "ann", False, by="root")
    assert Right.NAME_CHILDREN not in find_person(ledger, "ann").rights
    lines = [(line.who, line.what, line.detail) for line in activity.recent(ledger, 3)]
    assert lines == [
        ("root", "no longer allowed to name children", "ann"),
        ("root", "allowed to name children", "ann"),
        ("root", "allowed to name children", "ann"),
    ]


@pytest.mark.parametrize("role", ["finance", "director", "administrator"])
def test_not_in_a_role_that_sees_no_children(ledger, join, role):
    join("ann", role)
    with pytest.raises(VcoreError, match="sees no children as"):
        allow_naming(ledger, "ann", True, by="root")
    join("ben", "analyst")
    allow_naming(ledger, "ben", True, by="root")
    set_role(ledger, "ben", role)
    with pytest.raises(NotAllowed, match="given to single people"):
        find_person(ledger, "ben").require(Right.NAME_CHILDREN)


def test_nobody_gives_it_to_themselves(ledger, join):
    join("ann", "commissioner")
    with pytest.raises(VcoreError, match="themselves"):
        allow_naming(ledger, "ann", True, by="ann")
    assert not find_person(ledger, "ann").may_name_children


WHY = "chairs the resource panel"


def test_a_named_director_sees_children_and_no_longer(ledger, join):
    join("dee", "director")
    join("dan", "director")
    allow_child_level(ledger, " Dee", True, WHY, by="root")
    assert find_person(ledger, "dee").rights == {Right.SEE_COHORTS, Right.SEE_CHILDREN, Right.UNSUPPRESSED}
    assert find_person(ledger, "dan").rights == {Right.SEE_COHORTS}
    set_role(ledger, "dee", "finance")
    assert Right.SEE_CHILDREN not in find_person(ledger, "dee").rights
    set_role(ledger, "dee", "director")
    allow_child_level(ledger, "dee", False, by="root")
    assert find_person(ledger, "dee").rights == {Right.SEE_COHORTS}
    lines = [(line.who, line.what, line.detail) for line in activity.recent(ledger, 4)]
    assert lines[0] == ("root", "no longer allowed to see children", "dee")
    assert lines[3] == ("root", "allowed to see children", "dee: chairs the resource panel")


@pytest.mark.parametrize(
    ("role", "reason", "by", "refusal"),
    [
        ("finance", WHY, "root", "only a director may see children"),
        ("administrator", WHY, "root", "only a director may see children"),
        ("commissioner", WHY, "root", "sees children already, as commissioner"),
        ("director", " because  ", "root", "Give the reason"),
        ("director", WHY, "dee", "themselves"),
    ],
)
def test_child_level_is_refused_to_others_and_without_a_reason(ledger, join, role, reason, by, refusal):
    join("dee", role)
    before = find_person(ledger, "dee")
    with pytest.raises(VcoreError, match=refusal):
        allow_child_level(ledger, "dee", True, reason, by=by)
    assert find_person(ledger, "dee") == before


def test_a_director_who_sees_children_cannot_name_one(ledger, join):
    join("dee", "director")
    allow_child_level(ledger, "dee", True, WHY, by="root")
    with pytest.raises(VcoreError, match="sees no children as director"):
        allow_naming(ledger, "dee", True, by="root")


def test_what_was_given_beside_a_role_ends_with_it(ledger, join):
    """Who comes back to the role is asked for the reason again."""
    join("dee", "director")
    allow_child_level(ledger, "dee", True, WHY, by="root")
    set_role(ledger, "dee", "director", by="root")
    assert Right.SEE_CHILDREN in find_person(ledger, "dee").rights  # the same role: nothing changes
    set_role(ledger, "dee", "finance", by="root")
    set_role(ledger, "dee", "director", by="root")
    assert Right.SEE_CHILDREN not in find_person(ledger, "dee").rights
