"""The door: streamlit-authenticator's form and check over the ledger, closed where it is open.

Its cookie is replaced by one that the browser collects over HTTP (`ui.doorway`), so no script can read it and
sign-out ends it. Never shows why a name and password did not match. See docs/decisions/0004-sign-in.md.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController, CookieController
from streamlit_authenticator.utilities import Encryptor

from ledger import Ledger, attempts, passwords, sign_ins
from ledger.credentials import password_hashes
from ledger.keys import cookie_key
from ui import doorway, session

_TICKET = "cookie_ticket"
_LABELS = {"Form name": "Sign in", "Username": "User name", "Password": "Password", "Login": "Sign in"}


class Door(Authenticate):
    """The authenticator with its check guarded and its cookie in the ledger.

    Its own constructor is passed over: it would draw the cookie component (a frame, a round trip and a
    second run) and take nothing but a cookie that scripts can read.
    """

    def __init__(self, ledger: Ledger, address: str) -> None:
        key = cookie_key(ledger.folder).hex()
        self.api_key = None
        self.path = None
        self.secret_key = key
        self.attrs = {"login_sleep_time": 0}
        self.encryptor = Encryptor(key)
        self.authentication_controller = GuardedCheck(ledger, address, key)
        self.cookie_controller = LedgerCookie(ledger, address)


class GuardedCheck(AuthenticationController):
    """The authenticator's check, locked after five wrong passwords and as slow for names it does not know."""

    def __init__(self, ledger: Ledger, address: str, key: str) -> None:
        self._ledger, self._address = ledger, address
        self._known = password_hashes(ledger)
        people = {
            username: {"name": person.name, "password": password_hash, "roles": [person.role.value]}
            for username, (person, password_hash) in self._known.items()
        }
        super().__init__({"usernames": people}, auto_hash=False, secret_key=key)

    def login(
        self,
        username: str | None = None,
        password: str | None = None,
        *args: Any,
        token: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> bool | None:
        """Checks a name and password, or takes a recognised cookie. Raises `attempts.Locked`."""
        if token:
            return super().login(token=token)
        username, password = (username or "").strip().lower(), (password or "").strip()
        if not username or not password:
            return None
        attempts.begin(self._ledger, username, self._address)
        if username in self._known and passwords.fits(password):
            right = bool(super().login(username, password))
        else:
            passwords.spend_a_check(password)
            st.session_state["authentication_status"] = right = False
        if right:
            attempts.forget(self._ledger, username, self._address)
        else:
            attempts.check_lock(self._ledger, username, self._address)
        return right


class LedgerCookie(CookieController):
    """The authenticator's cookie, kept in the ledger: it can be ended, and no script can read it."""

    def __init__(self, ledger: Ledger, address: str) -> None:
        self._ledger, self._address = ledger, address

    def get_cookie(self) -> dict[str, Any] | None:
        """Whom the browser's cookie signs in, while that sign-in runs."""
        cookie = st.context.cookies.get(doorway.COOKIE)
        sign_in = sign_ins.sign_in_of(self._ledger, cookie) if cookie else None
        person = sign_ins.standing(self._ledger, sign_in) if sign_in else None
        if sign_in is None or person is None:
            return None
        session.remember(sign_in)
        return {"username": person.username}

    def set_cookie(self) -> None:
        """Starts the sign-in; the page then lets the browser collect its cookie."""
        ticket = sign_ins.start(self._ledger, st.session_state["username"], self._address)
        session.remember(ticket.sign_in)
        st.session_state[_TICKET] = ticket.secret

    def delete_cookie(self) -> None:
        """Ends the sign-in, and with it every copy of the cookie."""
        if sign_in := session.sign_in_id():
            sign_ins.end(self._ledger, sign_in)


def resume() -> None:
    """Signs in whoever brings a cookie of a running sign-in. Draws nothing."""
    if session.sign_in_id() is None and doorway.COOKIE in st.context.cookies:
        _door().login(location="unrendered")


def ask() -> None:
    """Draws the form and says what is wrong. On the right password the page runs again, signed in."""
    try:
        _door().login(fields=_LABELS, key="sign-in")
    except attempts.Locked as locked:
        st.error(str(locked))
        return
    if session.sign_in_id():
        st.rerun()
    if st.session_state.get("authentication_status") is False:
        st.error("That user name and password do not belong together. Check both and try again.")


def cookie_picture() -> str:
    """Markup by which the browser collects the cookie of a new sign-in, taking no room; empty once it has.

    To be put into something that every run draws: an element of its own would be gone in the next run, what
    follows would move up, and what a reader had opened there would be closed.
    """
    ticket, sign_in = st.session_state.get(_TICKET), session.sign_in_id()
    if ticket is None or sign_in is None:
        return ""
    if sign_ins.cookie_is_waiting(session.ledger(), sign_in):
        return f'<img src="{doorway.address_of(ticket)}" alt="" width="0" height="0">'
    del st.session_state[_TICKET]
    return ""


def sign_out() -> None:
    """Ends the sign-in here and wherever its cookie was copied to."""
    _door().logout(location="unrendered")
    session.forget()


def _door() -> Door:
    return Door(session.ledger(), session.address())
