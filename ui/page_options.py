"""What a page stands on besides the cohort, such as which view is open: in the address, so that a link has it.

The widget's state is the truth while the page is open; the address carries it to other pages and browsers.
Never about children: the cohort has its own place (`ui.cohort_state`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ui import session
from ui.theme import plain

LONGEST_RAW = 40  # of a value in the address that is read back to the reader


def key_of(name: str, valid: Sequence[str], first: str) -> str:
    """The key for the widget of an option, holding what the address says, or `first` where it says nothing.

    A value that is not among the `valid` codes is named on the page. Give the widget `on_change=keep` and
    `args=(name, first)`.
    """
    key = f"option-{name}"
    raw = session.link().get(name, [first])[-1]
    if raw not in valid:
        st.warning(
            f"{name}={plain(raw[:LONGEST_RAW])} in the link is not to be had here, so the page shows "
            "another view. Choose one below."
        )
    if st.session_state.get(key) not in valid:
        st.session_state[key] = raw if raw in valid else first
    return key


def choose(name: str, value: str, first: str) -> None:
    """Turns an option to a value, and the address with it. From a callback."""
    st.session_state[f"option-{name}"] = value
    keep(name, first)


def keep(name: str, first: str) -> None:
    """Makes the address say the option as it is now; `first` needs no saying."""
    value = st.session_state[f"option-{name}"]
    if value == first:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def view(name: str, views: Mapping[str, str], first: str) -> str:
    """The switch between the views of a page, by their codes. `name` is its name in the address."""
    picked = st.segmented_control(
        "View",
        list(views),
        format_func=views.__getitem__,
        key=key_of(name, list(views), first),
        on_change=keep,
        args=(name, first),
        required=True,
        label_visibility="collapsed",
    )
    return picked or first
