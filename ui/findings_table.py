"""The list of statements as a table: printed beside computed, the verdict in words, what is behind it beneath.

Markup only: every word in it has passed the gate (`ui.findings`, `ui.findings_beside`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from ui.findings import Row
from vcore.measures.findings import Verdict

STATEMENT, PRINTED, HERE, CHILDREN, AGREES = "Statement", "Printed", "Here", "Children", "Agrees?"
WHY_NOT = "Why not here"
FALLS_SHORT = "The report does not add up: "


def markup(rows: Sequence[Row], agreeing: Mapping[str, str], compared: str, beside: Mapping[str, Row]) -> str:
    """The table; a heading row wherever a part of the report begins. Nothing for no rows.

    `beside`: the same statements of the cohort that is `compared`, by their ids; it takes the place of the
    column of children, whose numbers then stand under the figures. `agreeing` says by part of the report how many
    agree. Where no statement is about children, what
    it is about stands in the place of the figures.
    """
    if not rows:
        return ""
    apart = all(row.verdict == Verdict.BEYOND for row in rows)
    middle = (compared[:1].upper() + compared[1:]) if beside else CHILDREN
    topics = {row.statement.topic for row in rows}
    several = len(topics) > 1
    last = AGREES if several else agreeing.get(topics.pop(), AGREES)
    heads = (STATEMENT, PRINTED, WHY_NOT) if apart else (STATEMENT, PRINTED, HERE, middle, last)
    body, topic = "", ""
    for row in rows:
        if several and row.statement.topic != topic:
            topic = row.statement.topic
            part = " · ".join(filter(None, (topic, agreeing.get(topic))))
            body += (
                f'<tr><th scope="colgroup" colspan="{len(heads)}" class="cve-topic">{escape(part)}</th></tr>'
            )
        cells = _why_not(row) if apart else _figures(row, heads, beside.get(row.statement.id))
        body += f'<tr id="{escape(row.statement.id)}">{_statement(row)}{cells}</tr>'
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    return f'<table class="cve-findings"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _statement(row: Row) -> str:
    figure = f" (figure {row.statement.figure})" if row.statement.figure else ""
    if row.statement.statement.startswith("Figure"):
        figure = ""
    note = row.statement.note
    told = escape(note)
    if note.startswith(FALLS_SHORT):
        told = f"<strong>{FALLS_SHORT}</strong>{escape(note.removeprefix(FALLS_SHORT))}"
    beneath = "".join(f"<small>{line}</small>" for line in (escape(row.detail), told) if line)
    return f'<th scope="row">{escape(row.statement.statement)}{escape(figure)}{beneath}</th>'


def _why_not(row: Row) -> str:
    return _cell(PRINTED, row.statement.printed) + f"<td>{escape(row.why[:1].upper() + row.why[1:])}</td>"


def _figures(row: Row, heads: Sequence[str], other: Row | None) -> str:
    said, kind = row.verdict[0].upper() + row.verdict[1:], row.verdict.split(" ")[0]
    if other is None:
        figures = _cell(HERE, row.here, row.interval) + _cell(CHILDREN, row.children)
    else:
        figures = _cell(HERE, row.here, row.interval, _over(row)) + _cell(heads[3], other.here, _over(other))
    return (
        f"{_cell(PRINTED, row.statement.printed)}{figures}"
        f'<td class="cve-{kind}"><b>{escape(said)}</b>{_small(row.why)}</td>'
    )


def _over(row: Row) -> str:
    return f"n {row.children}" if row.children else ""


def _cell(head: str, words: str, *beneath: str) -> str:
    """A cell; `head` is said before it on a narrow screen, where the headings are not seen."""
    return f'<td data-head="{escape(head)}">{escape(words)}{"".join(map(_small, beneath))}</td>'


def _small(words: str) -> str:
    return f"<small>{escape(words)}</small>" if words else ""
