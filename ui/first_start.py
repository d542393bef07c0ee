"""The first start: makes the demonstration data when nothing is published, where the visitor can watch.

Keeps the demonstration accounts in step with the data. Never opens the store for a screen.
"""

from __future__ import annotations

from threading import Lock

import streamlit as st

from ledger.demonstration import disable_demonstration_people, enable_demonstration_people
from ui import session
from ui.published import holds_real_children
from vcore.settings import settings
from vcore.store import Store
from vcore.store.folder import DataFolder

_one_at_a_time = Lock()


def prepare() -> None:
    """Publishes the demonstration data if nothing is published, and opens its accounts only beside it."""
    folder = DataFolder(settings().data_folder)
    if folder.live() is None:
        _make_demonstration()
    if holds_real_children():
        disable_demonstration_people(session.ledger())
    else:
        enable_demonstration_people(session.ledger())


def _make_demonstration() -> None:
    bar = st.progress(0.0, "Getting ready: this happens once and takes about 20 seconds")

    def show(share: float, words: str) -> None:
        bar.progress(share, words)

    with _one_at_a_time:
        Store.prepare(settings().data_folder, progress=show)
    bar.empty()
