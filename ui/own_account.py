"""The signed-in person's own account: changing the password, and signing out.

Never touches anybody else's account (`pages/admin/people.py`).
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ledger.credentials import change_password
from ledger.passwords import MAXIMUM_BYTES, MINIMUM_BYTES
from ledger.people import Person
from ui import session, sign_in
from vcore.errors import VcoreError


def draw_menu(person: Person) -> None:
    """The person's name as a button that opens: their password and the way out."""
    with st.popover(person.name if person.shared else f"{person.name} · {person.role.title()}"):
        if not person.shared and st.button("Change password"):
            _change_password(person)
        _draw_way_out()


def draw_first_password(person: Person) -> None:
    """Asks for a password of the person's own in place of the one-time one."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        st.title("Choose your password", anchor=False)
        welcome = f"Welcome, {person.name}. Your one-time password was for this once; choose your own now."
        st.html(f'<p style="margin: 0">{escape(welcome)}</p>{sign_in.cookie_picture()}')
        _draw_password_form(person)
        _draw_way_out()


@st.dialog("Change password")
def _change_password(person: Person) -> None:
    _draw_password_form(person)


def _draw_way_out() -> None:
    if st.button("Sign out", key="sign-out"):
        sign_in.sign_out()
        st.rerun()


def _draw_password_form(person: Person) -> None:
    with st.form("own-password", border=False):
        old = st.text_input("Present password", type="password", autocomplete="current-password")
        new = st.text_input(
            f"New password ({MINIMUM_BYTES} to {MAXIMUM_BYTES} characters)",
            type="password",
            autocomplete="new-password",
        )
        again = st.text_input("New password again", type="password", autocomplete="new-password")
        if not st.form_submit_button("Change password"):
            return
    if new != again:
        st.error("The new password and its repeat differ. Type both again.")
        return
    try:
        change_password(session.ledger(), person.username, old, new, keep=session.sign_in_id())
    except VcoreError as refusal:
        st.error(str(refusal))
        return
    st.toast("Password changed. You are signed out everywhere else.")
    st.rerun()
