"""The cohort bar: who is on the page, as chips, and three figures. The same on every page about children.

Draws the choice and stops the page where it would mislead: a link that cannot be followed, or nobody left.
Never keeps a choice (`ui.cohort_state`) and never counts (`vcore.measures`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ledger.rights import Right
from ui import (
    announced,
    cohort_filters,
    cohort_offers,
    cohort_presets,
    cohort_state,
    comparison_menu,
    presenting,
    reads,
    saved_cohort_forms,
    saved_cohort_list,
    sentences,
    session,
    spend,
)
from ui.cohort_link import AS_OF, RANGES, Choice, Problem
from ui.theme import date_words, plain
from vcore.errors import VcoreError
from vcore.store import Cohort, CohortFilter
from vcore.store.sentences import clauses

LONGEST_CHIP = 44  # characters; a longer one names its filter and how many are chosen


def draw(*, compares: bool) -> None:
    """Draws the bar for the reader's cohort. Stops the run when there is no cohort to show.

    `compares`: the page shows what the cohort is compared with, so the reader may choose it here.

    Raises `NotSignedIn` or `NotAllowed`.
    """
    person = session.require(Right.SEE_COHORTS)
    store = reads.open_store()
    try:
        reads.loaded_authorities()
    except reads.NothingLoaded as nothing:
        st.title("No children to show yet", anchor=False)
        st.write(plain(str(nothing)))
        st.stop()
    if late := cohort_offers.date_problems(cohort_state.chosen(), person, store):
        cohort_state.refuse(*late)
    if unknown := cohort_offers.filter_problems(cohort_state.chosen(), person, reads.whole(), store):
        cohort_state.refuse(*unknown)
    if problems := cohort_state.problems():
        _draw_problems(problems)
        st.stop()
    cohort = reads.cohort_of(cohort_state.chosen().filter, cohort_state.chosen().as_of)
    with st.container(key="cohort-bar", horizontal=True, vertical_alignment="center", gap="small", wrap=True):
        _draw_size(cohort)  # first, so that it stays the same region however many chips there are
        _draw_chips(cohort_state.chosen())
        _draw_actions(compares)
    if not len(cohort):
        _draw_nobody(cohort)
        st.stop()
    try:
        reads.cohort()
    except reads.LeavesOutFew as refusal:
        st.title("All but a few children", anchor=False)
        st.write(str(refusal))
        st.stop()
    if compares:
        comparison_menu.draw_refusal()


def without(choice: Choice, name: str) -> Choice:
    """The choice with one filter lifted; a span's name lifts both its ends."""
    if name == AS_OF:
        return replace(choice, as_of=None)
    gone = {name, f"{name}_min", f"{name}_max"} if name in RANGES else {name}
    kept = {field: value for field, value in choice.filter.chosen().items() if field not in gone}
    return replace(choice, filter=CohortFilter.model_validate(kept))


def chips(choice: Choice) -> dict[str, str]:
    """The words of each filter in force, by its name."""
    said = clauses(choice.filter.chosen())
    words = {name: _short(name, clause, choice) for name, clause in said.items()}
    if choice.as_of is not None:
        words[AS_OF] = f"As at {date_words(choice.as_of)}"
    return words


def _short(name: str, clause: str, choice: Choice) -> str:
    if len(clause) > LONGEST_CHIP and isinstance(names := choice.filter.chosen()[name], tuple):
        return f"{cohort_offers.BY_NAME[name].label}: {len(names)} chosen"
    return clause[0].upper() + clause[1:]


def _draw_chips(choice: Choice) -> None:
    for name, words in chips(choice).items():
        st.button(
            f"{plain(words)} ×",
            key=f"chip-{name}",
            help="Remove this filter",
            on_click=cohort_state.choose,
            args=(without(choice, name),),
        )


