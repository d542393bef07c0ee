"""Where the cohort's children lived on an earlier date and live now: the picture, the from–to table, the date.

The earlier date is the page's own option and stands in the address (`months_back=12`). Every number passes
the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import product
from typing import Any

import pandas as pd
import streamlit as st

from ui import charts, cohort_state, placement_words, reads, theme
from ui.disclosure import KEY, TOTAL, Gate
from ui.figure import Figure
from ui.flow_picture import Flow, Place, picture
from ui.placement_words import STATES
from vcore.measures.disclosure import HIDDEN
from vcore.measures.flows import LEFT_CARE, NOT_IN_CARE, flows
from vcore.store import Cohort

NAME = "placement-flows"
MONTHS_BACK = "months_back"  # in the address
CHOICES = (3, 6, 12, 24, 36)
USUAL = 12
METRICS = ("placement_flows",)


def draw(cohort: Cohort, gate: Gate) -> None:
    """Both, side by side; the earlier date may have to be read first."""
    back = _chosen_months()
    if back is None:
        return
    with st.spinner("Looking up where they lived"):
        day = (pd.Timestamp(cohort.as_of) - pd.DateOffset(months=back)).date()
        then = reads.cohort_of(cohort_state.chosen().filter, day)
        told = reads.measured(told_flows, cohort, then, gate)
        reads.measured(flow_figure, cohort, then, gate)
    picture_side, table_side = st.columns([6, 7], gap="medium")
    with table_side:
        st.selectbox(
            "Where they lived then",
            CHOICES,
            index=CHOICES.index(back),
            format_func=lambda months: _choice(cohort.as_of, months),
            key=MONTHS_BACK,
            on_change=_follow,
        )
        if told is not None:
            st.html(crosstab(told, day, cohort.as_of))
    with picture_side:
        charts.show(reads.gated(flow_figure, cohort, then), level=2)


def told_flows(now: Cohort, then: Cohort, gate: Gate) -> pd.DataFrame | None:
    """The from–to table through the gate, with totals, without places where nobody of these lived or lives.

    None where there is nobody to tell of on one of the dates, or too few.
    """
    if not (len(then.base) and gate.counts(len(now), len(now.base))):
        return None
    counts = reads.measured(flows, now, then)
    told = gate.crosstab(counts, reads.measured(flows, now.whole_base, then.whole_base) - counts)
    if told.loc[TOTAL, TOTAL] == HIDDEN:
        return None
    if chosen := now.filter.settings:  # who never lived in one of them is not here: nothing to hide
        told.loc[~told.index.isin([*chosen, TOTAL]), ~told.columns.isin([*chosen, TOTAL])] = 0
    inner = told.drop(index=TOTAL).drop(columns=TOTAL)
    held = [[*(inner != 0).any(axis=axis), True] for axis in (1, 0)]
    return told.loc[held[0], held[1]]


def flow_figure(now: Cohort, then: Cohort, gate: Gate) -> Figure:
    """The flows as bands from the setting then to the setting now; the table lists them, one a row."""
    told = reads.measured(told_flows, now, then, gate)
    since = theme.date_words(then.as_of)
    if not len(then.base):
        return charts.quiet(
            NAME, f"Nobody was in care on {since}, as far as the data goes", "Choose a later date."
        )
    who = _who(now, then, told)
    if told is None:
        return charts.quiet(NAME, "Where children lived and where they live now", who)
    rows, columns = ([place for place in side if place != TOTAL] for side in (told.index, told.columns))
    cells: list[tuple[str, str, Any]] = [
        (start, end, told.loc[start, end]) for start, end in product(rows, columns)
    ]
    shown = [cell for cell in cells if cell[2] == HIDDEN or cell[2] > 0]
    by_home = now.filter.settings or now.filter.setting_details or now.filter.providers
    title = placement_words.flows_title(told, any_setting=not by_home)
    hidden = any(n == HIDDEN for *_, n in shown)
    return Figure(
        name=NAME,
        title=title,
        subtitle=who,
        chart=picture(
            [Place(STATES[place], _known(told.loc[place, TOTAL])) for place in rows],
            [Place(STATES[place], _known(told.loc[TOTAL, place])) for place in columns],
            [
                Flow(rows.index(start), columns.index(end), n, _kind(start, end))
                for start, end, n in shown
                if n != HIDDEN
            ],
        ),
        table=pd.DataFrame(
            {
                f"On {since}": [STATES[start] for start, *_ in shown],
                f"On {theme.date_words(now.as_of)}": [STATES[end] for _, end, _ in shown],
                "Children": pd.Series([n for *_, n in shown], dtype="object"),
            }
        ),
        alt=f"Flow from where children lived on {since} to where they live on {theme.date_words(now.as_of)}. {title}.",
        note="Flows whose number is hidden are not drawn: the white parts of a place." if hidden else "",
        units={"Children": "children"},
    )


def crosstab(told: pd.DataFrame, then: date, now: date) -> str:
    """The from–to table as a table of HTML: rows are then, columns now, children who stayed in bold."""
    heads = "".join(f'<th scope="col">{escape(STATES[place])}</th>' for place in told.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(STATES[start])}</th>'
        + "".join(_cell(told.loc[start, end], start, end) for end in told.columns)
        + "</tr>"
        for start in told.index
    )
    key = theme.subtitle(KEY) if (told == HIDDEN).any(axis=None) else ""
    return (
        '<div class="cve-crosstab" tabindex="0" role="region" aria-label="From–to table"><table>'
        f"<caption>Children by where they lived on {theme.date_words(then)} (rows) "
        f"and live on {theme.date_words(now)} (columns)</caption>"
        f'<thead><tr><th scope="col">From</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>{key}'
    )


def months_of(values: Sequence[str]) -> int | None:
    """How many months back an address says; None where it says something that is not offered."""
    if not values:
        return USUAL
    return next((months for months in CHOICES if values[-1] == str(months)), None)


def _chosen_months() -> int | None:
    """The months in the address; None, and said so, where they are not offered."""
    values = st.query_params.get_all(MONTHS_BACK)
    months = months_of(values)
    if months is None:
        offered = ", ".join(map(str, CHOICES))
        st.warning(f"{MONTHS_BACK}={theme.plain(values[-1][:20])} is not offered. Choose one of {offered}.")
        st.button(f"Show {USUAL} months back", on_click=_usual)
    return months


def _usual() -> None:
    """The usual choice needs no word in the address."""
    st.query_params.pop(MONTHS_BACK, None)


def _follow() -> None:
    """The address says what was chosen."""
    months = st.session_state[MONTHS_BACK]
    if months == USUAL:
        _usual()
    else:
        st.query_params[MONTHS_BACK] = str(months)


def _choice(as_of: date, months: int) -> str:
    day = (pd.Timestamp(as_of) - pd.DateOffset(months=months)).date()
    return f"{months} months before: {theme.date_words(day)}"


def _who(now: Cohort, then: Cohort, told: pd.DataFrame | None) -> str:
    dates = f"{theme.date_words(then.as_of)} to {theme.date_words(now.as_of)}"
    if told is None:
        return dates
    n: Any = told.loc[TOTAL, TOTAL]
    whom = "who fit the filters" if now.filter.chosen() else "in care"
    return f"{theme.count(n, 'child', 'children')} {whom} on either date · {dates}"


def _kind(start: str, end: str) -> str:
    if start == NOT_IN_CARE:
        return "Came into care"
    if end == LEFT_CARE:
        return "Left care"
    return "Same setting" if start == end else "Another setting"


def _known(cell: object) -> int | None:
    return cell if isinstance(cell, int) else None


def _cell(cell: object, start: str, end: str) -> str:
    words = cell if isinstance(cell, str) else theme.number(float(str(cell)))
    return f"<td><strong>{words}</strong></td>" if start == end != TOTAL else f"<td>{words}</td>"
