"""What a stranger sees: what this is, the form, and the demonstration accounts while there are any.

Never draws a figure about children, nor says which names have an account (but the demonstration's own).
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ledger.demonstration import PASSWORD, shared_people
from ui import session, sign_in

_WHAT_IT_IS = (
    "For councils using a Valuing Care style needs assessment: what children in care need, "
    "what their placements cost, and what could change."
)


def draw() -> None:
    """The sign-in page."""
    st.title("Care Value Explorer", anchor=False)
    st.write(_WHAT_IT_IS)
    form, beside = st.columns([3, 2], gap="large")
    with form:
        sign_in.ask()
    with beside:
        _draw_demonstration_accounts()


def _draw_demonstration_accounts() -> None:
    people = shared_people(session.ledger())
    if not people:
        return
    st.subheader("Demonstration", anchor=False)
    st.markdown(f"The children are fictional. Sign in as anybody here, with the password **{PASSWORD}**.")
    st.table(
        pd.DataFrame({"Role": [person.role.title() for person in people]}).set_index(
            pd.Index([person.username for person in people], name="User name")
        ),
        border="horizontal",
    )
