"""The lock: a table of minutes by hand, and a property against a slow model written from the rule's words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import attempts, open_ledger
from ledger.attempts import Locked

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def minute(m: float) -> datetime:
    return NOON + timedelta(minutes=m)


def is_let_try(ledger, m: float, name="ann", address="10.0.0.1") -> bool:
    try:
        attempts.begin(ledger, name, address, at=minute(m))
    except Locked:
        return False
    return True


@pytest.mark.parametrize(
    ("wrong_at", "then", "let"),
    [
        ((), 0, True),
        ((0, 1, 2, 3), 4, True),
        ((0, 1, 2, 3, 4), 5, False),
        ((0, 1, 2, 3, 4), 18.99, False),  # fifteen minutes from the fifth
        ((0, 1, 2, 3, 4), 19, True),
        ((0, 1, 2, 3, 15), 16, False),  # five within fifteen minutes
        ((0, 1, 2, 3, 15.01), 16, True),  # just not
        ((0, 0, 0, 0, 0), 1, False),
    ],
)
def test_the_lock_by_the_minute(ledger, wrong_at, then, let):
    for m in wrong_at:
        assert is_let_try(ledger, m)
    assert is_let_try(ledger, then) is let


def test_what_is_tried_under_a_lock_does_not_prolong_it(ledger):
    for m in range(5):
        is_let_try(ledger, m)
    assert not any(is_let_try(ledger, m) for m in (5, 8, 12, 18))
    assert is_let_try(ledger, 19)


def test_a_lock_holds_for_its_name_and_address_only(ledger):
    for m in range(5):
        is_let_try(ledger, m)
    assert is_let_try(ledger, 5, name="bob")
    assert is_let_try(ledger, 5, address="10.0.0.2")
    assert not is_let_try(ledger, 5)


def test_the_right_password_starts_the_count_again(ledger):
    for m in range(4):
        is_let_try(ledger, m)
    attempts.forget(ledger, "ann", "10.0.0.1")
    assert all(is_let_try(ledger, m) for m in (5, 6, 7, 8, 9))
    assert not is_let_try(ledger, 10)


def test_the_message_says_how_long(ledger):
    for m in range(5):
        is_let_try(ledger, m)
    with pytest.raises(Locked, match="Try again in 14 minutes"):
        attempts.check_lock(ledger, "ann", "10.0.0.1", at=minute(5))
    with pytest.raises(Locked, match=r"Try again in 1 minute\."):
        attempts.check_lock(ledger, "ann", "10.0.0.1", at=minute(18.5))
    attempts.check_lock(ledger, "ann", "10.0.0.1", at=minute(19))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.lists(st.integers(0, 12), min_size=1, max_size=25))
def test_the_lock_against_the_rule_in_words(tmp_path_factory, gaps):
    ledger = open_ledger(tmp_path_factory.mktemp("attempts"))
    counted: list[int] = []  # minutes of the wrong passwords that were let through
    locked_until = -1
    now = 0
    for gap in gaps:
        now += gap
        expected = now >= locked_until
        if expected:
            counted.append(now)
            if len([m for m in counted if now - m <= 15]) >= 5 and now - counted[-5] <= 15:
                locked_until = now + 15
        assert is_let_try(ledger, now) is expected
