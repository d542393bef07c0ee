"""The entry of every run: the menu, the gate, the frame, then the page.

The menu comes before the gate with every page in it, so that a link to any of them survives signing in.
Never runs a page for a stranger or for somebody without its right.
"""

from pathlib import Path

import streamlit as st

from ledger.people import Person
from ledger.rights import NotAllowed, Right
from ui import (
    cohort_bar,
    cohort_state,
    entrance,
    first_start,
    frame,
    menu,
    own_account,
    presenting,
    quality_banner,
    scenario_state,
    session,
    sign_in,
)

HERE = Path(__file__).parent

session.keep_link()
presenting.follow_link()
st.set_page_config(page_title="Care Value Explorer", page_icon=HERE / "favicon.png", layout="wide")
st.html(HERE / "page.css")


def go_home() -> None:
    """The bare address: on to the person's first page, with whatever the link carried."""
    start = menu.first_page(session.person())
    if start is None:
        st.info("There is no page for your role yet.")
    else:
        st.switch_page(start.path, query_params=session.link())


def open_page(page: st.Page, person: Person) -> None:
    """Runs the page, or says kindly whom it is for."""
    session.arrive(page.url_path)
    entry = menu.entry_at(page.url_path)
    if entry is not None and entry.right is not None and not entry.open_to(person):
        st.info(f"{entry.title}: {NotAllowed(entry.right, person.role)}")
        return
    if Right.SEE_COHORTS in person.rights:
        cohort_state.follow_link(page.url_path)
        scenario_state.follow_link()
        if entry is not None and entry.about_children:
            cohort_bar.draw(compares=entry.compares)
    page.run()
    if Right.SEE_COHORTS in person.rights and entry and entry.about_children and not entry.says_quality:
        quality_banner.draw()


sign_in.resume()
someone = session.signed_in()
chosen_page = st.navigation(menu.pages(someone, go_home), position="top" if someone else "hidden")

if someone is None:
    if session.sign_in_id():  # it was ended elsewhere: leave nothing behind for whoever signs in next
        session.forget()
    first_start.prepare()
    entrance.draw()
else:
    if someone.must_change_password:
        own_account.draw_first_password(someone)
    else:
        frame.draw_strip(someone, presentable=menu.about_children(chosen_page.url_path, someone))
        open_page(chosen_page, someone)
