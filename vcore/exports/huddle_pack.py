"""Chosen children for a meeting: a slide each that stands by itself, pseudonymous and marked restricted.

Everything on it comes ready in words: their own first, then need, then where they lived. Never holds a name or more
of a pseudonym than the short code. Texts from files stay texts, also in the sheets behind the charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import NamedTuple

from vcore.exports.deck import Bars, Slide, Table, deck
from vcore.exports.plain_text import plain_text

RESTRICTED = "Restricted · pseudonymous · for the meeting only"
DECIDES_NOTHING = (
    "Scores support a discussion and decide nothing about a child. Low need may be because the home works."
)
LONGEST_SAID, CUT = 200, "… (more in the app)"
MOVES, FEW_MOVES, MANY_LETTERS = 4, 2, 600  # moves on a page; on one with so much to read above them
HEADINGS, SHARES = ("On", "Move", "Total need", "Weekly cost"), (0.19, 0.47, 0.15, 0.19)


class Need(NamedTuple):
    """Scores by domain: now, and then (NaN: not assessed earlier); `then_on` says when that was."""

    domains: Sequence[str]
    now: Sequence[float]
    then: Sequence[float]
    then_on: str
    maximum: int


class ChildPage(NamedTuple):
    """One child: `heading` with the short code, what they said (label and words), facts a sentence each, their
    needs (None: never assessed), and moves as rows under `HEADINGS`, newest first."""

    heading: str
    said: Sequence[tuple[str, str]]
    facts: Sequence[str]
    need_title: str
    need: Need | None
    moves: Sequence[Sequence[str]]


def huddle_pack(pages: Sequence[ChildPage], cover: str, source: str, palette: Sequence[str]) -> bytes:
    """The pack as slides: a cover that lists the children, then one page a child. `palette`: now, then."""
    first = Slide(
        cover,
        [
            DECIDES_NOTHING,
            "Codes stand for children: who they are is not in this file. Destroy it after use.",
        ],
        table=Table("The children in this pack", ["Child", "Page"], _listed(pages)) if pages else None,
    )
    return deck([first, *map(_slide, pages)], f"{RESTRICTED} · {source}", "", palette)


def _listed(pages: Sequence[ChildPage]) -> list[list[str]]:
    return [[page.heading, f"{at}"] for at, page in enumerate(pages, 2)]


def _slide(page: ChildPage) -> Slide:
    said = [f"{label}: {shortened(words)}" for label, words in page.said]
    letters = sum(map(len, [*said, *page.facts]))
    moves = page.moves[: MOVES if letters <= MANY_LETTERS else FEW_MOVES]
    more = len(page.moves) - len(moves)
    facts = [*page.facts, *([f"Earlier moves, {more} of them, are in the app."] if more else [])]
    table = Table(f"Moves of this child, newest first: {len(moves)} rows", HEADINGS, _plain(moves), SHARES)
    return Slide(
        page.heading,
        [*map(_text, said), *map(_text, facts)],
        charts=[_chart(page.need_title, page.need)] if page.need is not None else (),
        table=table if moves else None,
        in_columns=True,
    )


def _chart(title: str, need: Need) -> Bars:
    series: dict[str, Sequence[float | None]] = {"Now": list(need.now)}
    if not any(isnan(score) for score in need.then):
        series[_text(need.then_on)] = list(need.then)
    told = "; ".join(f"{label} {score:.0f}" for label, score in zip(need.domains, need.now, strict=True))
    return Bars(
        title,
        f"Score by domain, 0 to {need.maximum}, higher is more need. {title}. Now: {told}.",
        [_text(label) for label in need.domains],
        series,
        label_format="0",
    )


def shortened(words: str) -> str:
    """The words, cut at a space where they would not fit on the page, and said to be cut."""
    if len(words) <= LONGEST_SAID:
        return words
    room = LONGEST_SAID - len(CUT)
    return f"{words[:room].rsplit(' ', 1)[0]}{CUT}"


def _plain(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in rows]


def _text(words: str) -> str:
    """One line of text that no program runs."""
    return plain_text(" ".join(words.split()))
