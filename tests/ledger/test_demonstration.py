"""Demonstration accounts: one a role, only beside fictional data, and unable to reach further."""

import bcrypt
import pytest

from ledger import credentials, people, safeguards, sign_ins
from ledger.demonstration import (
    PASSWORD,
    disable_demonstration_people,
    enable_demonstration_people,
    shared_people,
)
from ledger.people import find_person
from ledger.rights import Role
from vcore.errors import RefusedLoad, VcoreError


def test_one_for_each_role_with_the_password_on_the_page(ledger):
    enable_demonstration_people(ledger)
    shown = shared_people(ledger)
    assert [person.role for person in shown] == list(Role)
    assert not any(person.must_change_password for person in shown)
    for person, password_hash in credentials.password_hashes(ledger).values():
        assert person.demonstration
        assert bcrypt.checkpw(PASSWORD.encode(), password_hash.encode())


def test_opening_and_closing_can_be_repeated(ledger):
    for _ in range(2):
        enable_demonstration_people(ledger)
        enable_demonstration_people(ledger)
        assert len(shared_people(ledger)) == 5
        disable_demonstration_people(ledger)
        disable_demonstration_people(ledger)
        assert shared_people(ledger) == []
        assert credentials.password_hashes(ledger) == {}


def test_closing_ends_their_sign_ins_and_nobody_else_s(ledger, join):
    join("ann")
    enable_demonstration_people(ledger)
    theirs = sign_ins.start(ledger, "demo-director", "10.0.0.1").sign_in
    hers = sign_ins.start(ledger, "ann", "10.0.0.1").sign_in
    disable_demonstration_people(ledger)
    enable_demonstration_people(ledger)
    assert sign_ins.standing(ledger, theirs) is None
    assert sign_ins.standing(ledger, hers) is not None


def test_the_shared_accounts_stay_as_shown(ledger):
    enable_demonstration_people(ledger)
    for change in (
        lambda: people.set_active(ledger, "demo-director", False),
        lambda: people.set_role(ledger, "demo-director", "analyst", by="demo-administrator"),
        lambda: credentials.reset_password(ledger, "demo-director"),
        lambda: credentials.change_password(ledger, "demo-director", PASSWORD, "walnut river seven"),
    ):
        with pytest.raises(VcoreError, match="stays as the sign-in page shows it"):
            change()


def test_a_demonstration_administrator_leaves_nothing_for_real_data(ledger, join):
    join("root", "administrator")
    enable_demonstration_people(ledger)
    by = "demo-administrator"
    people.add_person(ledger, "planted", name="Planted", role="administrator", by=by)
    assert find_person(ledger, "planted").demonstration
    for change in (
        lambda: people.set_role(ledger, "root", "analyst", by=by),
        lambda: people.set_active(ledger, "root", False, by=by),
        lambda: credentials.reset_password(ledger, "root", by=by),
    ):
        with pytest.raises(VcoreError, match="demonstration accounts only"):
            change()
    with pytest.raises(VcoreError, match="may not record"):
        safeguards.record_assessment_reference(ledger, "DPIA-1", by=by)
    disable_demonstration_people(ledger)
    assert not find_person(ledger, "planted").active
    with pytest.raises(VcoreError, match="made in a demonstration"):
        people.set_active(ledger, "planted", True, by="root")
    assert find_person(ledger, "root").active


def test_a_planted_administrator_does_not_count_for_real_data(ledger):
    enable_demonstration_people(ledger)
    people.add_person(ledger, "planted", name="P", role="administrator", by="demo-administrator")
    safeguards.record_assessment_reference(ledger, "DPIA-1")
    with pytest.raises(RefusedLoad, match="administrator of your own"):
        safeguards.may_load_real_data(ledger)
