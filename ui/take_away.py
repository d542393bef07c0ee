"""Files to take away: the button, the file made once somebody asks for it, and the line on record.

A browser fetches a file beside the page's runs, where nobody's session can be asked. So `make` holds all it needs
when the button is drawn, and only the sign-in is asked again: who has signed out since takes nothing. The page
does not run again for a file, so a second one can be asked for at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from ledger import activity
from ledger.book import Ledger
from ledger.people import Person
from ui import session

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Make = Callable[[], bytes]
Record = Callable[[Ledger, Person], None]


def offer(
    label: str, make: Make, record: Record, *, key: str, file_name: str, help: str | None = None
) -> None:
    """The button. `make` must not ask the session; `record` puts on record that this person took the file."""
    st.download_button(
        label,
        key=key,
        data=partial(taken, make, record, session.sign_in_id()),
        file_name=file_name,
        mime=MEDIA_TYPES[file_name.rpartition(".")[2]],
        help=help,
        on_click="ignore",
    )


def line(what: str, detail: str) -> Record:
    """A record of one line: `what` was done, with which file or children."""
    return lambda ledger, person: activity.record(ledger, person.username, what, detail)


def taken(make: Make, record: Record, sign_in: str | None) -> bytes:
    """The file, for whom this sign-in still stands. Raises `NotSignedIn` for anybody else."""
    person = session.standing(sign_in)
    made = make()
    record(session.ledger(), person)
    return made
