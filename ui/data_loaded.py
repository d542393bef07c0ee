"""What is loaded: every authority's live load, the date pages show, and the history of one of them.

Counts pass the gate. Nothing here changes the data: `ui.data_actions` offers that.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ledger import loads
from ui import data_actions, data_changes, load_files, load_words, reads, session
from ui.published import published
from ui.spend import completeness, sizes
from ui.theme import date_words, money, number, percent, plain
from vcore.store import CohortFilter
from vcore.store.parts import PartCard
from vcore.store.past_loads import PastLoad, past_loads


def draw() -> None:
    """A line an authority, then one of them in full."""
    names, out = data_changes.authorities(), data_changes.taken_out()
    if not names and not out:
        st.info("None of your authorities is loaded yet. Open “Load” to bring in the first files.")
        return
    if names:
        _draw_live(names)
    name, *others = (*names, *out)
    if others:
        name = st.selectbox("History of", (name, *others), key="data-authority")
    _one(name)


def _draw_live(names: Sequence[str]) -> None:
    cards = {part.authority: part for part in published().parts}
    st.table(pd.DataFrame([_line(cards[name]) for name in names]).set_index("Authority"), border="horizontal")
    if told := load_words.date_of_pages({name: cards[name].as_of for name in names}):
        st.caption(plain(told))


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
    data_actions.draw(authority, past)
    rows = [
        {
            "Loaded (UTC)": f"{load.card.loaded_at:%d/%m/%Y %H:%M}",
            "True for": date_words(load.card.as_of),
            "By": plain(
                who.get(load.card.root, "the app itself" if load.card.demonstration else "not recorded")
            ),
            "Children on file": number(load.card.rows.get("child", 0)),
            "Files": plain(load_files.words(load.card)),
            "Now": _standing(load),
        }
        for load in past
    ]
    st.table(pd.DataFrame(rows).set_index("Loaded (UTC)"), border="horizontal")
    load_files.fold(past)
    with st.expander("Who did what with this authority's data"):
        if not done:
            st.write("Nothing is on record yet.")
            return
        lines = [
            {
                "When (UTC)": f"{event.at:%d/%m/%Y %H:%M}",
                "Who": plain(event.who),
                "What": event.what,
                "Told": plain(load_files.told(event, past)),
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