def _draw_actions(compares: bool) -> None:
    if st.button("\\+ Filter", key="cohort-filter", on_click=cohort_filters.fill):
        cohort_filters.open_dialog()
    _draw_presets()
    if compares:
        comparison_menu.draw()
    if cohort_state.chosen().filter.chosen():
        st.button("Clear", key="cohort-clear", type="tertiary", on_click=cohort_state.clear)
        if st.button("Save", key="cohort-save", type="tertiary"):
            saved_cohort_forms.save()
    if cohort_state.can_undo():
        st.button("Undo", key="cohort-undo", type="tertiary", on_click=cohort_state.undo)


def _draw_presets() -> None:
    """The cohorts that are ready made, and those that were saved."""
    ready = {preset.label: preset.filter for preset in cohort_presets.offered(reads.whole())}
    saved = {found.code: found for found in reads.saved_cohorts()[: comparison_menu.MOST_SHOWN]}
    picked = st.menu_button(
        "Presets",
        [*ready, *saved],
        format_func=lambda name: f"Saved: {plain(saved[name].name)}" if name in saved else name,
        key="cohort-presets",
    )
    if picked in ready:
        cohort_state.choose(replace(cohort_state.chosen(), filter=ready[picked]))
        st.rerun()
    elif picked is not None:
        try:
            saved_cohort_list.open_cohort(reads.saved_cohort(picked))
        except VcoreError as refusal:
            st.toast(plain(str(refusal)), duration="long")
        else:
            st.rerun()


def _draw_size(cohort: Cohort) -> None:
    """The figures, in a region that screen readers announce when it changes. The style puts it last."""
    gate = reads.gate()
    words = sentences.cohort_size(
        spend.sizes(cohort),
        spend.completeness(cohort).costed,
        spend.completeness(reads.whole()).costed,
        gate,
        _within(cohort),
        spend.cost_shares(cohort, gate),
    )
    if presenting.on():  # the chips are not on the screen
        words = " · ".join([*chips(cohort_state.chosen()).values(), words])
    announced.begin(words)


def _within(cohort: Cohort) -> tuple[int, str] | None:
    """How many children the chosen settings hold, when other filters narrow them further."""
    chosen = cohort.filter.chosen()
    places = {name: chosen[name] for name in ("settings", "setting_details") if name in chosen}
    if not places or len(places) == len(chosen):
        return None
    held = reads.cohort_of(CohortFilter.model_validate(places), cohort_state.chosen().as_of)
    return len(held), " and ".join(clauses(places).values())


def _draw_problems(problems: Sequence[Problem]) -> None:
    st.title("This link cannot be followed as it is", anchor=False)
    st.warning("\n".join(f"- {plain(problem.words)}" for problem in problems))
    st.write("Nothing is shown, so that nobody takes other children for the ones the link meant.")
    rest = cohort_state.chosen().filter.describe()
    st.button(f"Show instead: {rest}", key="cohort-accept", type="primary", on_click=cohort_state.accept)


def _draw_nobody(cohort: Cohort) -> None:
    choice, gate = cohort_state.chosen(), reads.gate()
    if not len(cohort.base):
        latest = date_words(reads.latest())
        st.title(f"Nobody was in care on {date_words(cohort.as_of)}, as far as the data goes", anchor=False)
        if cohort.as_of == reads.latest():
            st.write("Whoever loads the data should look whether the files held the episodes of now.")
            return
        st.write(
            f"The data runs to {latest} and holds nobody's time in care on that date: it may begin later."
        )
        st.button(
            f"Show {latest}",
            key="nobody-date",
            type="primary",
            on_click=cohort_state.choose,
            args=(without(choice, AS_OF),),
        )
        return
    st.title("Nobody fits all of these filters", anchor=False)
    ways_out = {name: without(choice, name) for name in chips(choice)}
    left = {name: len(reads.cohort_of(way.filter, way.as_of)) for name, way in ways_out.items()}
    if any(left.values()):
        st.write("Each of these leaves somebody. Or undo your last step.")
    else:
        st.write("No single one of them is the reason: clear them all, or undo your last step.")
    for name, n in left.items():
        if n:
            st.button(
                f"Remove “{chips(choice)[name]}”: leaves {sentences.children(n, gate, len(cohort.base))}",
                key=f"nobody-{name}",
                on_click=cohort_state.choose,
                args=(ways_out[name],),
            )
