"""What a change to the data led to, said once on the Data page after it has run again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.theme import plain
from vcore.errors import VcoreError

_SAID = "data_said"


def said(change: Callable[[], str]) -> None:
    """Make a change; keep the sentence it returns, or the reason it was refused, for `draw`. For callbacks."""
    try:
        st.session_state[_SAID] = (True, change())
    except VcoreError as refusal:
        st.session_state[_SAID] = (False, str(refusal))
    except OSError as error:
        st.session_state[_SAID] = (False, cannot_write(error))


def cannot_write(error: OSError) -> str:
    """What to say when the data folder does not take a file."""
    return (
        f"The data folder could not be written to ({error.strerror or 'the system refused'}). What is published "
        "has not changed. Ask whoever runs the app to check the folder's space and permissions, then try again."
    )


def draw() -> None:
    """The sentence, if there is one, and never again."""
    box = st.container(key="data-notice")
    if found := st.session_state.pop(_SAID, None):
        well, words = found
        (box.success if well else box.error)(plain(words))
