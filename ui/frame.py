"""What surrounds every page of a signed-in person: the strip that says whose data this is, and their account.

Never draws a figure: the cohort bar and the pages do.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ledger.people import Person
from ui import own_account, presenting, sign_in
from ui.published import published
from ui.theme import date_words


def draw_strip(person: Person, *, presentable: bool) -> None:
    """One line: what data this is, the way in and out of presenter mode where the page has it, and the person's
    own menu at its end."""
    strip = st.container(
        key="strip", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    with strip:
        st.html(f"<strong>{escape(data_line(person))}</strong>{sign_in.cookie_picture()}")
        if presentable:
            presenting.draw_switch()
        own_account.draw_menu(person)


def data_line(person: Person) -> str:
    """What is loaded for this person, in words, such as "Demonstration data: fictional children · 31 March 2026"."""
    data = published()
    latest = data.latest_of(person.authorities)
    whose = "Demonstration data: these children are fictional" if data.demonstration else "Council data"
    return whose if latest is None else f"{whose} · {date_words(latest)}"
