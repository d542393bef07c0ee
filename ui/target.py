"""The target bar: what each lever would take to save so much, in a full year or in one financial year of the plan.

By itself, or with the levers that are on. "Use" applies one; nothing else does. Nothing is searched before it is
asked for, and the dialog redraws nothing of the page.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ui import lever_panel, reads, scenario_runs, scenario_state, theme
from ui import target_words as words
from ui.disclosure import Gate
from ui.money_plan_rows import told_in
from ui.scenario_words import DECIDES_NOTHING, WHOSE, all_told
from ui.target_words import Asked
from vcore.errors import InvalidChoice, RefusedRun
from vcore.facts.assumptions import value
from vcore.scenarios import Result, run
from vcore.scenarios.calendar import by_year
from vcore.scenarios.goal_seek import Sought, goal_seek
from vcore.scenarios.lever import Lever
from vcore.scenarios.plan import plan

MILLION = 1_000_000
FIRST_MILLIONS = 2.0
ALONE, WITH = "alone", "with"
HOW = {ALONE: "Each by itself", WITH: "With the levers that are on"}
USE = {ALONE: "Use this", WITH: "Add this"}
FULL = "full"
_USED = "target-used"


@st.fragment
def offer(around: tuple[object, ...]) -> None:
    """The amount and the button, in one line. `around`: what the page was drawn for (`lever_panel.around_dials`)."""
    if around != lever_panel.around_dials():
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="bottom", key="target-bar"):
        millions = st.number_input(
            "Save, £m a year",
            0.1,
            1_000.0,
            FIRST_MILLIONS,
            0.1,
            format="%.1f",
            key="target-millions",
            help="From £0.1m to £1,000m: no council spends more on children in care.",
            width=160,
        )
        if st.button("What would it take?", key="target-ask"):
            _open(millions * MILLION)


def _open(target_gbp: float) -> None:
    st.dialog(f"What would it take to save {theme.money(target_gbp)}?", width="large")(_answer)(target_gbp)


def _answer(target_gbp: float) -> None:
    if st.session_state.pop(_USED, False):  # the page below has what was asked for: close, and show it
        st.rerun()
    draft, cohort, gate = scenario_state.draft(), reads.cohort(), reads.gate()
    fewest = 0 if gate.sees_small else int(value("smallest_n_for_mean"))
    try:
        as_it_is = scenario_runs.result()
        asked = _asked(as_it_is, gate)
        saved_gbp = _already(as_it_is, asked, gate)
        if saved_gbp is not None and saved_gbp >= target_gbp:
            st.html(f"<p><strong>{escape(words.already(saved_gbp, target_gbp, asked))}</strong></p>")
            return
        with st.spinner("Trying each lever"):
            found = goal_seek(
                target_gbp, draft.scenario, cohort, year=asked.year, with_others=asked.with_others,
                free_places=_free_places(), fewest=fewest,
            )  # fmt: skip
    except (RefusedRun, InvalidChoice) as refusal:
        st.warning(str(refusal))
        return
    answers = [
        words.answer(
            row,
            len(cohort),
            gate,
            asked,
            on=row.lever.code() in draft.on,
            shown=_year_told(row, as_it_is, asked, gate),
        )
        for row in found
    ]
    st.html(
        f"<p><strong>{escape(words.heading(answers, target_gbp, asked))}</strong> "
        f"{escape('' if saved_gbp is None else words.already(saved_gbp, target_gbp, asked))} "
        f"{escape(words.how(asked, WHOSE[draft.scenario.cost_basis]))} {escape(DECIDES_NOTHING)} "
        f"{escape(words.widened(fewest))}</p>"
    )
    others = []
    for row, told in zip(found, answers, strict=True):
        if told.usable:
            _draw(row, told, with_others=asked.with_others)
        else:
            others.append(_line(told))
    st.html(f'<ul class="cve-effects">{"".join(others)}</ul><p>{escape(words.NO_PREVENTION)}</p>')


def _asked(as_it_is: Result, gate: Gate) -> Asked:
    """In which year, and with which levers: two controls above the answer."""
    years = as_it_is.scenario.calendar.months(as_it_is.cohort.as_of).years
    with st.container(horizontal=True, vertical_alignment="bottom", key="target-asked"):
        year = st.selectbox(
            "Counted",
            [FULL, *years],
            format_func=lambda one: "in a full year" if one == FULL else f"in {one} only",
            key="target-year",
            width=220,
        )
        how = ALONE
        if as_it_is.steps and all_told(as_it_is, gate):  # a sum with hidden levers would tell of them
            how = st.segmented_control(
                "How", list(HOW), format_func=HOW.__getitem__, default=ALONE, required=True, key="target-how",
                label_visibility="collapsed",
            )  # fmt: skip
    return Asked(None if year == FULL else year, with_others=how == WITH)


def _year_told(row: Sought, as_it_is: Result, asked: Asked, gate: Gate) -> bool:
    """Whether this reader may be told what falls in the year: as on Money plan, no few children's own ends."""
    if asked.year is None or gate.sees_small or gate.sees_placements or row.eligible == 0:
        return True
    others = [lever for lever in as_it_is.scenario.levers if lever.kind != row.lever.kind]
    levers = (*(others if asked.with_others else ()), row.lever)
    try:
        made = plan(run(as_it_is.scenario.model_copy(update={"levers": levers}), as_it_is.cohort))
    except RefusedRun:
        return False
    return told_in(made, made.years.index(str(asked.year)), gate)


