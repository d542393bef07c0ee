"""Sign-ins: from the ticket to the cookie to the end, and everything that ends them early."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from ledger import activity, people, sign_ins
from ledger.rights import Role

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def ann(ledger, join):
    join("ann")
    return sign_ins.start(ledger, "ann", "10.0.0.1")


def test_a_ticket_is_worth_one_cookie(ledger, ann):
    assert sign_ins.cookie_is_waiting(ledger, ann.sign_in)
    cookie = sign_ins.collect_cookie(ledger, ann.secret)
    assert cookie is not None
    assert not sign_ins.cookie_is_waiting(ledger, ann.sign_in)
    assert sign_ins.sign_in_of(ledger, cookie) == ann.sign_in
    assert sign_ins.collect_cookie(ledger, ann.secret) is None


@pytest.mark.parametrize(("seconds", "worth"), [(0, True), (119, True), (120, False), (3600, False)])
def test_a_ticket_lasts_two_minutes(ledger, join, seconds, worth):
    join("ann")
    ticket = sign_ins.start(ledger, "ann", "10.0.0.1", at=NOON)
    cookie = sign_ins.collect_cookie(ledger, ticket.secret, at=NOON + timedelta(seconds=seconds))
    assert (cookie is not None) is worth


def test_what_nobody_was_given_opens_nothing(ledger, ann):
    assert sign_ins.collect_cookie(ledger, "") is None
    assert sign_ins.collect_cookie(ledger, "guess") is None
    assert sign_ins.sign_in_of(ledger, "guess") is None
    assert sign_ins.sign_in_of(ledger, ann.secret) is None
    assert sign_ins.standing(ledger, "guess") is None


def test_a_copied_cookie_dies_at_sign_out(ledger, ann):
    copied = sign_ins.collect_cookie(ledger, ann.secret)
    assert sign_ins.standing(ledger, sign_ins.sign_in_of(ledger, copied)).username == "ann"
    sign_ins.end(ledger, ann.sign_in)
    assert sign_ins.standing(ledger, sign_ins.sign_in_of(ledger, copied)) is None


def test_signing_out_before_the_cookie_was_collected_spends_the_ticket(ledger, ann):
    sign_ins.end(ledger, ann.sign_in)
    assert sign_ins.collect_cookie(ledger, ann.secret) is None


@pytest.mark.parametrize(("hours", "running"), [(0, True), (11.99, True), (12, False), (100, False)])
def test_a_sign_in_lasts_twelve_hours(ledger, join, hours, running):
    join("ann")
    ticket = sign_ins.start(ledger, "ann", "10.0.0.1", at=NOON)
    standing = sign_ins.standing(ledger, ticket.sign_in, at=NOON + timedelta(hours=hours))
    assert (standing is not None) is running


def test_a_change_of_the_account_shows_at_the_next_look(ledger, ann):
    people.set_role(ledger, "ann", "finance")
    assert sign_ins.standing(ledger, ann.sign_in).role is Role.FINANCE
    people.set_active(ledger, "ann", False)
    assert sign_ins.standing(ledger, ann.sign_in) is None
    people.set_active(ledger, "ann", True)
    assert sign_ins.standing(ledger, ann.sign_in).username == "ann"


def test_the_ledger_keeps_no_secret(ledger, ann, tmp_path):
    cookie = sign_ins.collect_cookie(ledger, ann.secret)
    kept = " ".join(map(str, sqlite3.connect(tmp_path / "ledger.sqlite").execute("SELECT * FROM sign_ins")))
    assert ann.sign_in in kept
    assert cookie not in kept and ann.secret not in kept


def test_coming_and_going_is_logged_once(ledger, ann):
    sign_ins.end(ledger, ann.sign_in)
    sign_ins.end(ledger, ann.sign_in)
    lines = [(line.who, line.what, line.detail) for line in activity.recent(ledger, 2)]
    assert lines == [("ann", "signed out", ""), ("ann", "signed in", "from 10.0.0.1")]
