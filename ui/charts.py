"""The one way a chart reaches a screen: title, alternative text, the picture, its table and its file.

Never computes: a `Figure` arrives whole, its table already through the gate. No other module draws a chart.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import escape
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from ledger import activity
from ui import disclosure, pictures, presenting, reads, session, theme
from ui.chart_data import apart, put_rows
from ui.chart_data import filled as filled
from ui.disclosure import Gate
from vcore.exports.plain_text import plain_text
from vcore.measures.disclosure import HIDDEN, rounded_count, rounded_money

TOO_FEW = "Too few children to say."
SMALL_STAYS = "Small numbers stay on this screen: in files they are hidden (c)."
NOT_TO_TAKE = (
    "No file of this: these children are all but a few of the others, and their figures would tell about those "
    "few. Remove a filter, or choose fewer children."
)
QUIET_HEIGHT_PX = 40
TALL_PX = 240  # on a presenter's screen the line under such a picture's heading makes room for it
LONG_TABLE, TABLE_HEIGHT_PX = 12, 420  # rows beyond which a table scrolls
Unit = Literal["children", "gbp", "share", "points", "r"]

_WORDS: Mapping[Unit, Callable[[float], object]] = {
    "children": theme.number,
    "gbp": theme.money_full,
    "share": theme.percent,
    "points": lambda points: theme.number(points, places=1),
    "r": lambda r: theme.number(r, places=2),
}
_ROUNDED: Mapping[Unit, Callable[[float], object]] = {
    "children": rounded_count,
    "gbp": rounded_money,
    "share": lambda share: round(share, 2),
    "points": lambda points: round(points, 1),
    "r": lambda r: round(r, 2),
}


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart and everything that must go with it.

    `chart` has no title of its own and a fixed height. `table` is what the chart shows, with human column
    names, already through the gate: a cell is a number, "c" where hidden, empty where not available. `units`
    says what each column of numbers is; shares are 0–1. `alt` says what the chart is and what it finds.
    A chart redrawn often comes as a finished Vega-Lite specification, its rows under `datasets`: making one
    takes longer than all the rest. It has a `still_alt` too, which says what it is in words that do not change: a
    browser builds a picture anew when its alternative text changes, so what this one finds is said beside it.
    """

    name: str
    title: str
    subtitle: str
    chart: alt.TopLevelMixin | dict[str, Any]
    table: pd.DataFrame
    alt: str
    note: str = ""
    still_alt: str = ""
    units: Mapping[str, Unit] = field(default_factory=dict)

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The chart as Vega-Lite, its few rows in the views that draw them: quicker than a table each."""
        if isinstance(self.chart, dict):
            return self.chart
        spec = self.chart.to_dict(validate=False)  # checked as it was built; again takes 8 ms
        put_rows(spec, spec.pop("datasets", {}))
        return spec

    @cached_property
    def words(self) -> pd.DataFrame:
        """The table as a reader sees it: money to the pound, shares in percent, "c" and "x"."""
        return self._told(_WORDS)

    @cached_property
    def needs_key(self) -> bool:
        """Whether its table has a cell that only says why it is empty."""
        return bool(self.words.isin([HIDDEN, theme.NOT_AVAILABLE]).any(axis=None))

    def file(self, *, rounded: bool) -> bytes:
        """The table as CSV that spreadsheets open. `rounded`: counts to 5 and money to £100, to take away."""
        kept = self.to_take_away if rounded else self._told(dict.fromkeys(_ROUNDED, _as_it_is))
        return kept.map(plain_text).to_csv(index=False).encode("utf-8-sig")

    @property
    def to_take_away(self) -> pd.DataFrame:
        """The table for somebody without child level: counts to 5, money to £100."""
        return self._told(_ROUNDED)

    def _told(self, tell: Mapping[Unit, Callable[[float], object]]) -> pd.DataFrame:
        columns: dict[Hashable, object] = {}
        for name, cells in self.table.items():
            unit = self.units.get(str(name))
            columns[name] = cells if unit is None else [_cell(cell, tell[unit]) for cell in cells]
        return pd.DataFrame(columns)


def _cell(cell: Any, tell: Callable[[float], object]) -> object:
    if isinstance(cell, str):
        return cell
    return theme.NOT_AVAILABLE if pd.isna(cell) else tell(cell)


def _as_it_is(value: float) -> float:
    return value


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
    said, spec = figure.still_alt or figure.alt, presenting.shown(figure.spec)
    tall, key = presenting.height(spec), f"figure-{figure.name}"
    st.vega_lite_chart(apart(spec), theme=None, width="stretch", height=tall, alt=said, key=key)


def head(figure: Figure, *, level: Literal[2, 3] = 3) -> None:
    """The finding as a heading, and under it what is shown."""
    st.html(heading(figure, level=level))


def heading(figure: Figure, *, level: Literal[2, 3] = 3) -> str:
    """What `head` draws, for a page that puts it in one piece with other words."""
    found = f'<p class="cve-heard">{escape(figure.alt)}</p>' if figure.still_alt else ""
    tall = " cve-tall" if figure.spec.get("height", TALL_PX) >= TALL_PX else ""
    return (
        f'<h{level} class="cve-title{tall}">{escape(figure.title)}</h{level}>'
        f'<p class="cve-subtitle">{escape(figure.subtitle)}</p>{found}'
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


def offer_file(shown: Figure, of: Callable[[Gate], Figure], *, sees_small: bool) -> None:
    """What goes under a table without a picture: the key to its cells, where it needs one, and its file, `of`
    the gate of whatever leaves the screen."""
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
