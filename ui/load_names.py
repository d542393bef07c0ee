"""A name that may be a loaded authority's: what is said of it, and the reader's word that it is another.

An authority that this person's account is not for is never named to them.
"""

from __future__ import annotations

import streamlit as st

from ledger.rights import Right
from ui import load_words, session
from ui.theme import plain
from vcore.errors import VcoreError
from vcore.settings import settings
from vcore.store.folder import DataFolder
from vcore.store.names import check_name, near_name, same_name


def check(authority: str) -> None:
    """Raises `VcoreError` for a name that a loaded authority has in other letters or with other spaces."""
    folder = DataFolder(settings().data_folder)
    if _told(same_name(folder, authority)) == "":
        raise VcoreError(load_words.near(authority, ""))
    check_name(folder, authority)


def near(authority: str) -> str | None:
    """The loaded authority that may be meant by a new name; empty where it is not this person's to know. None: none.

    Raises `NotAllowed`.
    """
    return _told(near_name(DataFolder(settings().data_folder), authority))


def sure(authority: str, *, key: str) -> bool:
    """Whether the authority is live already or has a name like no other's, or the reader says that it is another."""
    other = near(authority)
    if other is None:
        return True
    st.warning(plain(load_words.near(authority, other)))
    return st.checkbox(
        f"This is another authority: publish it beside {plain(other) or 'the other one'}", key=key
    )


def on_record(authority: str) -> list[str]:
    """What the record says where a name is published beside one that is nearly equal."""
    other = near(authority)
    return (
        []
        if other is None
        else [f"Published as another authority than {other or 'one of a nearly equal name'}"]
    )


def _told(other: str | None) -> str | None:
    person = session.require(Right.LOAD_DATA)
    return other if other is None or person.is_for(other) else ""
