"""The saved scenarios: what each came to, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ledger import scenario_keeping
from ledger.saved_scenarios import SavedScenario, changes_of
from ui import reads, saved_scenario_forms, saved_scenario_state, session
from ui.saved_scenarios import OpenedScenario, came_to, figures_kept
from ui.theme import count, date_words, moment_words, plain
from vcore.errors import VcoreError

MOST_SHOWN = 30
EMPTY = (
    "No scenario is saved yet. Set the levers, then Save: it is here from then on, to open and to compare."
)
HEIGHT_PX = 430
_MORE = "desk-more"
_REFUSED = "desk-refused"


def draw() -> None:
    """One row a saved scenario, the adopted one first."""
    found = reads.saved_scenarios()
    if not found:
        st.markdown(EMPTY)
        return
    if refusal := st.session_state.pop(_REFUSED, ""):
        st.error(plain(refusal))
    with st.container(height=HEIGHT_PX, border=False):
        for saved in found[:MOST_SHOWN]:
            _draw_row(saved)
        if len(found) > MOST_SHOWN:
            st.caption(
                f"The first {MOST_SHOWN} of {count(len(found), 'scenario', 'scenarios')}. Delete some of yours."
            )


def _draw_row(saved: SavedScenario) -> None:
    words, actions = st.columns([5, 2], vertical_alignment="center")
    try:
        opened = reads.saved_scenario(saved.code)
    except VcoreError as refusal:
        opened, said = None, str(refusal)
    else:
        elsewhere = opened.elsewhere(reads.open_store().snapshot_id)
        marked = f" ({', '.join(elsewhere)})" if elsewhere else ""
        said = f"{opened.filter.describe()}: {came_to(opened.figures, reads.gate())}{marked}"
    words.markdown(f"**{plain(saved.name)}**{plain(_whose(saved))}  \n{plain(said)}")
    with actions.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if opened is not None and st.button("Open", key=f"scenario-open-{saved.code}"):
            _open(opened)
        st.button(
            "Less" if st.session_state.get(_MORE) == saved.code else "More",
            key=f"scenario-more-{saved.code}",
            type="tertiary",
            on_click=_toggle,
            args=(saved.code,),
        )
    if st.session_state.get(_MORE) == saved.code:
        _draw_more(saved, opened)


def _whose(saved: SavedScenario) -> str:
    own = saved.owner == session.person().username
    whose = ("shared by you" if saved.shared else "only for you") if own else f"shared by {saved.owner_name}"
    return f"{' · adopted' if saved.adopted else ''} · {whose} · {date_words(saved.kept_at.date())}"


def _open(opened: OpenedScenario) -> None:
    try:
        saved_scenario_state.open_scenario(opened)
    except VcoreError as refusal:
        st.error(plain(str(refusal)))
        return
    st.rerun()


def _toggle(code: str) -> None:
    st.session_state[_MORE] = None if st.session_state.get(_MORE) == code else code


def _draw_more(saved: SavedScenario, opened: OpenedScenario | None) -> None:
    """Note, history, and what may be done: one's own changed, anybody's copied."""
    code, own = saved.code, saved.owner == session.person().username
    with st.container(border=True):
        if opened is None:
            st.markdown(plain(f"It came to: {came_to(figures_kept(saved), reads.gate())}"))
        if own and not saved.adopted:
            name, note, shared = saved_scenario_forms.fields(
                f"change-{code}", saved.name, saved.note, saved.shared
            )
        else:
            name, note, shared = saved.name, saved.note, saved.shared
            st.markdown(plain(saved.note) or "No note.")
        ledger, person = session.ledger(), session.person()
        with st.container(horizontal=True):
            if own and not saved.adopted:
                _act(
                    "Save changes", code,
                    lambda: scenario_keeping.rename_scenario(
                        ledger, code, person, name=name, note=note, shared=shared
                    ),
                )  # fmt: skip
                _act(
                    "Adopt", code, lambda: scenario_keeping.adopt_scenario(ledger, code, person), help=_ADOPT
                )
            if own and saved.adopted:
                _act("No longer adopted", code, lambda: scenario_keeping.lift_adoption(ledger, code, person))
            _act("Copy", code, lambda: _copy(saved))
            if own and not saved.adopted:
                _act("Delete", code, lambda: scenario_keeping.delete_scenario(ledger, code, person))
        for line in changes_of(ledger, code, person):
            detail = f": {line.detail}" if line.detail else ""
            st.caption(plain(f"{moment_words(line.at)} · {line.who} · {line.what}{detail}"))


_ADOPT = (
    "Shared with everyone who may count the same children, and locked. There is one adopted scenario: this takes the "
    "place of the one before."
)


def _copy(saved: SavedScenario) -> None:
    name = f"Copy of {saved.name}"[: saved_scenario_forms.LONGEST_NAME]
    scenario_keeping.copy_scenario(session.ledger(), saved.code, session.person(), name=name)


def _act(label: str, code: str, do: Callable[[], object], *, help: str | None = None) -> None:
    """A button that does something in the ledger, and says why where that is refused."""
    if not st.button(label, key=f"scenario-{label}-{code}", help=help):
        return
    try:
        do()
    except VcoreError as refusal:
        st.session_state[_REFUSED] = str(refusal)
    _keep_open(code)
    st.rerun(scope="fragment")


def _keep_open(code: str) -> None:
    """What is open on the screen is as the ledger has it now."""
    found = saved_scenario_state.opened()
    if found is not None and found.code == code:
        try:
            saved_scenario_state.remember(
                reads.saved_scenario(code), settled=not saved_scenario_state.unsettled()
            )
        except VcoreError:
            saved_scenario_state.close()
