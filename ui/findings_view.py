"""The page of published statements, drawn: what to look at, the list, one figure of the report, and the file.

Draws what `ui.findings` and `ui.findings_figures` tell; never asks the data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ui import (
    charts,
    findings,
    findings_beside,
    findings_choice,
    findings_figures,
    findings_file,
    findings_names,
    findings_table,
    page_options,
    reads,
)
from ui.disclosure import Gate
from ui.findings import Row
from ui.findings_choice import ALL, FIRST
from vcore.store import Cohort

SECTION, SHOW, FIGURE = "section", "show", "figure"  # their names in the address


def draw(rows: Sequence[Row], cohort: Cohort, gate: Gate) -> None:
    """The choices, the statements chosen beside one figure of the report, and all of them as a file."""
    part, kind, word = st.columns([2, 1.4, 1.4])
    with part:
        section = _select(
            "Part of the report",
            SECTION,
            list(findings_choice.sections()),
            FIRST,
            findings_choice.sections().__getitem__,
            _keep_section,
        )
    with kind:
        shown = _select("Show", SHOW, list(findings_choice.SHOWN), ALL, findings_choice.SHOWN.__getitem__)
    with word:
        search = st.text_input(
            "Search all parts",
            placeholder="such as fostering or £5,000",
            key="findings-search",
            persist_state="session",  # not in the address: it is free text
        )
    found = findings_choice.shown(rows, section, shown, search or "")
    comparison = findings_beside.comparison(cohort)
    beside = findings_beside.told(cohort, comparison.cohort, gate) if comparison else {}
    listed = findings_table.markup(
        found, findings.agreeing(rows), comparison.words if comparison else "", beside
    )
    figures = findings_choice.figures(section)
    if not figures:
        _draw_list(listed)
    else:
        left, right = st.columns([1.1, 1], gap="large")
        with left:
            _draw_list(listed)
        with right:
            number = _select("Chart", FIGURE, list(figures), figures[0], findings_names.name_of)
            charts.show(reads.gated(findings_figures.figure, cohort, number, reads.whole()), level=2)
    st.caption(f"All {len(rows)} statements, whatever is chosen above:")
    of = findings_file.file_of(cohort, comparison)
    charts.offer_file(of, sees_small=reads.may_see_small(), shown=of(gate))


def _draw_list(markup: str) -> None:
    st.html(markup or "<p>No statement fits. Clear the search, or show all of them.</p>")


def _select(
    label: str,
    name: str,
    options: list[str],
    first: str,
    in_words: Callable[[str], str],
    keep: Callable[[str, str], None] = page_options.keep,
) -> str:
    # a list whose words change with the children loses its choice: Streamlit keeps the words, not the code
    return st.selectbox(
        label,
        options,
        format_func=in_words,
        key=page_options.key_of(name, options, first),
        on_change=keep,
        args=(name, first),
    )


def _keep_section(name: str, first: str) -> None:
    """Another part has figures of its own."""
    page_options.keep(name, first)
    st.query_params.pop(FIGURE, None)
