"""What a child's page says and draws, worked out once for a child, a date and a reader's rights.

Asks for the right each time, through `ui.child_reads`, and only then hands out what is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ledger.rights import Right
from ui import (
    child_choice,
    child_moves,
    child_needs,
    child_reads,
    child_timeline,
    reads,
    session,
)
from ui import child_words as words
from ui.figure import Figure
from ui.theme import subtitle
from vcore.measures import child_story
from vcore.store import Cohort
from vcore.store.one_child import OneChild


@dataclass(frozen=True, eq=False)
class Told:
    """One child in markup and pictures. `need` and `time_line` None, `moves` empty: there is nothing to show."""

    head: str
    need: Figure | None
    time_line: Figure | None
    moves: str
    domains: int


def told(child_id: str) -> Told:
    """All of it. Raises as `child_reads.place`."""
    place, child = child_reads.place(child_id), child_reads.history(child_id)
    code, rights = child_choice.short_code(child_id), session.person().rights
    return reads.measured(_told, reads.whole(), child, place, code, rights)


def _told(whole: Cohort, child: OneChild, place: int, code: str, rights: frozenset[Right]) -> Told:
    today = child_reads.row_at(whole, place, rights)
    latest = None if child.assessments.empty else child.assessments["assessed_on"].iloc[-1].date()
    standing = f"{words.freshness(child)} {words.standing(child, today)} {words.before_and_away(today)}"
    placed = not child_timeline.empty(child)
    return Told(
        head=f"<h1>{escape(words.title(code, today))}</h1>{words.voice(child_story.voice(child), latest)}"
        f"{subtitle(standing)}",
        need=None if child_needs.empty(child) else child_needs.figure(child),
        time_line=child_timeline.figure(child) if placed else None,
        moves=child_moves.register(child) if placed else "",
        domains=len(child.needs.ids),
    )
