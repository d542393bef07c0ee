"""Places beside the review list: "12 to discuss, 5 free places match", and all that is recorded by home and month."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ui import cohort_state, reads
from ui.theme import count, number
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.review import PURPOSES, ReviewRule, Sifted
from vcore.measures.review.places import Matching, by_month, matching
from vcore.store import Cohort

MONTHS = 6
NO_PLACES = "No council here records its places for the months before this date."
NOT_A_MATCH = "A free place is not yet the right one: matching is for people, with the child."


def draw(cohort: Cohort, rule: ReviewRule, sifted: Sifted) -> None:
    """The line, and the table behind a fold."""
    places = _places()
    authorities = cohort.column("authority").to_numpy()[sifted.listed]
    if said := line(matching(places, authorities, PURPOSES[rule.purpose].moves_to), rule):
        st.markdown(f"**{said}** {NOT_A_MATCH}")
    with st.expander("Places by home and month", key="review-places", on_change="rerun") as folded:
        if not folded.open:
            return
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


def _places() -> pd.DataFrame:
    """Of the reader's councils, or of those they chose."""
    councils = set(reads.loaded_authorities())
    if chosen := cohort_state.chosen().filter.authorities:
        councils &= set(chosen)
    places = reads.open_store().places_by_month(MONTHS, reads.as_of())
    return places[np.isin(places["authority"], sorted(councils))]


def _label(kind: str) -> str:
    return DETAIL_LABELS[kind][0].lower() + DETAIL_LABELS[kind][1:]
