"""The one way a chart reaches a screen: title, alternative text, the picture, its table and its file.

Never computes: a `Figure` arrives whole, its table already through the gate. No other module draws a chart.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Literal

import altair as alt
import pandas as pd
import streamlit as st

from ledger import activity
from ui import disclosure, pictures, presenting, reads, session
from ui.disclosure import Gate
from ui.figure import Figure

TOO_FEW = "Too few children to say."
SMALL_STAYS = "Small numbers stay on this screen: in files they are hidden (c)."
NOT_TO_TAKE = (
    "No file of this: these children are all but a few of the others, and their figures would tell about those "
    "few. Remove a filter, or choose fewer children."
)
QUIET_HEIGHT_PX, LOW_PX, TALL_PX = 40, 160, 240
LONG_TABLE, TABLE_HEIGHT_PX = 12, 420  # rows beyond which a table scrolls


def quiet(name: str, title: str, subtitle: str) -> Figure:
    """The figure in the place of one that would tell of too few children: it only says so."""
    said = alt.Chart(pd.DataFrame({"words": [TOO_FEW]})).mark_text(align="left")
    words = alt.Text("words", type="nominal")
    return Figure(
        name=name,
        title=title,
        subtitle=subtitle,
        chart=said.encode(x=alt.value(0), y=alt.value(QUIET_HEIGHT_PX / 2), text=words).properties(
            height=QUIET_HEIGHT_PX
        ),
        table=pd.DataFrame({title: [TOO_FEW]}),
        alt=f"{title}. {TOO_FEW}",
    )


def show(of: Callable[[Gate], Figure], *, level: Literal[2, 3] = 3) -> None:
    """Draws a figure: heading, what it shows, the picture with alternative text, and its table, folded."""
    figure = of(reads.gate())
    draw(figure, level=level)
    fold_table(figure.name, of, sees_small=reads.may_see_small())
    if figure.note:
        st.caption(figure.note)


def draw(figure: Figure, *, level: Literal[2, 3] = 3) -> None:
    """The figure without its table: fold the table beside it."""
    head(figure, level=level)
    picture(figure)


def picture(figure: Figure) -> None:
    """The picture alone, for a fragment that draws it again and again with its heading in one piece with others."""
    spec = presenting.shown(figure.spec) | figure.rows
    st.vega_lite_chart(spec, theme=None, width="stretch", alt=figure.picture_alt, key=f"figure-{figure.name}")


def head(figure: Figure, *, level: Literal[2, 3] = 3) -> None:
    """The finding as a heading, and under it what is shown."""
    st.html(heading(figure, level=level))


def heading(figure: Figure, *, level: Literal[2, 3] = 3) -> str:
    """What `head` draws, for a page that puts it in one piece with other words."""
    found = f'<p class="cve-heard">{escape(figure.alt)}</p>' if figure.still_alt else ""
    return (
        f'<h{level} class="cve-title {_size(figure)}">{escape(figure.title)}</h{level}>'
        f'<p class="cve-subtitle">{escape(figure.subtitle)}</p>{found}'
    )


def _size(figure: Figure) -> str:
    """How tall the picture is, for a presenter's screen, which enlarges a low one more."""
    height = figure.spec.get("height", TALL_PX)
    return "cve-low" if height <= LOW_PX else "cve-tall" if height >= TALL_PX else "cve-middling"


@st.fragment
def fold_table(name: str, of: Callable[[Gate], Figure], *, sees_small: bool) -> None:
    """The table and its files. A fragment, so that opening it runs nothing else; `of` gives the figure then.

    It may keep the figure that was drawn with it: not for somebody who has left or lost the right meanwhile.
    """
    if reads.may_see_small() != sees_small:
        st.rerun()
    with st.expander("View as table", key=table_key(name), on_change="rerun") as folded:
        if not folded.open:
            return
        figure = of(reads.gate())
        with st.container(
            height=TABLE_HEIGHT_PX if len(figure.table) > LONG_TABLE else "content", border=False
        ):
            st.table(figure.words, hide_index=True, border="horizontal")
        _explain_cells(figure)
        _offer_files(of, sees_small=sees_small)


def offer_file(of: Callable[[Gate], Figure], *, sees_small: bool, shown: Figure | None = None) -> None:
    """What goes under a table without a picture: its file, `of` the gate of whatever leaves the screen, under the
    key to the cells `shown`, where they need one."""
    if shown is not None:
        _explain_cells(shown)
    gate = reads.gate_out()
    if gate is None:
        st.caption(NOT_TO_TAKE)
        return
    _offer_csv(of(gate), sees_small=sees_small)
    if sees_small:
        st.caption(SMALL_STAYS)


def _explain_cells(figure: Figure) -> None:
    if figure.needs_key:
        st.caption(disclosure.KEY)


def _offer_files(of: Callable[[Gate], Figure], *, sees_small: bool) -> None:
    """The table and the picture to take away: whoever takes them, no small number leaves the screen."""
    gate = reads.gate_out()
    if gate is None:
        st.caption(NOT_TO_TAKE)
        return
    figure = of(gate)
    with st.container(horizontal=True):
        _offer_csv(figure, sees_small=sees_small)
        st.download_button(
            "Download as PNG",
            key=f"png-{figure.name}",
            data=partial(_picture, figure, reads.source()),  # drawn once somebody asks
            file_name=reads.file_name(figure.name, "png"),
            mime="image/png",
            on_click=_record_download,
            args=("downloaded a picture", figure.name),
        )
    if sees_small:
        st.caption(SMALL_STAYS)


def _picture(figure: Figure, source: str) -> bytes:
    return pictures.png(figure.spec, figure.title, (figure.subtitle, figure.note, source))


def _offer_csv(figure: Figure, *, sees_small: bool) -> None:
    st.download_button(
        "Download as CSV",
        key=f"csv-{figure.name}",
        data=partial(figure.file, rounded=not sees_small),  # made once somebody asks
        file_name=reads.file_name(figure.name, "csv"),
        mime="text/csv",
        on_click=_record_download,
        args=("downloaded a table", figure.name),
    )


def table_key(name: str) -> str:
    """The session's key that says whether a figure's table is unfolded."""
    return f"table-{name}"


def _record_download(what: str, name: str) -> None:
    activity.record(session.ledger(), session.person().username, what, name)
