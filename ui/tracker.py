"""The Tracker screen: what was agreed, and what was delivered?

For whoever may see children. Every number passes the gate, so that a projected screen tells of no few children.
"""

from __future__ import annotations

from collections.abc import Container
from functools import partial
from html import escape

import streamlit as st

from ledger.rights import Right
from ui import (
    charts,
    explain,
    headlines,
    page_options,
    presenting,
    reads,
    session,
    tracker_files,
    tracker_list,
)
from ui import tracker_figures as figures
from ui import tracker_words as words
from ui.disclosure import KEY, Gate
from ui.figure import Figure
from ui.menu import PAGES_FOLDER
from ui.saved_scenarios import may_tell
from ui.tracker_found import Found, found, year_name
from ui.tracker_words import Adopted
from vcore.errors import VcoreError

METRICS = ("tracked", "tracker_weighted", "tracker_actual", "tracker_effects", "programme")
VIEWS = {"status": "Status", "months": "By month", "programme": "Programme", "children": "Children"}


def draw() -> None:
    """The sentence, the numbers, and the view the reader chose; how it fills, while it is empty."""
    session.require(Right.SEE_CHILDREN)
    here, gate = found(), reads.gate()
    if not here.rows:
        _draw_empty()
        return
    adopted = _adopted(gate)
    st.html(f'<h1 class="cve-sentence">{escape(words.headline(here, gate))}</h1>')
    headlines.draw(words.headlines(here, adopted, gate))
    st.caption(words.basis(here))
    view = page_options.view("tracker", VIEWS, "status")
    if view == "months":
        _draw_months(here, gate)
    elif view == "programme":
        st.markdown(words.programme_line(here, gate))
        of = partial(figures.programme, here)
        charts.offer_file(of, sees_small=gate.sees_small, shown=_draw_table(of, worded=(1, 5)))
        st.caption(words.NOT_TARGETS)
    elif view == "children":
        _draw_children(here)
    else:
        _draw_status(here, adopted, gate)
    explain.calculation(METRICS, notes=(words.ABOUT,))


def _draw_empty() -> None:
    st.title(words.EMPTY, anchor=False)
    st.markdown("\n".join(f"{n}. {said}" for n, said in enumerate(words.HOW_IT_FILLS, 1)))
    st.caption(words.ABOUT)
    st.page_link(PAGES_FOLDER / "act" / "review_list.py", label="Go to the Review list")


def _draw_status(here: Found, adopted: Adopted | None, gate: Gate) -> None:
    if presenting.on():
        _draw_table(partial(figures.by_status, here), last_is_total=True)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        of = partial(figures.by_status, here)
        shown = _draw_table(of, last_is_total=True)
        for said in words.remarks(here, gate):
            st.caption(said)
        tracker_files.offer(here, adopted)
        charts.offer_file(of, sees_small=gate.sees_small, shown=shown)
    with right:
        if adopted is None:
            st.markdown(
                "**No scenario is adopted yet.** Adopt one under Decide, Scenario, to hold this against it."
            )
        else:
            rows = figures.reconciled(here, adopted, gate)
            st.html(
                figures.markup(
                    "Beside the adopted scenario", ("", "Children", "£ a year"), rows, last_is_total=True
                )
            )
            if adopted.gross:
                st.caption("The adopted scenario counts all funders' money, the tracker the council's.")
        reasons = figures.by_reason(here, gate)
        if len(reasons.table):
            _draw_table(partial(figures.by_reason, here))
            if reasons.needs_key:
                st.caption(KEY)


def _draw_months(here: Found, gate: Gate) -> None:
    years = {str(year): year_name(year) for year in here.years}
    year = here.data_year
    if len(years) > 1:
        year = int(page_options.view("year", years, str(year)))
    of = partial(figures.by_month, here, year)
    charts.show(of, level=2)
    told = of(gate)
    if "Month" in told.table and (line := figures.effects_line(here, year)):
        st.markdown(line)


def _draw_children(here: Found) -> None:
    if presenting.on():
        st.info("Children are not listed while presenting.")
    else:
        tracker_list.draw(here)


def _draw_table(of: partial[Figure], *, worded: Container[int] = (), last_is_total: bool = False) -> Figure:
    """A figure that is a table only."""
    shown = of(reads.gate())
    rows = shown.words.to_numpy(dtype=object).tolist()
    headings = [str(name) for name in shown.words.columns]
    st.html(figures.markup(shown.title, headings, rows, worded=worded, last_is_total=last_is_total))
    return shown


def _adopted(gate: Gate) -> Adopted | None:
    """The scenario this reader's authorities have adopted, if there is one that this version can read."""
    for saved in reads.saved_scenarios():
        if saved.adopted:
            try:
                opened = reads.saved_scenario(saved.code)
            except VcoreError:
                return None
            kept = opened.figures
            if kept is None:
                return None
            return Adopted(
                opened.name, kept.annual_saving_gbp, kept.children_moved,
                opened.scenario.cost_basis == "gross", may_tell(kept, gate),
            )  # fmt: skip
    return None
