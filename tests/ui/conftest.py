"""Screens without a browser: a data folder of one's own, and a visitor with cookies and an address."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from streamlit.runtime import context

from ledger import open_ledger, passwords
from vcore.settings import settings
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.states import publish


@dataclass
class Visitor:
    """What the web socket's handshake would have brought."""

    cookies: dict[str, str] = field(default_factory=dict)
    headers: list[tuple[str, str]] = field(default_factory=list)
    remote_ip: str = "10.0.0.1"


@pytest.fixture(autouse=True)
def visitor(monkeypatch):
    """The visitor of this test (AppTest itself would bring mock objects for cookies)."""
    visitor = Visitor()
    monkeypatch.setattr(context, "_get_client_context", lambda: visitor)
    return visitor


@pytest.fixture
def data_folder(tmp_path, monkeypatch):
    """An empty data folder that the app uses in this test, with bcrypt's slowness taken out."""
    monkeypatch.setattr(passwords, "_ROUNDS", 4)
    monkeypatch.setenv("VCORE_DATA_FOLDER", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def publish_authority(data_folder):
    """Publishes an authority without a child: enough for whatever looks at no figure."""

    def publish_authority(*, demonstration):
        folder, needs = DataFolder(data_folder), settings().needs
        card = new_card(
            authority="Ashford", as_of=date(2026, 3, 31), needs=needs, demonstration=demonstration
        )
        publish(folder, [write_part(folder, {}, card, needs)])

    return publish_authority


@pytest.fixture
def ledger(data_folder, publish_authority):
    """The ledger of an app that holds demonstration data."""
    publish_authority(demonstration=True)
    return open_ledger(data_folder)
