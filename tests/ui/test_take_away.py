"""A file to take away: made when asked for, for whose sign-in still stands, and put on record with them."""

from __future__ import annotations

from functools import partial

import pytest

from ledger import activity, sign_ins
from tests.ui.doorstep import cookie_of, join
from ui import session, take_away
from ui.session import NotSignedIn

RECORD = take_away.line("downloaded a table", "spend-by-setting")


@pytest.fixture
def ann(ledger, monkeypatch) -> str:
    """Ann's sign-in."""
    monkeypatch.setattr(session, "ledger", lambda: ledger)
    join(ledger, "ann", "commissioner")
    found = sign_ins.sign_in_of(ledger, cookie_of(ledger, "ann"))
    assert found is not None
    return found


def lines(ledger) -> list[tuple[str, str, str]]:
    return [(one.who, one.what, one.detail) for one in activity.recent(ledger) if "downloaded" in one.what]


def test_the_file_is_handed_over_and_its_taking_kept_each_time(ledger, ann):
    for times in (1, 2):
        assert take_away.taken(lambda: b"a file", RECORD, ann) == b"a file"
        assert lines(ledger) == [("ann", "downloaded a table", "spend-by-setting")] * times


@pytest.mark.parametrize("sign_in", [None, "nobody"])
def test_a_stranger_gets_nothing_and_nothing_is_made(ledger, ann, sign_in):
    with pytest.raises(NotSignedIn):
        take_away.taken(partial(pytest.fail, "made for a stranger"), RECORD, sign_in)
    assert lines(ledger) == []


def test_whoever_has_signed_out_since_gets_nothing(ledger, ann):
    sign_ins.end(ledger, ann)
    with pytest.raises(NotSignedIn):
        take_away.taken(partial(pytest.fail, "made for somebody signed out"), RECORD, ann)


def test_what_could_not_be_made_is_not_on_record(ledger, ann):
    with pytest.raises(ZeroDivisionError):
        take_away.taken(lambda: bytes(1 // 0), RECORD, ann)
    assert lines(ledger) == []
