"""The target bar: what each lever alone would take to save so much a year. "Use this" applies one; nothing else does.

Nothing is searched before it is asked for, and the dialog redraws nothing of the page.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ui import lever_panel, reads, scenario_state, theme
from ui import target_words as words
from ui.scenario_words import DECIDES_NOTHING, WHOSE
from vcore.errors import RefusedRun
from vcore.facts.assumptions import value
from vcore.scenarios.goal_seek import Sought, goal_seek
from vcore.scenarios.lever import Lever

MILLION = 1_000_000
FIRST_MILLIONS = 2.0
USE = "Use this"


@st.fragment
def offer() -> None:
    """The amount and the button, in one line."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="target-bar"):
        millions = st.number_input(
            "Save, £m a year",
            0.1,
            1_000.0,
            FIRST_MILLIONS,
            0.1,
            format="%.1f",
            key="target-millions",
            width=160,
        )
        if st.button("What would it take?", key="target-ask"):
            _open(millions * MILLION)


def _open(target_gbp: float) -> None:
    st.dialog(f"What would it take to save {theme.money(target_gbp)} a year?", width="large")(_answer)(
        target_gbp
    )


def _answer(target_gbp: float) -> None:
    draft, cohort, gate = scenario_state.draft(), reads.cohort(), reads.gate()
    fewest = 0 if gate.sees_small else int(value("smallest_n_for_mean"))
    try:
        found = goal_seek(target_gbp, draft.scenario, cohort, free_places=_free_places(), fewest=fewest)
    except RefusedRun as refusal:
        st.warning(str(refusal))
        return
    st.html(
        f"<p><strong>{escape(words.heading(found, target_gbp, gate))}</strong> Each by itself, in a full year, "
        f"{escape(WHOSE[draft.scenario.cost_basis])}; those nearest to today first. {escape(DECIDES_NOTHING)} "
        f"{escape(words.widened(fewest))}</p>"
    )
    others = []
    for row in found:
        told = words.answer(row, len(cohort), gate, on=row.lever.code() in draft.on)
        if told.usable:
            _draw(row, told)
        else:
            others.append(_line(told))
    st.html(f'<ul class="cve-effects">{"".join(others)}</ul><p>{escape(words.NO_PREVENTION)}</p>')


def _free_places() -> dict[str, int]:
    """Free places by kind of home, in all services of the reader's councils (of those they chose) together.

    A total of places, not of one provider or child: for everybody who may see figures about groups.
    """
    free, councils = reads.open_store().free_places(reads.as_of()), set(reads.loaded_authorities())
    if chosen := reads.cohort().filter.authorities:
        councils &= set(chosen)
    free = free[free["authority"].isin(councils)]
    return {str(home): int(places) for home, places in free.groupby("setting_detail")["free"].sum().items()}


def _draw(row: Sought, told: words.Answer) -> None:
    text, button = st.columns([8, 1], vertical_alignment="center")
    lines = (f"{told.setting} {told.money}", *told.cautions)
    said = "".join(f"<span>{escape(line)}</span>" for line in lines)
    with text:
        st.html(
            f'<ul class="cve-effects"><li><b><strong>{escape(told.name)}.</strong> {escape(told.children)}</b>'
            f"{said}</li></ul>"
        )
    kind = row.lever.code()
    if button.button(USE, key=f"target-use-{kind}", on_click=_use, args=(row.lever,)):
        st.rerun()


def _line(told: words.Answer) -> str:
    said = " ".join(part for part in (told.children, told.money) if part)
    return f"<li><b><strong>{escape(told.name)}.</strong> {escape(said)}</b></li>"


def _use(lever: Lever) -> None:
    """The scenario becomes this lever alone, at the setting found; the others keep their settings, switched off."""
    kind = lever.code()
    scenario_state.choose(
        scenario_state.draft().switched((kind,)).set(kind, lever.model_dump(exclude={"kind"}))
    )
    lever_panel.show(kind)
