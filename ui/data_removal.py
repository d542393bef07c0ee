"""Removing one child's data from every load, every state and saved work, when somebody who may ask for that has asked.

The number typed is turned into a pseudonym and forgotten: it is never kept, logged or shown again.
"""

from __future__ import annotations

import streamlit as st

from ui import data_changes
from ui.data_notice import said
from ui.theme import count, date_words
from vcore.errors import VcoreError
from vcore.store.removal import Removed, child_with_code

BY_NUMBER, BY_CODE = "The council's own number", "The code on the lists here"
WORDS = "remove this child"
_FORM = ("removal-authority", "removal-by", "removal-which", "removal-words")


def draw() -> None:
    """The form, and what it does and does not do."""
    names = (*data_changes.authorities(), *data_changes.taken_out())
    if not names:
        st.info("None of your authorities is loaded, so there is nobody to remove.")
        return
    st.write(
        "One child's data goes from every load that is kept, from what is published, and from decisions and lists "
        "saved here. It cannot be undone. That it was done is kept on record, without saying who the child is. "
        "If the next files hold the child again, the child is back: ask for them to be left out at their source. "
        "Backups of the data folder are not reached from here."
    )
    with st.form("removal", clear_on_submit=False):
        st.selectbox("Authority", names, key="removal-authority")
        st.radio("How the child is named below", (BY_NUMBER, BY_CODE), key="removal-by", horizontal=True)
        st.text_input("Number or code", key="removal-which", max_chars=40, autocomplete="off")
        st.text_input(f"To confirm, type: {WORDS}", key="removal-words", max_chars=40, autocomplete="off")
        st.form_submit_button("Remove this child's data", on_click=said, args=(_remove,))


def _remove() -> str:
    authority, by, which, words = (st.session_state.get(name, "") for name in _FORM)
    data_changes.require_change(authority)
    if words.strip().lower() != WORDS:
        raise VcoreError(f"Nothing was removed. To confirm, type “{WORDS}” in the last box.")
    if by == BY_NUMBER:
        child_id = data_changes.child_id_of(authority, which)
    else:
        child_id = child_with_code(data_changes.folder(), which, authority)
    removed, lines = data_changes.remove_child(authority, child_id)
    st.session_state["removal-which"] = st.session_state["removal-words"] = ""
    return _told(authority, removed, lines)


def _told(authority: str, removed: Removed, lines: int) -> str:
    if not removed.rows and not lines:
        raise VcoreError(
            f"No load of {authority} and no saved work holds this child, so nothing was removed. Check the number "
            "as the council's own files write it, with its leading noughts, and the authority."
        )
    days = ", ".join(date_words(day) for day in removed.loads)
    data = f"the {'load' if len(removed.loads) == 1 else 'loads'} true for {days}" if days else "no load"
    return (
        f"Removed {count(removed.rows, 'row', 'rows')} from {data}, and "
        f"{count(lines, 'line', 'lines')} of saved work."
    )