def _already(as_it_is: Result, asked: Asked, gate: Gate) -> float | None:
    """What the levers that are on save as they are, £; None where that is not asked, or not to be told."""
    if not asked.with_others:
        return None
    if asked.year is None:
        return as_it_is.unclaimed_annual_gbp
    made = plan(as_it_is)
    year = made.years.index(asked.year)
    return float(by_year(made.unclaimed)[year]) if told_in(made, year, gate) else None


def _free_places() -> dict[str, int]:
    """Free places by kind of home, in all services of the reader's councils (of those they chose) together.

    A total of places, not of one provider or child: for everybody who may see figures about groups.
    """
    free, councils = reads.open_store().free_places(reads.as_of()), set(reads.loaded_authorities())
    if chosen := reads.cohort().filter.authorities:
        councils &= set(chosen)
    free = free[free["authority"].isin(councils)]
    return {str(home): int(places) for home, places in free.groupby("setting_detail")["free"].sum().items()}


def _draw(row: Sought, told: words.Answer, *, with_others: bool) -> None:
    text, button = st.columns([8, 1], vertical_alignment="center")
    lines = (f"{told.setting} {told.money}", *told.cautions)
    said = "".join(f"<span>{escape(line)}</span>" for line in lines)
    with text:
        st.html(
            f'<ul class="cve-effects"><li><b><strong>{escape(told.name)}.</strong> {escape(told.children)}</b>'
            f"{said}</li></ul>"
        )
    kind = row.lever.code()
    use = USE[WITH if with_others else ALONE]
    button.button(use, key=f"target-use-{kind}", on_click=_use, args=(row.lever, with_others))


def _line(told: words.Answer) -> str:
    said = " ".join(part for part in (told.children, told.money) if part)
    return f"<li><b><strong>{escape(told.name)}.</strong> {escape(said)}</b></li>"


def _use(lever: Lever, with_others: bool) -> None:
    """The scenario comes to what was promised: this lever at the setting found, with those that are on or, where each
    was tried by itself, alone. The others keep their settings, switched off."""
    kind, draft = lever.code(), scenario_state.draft()
    kept = draft if with_others else draft.switched((kind,))
    scenario_state.choose(kept.set(kind, lever.model_dump(exclude={"kind"})))
    lever_panel.show(kind)
    st.session_state[_USED] = True
