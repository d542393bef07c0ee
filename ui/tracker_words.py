"""The tracker in sentences. Every number passes the gate; what is hidden is not said."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from ui.disclosure import Gate
from ui.headlines import Headline
from ui.theme import NOT_AVAILABLE, count, date_words, money, number
from ui.tracker_found import Found, Row
from ui.tracker_plans import OPEN, Status, reason_words
from vcore.measures.disclosure import HIDDEN

EMPTY = "Nothing has been decided yet, so there is nothing to track."
HOW_IT_FILLS = (
    "Choose children on the Review list and record what was decided about each: on the list, or on the child's page.",
    "Suitable and needs more stand here as savings to come; agreed ones with their planned start and £ a week.",
    "Once a later load shows a recorded move, its actual £ stand beside the planned ones, month by month.",
)
ABOUT = (
    "A child is never a saving: what is tracked is what a home costs, and whether the move that was right for the "
    "child has happened."
)
NOT_TARGETS = (
    "What councils published counts different things over different times: to stand beside, not to reach."
)
EFFECTS_MEAN = (
    "Other kind of home: the move itself, at the prices of the day it was decided. Price: what that home costs less or "
    "more than such homes cost then. No home paid for: the child left care, or lives with parents or adopters."
)


class Adopted(NamedTuple):
    """The scenario adopted in decide: £ a year it came to, and how many children it moves. `told`: whether this
    reader's gate lets its figures be shown."""

    name: str
    annual_gbp: float
    children: float
    gross: bool
    told: bool


def headline(found: Found, gate: Gate) -> str:
    """What was agreed, and what was delivered, in one sentence."""
    decided, moved = len(found.children), len(found.at(Status.DELIVERED))
    if HIDDEN in (gate.count(decided), gate.count(moved, decided)):
        return "Too few children to say what was agreed and delivered."
    of = f"of {count(decided, 'child', 'children')} looked at"
    if not moved:
        agreed = len(found.at(Status.AGREED))
        waiting = f"{gate.count(agreed, decided)} agreed" if agreed else "none is agreed"
        return f"No move is in the data yet; {of}, {waiting}."
    costed = sum(not np.isnan(row.actual_gbp) for row in found.at(Status.DELIVERED))
    saved = found.annual_gbp(Status.DELIVERED)
    told = gate.amount(f"{money(abs(saved))} a year {'less' if saved >= 0 else 'more'}", costed)
    pays = "" if told in (HIDDEN, NOT_AVAILABLE) else f"; the council pays {told}"
    return f"{number(moved)} {of} {'has' if moved == 1 else 'have'} moved{pays}."


def headlines(found: Found, adopted: Adopted | None, gate: Gate) -> list[Headline]:
    """The large numbers: children first, then £."""
    decided = len(found.children)
    made = [
        Headline(gate.count(decided), "children decided about"),
        Headline(gate.count(len(found.at(Status.DELIVERED)), decided), "moved, and a load shows it"),
        Headline(whole(found, found.weighted_gbp, gate), "a year, each at the weight of its status"),
    ]
    if adopted is not None:
        shown = money(adopted.annual_gbp) if adopted.told else HIDDEN
        made.append(Headline(shown, "a year in the adopted scenario"))
    return made


def whole(found: Found, gbp: float, gate: Gate) -> str:
    """An amount over all statuses; hidden where one status's own is, since it would follow from the others."""
    priced = [sum(not np.isnan(row.weekly_gbp) for row in found.at(status)) for status in OPEN]
    if not any(priced):
        return NOT_AVAILABLE
    return money(gbp) if all(n == 0 or gate.averages(n) for n in priced) else HIDDEN


def basis(found: Found) -> str:
    """What the figures stand on."""
    weeks = number(found.weeks_per_year, 0 if found.weeks_per_year % 1 == 0 else 2)
    return (
        f"Decisions to today, data to {date_words(found.data_to)}. £ to the council, {weeks} weeks a year. "
        "All decisions of your authorities: other filters do not count here."
    )


def reasons(found: Found) -> list[tuple[str, int]]:
    """Why children were not moved, with how many, the most frequent first: latest lines that closed without a move."""
    closed = [row for row in found.at(Status.CLOSED) if row.moved_on is None]
    return Counter(reason_words(row.line.now) for row in closed).most_common()


def remarks(found: Found, gate: Gate) -> list[str]:
    """What has to be known beside the figures."""
    decided = len(found.children)

    def some(rows: list[Row], one: str, many: str) -> str:
        said = gate.count(len(rows), decided)
        return f"{count(len(rows), one, many) if said != HIDDEN else f'{said} {many}'}"

    agreed = found.at(Status.AGREED)
    told: list[str] = []
    if waiting := [row for row in agreed if row.line.said_moved]:
        told.append(f"{some(waiting, 'move is', 'moves are')} recorded that no load shows yet.")
    late = [
        row for row in agreed
        if not row.line.said_moved and row.line.planned_start and row.line.planned_start <= found.data_to
    ]  # fmt: skip
    if late:
        told.append(f"{some(late, 'agreed start has', 'agreed starts have')} passed without a recorded move.")
    if unpriced := [row for status in OPEN for row in found.at(status) if np.isnan(row.weekly_gbp)]:
        told.append(f"{some(unpriced, 'child has', 'children have')} no £ yet and add nothing.")
    if gone := [row for row in found.children if not row.known]:
        told.append(
            f"{some(gone, 'child is', 'children are')} not in the latest load: their decisions stay, no actual £ can."
        )
    return told


def programme_line(found: Found, gate: Gate) -> str:
    """From those looked at to those who moved."""
    own = found.programme
    n = own.profiled
    return (
        f"{gate.count(n)} looked at; for {gate.count(own.searches, n)} another home was looked for; "
        f"{gate.count(own.changes, n)} moved and a load shows it."
    )
