"""How sure is this? The range behind the answer and what it depends on most, for whoever asks.

Nothing is simulated before it is asked for, and no page waits for it.
"""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import charts, explain, presenting, ranges_figures, reads, scenario_runs, theme
from ui import ranges_words as words
from ui.lever_panel import RANGES
from ui.scenario_words import all_told, why_untold
from ui.simulating import known, simulated
from vcore.errors import RefusedRun
from vcore.scenarios import Result
from vcore.scenarios.ranges import Ranges, spans_of

ASK_AGAIN_SECONDS = 0.5
LINE_SECONDS = 0.3
AT_EACH_MOVE = 10_000  # children: of more, a range is simulated when somebody asks; in a room nobody can
METRICS = ("simulated_range", "simulated_chance", "one_at_a_time")
_TARGET, _MOST_GBP = "ranges-target", 100_000_000_000


def offer() -> None:
    """The range of the draft's answer, folded."""
    with st.expander("How sure is this?", key=RANGES, on_change="rerun") as folded:
        if not folded.open:
            return
        try:
            draw(scenario_runs.result())
        except RefusedRun as refusal:
            st.markdown(str(refusal))
            return
        explain.calculation(METRICS)


def draw_line(result: Result) -> DeltaGenerator | None:
    """The range under an answer that may be told, where it is known; else its place, for `fill_line`."""
    place, found = st.empty(), known(result)
    if found is None and spans_of(result.scenario):
        if len(result.cohort) > AT_EACH_MOVE and not presenting.on():
            place.html(_line(words.LINE_ON_ASKING))
            return None
        place.html(_line(words.LINE_SIMULATING))
        return place
    place.html(_line(words.LINE_NOTHING_VARIES if found is None else words.line(found)))
    return None


def fill_line(place: DeltaGenerator, result: Result) -> None:
    """Simulates, once all else is on the screen. What takes long goes on beside it and is there at the next move."""
    found = simulated(result, wait_seconds=LINE_SECONDS)
    place.html(_line(words.takes_long(presenting.on()) if found is None else words.line(found)))


def _line(said: str) -> str:
    return f'<p class="cve-subtitle cve-range">{escape(said)}</p>'


def draw(result: Result) -> None:
    """The range and what it depends on, as soon as it is simulated."""
    if not all_told(result, reads.gate()):
        st.info(why_untold(result))
        return
    if not spans_of(result.scenario):
        st.markdown(words.NOTHING_VARIES)
        return
    found = simulated(result)
    if found is None:
        _draw_simulating(result)
        return
    said = [told(found, result) for told in (words.moved, words.avoided, words.claimed)] + [
        words.still(result)
    ]
    if found.same_everywhere:
        _say([words.SAME_EVERYWHERE, *said])
        return
    range_of, depends = st.columns(2, gap="large")
    with range_of:
        charts.show(partial(ranges_figures.interval, result, found))
        _draw_chance(result, found)
        _say(said)
        st.caption(words.HOW)
    with depends:
        charts.show(partial(ranges_figures.swings, result, found))


def _say(sentences: list[str]) -> None:
    st.markdown("\n\n".join(theme.plain(one) for one in sentences if one))


@st.fragment(run_every=ASK_AGAIN_SECONDS)
def _draw_simulating(result: Result) -> None:
    if simulated(result) is not None:
        st.rerun()
    st.caption(words.SIMULATING)


def _draw_chance(result: Result, found: Ranges) -> None:
    """How many futures reach the answer, or any other target."""
    typed = st.number_input(
        "Save at least, £ a year",
        1,
        _MOST_GBP,
        value=None,
        step=100_000,
        key=_TARGET,
        placeholder="as set here",
        help="£1 or more: futures that save nothing at all reach any lower target. Empty: what is saved as set here.",
    )
    target = result.unclaimed_annual_gbp if typed is None else typed
    st.markdown(f"**{theme.plain(words.chance(found.chance(max(target, 1.0)), target))}**")
