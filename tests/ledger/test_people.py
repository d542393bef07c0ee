"""Accounts: adding, changing, and the changes that are refused."""

import sqlite3
import stat

import pytest

from ledger import activity, people
from ledger.demonstration import enable_demonstration_people
from ledger.people import find_person, list_people
from ledger.rights import NotAllowed, Right, Role
from vcore.errors import InvalidChoice, VcoreError


def test_adding_somebody(ledger, tmp_path):
    once = people.add_person(ledger, " A.Khan ", name="Aisha Khan", role="Director", authorities=["Ashford"])
    person = find_person(ledger, "a.khan")
    assert (person.username, person.name, person.role) == ("a.khan", "Aisha Khan", Role.DIRECTOR)
    assert person.authorities == ("Ashford",)
    assert (person.active, person.must_change_password, person.demonstration) == (True, True, False)
    kept = sqlite3.connect(tmp_path / "ledger.sqlite").execute("SELECT password_hash FROM people").fetchone()
    assert kept[0].startswith("$2b$") and once not in kept[0]
    assert [(line.who, line.what, line.detail) for line in activity.recent(ledger)] == [
        ("command line", "added an account", "a.khan (director)")
    ]


@pytest.mark.parametrize(
    ("limit", "authority", "is_for"),
    [
        (None, "North", True),
        (["North"], "North", True),
        (["nORTH", "South"], "North", True),
        (["North"], "South", False),
        (["North"], "North East", False),
    ],
)
def test_other_letters_make_no_other_authority(ledger, limit, authority, is_for):
    people.add_person(ledger, "ann", name="Ann", role="analyst", authorities=limit)
    assert find_person(ledger, "ann").is_for(authority) is is_for


def test_the_ledger_is_private_to_the_app(ledger, tmp_path):
    assert stat.S_IMODE((tmp_path / "ledger.sqlite").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"username": "a"}, "not a user name"),
        ({"username": "-ann"}, "not a user name"),
        ({"username": "ann smith"}, "not a user name"),
        ({"username": "x" * 65}, "not a user name"),
        ({"name": "  "}, "person's name"),
        ({"name": "x" * 101}, "person's name"),
        ({"role": "boss"}, "not a role"),
        ({"authorities": []}, "at least one authority"),
        ({"password": "short"}, "at least 12"),
    ],
)
def test_refused_accounts(ledger, changes, refusal):
    details = {"username": "ann", "name": "Ann", "role": "analyst"} | changes
    with pytest.raises(VcoreError, match=refusal):
        people.add_person(ledger, details.pop("username"), **details)
    assert list_people(ledger) == []


def test_a_name_is_taken_once(ledger, join):
    join("ann")
    with pytest.raises(VcoreError, match="'ann' is taken"):
        people.add_person(ledger, "ANN", name="Another", role="finance")


def test_an_unknown_name_is_answered_with_the_nearest(ledger, join):
    join("ann")
    with pytest.raises(InvalidChoice, match="Did you mean 'ann'"):
        people.set_active(ledger, "anne", False)


def test_changes_are_kept_and_logged(ledger, join):
    join("ann")
    people.set_role(ledger, "ann", "finance", by="boss")
    people.set_authorities(ledger, "ann", ["Ashford", "Beckford"], by="boss")
    people.set_active(ledger, "ann", False, by="boss")
    ann = find_person(ledger, "ann")
    assert (ann.role, ann.authorities, ann.active) == (Role.FINANCE, ("Ashford", "Beckford"), False)
    people.set_authorities(ledger, "ann", None)
    assert find_person(ledger, "ann").authorities is None
    assert [line.what for line in activity.recent(ledger, 4)][::-1] == [
        "set the role to finance",
        "set the authorities",
        "closed an account",
        "set the authorities",
    ]


def test_the_last_administrator_stays(ledger, join):
    join("root", "administrator")
    for change in (
        lambda: people.set_active(ledger, "root", False),
        lambda: people.set_role(ledger, "root", "analyst"),
    ):
        with pytest.raises(VcoreError, match="last administrator"):
            change()
    assert find_person(ledger, "root").role is Role.ADMINISTRATOR
    assert find_person(ledger, "root").active
    join("second", "administrator")
    people.set_active(ledger, "root", False)
    assert not find_person(ledger, "root").active


def test_rights_come_with_the_role(ledger, join):
    join("dir", "director")
    person = find_person(ledger, "dir")
    person.require(Right.SEE_COHORTS)
    with pytest.raises(NotAllowed, match="see children one by one"):
        person.require(Right.SEE_CHILDREN)


def test_a_demonstration_administrator_does_not_count_as_the_last(ledger, join):
    join("root", "administrator")
    enable_demonstration_people(ledger)
    with pytest.raises(VcoreError, match="last administrator"):
        people.set_active(ledger, "root", False)
