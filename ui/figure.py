"""A chart and everything that must go with it: its words, its table, its file.

Never computes and never draws: it arrives whole, its table already through the gate, and `ui.charts` shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import altair as alt
import pandas as pd

from ui import theme
from ui.chart_data import apart, in_order, put_rows
from vcore.exports.plain_text import plain_text
from vcore.measures.disclosure import HIDDEN, rounded_count, rounded_money

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
            return in_order(self.chart)
        spec = self.chart.to_dict(validate=False)  # checked as it was built; again takes 8 ms
        put_rows(spec, spec.pop("datasets", {}))
        return spec

    @cached_property
    def rows(self) -> dict[str, Any]:
        """The chart's named rows as a browser takes them."""
        return apart(self.spec)

    @property
    def picture_alt(self) -> str:
        """What the picture itself says it is: what it finds stands over it, as its title or beside that."""
        return self.still_alt or self.alt.removesuffix(f" {self.title}.")

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
