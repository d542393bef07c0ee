"""Which file is which, and which column which: the guess, for a person to confirm or change.

Columns that go by their own name need no eye; the others are asked about first. Shows names of columns, never a row.
"""

from __future__ import annotations

import streamlit as st

from ui import load_draft
from ui.load_draft import Draft, Opened
from ui.theme import count, plain
from vcore.errors import VcoreError
from vcore.ingest.layouts import Layout, layouts
from vcore.ingest.mapping import Mapping, TableMapping, check_mapping
from vcore.ingest.matching import ColumnMatch, explained
from vcore.ingest.rules import rule
from vcore.settings import settings

LEFT_OUT, IGNORED = "Leave it out", "ignored"
SURE = ("same name", "remembered", "identifies a child", "ignored")
WHY = {
    "same name": "the same name",
    "remembered": "as last time",
    "known name": "a known name for it",
    "alike": "a name much like it",
    "by its cells": "what its cells hold",
}


def draw(found: Draft, opened: Opened) -> None:
    """Every table sent, and what it would be read as; the way on first, where it is seen."""
    known = {layout.name: layout for layout in layouts(settings().needs)}
    with st.container(horizontal=True, key="load-actions"):
        on = st.button("These are right: check the files", type="primary", key="load-check")
        st.button("Start again with other files", key="load-discard", on_click=load_draft.discard)
    tables = [_table(at, table, known, opened.remembered) for at, table in enumerate(opened.guessed.tables)]
    if not on:
        return
    try:
        mapping = Mapping(tables=tuple(tables))
        check_mapping(mapping, tuple(known.values()), name="What was chosen")
        found.mapping, found.fixes = mapping, ()
        load_draft.check(found)
    except VcoreError as refusal:
        found.mapping = None
        st.error(plain(str(refusal)))
    else:
        st.rerun()


def _table(at: int, table: TableMapping, known: dict[str, Layout], remembered: Mapping) -> TableMapping:
    """One table: what it is read as, the columns that need an eye, and the others folded."""
    guessed = explained(table, known.get(table.layout or ""), remembered)
    unsure = [match for match in guessed if match.how not in SURE]
    where = ", ".join(table.seen_in)
    name, choice = st.columns([3, 2], vertical_alignment="center")
    with choice:
        options = [LEFT_OUT, *known]
        layout = st.selectbox(
            f"{plain(where)} is read as",
            options,
            index=options.index(table.layout or LEFT_OUT),
            key=f"load-layout-{at}",
            label_visibility="collapsed",
        )
    with name:
        st.markdown(f"**{plain(where)}** is read as")
        if layout == LEFT_OUT:
            st.caption("Not read. Choose what it is if it is meant for this load.")
            return table.model_copy(update={"layout": None})
        if not known[layout].used:
            st.caption("Recognised, and not used by this app.")
            return table.model_copy(update={"layout": layout})
        if layout != table.layout:
            guessed = [ColumnMatch(match.column, None, "ignored") for match in guessed]
            unsure = guessed
        fields = {match.column: match.field for match in guessed}
        for match in unsure:
            fields[match.column] = _column(at, match, known[layout])
        _others(at, [match for match in guessed if match not in unsure], known[layout], fields)
        missing = [name for name in known[layout].needed if name not in fields.values()]
        if missing:
            st.warning(plain(_not_found(missing)))
        return table.model_copy(update={"layout": layout, "columns": fields})


def _not_found(missing: list[str]) -> str:
    """Which needed columns are still to be chosen, and what to do where the council does not score a domain."""
    said = f"Not found yet: {', '.join(missing)}. Choose the column that holds each."
    domains = [name for name in missing if name in settings().needs.ids]
    return f"{said} About {', '.join(domains)}: {rule('DOMAIN_MISSING').what_to_do}" if domains else said


def _others(at: int, sure: list[ColumnMatch], layout: Layout, fields: dict[str, str | None]) -> None:
    """The columns nobody need look at: told in a line each kind, changed where it is unfolded."""
    read = [match.column for match in sure if match.field]
    ignored = [match.column for match in sure if not match.field and match.how == "ignored"]
    dropped = [match.column for match in sure if match.how == "identifies a child"]
    told = [
        f"{count(len(read), 'column', 'columns')} by name" if read else "",
        f"ignored: {', '.join(ignored)}" if ignored else "",
        f"dropped because it tells who a child is: {', '.join(dropped)}" if dropped else "",
    ]
    st.caption(plain(" · ".join(filter(None, told))))
    changeable = [match for match in sure if match.how != "identifies a child"]
    if changeable:
        with st.popover("Change columns", key=f"load-change-{at}"):
            for match in changeable:
                fields[match.column] = _column(at, match, layout)


def _column(at: int, match: ColumnMatch, layout: Layout) -> str | None:
    options = [IGNORED, *layout.columns]
    why = f" ({WHY[match.how]})" if match.how in WHY else ""
    picked = st.selectbox(
        f"{plain(match.column)}{why}",
        options,
        index=options.index(match.field) if match.field in options else 0,
        key=f"load-column-{at}-{layout.name}-{match.column}",
    )
    return None if picked == IGNORED else picked
