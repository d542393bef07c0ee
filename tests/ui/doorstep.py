"""Driving the app without a browser: open it, type at the door, read the page."""

from __future__ import annotations

import html
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ledger import Ledger, sign_ins
from ledger.credentials import change_password
from ledger.people import add_person
from ui.doorway import COOKIE

OWN_PASSWORD = "harbour lantern fig"
MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"


def visit(page: Path | None = None) -> AppTest:
    """The app as it opens, at its bare address or at a page's."""
    app = AppTest.from_file(MAIN, default_timeout=30).run()
    return app.switch_page(str(page)).run() if page else app


def visit_as(visitor, ledger: Ledger, username: str, page: Path | None = None) -> AppTest:
    """The app as it opens for somebody whose browser brings a good cookie."""
    visitor.cookies[COOKIE] = cookie_of(ledger, username)
    return visit(page)


def cookie_of(ledger: Ledger, username: str) -> str:
    """The cookie of a new sign-in."""
    cookie = sign_ins.collect_cookie(ledger, sign_ins.start(ledger, username, "10.0.0.1").secret)
    assert cookie is not None
    return cookie


def join(ledger: Ledger, username: str, role: str) -> None:
    """Adds somebody who has chosen a password of their own."""
    once = add_person(ledger, username, name=username.title(), role=role)
    change_password(ledger, username, once, OWN_PASSWORD)


def sign_in(app: AppTest, username: str, password: str) -> AppTest:
    """Types a name and a password and presses the button."""
    app.text_input[0].input(username)
    app.text_input[1].input(password)
    return app.button[0].click().run()


def button(app: AppTest, label: str):
    """The one button with this label."""
    (found,) = (each for each in app.button if each.label == label)
    return found


def field(app: AppTest, label: str):
    """The one text field with this label."""
    (found,) = (each for each in app.text_input if each.label == label)
    return found


def words(app: AppTest) -> str:
    """What the page says, outside tables."""
    kinds = ("title", "header", "subheader", "markdown", "error", "info", "success", "code")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def heading(app: AppTest) -> str:
    """The page's own heading: alone, or in one piece with its numbers; empty where it has none."""
    pieces = [element.proto.body for element in app.get("html")]
    found = [html.unescape(said) for piece in pieces for said in re.findall("<h1.*?>(.*?)</h1>", piece)]
    return next(iter([title.value for title in app.title] + found), "")


def is_in(app: AppTest) -> bool:
    """Whether somebody is signed in: only they can sign out."""
    return any(each.key == "sign-out" for each in app.button)
