"""Cached reads, and the second lock: nothing is handed out to somebody without the right to it.

Keeps one open store a published state, the cohorts lately asked for, and what was measured about them, so
that a rerun does no work twice. Frames are shared between readers: never change one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from ledger.rights import Right
from ledger.saved_cohorts import SavedCohort, find_cohort, list_cohorts
from ledger.saved_scenarios import SavedScenario, find_scenario, list_scenarios
from ui import cohort_state, learning, presenting, session, theme
from ui import comparison as comparisons
from ui.comparison import Comparison, NoComparison
from ui.disclosure import Gate
from ui.measured import gated as gated
from ui.measured import measured as measured
from ui.saved_cohorts import Opened, opened
from ui.saved_scenarios import OpenedScenario
from ui.saved_scenarios import opened as opened_scenario
from vcore.errors import VcoreError
from vcore.measures.cost_model import CostModel
from vcore.settings import settings
from vcore.store import Cohort, CohortFilter, Store
from vcore.store.benchmarks import Benchmarks, Stamp, open_benchmarks, stamp
from vcore.store.folder import DataFolder


class LeavesOutFew(VcoreError):
    """A cohort that is nearly its whole base: what is said of both tells of the few children between them."""

    def __init__(self) -> None:
        super().__init__(
            "These filters leave out only a few children, or only a few with a cost or an assessment. Beside "
            "the figures of all children, theirs would tell about those few, so none are shown. "
            "Remove a filter, or choose fewer children."
        )


class NothingLoaded(VcoreError):
    """None of the authorities that a reader's account is for is loaded."""

    def __init__(self, authorities: tuple[str, ...]) -> None:
        name = "that name" if len(authorities) == 1 else "any of these names"
        super().__init__(
            f"Your account is for {', '.join(authorities)}, and no data is loaded under {name}, so there are no "
            "children to show. Whoever loads data brings it in on the Data page; if it is loaded under another name, "
            "ask your administrator to put your account right."
        )


def open_store() -> Store:
    """The published state. Raises `NotSignedIn`, `NotAllowed`, or `StoreError` when nothing is published."""
    session.require(Right.SEE_COHORTS)
    return _opened(_state())


def cohort() -> Cohort:
    """The children this reader has chosen, among those of their authorities, on the date they chose.

    Raises `LeavesOutFew` when its figures would give away the few that are not in it.
    """
    choice = cohort_state.chosen()
    found = cohort_of(choice.filter, choice.as_of)
    if not gate().leaves_enough(measured(comparisons.counts, found), measured(comparisons.counts, whole())):
        raise LeavesOutFew
    return found


def comparison() -> Comparison:
    """What the reader's cohort stands beside: everyone else, unless they chose something that can be had."""
    return _compared()[0]


def no_comparison() -> str:
    """Why what the reader chose to compare with cannot be had; empty where it can."""
    return _compared()[1]


def _compared() -> tuple[Comparison, str]:
    choice, own = cohort_state.chosen(), cohort()

    def ask() -> tuple[Comparison, str]:
        try:
            return comparisons.compared(choice, own, gate(), cohort_of, saved_cohort), ""
        except NoComparison as refusal:
            return comparisons.everyone_else(own), str(refusal)

    return session.once_a_run(("comparison", choice), ask)


def saved_cohort(code: str) -> Opened:
    """The saved cohort with this code, if this reader and this data can be asked for it. Raises `VcoreError`."""
    person = session.require(Right.SEE_COHORTS)
    return opened(find_cohort(session.ledger(), code, person), person, open_store(), cohort_of)


def saved_cohorts() -> list[SavedCohort]:
    """Those this reader may open, their own first."""
    person = session.require(Right.SEE_COHORTS)
    return session.once_a_run("saved cohorts", lambda: list_cohorts(session.ledger(), person))


def saved_scenario(code: str) -> OpenedScenario:
    """The saved scenario with this code, if this reader and this data can be asked for it. Raises `VcoreError`."""
    person = session.require(Right.SEE_COHORTS)
    found = find_scenario(session.ledger(), code, person)
    return opened_scenario(found, person, open_store(), cohort_of)


def saved_scenarios() -> list[SavedScenario]:
    """Those this reader may open, the adopted one first."""
    person = session.require(Right.SEE_COHORTS)
    return session.once_a_run("saved scenarios", lambda: list_scenarios(session.ledger(), person))


def whole() -> Cohort:
    """Every child this reader may count, on the date they chose."""
    return cohort_of(CohortFilter(), cohort_state.chosen().as_of)


def cohort_of(cohort_filter: CohortFilter, as_of: date | None = None) -> Cohort:
    """The children any filter picks for this reader; `as_of` None: the latest date. Raises `NothingLoaded`."""
    own = session.require(Right.SEE_COHORTS).authorities
    return session.once_a_run(
        ("cohort", cohort_filter, as_of),
        lambda: _picked(_state(), cohort_filter, as_of, None if own is None else loaded_authorities()),
    )


