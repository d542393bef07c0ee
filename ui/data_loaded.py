"""What is loaded: an authority's live load, its history, and the two ways to change it: roll back, keep the last few.

Counts pass the gate. Nothing here changes the data itself: `ui.data_changes` does.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from ledger import loads
from ui import data_changes, load_words, reads, session
from ui.data_notice import said
from ui.published import published
from ui.spend import completeness, sizes
from ui.theme import count, date_words, money, number, percent, plain
from vcore.store import CohortFilter
from vcore.store.parts import PartCard
from vcore.store.past_loads import PastLoad, past_loads
from vcore.store.retention import beyond
from vcore.store.reversal import before

KEPT_AT_FIRST = 13  # a year of monthly loads and the one before


def draw() -> None:
    """A line an authority, then one of them in full."""
    names = data_changes.authorities()
    if not names:
        st.info("None of your authorities is loaded yet. Open “Load” to bring in the first files.")
        return
    cards = {part.authority: part for part in published().parts}
    st.table(pd.DataFrame([_line(cards[name]) for name in names]).set_index("Authority"), border="horizontal")
    if told := load_words.date_of_pages({name: cards[name].as_of for name in names}):
        st.caption(plain(told))
    name = names[0]
    if len(names) > 1:
        name = st.selectbox("History of", names, key="data-authority") or name
    _one(name)


def _line(card: PartCard) -> dict[str, str]:
    """One authority's live load. Its children and costs are those of the day it is true for."""
    cohort = reads.cohort_of(CohortFilter(authorities=(card.authority,)), card.as_of)
    gate, found = reads.gate(), completeness(cohort)
    weekly = sizes(cohort).weekly_gbp
    return {
        "Authority": plain(card.authority),
        "True for": date_words(card.as_of),
        "Loaded (UTC)": f"{card.loaded_at:%d/%m/%Y %H:%M}",
        "Children in care": gate.count(found.children),
        "Cost a week": gate.amount(money(weekly), found.costed),
        "With a cost": gate.amount(percent(found.costed_share), found.children),
        "With an assessment": gate.amount(
            percent(found.assessed / found.children if found.children else float("nan")), found.children
        ),
    }


def _one(authority: str) -> None:
    """History and actions of one authority."""
    done = loads.events(session.ledger(), authority)
    who = {event.load_id: event.who for event in done if event.what in (loads.KEPT, loads.PUBLISHED)}
    past = past_loads(data_changes.folder(), authority)
    with st.container(horizontal=True, vertical_alignment="center", key="data-actions"):
        _offer_roll_back(authority)
        _offer_keep_last(authority, len([load for load in past if load.kept]))
    rows = [
        {
            "Loaded (UTC)": f"{load.card.loaded_at:%d/%m/%Y %H:%M}",
            "True for": date_words(load.card.as_of),
            "By": plain(
                who.get(load.card.root, "the app itself" if load.card.demonstration else "not recorded")
            ),
            "Children on file": number(load.card.rows.get("child", 0)),
            "Files": plain(load.card.files)
            or ("made up by the app" if load.card.demonstration else "not recorded"),
            "Now": _standing(load),
        }
        for load in past
    ]
    st.table(pd.DataFrame(rows).set_index("Loaded (UTC)"), border="horizontal")
    with st.expander("Who did what with this authority's data"):
        if not done:
            st.write("Nothing is on record yet.")
            return
        lines = [
            {
                "When (UTC)": f"{event.at:%d/%m/%Y %H:%M}",
                "Who": plain(event.who),
                "What": event.what,
                "Told": plain(" · ".join(event.told)),
            }
            for event in done
        ]
        st.table(pd.DataFrame(lines).set_index("When (UTC)"), border="horizontal")


def _standing(load: PastLoad) -> str:
    if load.live:
        return "Live"
    if not load.kept:
        return "Deleted"
    return "Kept" if load.published else "Not published"


def _offer_roll_back(authority: str) -> None:
    """Two clicks: open what it means, then do it."""
    earlier = before(data_changes.folder(), authority)
    if earlier is None:
        st.caption("Nothing to roll back to: no earlier load is kept.")
        return
    with st.popover(f"Roll back {plain(authority)}"):
        st.write(
            f"Back to the load that is true for {date_words(earlier.as_of)}, "
            f"{count(earlier.rows.get('child', 0), 'child', 'children')} on file. Every reader sees it with their "
            "next click; other authorities stay as they are. The load that is live now is kept."
        )
        st.button(
            "Roll back now",
            key="data-roll-back",
            type="primary",
            on_click=said,
            args=(partial(_rolled_back, authority),),
        )


def _rolled_back(authority: str) -> str:
    back = data_changes.roll_back(authority)
    return f"Rolled back. {authority} shows again what is true for {date_words(back.as_of)}."


def _offer_keep_last(authority: str, kept: int) -> None:
    if kept < 2:
        return
    with st.popover("Delete old loads"):
        keep = st.number_input(
            "Keep the last",
            min_value=1,
            max_value=max(kept, 2),
            value=min(KEPT_AT_FIRST, kept),
            key="data-keep",
        )
        gone = beyond(data_changes.folder(), authority, int(keep))
        if not gone:
            st.write("Nothing to delete: no more than these are kept.")
            return
        st.write(
            f"{count(len(gone), 'load goes', 'loads go')} for good: true for "
            f"{', '.join(date_words(card.as_of) for card in gone)}. Nobody can roll back to "
            f"{'it' if len(gone) == 1 else 'them'} afterwards; who loaded what, and when, stays on record."
        )
        st.button(
            f"Delete {count(len(gone), 'load', 'loads')}",
            key="data-delete",
            on_click=said,
            args=(partial(_deleted, authority, int(keep)),),
        )


def _deleted(authority: str, keep: int) -> str:
    gone = data_changes.keep_last(authority, keep)
    return f"{count(len(gone), 'load', 'loads')} of {authority} deleted for good."
