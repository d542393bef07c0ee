"""The huddle pack: the children chosen for a meeting as slides, a page each, from whoever may see children.

It leaves for a meeting, so it is marked restricted and kept on record, child by child. Nothing in it is a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ledger import openings
from ledger.book import Ledger
from ledger.people import Person
from ledger.rights import Right
from ui import (
    child_choice,
    child_moves,
    child_reads,
    decisions,
    reads,
    session,
    take_away,
    theme,
)
from ui import child_words as words
from ui.theme import count
from vcore.exports.huddle_pack import ChildPage, Need, huddle_pack
from vcore.measures import child_story
from vcore.measures.child_story import VOICE
from vcore.store import Cohort, Store

NAME, TAKEN = "huddle-pack", "took a huddle pack"
MOST_CHILDREN = 30  # a meeting's worth; a pack of hundreds is a data set
ABOUT = (
    "One page a child, by code and without a name. Restricted: each pack is kept on record, child by child."
)
TOO_MANY = f"A huddle pack holds at most {MOST_CHILDREN} children. Choose fewer."


def draw(child_id: str) -> None:
    """Adds the open child to the pack or takes them out, and offers the pack."""
    chosen = child_choice.chosen()
    inside = child_id in chosen
    label = "Take out of the huddle pack" if inside else "Add to the huddle pack"
    left = tuple(each for each in chosen if each != child_id)
    st.button(
        label,
        key="huddle-choose",
        on_click=child_choice.choose,
        args=(left if inside else (*chosen, child_id),),
    )
    offer()


def offer() -> None:
    """The pack of the children chosen so far, for the right to see children; says why where there is none."""
    person = session.require(Right.SEE_CHILDREN)
    chosen = child_choice.chosen()
    if not chosen:
        return
    if len(chosen) > MOST_CHILDREN:
        st.caption(TOO_MANY)
        return
    here = [child_id for child_id in chosen if child_choice.place_of(child_id) is not None]
    if gone := len(chosen) - len(here):
        whose = count(gone, "chosen child is", "chosen children are")
        st.caption(f"{whose} not among those you may see on this date, and not in the pack.")
    if not here:
        return
    take_away.offer(
        f"Huddle pack of {count(len(here), 'child', 'children')} (PowerPoint)",
        partial(
            pack,
            reads.open_store(),
            reads.whole(),
            dict(zip(here, child_choice.short_codes(here), strict=True)),
            {child_id: decisions.line(found) for child_id, found in decisions.latest(here).items()},
            f"{reads.source()} · {child_choice.cohort_words()}",
            person.rights,
        ),
        partial(_record, here, child_choice.cohort_words()),
        key=NAME,
        file_name=reads.file_name(NAME, "pptx"),
    )
    st.caption(f"{ABOUT} Chosen: {', '.join(child_choice.short_codes(here))}.")


def pack(
    store: Store,
    whole: Cohort,
    codes: dict[str, str],
    decided: dict[str, str],
    source: str,
    rights: frozenset[Right],
) -> bytes:
    """The file, for children who may be shown: their short codes by pseudonym, and what was last decided.

    `rights` are those of whoever takes it.
    """
    pages = [
        page(store, whole, child_id, code, decided.get(child_id, ""), rights)
        for child_id, code in codes.items()
    ]
    title = f"Huddle pack: {count(len(pages), 'child', 'children')} to talk about, {theme.date_words(whole.as_of)}"
    return huddle_pack(pages, title, source, (theme.CATEGORIES[0], theme.CONTEXT))


def page(
    store: Store, whole: Cohort, child_id: str, code: str, decided: str, rights: frozenset[Right]
) -> ChildPage:
    """One child's page in words."""
    child = child_reads.history_in(whole, store, child_id, rights)
    place = int(whole.snapshot.frame["child_id"].searchsorted(child_id))
    today = child_reads.row_at(whole, place, rights)
    said = child_story.voice(child)
    changes, before = child_story.domain_changes(child), child_story.earlier(child)
    need = None
    if len(child.scores):
        then = "" if before is None else f"{child.assessments['assessed_on'].iloc[before]:%B %Y}"
        need = Need(
            list(child.needs.labels.values()),
            changes["now"].tolist(),
            changes["before"].tolist(),
            then,
            child.needs.maximum,
        )
    return ChildPage(
        words.title(code, today),
        [(label, said[kind].words if kind in said else words.UNSAID[kind]) for kind, label in VOICE.items()],
        [
            words.freshness(child),
            words.standing(child, today),
            words.before_and_away(today),
            f"Last decision: {decided}" if decided else "Nothing has been decided yet.",
        ],
        words.need_title(child),
        need,
        child_moves.short(child),
    )


def _record(child_ids: Sequence[str], said: str, ledger: Ledger, person: Person) -> None:
    openings.record_children(ledger, person, child_ids, said, what=TAKEN)
