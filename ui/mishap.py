"""What a reader sees when something goes wrong: our own errors in their words, others without a trace.

Never shows a stack trace: it could hold a child's row.
"""

from __future__ import annotations

import streamlit as st

from ui.theme import plain
from vcore.errors import VcoreError


def explain(error: Exception) -> bool:
    """Says an error of ours on the page and returns True; others are left to Streamlit's plain notice."""
    if not isinstance(error, VcoreError):
        return False
    st.error(plain(str(error)))
    return True
