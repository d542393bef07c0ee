"""Finance changes the council's register here: one assumption at a time, with where the numbers come from.

What is kept goes into the ledger with who and when; nothing is overwritten, and any earlier state can be put back.
Everybody else reads the history. Runs no scenario.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ledger.assumption_edits import (
    APPS_OWN,
    LONGEST,
    NO_EDIT,
    QUALITIES,
    AssumptionEdit,
    Entry,
    edit_assumption,
    history,
)
from ledger.rights import Right
from ui import council_register, scenario_state, session
from ui.assumption_words import amount
from ui.theme import moment_words, plain
from vcore.errors import VcoreError
from vcore.facts.assumptions import Assumption, register
from vcore.scenarios.own_numbers import check_together, limits, own_numbers

CHOICE, SAID = "assumption-choice", "assumption-said"
_NUMBERS = {"value": "Value", "low": "Low end", "high": "High end"}
_TEXTS = {"source": "Where it comes from", "owner": "Kept by", "date": "Of (year or month)"}


def draw() -> None:
    """The form for whoever may change the register; for everybody, what was changed."""
    if Right.EDIT_ASSUMPTIONS in session.person().rights:
        with st.expander("Change the council's register", key="register-change", on_change="rerun") as opened:
            if opened.open:
                _draw_change()
    with st.expander(
        "What was changed, by whom and when", key="register-history", on_change="rerun"
    ) as opened:
        if opened.open:
            _draw_history()


def _draw_change() -> None:
    if said := st.session_state.pop(SAID, None):
        st.success(plain(said))
    known, edits = council_register.in_force(), council_register.edits()
    st.markdown(
        "New scenarios start from these numbers, whoever sets them up. One that is saved keeps those it was made with. "
        "Rules that hide small numbers, and published facts, are not changed here."
    )
    key = st.selectbox(
        "Assumption", sorted(limits(), key=lambda one: known[one].label), key=CHOICE,
        format_func=lambda one: f"{known[one].label} ({unit(known[one])})",
    )  # fmt: skip
    here, seen = known[key], edits[key].id if key in edits else NO_EDIT
    if here.changed:
        st.caption(plain(f"Changed by {here.changed}. The app comes with {_span(register()[key])}."))
    given = _form(key, here, seen)
    if given is not None:
        _keep(key, given, seen)
    earlier = history(session.ledger(), session.person(), key)
    if earlier:
        _draw_back(key, earlier, seen)


def _form(key: str, here: Assumption, seen: int) -> Entry | None:
    """The form, as the register has it; what was sent, once it was."""
    share = here.unit.startswith("share")
    with st.form(f"assumption-{key}-{seen}", border=False):
        numbers = {
            name: column.number_input(
                f"{label}, {unit(here)}",
                value=float(getattr(here, name)) * (100 if share else 1),
                step=1.0 if abs(getattr(here, name)) >= 1 or share else 0.1,
                format="%.10g",
                key=f"assumption-{key}-{seen}-{name}",
            )
            for column, (name, label) in zip(st.columns(3), _NUMBERS.items(), strict=True)
        }
        texts = {
            name: column.text_input(
                label,
                value=getattr(here, name),
                max_chars=LONGEST[name],
                key=f"assumption-{key}-{seen}-{name}",
            )
            for column, (name, label) in zip(st.columns([2, 1, 1]), _TEXTS.items(), strict=True)
        }
        quality = st.segmented_control(
            "Quality", QUALITIES, default=here.quality, required=True, key=f"assumption-{key}-{seen}-quality"
        )
        rationale = st.text_area(
            "Why this value and this range", value=here.rationale, max_chars=LONGEST["rationale"],
            height=96, key=f"assumption-{key}-{seen}-rationale",
        )  # fmt: skip
        if not st.form_submit_button("Keep it in the register", type="primary"):
            return None
    own = {name: _own_unit(number, share=share) for name, number in numbers.items()}
    told: dict[str, Any] = {**own, **texts, "quality": quality or here.quality, "rationale": rationale}
    return Entry(**told)


def _keep(key: str, entry: Entry, seen: int) -> None:
    """Checks an entry, keeps it, and lets this tab's scenario follow; a sentence where it cannot be kept."""
    if entry == _entry(council_register.in_force()[key]):
        st.info("Nothing is different from what the register has already, so nothing was kept.")
        return
    together = [one for one in council_register.own() if one.key != key]
    try:
        if entry != APPS_OWN:
            together.append(own_numbers(key, entry.value, entry.low, entry.high))
        check_together(together)
        edit_assumption(session.ledger(), session.person(), key, entry, seen=seen)
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    session.ask_again("register edits", "register in force", "fresh draft")
    scenario_state.rest_on_today()
    known = council_register.in_force()[key]
    st.session_state[SAID] = (
        f"Kept: {known.label} is {_span(known)}. The scenario on this screen follows; settings made by hand stay."
    )
    st.rerun()


