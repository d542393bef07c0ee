"""The right to turn pseudonyms back: given to a person, beside their role, by somebody else."""

import pytest

from ledger import activity
from ledger.grants import allow_naming
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
