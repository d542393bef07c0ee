"""What can be done with an authority's loads: roll back, make a kept one live, delete old ones, take the authority out.

Two clicks each: open what it means, then do it. Nothing here changes the data itself: `ui.data_changes` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from ui import data_changes, load_names
from ui.data_notice import said
from ui.published import published
from ui.theme import count, date_words, plain
from vcore.store.past_loads import PastLoad
from vcore.store.retention import beyond
from vcore.store.reversal import before, why_it_stays

KEPT_AT_FIRST = 13  # a year of monthly loads and the one before
SEEN = "Every reader sees it with their next click; other authorities stay as they are."


def draw(authority: str, past: Sequence[PastLoad]) -> None:
    """What fits how the authority's loads stand."""
    live = next((load for load in past if load.live), None)
    kept = [load for load in past if load.kept]
    fits = [load for load in kept if load.card.demonstration == published().demonstration]
    with st.container(horizontal=True, vertical_alignment="center", key="data-actions"):
        if live:
            _offer_roll_back(authority)
        else:
            why = "Taken out" if any(load.published for load in past) else "Not published yet"
            st.caption(f"{why}: no page shows its children.")
        _offer_another(authority, live, [load for load in fits if not load.live])
        _offer_keep_last(authority, live, len(kept))
        if live:
            _offer_taking_out(authority, live)


def _offer_roll_back(authority: str) -> None:
    earlier = before(data_changes.folder(), authority)
    if earlier is None:
        st.caption("Nothing to roll back to: no earlier load is kept.")
        return
    with st.popover(f"Roll back {plain(authority)}"):
        st.write(
            f"Back to the load that is true for {date_words(earlier.as_of)}, "
            f"{count(earlier.rows.get('child', 0), 'child', 'children')} on file. {SEEN} "
            f"The load that is live now is kept. {_date_told(authority, earlier.as_of)}"
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


def _offer_another(authority: str, live: PastLoad | None, others: Sequence[PastLoad]) -> None:
    if not others:
        return
    with st.popover("Make another load live" if live else "Make a load live"):
        by_name = {load.card.root: load for load in others}
        chosen = st.selectbox(
            "Load", list(by_name), format_func=lambda name: _named(by_name[name]), key="data-which-load"
        )
        card = by_name[chosen].card
        kept = " The load that is live now is kept." if live else ""
        st.write(
            f"{count(card.rows.get('child', 0), 'child', 'children')} on file. {SEEN}{kept} "
            f"{_date_told(authority, card.as_of)}"
        )
        sure = load_names.sure(authority, key=f"data-another-{authority}")
        st.button(
            "Make this load live",
            key="data-make-live",
            type="primary",
            disabled=not sure,
            on_click=said,
            args=(partial(_made_live, card.root),),
        )


def _named(load: PastLoad) -> str:
    never = "" if load.published else ", never published"
    return f"True for {date_words(load.card.as_of)}, loaded {load.card.loaded_at:%d/%m/%Y %H:%M}{never}"


def _made_live(load_id: str) -> str:
    card = data_changes.make_live(load_id)
    return f"Live now: {card.authority}, true for {date_words(card.as_of)}."


def _offer_keep_last(authority: str, live: PastLoad | None, kept: int) -> None:
    fewest = 1 if live else 0
    if kept <= fewest:
        return
    with st.popover("Delete old loads" if live else "Delete its loads"):
        keep = st.number_input(
            "Keep the last",
            min_value=fewest,
            max_value=kept,
            value=min(KEPT_AT_FIRST, kept) if live else 0,
            key="data-keep",
        )
        gone = beyond(data_changes.folder(), authority, int(keep))
        if not gone:
            st.write("Nothing to delete: no more than these are kept.")
            return
        newer = [date_words(card.as_of) for card in gone if live and card.loaded_at > live.card.loaded_at]
        if live and newer:
            st.warning(
                f"Not only old ones: what is true for {', '.join(newer)} was loaded after the live load, which is "
                f"true for {date_words(live.card.as_of)}. If readers should see it again, make it live first."
            )
        st.write(
            f"{count(len(gone), 'load goes', 'loads go')} for good: true for "
            f"{', '.join(date_words(card.as_of) for card in gone)}. Nobody can go back to "
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


def _offer_taking_out(authority: str, live: PastLoad) -> None:
    with st.popover("Take this authority out"):
        if why := why_it_stays(authority, [part.authority for part in published().parts]):
            st.write(plain(why))
            return
        st.write(
            f"For an authority under a wrong name, or one that no longer belongs here. No page shows its "
            f"{count(live.card.rows.get('child', 0), 'child', 'children')} on file any more, from every reader's next "
            "click; other authorities stay as they are. Its loads are kept: one can be made live again here, or all "
            f"deleted. {_date_told(authority, None)}"
        )
        st.button(
            f"Take {plain(authority)} out now",
            key="data-take-out",
            type="primary",
            on_click=said,
            args=(partial(_taken_out, authority),),
        )


def _taken_out(authority: str) -> str:
    data_changes.withdraw(authority)
    return f"{authority} is taken out: no page shows its children. Its loads are kept, under “History of”."


def _date_told(authority: str, as_of: date | None) -> str:
    """What becomes of the date that this reader's pages show; empty where it stays."""
    now, then = data_changes.dates_shown(authority, as_of, demonstration=published().demonstration)
    if now is None or then is None or now == then:
        return ""
    return f"Your pages then show {date_words(then)} instead of {date_words(now)}."
