"""Published statements in words: a value in its own unit, why it agrees or not, and what is missing.

Pure text: measures nothing and asks no gate. Every word here is for a number that may be told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isnan

from ui import theme
from vcore.facts.columns import registry
from vcore.facts.domains import PUBLISHED_DOMAINS
from vcore.facts.published import REPORT_CHILDREN, Format, Published
from vcore.measures.findings import Part, Reading, Verdict

MADE_TO = "as the demonstration is made"
BEYOND: Mapping[str, str] = {  # what a statement is about that no children's data can tell
    "": "",
    "england": "about England or its councils, not about children here",
    "council": "one council's own result",
    "programme": "about the programme itself",
    "survey": "what others said when they were asked",
    "forecast": "a forecast for England",
    "repeat": "the press repeats what stands elsewhere in this list",
    "drawing": "a drawing without numbers",
}


def amount(value: float, format_: Format) -> str:
    """A value in its unit: 51%, £1,407, 18% higher, 2.9 times, 41.0."""
    if isnan(value):
        return ""
    match format_:
        case "percent":
            return theme.percent(value / 100)
        case "more":
            return "no difference" if round(value, 1) == 0 else f"{_percent(abs(value))} {_side(value)}"
        case "gbp" | "money":
            return theme.money(value)
        case "points":
            return theme.number(value, places=1)
        case "correlation":
            return theme.number(value, places=2)
        case "times":
            return f"{theme.number(value, places=1)} times"
        case _:
            return theme.number(value)


def here(statement: Published, reading: Reading) -> str:
    """What the statement comes to."""
    if statement.rule == "order":
        return f"{sum(reading.claims)} of {theme.count(len(reading.claims), 'part', 'parts')}"
    if statement.rule == "range":
        return " to ".join(theme.number(part.value) for part in reading.parts)
    if statement.id == "K23-04" and not reading.value:
        return "none costed"
    if isnan(reading.value) or statement.format in ("none", "order"):
        return "see the chart"
    return amount(reading.value, statement.format)


def interval(statement: Published, reading: Reading) -> str:
    """Its 95% interval; empty where it has none."""
    low, high = reading.interval
    if isnan(low) or not reading.value or statement.format in ("order", "none", "range"):
        return ""
    if statement.format == "more":
        return f"{_signed(low)} to {_signed(high)}"
    if statement.format == "times":
        return f"{theme.number(low, places=1)} to {theme.number(high, places=1)}"
    return f"{amount(low, statement.format)} to {amount(high, statement.format)}"


def parts(reading: Reading) -> str:
    """The named numbers a reading is made of."""
    return "; ".join(_part(part) for part in reading.parts)


def brought(statement: Published, reading: Reading, children: int) -> str:
    """A total as it would be of the report's children, for a cohort of another size."""
    if not statement.scaled or children == REPORT_CHILDREN or isnan(reading.value):
        return ""
    value = reading.value * REPORT_CHILDREN / children
    return f"{amount(value, statement.format)} at the report's {theme.number(REPORT_CHILDREN)} children"


def why(statement: Published, reading: Reading, found: Verdict) -> str:
    """The reason of a verdict, in a few words."""
    held = f"{sum(reading.claims)} of {len(reading.claims)} parts hold"
    match found:
        case Verdict.AGREES if statement.id == "M-06":
            return "with the printed week, not the printed year"
        case Verdict.AGREES:
            return {
                "rounds": "within rounding",
                "describes": "within rounding",
                "over": "above it",
                "between": "within the range",
                "range": "both ends",
                "order": "all of it holds",
            }.get(statement.rule, "")
        case Verdict.CLOSE:
            return "the 95% interval reaches it"
        case Verdict.SAME_DIRECTION:
            return {"order": held, "range": "inside the printed range"}.get(
                statement.rule, "on the same side"
            )
        case Verdict.DIFFERS:
            return held if statement.rule == "order" else ""
        case Verdict.NOT_COMPARED:
            return {"chart": "a chart only", "story": "one child or council"}.get(
                statement.rule, "about the report's own children"
            )
        case Verdict.NOBODY:
            return "fewer than ten in a group"
        case _:
            return ""


def lacking(columns: Sequence[str]) -> str:
    """Which columns hold nothing, and what would be in them."""
    meanings = {column.column: re.split("[;:]", column.meaning)[0] for column in registry() if column.meaning}
    meanings |= {f"need_{area.id}": f"the scores of {area.label.lower()}" for area in PUBLISHED_DOMAINS}
    told = [f"{name} ({meanings[name]})" if name in meanings else name for name in columns]
    noun = "column" if len(told) == 1 else "columns"
    return f"{noun} {' and '.join(told)}: nothing recorded for these children"


def _part(part: Part) -> str:
    value = amount(part.value, part.format)
    return f"{part.label}: {value}" if value else part.label


def _percent(value: float) -> str:
    return theme.percent(value / 100)


def _signed(value: float) -> str:
    return f"+{_percent(value)}" if value > 0 else _percent(value)


def _side(value: float) -> str:
    return "higher" if value > 0 else "lower"
