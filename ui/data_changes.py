"""What a person does to the data, with the right to it asked and what was done kept: the page's only way to change it.

Never draws. The store changes the data, the ledger keeps who, when and what; nothing kept says which child.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ledger import loads
from ledger.demonstration import disable_demonstration_people
from ledger.forgetting import forget_child
from ledger.people import Person
from ledger.rights import Right
from ledger.safeguards import may_load_real_data
from ui import load_names, session
from ui.published import published
from ui.theme import count, date_words
from vcore import ingest
from vcore.errors import VcoreError
from vcore.ingest.pseudonyms import pseudonyms
from vcore.settings import settings
from vcore.store import removal, retention, reversal, states
from vcore.store.folder import DataFolder
from vcore.store.parts import PartCard, find_card, kept_cards
from vcore.store.removal import Removed

KEY_FILE = "pseudonyms.key"


def folder() -> DataFolder:
    """The data folder in the settings."""
    return DataFolder(settings().data_folder)


def authorities() -> tuple[str, ...]:
    """The loaded authorities whose data this person may change. Raises `NotAllowed`."""
    person = session.require(Right.LOAD_DATA)
    return tuple(sorted(part.authority for part in published().parts if person.is_for(part.authority)))


def taken_out() -> tuple[str, ...]:
    """The authorities with loads that are kept and none that is live, of those this person may change."""
    person, live = session.require(Right.LOAD_DATA), published()
    kept = {card.authority for card in kept_cards(folder()) if card.demonstration == live.demonstration}
    gone = kept - {part.authority for part in live.parts}
    return tuple(sorted(filter(person.is_for, gone)))


def dates_shown(
    authority: str, as_of: date | None, *, demonstration: bool = False
) -> tuple[date | None, date | None]:
    """The date this person's pages show, and the one they would show once the authority's load is true for `as_of`
    (None: once it has none). None: nothing to show. Fictional children count only beside fictional ones."""
    person = session.require(Right.LOAD_DATA)
    parts = [part for part in published().parts if part.demonstration == demonstration]
    days = {part.authority: part.as_of for part in parts if person.is_for(part.authority)}
    after = {name: day for name, day in days.items() if name != authority}
    if as_of is not None:
        after[authority] = as_of
    return min(days.values(), default=None), min(after.values(), default=None)


def require_change(authority: str) -> Person:
    """The person, who may change this authority's data. Raises `VcoreError` saying why not."""
    person = session.require(Right.LOAD_DATA)
    if person.authorities is not None and not person.is_for(authority):
        raise VcoreError(
            f"Your account is for {', '.join(person.authorities)}, not for {authority}. "
            "Ask your administrator if you need it."
        )
    if person.demonstration:
        raise VcoreError(
            "This is a demonstration account, whose password everybody knows: it may look and check, and change "
            "nothing. Sign in with an account of your own."
        )
    return person


def in_words(error: VcoreError | OSError) -> str:
    """What stopped a change, for whoever asked for it: our own reason, or the data folder that took no file."""
    if isinstance(error, VcoreError):
        return str(error)
    return (
        f"The data folder could not be written to ({error.strerror or 'the system refused'}). What is published "
        "has not changed. Ask whoever runs the app to check the folder's space and permissions, then try again."
    )


def roll_back(authority: str) -> PartCard:
    """Put the authority's previous load back. Raises `VcoreError`; what is published has then not changed."""
    person = require_change(authority)
    state = reversal.roll_back(folder(), authority)
    back = next(part for part in state.parts if part.authority == authority)
    loads.record(
        session.ledger(),
        person.username,
        loads.ROLLED_BACK,
        authority,
        load_id=back.root,
        told=[f"back to the load that is true for {date_words(back.as_of)}"],
    )
    return back


def make_live(load_id: str) -> PartCard:
    """Publish a kept load in place of its authority's live one. Raises `VcoreError`; nothing has changed then."""
    session.require(Right.LOAD_DATA)
    card = find_card(folder(), load_id)
    person, ledger = require_change(card.authority), session.ledger()
    load_names.check(card.authority)
    beside = load_names.on_record(card.authority)
    if not card.demonstration:
        may_load_real_data(ledger)
        disable_demonstration_people(ledger)  # first: nobody with a known password may see real children
    states.publish(folder(), [card], why=f"make live {card.authority}")
    told = [f"the load that is true for {date_words(card.as_of)}", *beside]
    loads.record(ledger, person.username, loads.MADE_LIVE, card.authority, load_id=card.root, told=told)
    return card


def withdraw(authority: str) -> PartCard:
    """Take an authority out of what is published; the load that was live. Raises `VcoreError`; nothing has changed
    then."""
    person = require_change(authority)
    gone = reversal.withdraw(folder(), authority)
    told = [f"the load that is true for {date_words(gone.as_of)}"]
    loads.record(session.ledger(), person.username, loads.WITHDRAWN, authority, load_id=gone.root, told=told)
    return gone


def keep_last(authority: str, keep: int) -> tuple[PartCard, ...]:
    """Delete an authority's older loads for good. Raises `VcoreError`."""
    person = require_change(authority)
    gone = retention.keep_last(folder(), authority, keep)
    let_go()
    if gone:
        told = [f"true for {date_words(card.as_of)}: {card.root}" for card in gone]
        loads.record(
            session.ledger(), person.username, loads.DELETED, authority, told=[f"the last {keep} kept", *told]
        )
    return gone


def child_id_of(authority: str, number: str) -> str:
    """The pseudonym of a council's own number of a child. Nothing is kept or logged. Raises `VcoreError`."""
    session.require(Right.LOAD_DATA)
    if not number.strip():
        raise VcoreError("Type the child's number as the council's own files have it.")
    path = folder().keys / KEY_FILE
    if not path.exists():
        raise VcoreError(
            f"There is no pseudonym key here (keys/{KEY_FILE}), so a number cannot be turned into a pseudonym. "
            "Put the key back, or use the child's code."
        )
    key = ingest.load_key(path)
    return pseudonyms(pd.Series([number.strip()]), authority=authority, what="child", key=key).iloc[0]


def remove_child(authority: str, child_id: str) -> tuple[Removed, int]:
    """Remove one child from every load, every state and the ledger: what went from the data, and how many lines of
    saved work. Raises `VcoreError`."""
    person = require_change(authority)
    removed = removal.remove_child(folder(), child_id)
    lines = forget_child(session.ledger(), child_id)
    let_go()
    if removed.rows or lines:
        told = [
            f"from {count(len(removed.loads), 'load', 'loads')}: "
            + (", ".join(date_words(day) for day in removed.loads) or "none held them"),
            f"{count(removed.rows, 'row', 'rows')} of data, {count(lines, 'line', 'lines')} of saved work",
        ]
        loads.record(session.ledger(), person.username, loads.CHILD_REMOVED, authority, told=told)
    return removed, lines


def let_go() -> None:
    """Forget every frame in memory: one made before may hold what has just been deleted."""
    st.cache_resource.clear()
