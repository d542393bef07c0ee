"""Cached reads about providers and places, for whoever may see providers one by one: the second lock before them.

Frames are shared between readers: never change one.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ledger.rights import Right
from ui import reads, session
from vcore.measures.providers import Providers
from vcore.measures.providers import providers as providers_of
from vcore.store import Store


def providers(as_of: date | None = None) -> Providers:
    """Who every child of a date (None: the reader's) lives with, and what they were paid a year before."""
    session.require(Right.SEE_PROVIDERS)
    store = reads.open_store()
    return _providers(store.snapshot_id, store, as_of or reads.whole().as_of)


def free_places() -> pd.DataFrame:
    """Free places in the services of the reader's councils: `authority`, `setting_detail`, `free`."""
    person = session.require(Right.SEE_PROVIDERS)
    store = reads.open_store()
    free = _free_places(store.snapshot_id, store, reads.whole().as_of)
    return free if person.authorities is None else free[free["authority"].isin(person.authorities)]


@st.cache_resource(max_entries=6, show_spinner=False)
def _providers(snapshot: str, _store: Store, as_of: date) -> Providers:
    return providers_of(_store.snapshot(as_of), _store.year_before(as_of))


@st.cache_resource(max_entries=6, show_spinner=False)
def _free_places(snapshot: str, _store: Store, as_of: date) -> pd.DataFrame:
    return _store.free_places(as_of)
