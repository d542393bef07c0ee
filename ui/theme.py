"""Colours, the one chart theme, and how numbers become words.

Every screen and chart reads them here. Never decides whether a number may be shown (`ui.disclosure`).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from html import escape
from math import isnan
from typing import Any

import altair as alt

TEXT = "#0b0c0c"
ACCENT = "#1d4f91"
RULE = "#b1b4b6"
CONTEXT = "#BFBFBF"  # everybody else, always with a label
EARLIER = "#767676"  # what was, beside what is: thin marks, so darker than the context's fields
CATEGORIES = ("#12436D", "#28A197", "#801650", "#F46A25")  # Government Analysis Function; four at most
PAIR = ("#12436D", "#F46A25")
SEQUENCE = ("#12436D", "#2073BC", "#6BACE6")

FONT = '"Source Sans", sans-serif'  # the one Streamlit brings: nothing is fetched
CHART_TEXT_PX = 15
SHORT_MONEY = (  # of an axis: £3m, −£250k, in Vega's own words
    "(datum.value < 0 ? '−£' : '£') + (abs(datum.value) >= 1e6 ? format(abs(datum.value) / 1e6, '~g') + 'm' : "
    "abs(datum.value) >= 1e3 ? format(abs(datum.value) / 1e3, '~g') + 'k' : format(abs(datum.value), '~g'))"
)
NOT_AVAILABLE = "x"
MINUS = "−"

_SIZES = ("fontSize", "labelFontSize", "titleFontSize")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>()#!|~$:]")


@alt.theme.register("care_value_explorer", enable=True)
def chart_theme() -> alt.theme.ThemeConfig:
    """The look of every chart: plain axes, whole labels, no frame."""
    axis: dict[str, Any] = {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": CHART_TEXT_PX,
        "titleFontSize": CHART_TEXT_PX,
        "titleFontWeight": "normal",
        "labelLimit": 0,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": "#e5e6e7",
    }
    legend: dict[str, Any] = {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": CHART_TEXT_PX,
        "titleFontSize": CHART_TEXT_PX,
        "labelLimit": 0,
        "orient": "top",
        "title": None,
    }
    config: dict[str, Any] = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        # the chart has its alternative text and its table; a mark would say inner names
        "mark": {"aria": False},
        "axis": axis,
        "legend": legend,
        "text": {"color": TEXT, "fontSize": CHART_TEXT_PX},
        "line": {"color": CATEGORIES[0], "strokeWidth": 2.5},
        "bar": {"color": CATEGORIES[0]},
        "range": {"category": list(CATEGORIES), "ordinal": list(SEQUENCE)},
    }
    return {"config": config}  # type: ignore[typeddict-item]


def evened(spec: Any) -> Any:
    """A chart's specification in which no word is smaller than the others; its rows as they are."""
    if isinstance(spec, list):
        return [evened(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    found = {}
    for name, part in spec.items():
        if name in _SIZES and isinstance(part, int | float):
            part = max(part, CHART_TEXT_PX)
        elif name not in ("data", "datasets"):
            part = evened(part)
        found[name] = part
    return found


def money(gbp: float) -> str:
    """Short money: £5,400, £667k, £34.7m, £245m. "x" where it is not available."""
    if isnan(gbp):
        return NOT_AVAILABLE
    size = abs(gbp)
    for limit, divisor, places, unit in (
        (9_999.5, 1, 0, ""),
        (999_500, 1e3, 0, "k"),
        (99_950_000, 1e6, 1, "m"),
        (999_500_000, 1e6, 0, "m"),
    ):
        if size < limit:
            return _signed(gbp, f"£{size / divisor:,.{places}f}{unit}")
    return _signed(gbp, f"£{size / 1e9:,.1f}bn")


def money_full(gbp: float) -> str:
    """Money to the pound: £4,722,301. "x" where it is not available."""
    return NOT_AVAILABLE if isnan(gbp) else _signed(gbp, f"£{abs(gbp):,.0f}")


def percent(share: float) -> str:
    """A share (1 = all) as 51%, 4.1% or 8%: whole unless under 10.

    Never rounds a part to nothing or to everything: "under 0.1%", "over 99%".
    """
    if isnan(share):
        return NOT_AVAILABLE
    size = abs(share) * 100
    if 0 < size < 0.05:
        return "under 0.1%"
    if 99.5 <= size < 100:
        return "over 99%"
    whole = size >= 9.95
    return _signed(share, f"{size:.0f}%" if whole else f"{size:.1f}".removesuffix(".0") + "%")


def number(value: float, places: int = 0) -> str:
    """A number with thousands: 3,528, −4.2. "x" where it is not available."""
    return NOT_AVAILABLE if isnan(value) else _signed(value, f"{abs(value):,.{places}f}")


def count(n: int, one: str, many: str) -> str:
    """1 child, 3,528 children, 0 children."""
    return f"{number(n)} {one if n == 1 else many}"


def date_words(day: date) -> str:
    """31 March 2026."""
    return f"{day.day} {day:%B %Y}"


def moment_words(at: datetime) -> str:
    """31 March 2026, 09:05 UTC: when something was done, as the ledger keeps it."""
    return f"{date_words(at.date())}, {at:%H:%M} UTC"


def subtitle(words: str) -> str:
    """Markup of a line in small print: under a heading, or under a picture or a table what has to be known of it."""
    return f'<p class="cve-subtitle">{escape(words)}</p>'


def plain(words: str) -> str:
    """Words that hold somebody else's text (a link's, a file's), so that Markdown shows them as written.

    Else a link to this app could bring a sentence and a link of its own into our messages.
    """
    return _MARKDOWN.sub(r"\\\g<0>", words)


def _signed(value: float, words: str) -> str:
    return MINUS + words if value < 0 and any(digit in words for digit in "123456789") else words
