"""Changing a password: by its owner, and by an administrator for who forgot it."""

import bcrypt
import pytest

from ledger import attempts, credentials, people, sign_ins
from ledger.people import find_person
from tests.ledger.conftest import OWN_PASSWORD
from vcore.errors import VcoreError

NEW = "walnut river seven"


def opens(ledger, username, password) -> bool:
    return bcrypt.checkpw(password.encode(), credentials.password_hashes(ledger)[username][1].encode())


def test_the_first_password_is_changed_by_its_owner(ledger):
    once = people.add_person(ledger, "ann", name="Ann", role="analyst")
    assert opens(ledger, "ann", once)
    credentials.change_password(ledger, "ann", once, NEW)
    assert opens(ledger, "ann", NEW) and not opens(ledger, "ann", once)
    assert not find_person(ledger, "ann").must_change_password


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("not it at all", NEW, "present password is not right"),
        ("x" * 73, NEW, "present password is not right"),
        (OWN_PASSWORD, OWN_PASSWORD, "this is the one you have"),
        (OWN_PASSWORD, "too short", "at least 12"),
        (OWN_PASSWORD, "I am ann of Ashford", "user name"),
    ],
)
def test_refused_changes_leave_the_old_password(ledger, join, old, new, refusal):
    join("ann")
    with pytest.raises(VcoreError, match=refusal):
        credentials.change_password(ledger, "ann", old, new)
    assert opens(ledger, "ann", OWN_PASSWORD)


def test_a_change_signs_out_everywhere_else(ledger, join):
    join("ann")
    here, there = (sign_ins.start(ledger, "ann", "10.0.0.1").sign_in for _ in range(2))
    credentials.change_password(ledger, "ann", OWN_PASSWORD, NEW, keep=here)
    assert sign_ins.standing(ledger, here) is not None
    assert sign_ins.standing(ledger, there) is None


def test_a_reset_signs_out_unlocks_and_asks_for_a_new_one(ledger, join):
    join("ann")
    sign_in = sign_ins.start(ledger, "ann", "10.0.0.1").sign_in
    for _ in range(5):
        attempts.begin(ledger, "ann", "10.0.0.1")
    once = credentials.reset_password(ledger, "ann", by="boss")
    assert opens(ledger, "ann", once) and not opens(ledger, "ann", OWN_PASSWORD)
    assert find_person(ledger, "ann").must_change_password
    assert sign_ins.standing(ledger, sign_in) is None
    attempts.check_lock(ledger, "ann", "10.0.0.1")  # raises while locked


def test_closed_accounts_hand_out_no_hash(ledger, join):
    join("ann")
    people.set_active(ledger, "ann", False)
    assert credentials.password_hashes(ledger) == {}
