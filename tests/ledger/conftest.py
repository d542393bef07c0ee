"""A ledger of one's own for each test, with bcrypt's slowness taken out."""

import pytest

from ledger import open_ledger, passwords
from ledger.credentials import change_password
from ledger.people import add_person

OWN_PASSWORD = "harbour lantern fig"


@pytest.fixture(autouse=True)
def quick_bcrypt(monkeypatch):
    monkeypatch.setattr(passwords, "_ROUNDS", 4)


@pytest.fixture
def ledger(tmp_path):
    return open_ledger(tmp_path)


@pytest.fixture
def join(ledger):
    """Adds somebody who has chosen a password of their own."""

    def join(username, role="analyst", **details):
        once = add_person(ledger, username, name=username.title(), role=role, **details)
        change_password(ledger, username, once, OWN_PASSWORD)

    return join
