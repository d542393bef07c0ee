"""What changed each time a child moved: where, why, need before and after, then cost. A table, newest first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ui.child_words import before_after, duration
from ui.money_plan_register import markup
from ui.theme import count, date_words, number, subtitle
from vcore.facts.end_reasons import end_reason_words
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures import child_story
from vcore.measures.child_story import Move
from vcore.store.one_child import OneChild
from vcore.store.snapshot import DAYS_A_MONTH

NOTE = (
    "Need before: the last assessment up to the move; after: the first one in the new placement. Cost: the last fee of "
    "the placement before and the first of the new one. What changed after a move did not have to come from it."
)


def table(child: OneChild) -> pd.DataFrame:
    """A row a move, newest first; the start of care, last, has nothing before it."""
    told = [_row(move) for move in reversed(child_story.moves(child))]
    return pd.DataFrame(told, columns=["On", "From", "To", "Why it ended", "Total need", "Weekly cost"])


def register(child: OneChild) -> str:
    """The table as markup, under its heading."""
    told = markup(table(child), "Newest first")
    return f"<h2>What changed at each move</h2>{told}{subtitle(NOTE)}"


def short(child: OneChild) -> list[list[str]]:
    """The same in fewer words, for a page with little room: when, what, need and cost."""
    return [
        [on, f"{where} → {to}{f'. {why}' if why else ''}", need, cost]
        for on, where, to, why, need, cost in map(_row, reversed(child_story.moves(child)))
    ]


def _row(move: Move) -> tuple[str, str, str, str, str, str]:
    before = move.from_stay
    to = DETAIL_LABELS[move.to_stay.setting_detail]
    if before is None:
        need = before_after(move.need_before, move.need_after, number)
        cost = before_after(np.nan, move.to_stay.fee_first_gbp)
        return date_words(move.on), "First placement here", to, "", need, cost
    stayed = (move.on - before.started_on).days - move.days_between
    where = f"{DETAIL_LABELS[before.setting_detail]} ({duration(stayed / DAYS_A_MONTH)})"
    why = end_reason_words(before.end_reason)
    if before.breakdown:
        why = f"Broke down: {why}"
    elif why:
        why = f"{why[0].upper()}{why[1:]}"
    if move.days_between:
        why += f"; {count(move.days_between, 'day', 'days')} out of care in between"
    return (
        date_words(move.on),
        where,
        to,
        why,
        before_after(move.need_before, move.need_after, number),
        before_after(before.fee_last_gbp, move.to_stay.fee_first_gbp),
    )
