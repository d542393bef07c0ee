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

from ui import disclosure, pictures, presenting, reads, take_away
from ui.disclosure import Gate
from ui.figure import Figure
from ui.theme import subtitle

TOO_FEW = "Too few children to say."
SMALL_STAYS = "Small numbers stay on this screen: in files they are hidden (c)."
NOT_TO_TAKE = (
    "No file of this: these children are all but a few of the others, and their figures would tell about those "
    "few. Remove a filter, or choose fewer children."
)
QUIET_HEIGHT_PX = 40
TALL_PX = 240  # on a presenter's screen the line under such a picture's heading makes room for it
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
    draw_note(figure)


def draw(figure: Figure, *, level: Literal[2, 3] = 3) -> None:
    """The figure without its table: fold the table beside it."""
    head(figure, level=level)
    picture(figure)


def picture(figure: Figure) -> None:
    """The picture alone, for a fragment that draws it again and again with its heading in one piece with others."""
    tall, key = presenting.height(figure.spec), f"figure-{figure.name}"
    spec = presenting.shown(figure.spec) | figure.rows
    st.vega_lite_chart(spec, theme=None, width="stretch", height=tall, alt=figure.picture_alt, key=key)


def head(figure: Figure, *, level: Literal[2, 3] = 3) -> None:
    """The finding as a heading, and under it what is shown."""
    st.html(heading(figure, level=level))


def draw_note(figure: Figure) -> None:
    """What has to be known beside the picture, if anything."""
    if figure.note:
        st.html(subtitle(figure.note))


def heading(figure: Figure, *, level: Literal[2, 3] = 3) -> str:
    """What `head` draws, for a page that puts it in one piece with other words."""
    found = f'<p class="cve-heard">{escape(figure.alt)}</p>' if figure.still_alt else ""
    tall = " cve-tall" if figure.spec.get("height", TALL_PX) >= TALL_PX else ""
    return (
        f'<h{level} class="cve-title{tall}">{escape(figure.title)}</h{level}>'
        f"{subtitle(figure.subtitle)}{found}"
    )


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
        take_away.offer(
            "Download as PNG",
            partial(_picture, figure, reads.source()),
            take_away.line("downloaded a picture", figure.name),
            key=f"png-{figure.name}",
            file_name=reads.file_name(figure.name, "png"),
        )
    if sees_small:
        st.caption(SMALL_STAYS)


def _picture(figure: Figure, source: str) -> bytes:
    return pictures.png(figure.spec, figure.title, (figure.subtitle, figure.note, source))


def _offer_csv(figure: Figure, *, sees_small: bool) -> None:
    take_away.offer(
        "Download as CSV",
        partial(figure.file, rounded=not sees_small),
        take_away.line("downloaded a table", figure.name),
        key=f"csv-{figure.name}",
        file_name=reads.file_name(figure.name, "csv"),
    )


def table_key(name: str) -> str:
    """The session's key that says whether a figure's table is unfolded."""
    return f"table-{name}"
