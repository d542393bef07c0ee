"""Cached reads for who loads data: the second lock, as in `ui.reads`."""

from __future__ import annotations

import streamlit as st

from ledger.rights import Right
from ui import reads, session
from vcore.store import Store
from vcore.store.recording import Recording


def recording(authority: str) -> Recording:
    """How much an authority recorded, month by month and assessor by assessor, to its own date. Raises `NotAllowed`."""
    session.require(Right.LOAD_DATA)
    return _recording(reads.open_store(), authority)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Store: lambda store: store.snapshot_id})
def _recording(store: Store, authority: str) -> Recording:
    return store.recording(authority)