def latest() -> date:
    """The last date that every authority of this reader reaches: the one they look at unless they chose another."""
    return open_store().latest_of(session.person().authorities)


def as_of() -> date:
    """The date the reader looks at."""
    return cohort_state.chosen().as_of or latest()


def file_name(what: str, kind: str) -> str:
    """The name of a file to take away; says so when the children are fictional."""
    mark = "demonstration-" if open_store().demonstration else ""
    return f"{mark}{what}-{as_of().isoformat()}.{kind}"


def source() -> str:
    """Whose data a file shows, in words; says so when the children are fictional."""
    whose = (
        "Demonstration data: these children are fictional" if open_store().demonstration else "Council data"
    )
    return f"Care Value Explorer · {whose} · {theme.date_words(as_of())}"


def cost_model() -> CostModel | None:
    """What explains cost in the data of the reader's date; None until it is learnt, some seconds after the first asks.

    Learnt once, from every child of the authorities whose loads reach the date, beside the screens: ask again a
    little later. Its arrays are in the order of the snapshot's rows: `expected_from_need[cohort.chosen]` is a
    cohort's.
    """
    snapshot = whole().snapshot  # `whole` asks for the right
    reaching = [card.authority for card in open_store().cards if card.as_of >= snapshot.as_of]
    return learning.learnt_cost_model(snapshot, reaching)


def budget() -> pd.DataFrame:
    """The budget lines of the reader's authorities, of those they chose where they chose some."""
    own = loaded_authorities()
    chosen = cohort_state.chosen().filter.authorities or own
    lines = open_store().budget()
    return lines[lines["authority"].isin(set(own) & set(chosen))].reset_index(drop=True)


def budgeted_children(day: date) -> Cohort:
    """Every child on a day whom those budgets pay for: a filter by authority counts, no other does."""
    return cohort_of(CohortFilter(authorities=cohort_state.chosen().filter.authorities), day)


def benchmarks() -> Benchmarks:
    """What is published about other authorities, as far as it is loaded: no child is in it."""
    session.require(Right.SEE_COHORTS)
    return _benchmarks(stamp(DataFolder(settings().data_folder)))


def loaded_authorities() -> tuple[str, ...]:
    """The authorities whose children this reader may count. Raises `NothingLoaded` when none of theirs is loaded."""
    own, loaded = session.require(Right.SEE_COHORTS).authorities, open_store().authorities
    if own is None:
        return loaded
    found = tuple(name for name in own if name in loaded)
    if not found:
        raise NothingLoaded(own)
    return found


def may_see_small() -> bool:
    """Whether this reader's role sees numbers of any size on their own screen, and the screen is theirs alone."""
    return Right.UNSUPPRESSED in session.person().rights and not presenting.on()


def gate() -> Gate:
    """What this reader may see: every number on a screen passes it. A projected screen is everybody's."""
    if presenting.on():
        session.person()
        return Gate(sees_small=False)
    rights = session.person().rights
    return Gate(
        sees_small=may_see_small(),
        sees_prices=Right.SEE_PRICES in rights,
        sees_placements=Right.SEE_PLACEMENT_COSTS in rights,
    )


def gate_out() -> Gate | None:
    """What a file to take away may hold: never a small number, whoever takes it.

    None where even the rest would tell of the few children whom the reader's choice leaves out.
    """
    own, choice, out = cohort(), cohort_state.chosen(), replace(gate(), sees_small=False)
    if not out.leaves_enough(measured(comparisons.counts, own), measured(comparisons.counts, whole())):
        return None
    if not no_comparison():
        try:
            comparisons.compared(choice, own, out, cohort_of, saved_cohort)
        except NoComparison:
            return None
    return out


def _state() -> str | None:
    """The name of the published state: the same all through a run, and the latest in the next one."""
    return session.once_a_run("state", DataFolder(settings().data_folder).live)


@st.cache_resource(max_entries=2, show_spinner="Opening the data")
def _opened(state: str | None) -> Store:
    return Store.open(settings().data_folder)


@st.cache_resource(max_entries=1, show_spinner=False)
def _benchmarks(loaded: Stamp) -> Benchmarks:
    return open_benchmarks(DataFolder(settings().data_folder))


@st.cache_resource(
    max_entries=32,
    show_spinner=False,
    hash_funcs={CohortFilter: lambda chosen: chosen.model_dump_json(exclude_none=True)},
)
def _picked(
    state: str | None, cohort_filter: CohortFilter, as_of: date | None, authorities: tuple[str, ...] | None
) -> Cohort:
    return _opened(state).cohort(cohort_filter, as_of, authorities=authorities)
