"""The Compare screen: two or three saved scenarios, what differs, and the bridge between any two.

Kept figures as they were saved, or all of them run again on today's data: never the two mixed.
"""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from ledger.saved_scenarios import SavedScenario
from ui import charts, explain, reads, session
from ui import scenario_comparison as comparison
from ui import scenario_comparison_figures as figures
from ui.menu import PAGES_FOLDER
from ui.saved_scenarios import OpenedScenario
from ui.scenario_assumptions import differing
from ui.scenario_comparison import Option
from ui.theme import date_words, plain, subtitle
from vcore.errors import RefusedRun, VcoreError

CODES, AGAIN = "scenarios", "again"  # in the address
MOST, FEWEST = 3, 2
EMPTY = (
    "Save two scenarios first: on Scenario set the levers, then “Save, open, share”. "
    "Here they then stand side by side, with what differs and the bridge from one to the other."
)
HIDDEN_AMOUNTS = (
    "Figures are hidden (c): a lever would affect fewer than ten children, or a cohort leaves out only a few."
)
SAME = "Nothing differs: the scenarios have the same levers, children and money."
_PICKED, _AGAIN = "compare-picked", "compare-again"


def draw() -> None:
    """The choice, then the answer or why there is none."""
    saved = {one.code: one for one in reads.saved_scenarios()}
    if len(saved) < FEWEST:
        _draw_empty(len(saved))
        return
    found = [one for code in _picked(saved) if (one := _opened(saved[code])) is not None]
    compared = comparison.options(found)
    if len(compared) < FEWEST:
        st.info("Choose two or three saved scenarios above.")
        return
    if st.session_state.get(_AGAIN):
        try:
            compared = comparison.run_again(compared, reads.open_store().snapshot_id, reads.cohort_of)
        except RefusedRun as refusal:
            st.warning(plain(str(refusal)))
            _offer_as_saved()
            return
    if why := comparison.refusals(compared):
        _draw_refusal(why)
        return
    if close := comparison.too_close(compared, reads.gate(), reads.open_store().snapshot_id, reads.cohort_of):
        _draw_refusal([close])
        return
    _draw_answer(compared)


def _draw_empty(n: int) -> None:
    st.title("Which option, and why?", anchor=False)
    one = "One scenario is saved; it takes two. " if n else ""
    st.markdown(f"{one}{EMPTY}")
    st.page_link(PAGES_FOLDER / "decide" / "scenario.py", label="Go to Scenario")


def _picked(saved: dict[str, SavedScenario]) -> list[str]:
    """The codes chosen: those of the address when the tab opens, else the first two."""
    if _PICKED not in st.session_state:
        linked = [code for raw in session.link().get(CODES, []) for code in raw.split(",") if code]
        for code in linked:
            if code not in saved:
                st.warning(f"There is no saved scenario “{plain(code[:12])}” for you. Choose another below.")
        st.session_state[_PICKED] = [code for code in linked if code in saved][:MOST] or list(saved)[:FEWEST]
        st.session_state[_AGAIN] = session.link().get(AGAIN) == ["today"]
    st.session_state[_PICKED] = [code for code in st.session_state[_PICKED] if code in saved]
    return st.multiselect(
        "Compare",
        list(saved),
        key=_PICKED,
        format_func=lambda code: _label(saved[code]),
        max_selections=MOST,
        on_change=_keep,
        placeholder="Choose two or three saved scenarios",
        label_visibility="collapsed",
    )


def _label(saved: SavedScenario) -> str:
    return f"{saved.name}{' · adopted' if saved.adopted else ''} · {date_words(saved.kept_at.date())}"


def _keep() -> None:
    """Makes the address say the choice, as saved."""
    st.query_params[CODES] = ",".join(st.session_state[_PICKED])
    _as_saved()


def _again() -> None:
    st.session_state[_AGAIN] = True
    st.query_params[AGAIN] = "today"


def _as_saved() -> None:
    st.session_state[_AGAIN] = False
    st.query_params.pop(AGAIN, None)


def _opened(saved: SavedScenario) -> OpenedScenario | None:
    try:
        return reads.saved_scenario(saved.code)
    except VcoreError as refusal:
        st.warning(plain(str(refusal)))
        return None


def _draw_refusal(why: list[str]) -> None:
    told = "\n".join(f"- {plain(reason)}" for reason in why)
    st.warning(f"These cannot stand side by side.\n\n{told}")
    if st.session_state.get(_AGAIN):
        _offer_as_saved()
    else:
        st.button("Run all again on today's data", key="compare-rerun", type="primary", on_click=_again)
        st.caption(
            "With the year and the money of the first. Nothing that is saved changes, and the figures that were "
            "saved stay under Scenario."
        )


def _offer_as_saved() -> None:
    st.button("Back to the figures as saved", key="compare-as-saved", type="tertiary", on_click=_as_saved)


def _draw_answer(compared: list[Option]) -> None:
    gate = reads.gate()
    table = figures.headlines(compared, gate)
    st.html(f'<h1 class="cve-sentence">{escape(table.title)}</h1>{subtitle(table.subtitle)}')
    _draw_standing(compared)
    with st.container(horizontal=True, vertical_alignment="center"):
        variance = st.toggle("Show differences", key="compare-variance")
        explain.calculation(("scenario_moved", "scenario_saving", "scenario_overlap", "scenario_net"))
        charts.offer_file(partial(figures.headlines, compared), sees_small=gate.sees_small, shown=table)
    st.table(
        figures.with_differences(table) if variance else table.words, hide_index=True, border="horizontal"
    )
    if not comparison.all_told(compared, gate):
        st.info(HIDDEN_AMOUNTS)
    left, right = st.columns(2, gap="large")
    with left:
        _draw_assumptions(compared)
    with right:
        first, second = _pair(compared)
        charts.show(partial(figures.bridge, first, second))


def _draw_standing(compared: list[Option]) -> None:
    """Which data the figures are of: as saved, or run again."""
    if st.session_state.get(_AGAIN):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("Run again on today's data; nothing that is saved has changed.")
            _offer_as_saved()
    elif compared[0].opened.elsewhere(reads.open_store().snapshot_id):
        with st.container(horizontal=True, vertical_alignment="center"):
            told = " and ".join(compared[0].opened.elsewhere(reads.open_store().snapshot_id))
            st.markdown(f"Figures as they were saved, {plain(told)}.")
            st.button("Run all again on today's data", key="compare-rerun", on_click=_again)


def _draw_assumptions(compared: list[Option]) -> None:
    st.markdown("### What differs", anchors=False)
    about = {"Children": {option.name: option.opened.filter.describe() for option in compared}}
    table = differing({option.name: option.opened.scenario for option in compared}, about)
    if table.empty:
        st.markdown(SAME)
    else:
        st.table(table.map(plain), hide_index=True, border="horizontal")


def _pair(compared: list[Option]) -> tuple[Option, Option]:
    """Which two the bridge joins."""
    if len(compared) == FEWEST:
        return compared[0], compared[1]
    by_name = {option.name: option for option in compared}
    one, other = st.columns(2)
    first = one.selectbox("From", list(by_name), key="compare-from")
    rest = [name for name in by_name if name != first]
    second = other.selectbox("To", rest, key="compare-to")
    return by_name[first], by_name[second]