def _draw_back(key: str, earlier: list[AssumptionEdit], seen: int) -> None:
    """Any state before the one in force, to be put back by an edit of its own."""
    shipped = register()[key]
    states = {edit.id: edit.entry for edit in earlier[1:]} | {NO_EDIT: APPS_OWN}
    had = {edit.id: council_register.edited(shipped, edit) for edit in earlier} | {NO_EDIT: shipped}
    words = {edit.id: f"{_span(had[edit.id])}: {edit.who_name}, {moment_words(edit.at)}" for edit in earlier}
    words[NO_EDIT] = f"{_span(shipped)}: as the app comes"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        back = st.selectbox(
            "Put back",
            list(states),
            format_func=words.__getitem__,
            key=f"assumption-{key}-{seen}-back",
            width=560,
        )
        if st.button("Put it back", key=f"assumption-{key}-{seen}-undo"):
            _keep(key, states[back], seen)
    st.caption(plain(f"Quality {had[back].quality}, kept by {had[back].owner}. Source: {had[back].source}"))


def _draw_history() -> None:
    edits = history(session.ledger(), session.person())
    if not edits:
        st.markdown("Nothing yet: every assumption is as the app comes.")
        return
    st.table(history_table(edits), hide_index=True, border="horizontal")


def history_table(edits: list[AssumptionEdit]) -> pd.DataFrame:
    """Every change in words, the latest first: what stood there, and what has taken its place."""
    before, rows = dict(register()), []
    for edit in reversed(edits):
        if edit.key not in before:  # an assumption that this version of the app does not have
            continue
        was, now = before[edit.key], council_register.edited(register()[edit.key], edit)
        before[edit.key] = now
        rows.append(
            {
                "When (UTC)": f"{edit.at:%d/%m/%Y %H:%M}",
                "Who": plain(edit.who_name),
                "Assumption": now.label,
                "It was": _span(was),
                "It became": _span(now),
                "Quality": _change(was.quality, now.quality),
                "Kept by": plain(_change(was.owner, now.owner)),
                "Source": "as the app comes" if edit.entry.value is None else plain(now.source),
                "Why": plain(edit.entry.rationale),
            }
        )
    return pd.DataFrame(rows[::-1])


def _change(was: str, now: str) -> str:
    """`low → medium`; one of them where they are the same."""
    return now if was == now else f"{was} → {now}"


def unit(known: Assumption) -> str:
    """%, £ a week, months: what a number of it is typed in."""
    return known.unit.replace("GBP", "£").replace("share", "%")


def _entry(known: Assumption) -> Entry:
    return Entry(**{name: getattr(known, name) for name in Entry.__dataclass_fields__})


def _own_unit(number: float | None, *, share: bool) -> float | None:
    return number if number is None or not share else round(number / 100, 12)


def _span(known: Assumption) -> str:
    """`55% (40% to 70%)`."""
    value, low, high = (amount(end, known) for end in (known.value, known.low, known.high))
    return f"{value} ({low} to {high})"
