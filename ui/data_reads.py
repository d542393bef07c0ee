"""Cached reads for who loads data: the second lock, as in `ui.reads`."""

from __future__ import annotations

import streamlit as st

from ledger.rights import Right
from ui import reads, session
from vcore.store import Store
from vcore.store.recording import Recording


def recording() -> Recording:
    """How much is recorded, month by month and assessor by assessor, of every authority. Raises `NotAllowed`."""
    session.require(Right.LOAD_DATA)
    return _recording(reads.open_store())


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda store: store.snapshot_id})
def _recording(store: Store) -> Recording:
    return store.recording()
