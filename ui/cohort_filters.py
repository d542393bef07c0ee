"""The filters of the cohort bar, all in one dialog: choose as many as you like, see how many children, apply.

Draws controls and makes a filter of them; keeps nothing once it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from pydantic import ValidationError

from ui import cohort_offers, cohort_state, reads, sentences, session
from ui.cohort_link import Choice
from ui.cohort_offers import CARE, CHILD, HOME, WITH_CARE, Offer
from vcore.store import CohortFilter

ANY = "any"
NOTICE = (
    "Ethnicity and unaccompanied status may help to understand a cohort, never to decide who moves or what "
    "is paid: no scenario runs on children picked by them. Differences may reflect recording, access or age."
)
_DATE = "filter-as-of"
_EARLIEST = date(2000, 1, 1)
_FLAG_VALUES = {"yes": True, "no": False, "not_recorded": "not_recorded"}


def fill() -> None:
    """Puts the choice in force into the controls. Before the dialog opens."""
    choice = cohort_state.chosen()
    chosen = choice.filter.chosen()
    for offer in cohort_offers.OFFERS:
        if offer.is_span:
            for end in ("min", "max"):
                st.session_state[_key(offer, end)] = _number(offer, chosen.get(f"{offer.name}_{end}"))
        elif offer.is_list:
            st.session_state[_key(offer)] = list(_names(chosen.get(offer.name)))
        else:
            st.session_state[_key(offer)] = _flag_word(chosen.get(offer.name))
    st.session_state[_DATE] = choice.as_of or reads.latest()


@st.dialog("Filters", width="large")
def open_dialog() -> None:
    """The dialog. Its own controls run only the dialog; applying runs the page once."""
    base, gate = reads.whole(), reads.gate()
    offers = cohort_offers.offered(session.person(), base)
    answer = st.container()
    fields = _not_offered(offers)
    columns = st.columns(3, gap="medium")
    for column, group in zip(columns, (CHILD, HOME, CARE), strict=True):
        with column:
            st.markdown(f"**{group}**")
            for offer in offers:
                if offer.group == group:
                    fields |= _draw(offer, cohort_offers.options(offer, base, gate, _chosen(offer)))
    with columns[-1]:
        as_of = _draw_date()
        with st.expander("Ethnicity and unaccompanied status"):
            st.caption(NOTICE)
            for offer in offers:
                if offer.group == WITH_CARE:
                    fields |= _draw(offer, cohort_offers.options(offer, base, gate, _chosen(offer)))
    with answer:
        _draw_apply({name: value for name, value in fields.items() if value is not None}, as_of)


def _not_offered(offers: Sequence[Offer]) -> dict[str, Any]:
    """What is chosen by filters that this data cannot answer: kept, since nobody has lifted it."""
    names = {field for offer in offers for field in offer.fields}
    chosen = cohort_state.chosen().filter.chosen()
    return {field: value for field, value in chosen.items() if field not in names}


def _draw_date() -> date:
    return st.date_input(
        "As at", min_value=_EARLIEST, max_value=reads.latest(), key=_DATE, format="DD/MM/YYYY"
    )


def _draw_apply(fields: Mapping[str, Any], as_of: date) -> None:
    gate = reads.gate()
    try:
        chosen = CohortFilter.model_validate(fields)
    except ValidationError as error:
        st.error(error.errors()[0]["msg"].removeprefix("Value error, ").capitalize())
        return
    as_of_kept = None if as_of == reads.latest() else as_of
    choice = Choice(chosen, as_of_kept, cohort_state.chosen().compare)
    found = reads.cohort_of(choice.filter, choice.as_of)
    words = sentences.children(len(found), gate, len(found.base))
    if st.button(f"Show {words}", key="filter-apply", type="primary"):
        cohort_state.choose(choice)
        st.rerun()


def _draw(offer: Offer, options: Mapping[str, str]) -> dict[str, Any]:
    """One filter's controls, and the fields of a filter that they say; None where anything goes."""
    if offer.is_span:
        low, high = st.columns(2)
        ends = {"min": (low, "from"), "max": (high, "to")}
        return {
            f"{offer.name}_{end}": column.number_input(
                f"{offer.label}, {word}",
                min_value=_number(offer, 0),
                step=_number(offer, offer.step),
                key=_key(offer, end),
                placeholder=offer.unit,
            )
            for end, (column, word) in ends.items()
        }
    if offer.is_list:
        names = st.multiselect(
            offer.label,
            options,
            format_func=options.__getitem__,
            key=_key(offer),
            placeholder=ANY.capitalize(),
            select_all=False,
        )
        return {offer.name: tuple(names) or None}
    word = st.selectbox(
        offer.label,
        (ANY, *options),
        format_func=lambda code: options.get(code, ANY.capitalize()),
        key=_key(offer),
    )
    return {offer.name: _FLAG_VALUES.get(word)}


def _chosen(offer: Offer) -> tuple[str, ...]:
    """The codes in the controls of a list or a yes/no filter."""
    held = st.session_state.get(_key(offer))
    return tuple(held) if isinstance(held, list) else (held,) if isinstance(held, str) else ()


def _key(offer: Offer, end: str = "") -> str:
    return f"filter-{offer.name}-{end}"


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _flag_word(value: object) -> str:
    return next((word for word, meaning in _FLAG_VALUES.items() if meaning == value), ANY)


def _number(offer: Offer, value: Any) -> Any:
    """In the type of the filter's field: number inputs keep whole numbers and decimals apart."""
    return None if value is None else offer.number(value)
