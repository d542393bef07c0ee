"""What a stranger sees: what this is, the form, and the demonstration accounts while there are any.

Never draws a figure about children, nor says which names have an account (but the demonstration's own).
"""

from __future__ import annotations

import streamlit as st

from ledger.demonstration import PASSWORD, shared_people
from ui import session, sign_in

_WHAT_IT_IS = (
    "What children in care need, what their placements cost and what would change if you acted, "
    "side by side. For councils using a Valuing Care style needs assessment."
)


def draw() -> None:
    """The sign-in page."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        st.title("Care Value Explorer", anchor=False)
        st.write(_WHAT_IT_IS)
        sign_in.ask()
        _draw_demonstration_accounts()


def _draw_demonstration_accounts() -> None:
    people = shared_people(session.ledger())
    if not people:
        return
    rows = "\n".join(f"| {person.role.title()} | `{person.username}` |" for person in people)
    st.markdown(
        f"**Demonstration.** The children here are fictional. Sign in as any of these, "
        f"with the password `{PASSWORD}`.\n\n| Role | User name |\n|---|---|\n{rows}"
    )
