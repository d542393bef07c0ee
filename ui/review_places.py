"""Places beside the review list: "12 to discuss, 5 free places match", and all that is recorded by home and month."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from ui import cohort_state, reads
from ui.theme import count, number
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.review import PURPOSES, ReviewRule, Sifted
from vcore.measures.review.places import Matching, by_month, matching
from vcore.store import Cohort, Store

MONTHS = 6
NO_PLACES = "No council here records its places for the months before this date."
NOT_A_MATCH = "A free place is not yet the right one: matching is for people, with the child."


def draw(cohort: Cohort, rule: ReviewRule, sifted: Sifted) -> None:
    """The line, and the table behind a fold."""
    store, councils = reads.open_store(), _councils()
    if said := line(reads.measured(_matching, cohort, sifted, rule.purpose, store, councils), rule):
        st.html(f"<p><strong>{escape(said)}</strong> {NOT_A_MATCH}</p>")
    with st.expander("Places by home and month", key="review-places", on_change="rerun") as folded:
        if not folded.open:
            return
        places = reads.measured(_places, cohort, store, councils)
        if len(places):
            st.table(table(places), hide_index=True, border="horizontal")
        else:
            st.write(NO_PLACES)


def line(found: Matching, rule: ReviewRule) -> str:
    """`12 to discuss, 5 free places match (March 2026, council by council).` Empty where nobody would move."""
    purpose = PURPOSES[rule.purpose]
    if not purpose.moves_to:
        return ""
    if found.month is None:
        homes = " or ".join(_label(kind) for kind in purpose.moves_to)
        return f"{number(found.listed)} to discuss; no council here records its places in {homes}."
    match = count(found.match, "free place matches", "free places match")
    return f"{number(found.listed)} to discuss, {match} ({found.month:%B %Y}, council by council)."


def table(places: pd.DataFrame) -> pd.DataFrame:
    """Approved, filled and vacant places, a row a kind of home and month."""
    found = by_month(places)
    return pd.DataFrame(
        {
            "Home": [DETAIL_LABELS[kind] for kind in found["setting_detail"]],
            "Month": [f"{month:%B %Y}" for month in found["month"]],
            "Approved": found["approved"].map(number),
            "Filled": found["filled"].map(number),
            "Vacant": found["vacant"].map(number),
        }
    )


def _matching(
    cohort: Cohort, sifted: Sifted, purpose: str, store: Store, councils: tuple[str, ...]
) -> Matching:
    listed = cohort.chosen[sifted.listed]
    authorities = cohort.snapshot.frame["authority"].take(listed).to_numpy()
    return matching(reads.measured(_places, cohort, store, councils), authorities, PURPOSES[purpose].moves_to)


def _places(cohort: Cohort, store: Store, councils: tuple[str, ...]) -> pd.DataFrame:
    places = store.places_by_month(MONTHS, cohort.as_of)
    return places[np.isin(places["authority"], councils)]


def _councils() -> tuple[str, ...]:
    """The reader's councils, or those of them that they chose."""
    own, chosen = reads.loaded_authorities(), cohort_state.chosen().filter.authorities
    return own if chosen is None else tuple(name for name in own if name in chosen)


def _label(kind: str) -> str:
    return DETAIL_LABELS[kind][0].lower() + DETAIL_LABELS[kind][1:]
