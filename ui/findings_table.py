"""The list of statements as a table: printed beside computed, the verdict in words, what is behind it beneath.

Markup only: every word in it has passed the gate (`ui.findings`).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ui.findings import Row

HEADINGS = ("Statement", "Printed", "Here", "Children", "")
FALLS_SHORT = "The report does not add up: "


def markup(rows: Sequence[Row]) -> str:
    """The table; a heading row wherever a part of the report begins."""
    body, topic = "", ""
    several = len({row.statement.topic for row in rows}) > 1
    for row in rows:
        if several and row.statement.topic != topic:
            topic = row.statement.topic
            body += f'<tr><th scope="colgroup" colspan="5" class="cve-topic">{escape(topic)}</th></tr>'
        body += _row(row)
    head = "".join(f'<th scope="col">{words or "Agrees?"}</th>' for words in HEADINGS)
    return f'<table class="cve-findings"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(row: Row) -> str:
    figure = f" (figure {row.statement.figure})" if row.statement.figure else ""
    if row.statement.statement.startswith("Figure"):
        figure = ""
    note = row.statement.note
    told = escape(note)
    if note.startswith(FALLS_SHORT):
        told = f"<strong>{FALLS_SHORT}</strong>{escape(note.removeprefix(FALLS_SHORT))}"
    beneath = "".join(f"<small>{line}</small>" for line in (escape(row.detail), told) if line)
    interval = f"<small>{escape(row.interval)}</small>" if row.interval else ""
    why = f"<small>{escape(row.why)}</small>" if row.why else ""
    said, kind = row.verdict[0].upper() + row.verdict[1:], row.verdict.split(" ")[0]
    cells = (
        f'<th scope="row">{escape(row.statement.statement)}{escape(figure)}{beneath}</th>',
        f"<td>{escape(row.statement.printed)}</td>",
        f"<td>{escape(row.here)}{interval}</td>",
        f"<td>{escape(row.children)}</td>",
        f'<td class="cve-{kind}"><b>{escape(said)}</b>{why}</td>',
    )
    return f'<tr id="{escape(row.statement.id)}">{"".join(cells)}</tr>'
