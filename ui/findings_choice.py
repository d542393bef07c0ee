"""What of the report can be looked at: its parts, its figures, and statements by their verdict or by a word.

Pure: the choice itself is kept by the page (`ui.page_options`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ui.findings import HIDDEN_VERDICT, Row
from vcore.facts.published import register
from vcore.measures.findings import Verdict

ALL = "all"
FIRST = "does-cost-follow-need"
SHOWN = {
    ALL: "All of them",
    "agree": "Those that agree",
    "near": "Close, or the same direction",
    "differ": "Those that differ",
    "not-compared": "Held against nothing",
    "not-here": "Cannot be worked out here",
}
_VERDICTS = {
    "agree": {Verdict.AGREES},
    "near": {Verdict.CLOSE, Verdict.SAME_DIRECTION},
    "differ": {Verdict.DIFFERS},
    "not-compared": {
        Verdict.NOT_COMPARED,
        Verdict.NOBODY,
        HIDDEN_VERDICT,
    },
    "not-here": {Verdict.BEYOND, Verdict.MISSING, Verdict.TRACKER},
}


@cache
def sections() -> dict[str, str]:
    """The parts of the report by code, and all of it."""
    topics = dict.fromkeys(statement.topic for statement in register().values())
    return {re.sub(r"[^a-z]+", "-", topic.lower()).strip("-"): topic for topic in topics} | {ALL: "All of it"}


@cache
def figures(section: str) -> tuple[str, ...]:
    """The numbers of the figures that statements of a part have, in order; of all of them for `ALL`."""
    numbers = {
        number
        for statement in register().values()
        if section == ALL or statement.topic == sections()[section]
        for number in re.findall(r"\d+", statement.figure)
    }
    return tuple(sorted(numbers, key=int))


def shown(rows: Sequence[Row], section: str, show: str, search: str) -> list[Row]:
    """The statements of a part with a verdict that is shown; a search looks through all parts."""
    topic, kinds, sought = sections()[section], _VERDICTS.get(show), search.lower().split()
    order = list(sections().values())
    found = [
        row
        for row in rows
        if (kinds is None or row.verdict in kinds)
        and (sought or section == ALL or row.statement.topic == topic)
        and all(word in _text(row) for word in sought)
    ]
    return sorted(found, key=lambda row: order.index(row.statement.topic))


def _text(row: Row) -> str:
    found = row.statement
    return f"{found.id} {found.statement} {found.printed} {found.section} {found.topic} {row.verdict}".lower()
