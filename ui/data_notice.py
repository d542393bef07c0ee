"""What a change to the data led to, said once on the Data page after it has run again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.data_changes import in_words
from ui.theme import plain
from vcore.errors import VcoreError

_SAID = "data_said"


def said(change: Callable[[], str]) -> None:
    """Make a change; keep the sentence it returns, or the reason it was refused, for `draw`. For callbacks."""
    try:
        st.session_state[_SAID] = (True, change())
    except (VcoreError, OSError) as error:
        st.session_state[_SAID] = (False, in_words(error))


def refuse(words: str) -> None:
    """Keep a reason for `draw`."""
    st.session_state[_SAID] = (False, words)


def draw() -> None:
    """The sentence, if there is one, and never again."""
    box = st.container(key="data-notice")
    if found := st.session_state.pop(_SAID, None):
        well, words = found
        (box.success if well else box.error)(plain(words))
