"""How a fix changes the texts of a sheet. Each answers with the columns it changes, and none where it is not needed.

Nothing is guessed a cell at a time: a scale, an order of day and month or a price basis belongs to a whole file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.facts import assumptions
from vcore.ingest import scales
from vcore.ingest.cells import DATES, TURNED_DATES, amounts
from vcore.ingest.dates import month_first, parse_dates
from vcore.ingest.layouts.contract import COSTS
from vcore.ingest.recognise import Sheet

_NUMBERS = ("money", "whole", "decimal")
_MONEY = ("WEEKLY_COST", "SOCIAL_CARE", "EDUCATION", "HEALTH")
_DAYS_A_WEEK = 7
PERCENT_TOLERANCE = 1.0


class Around(NamedTuple):
    """What a fix may know besides the sheet: the year of the load, the highest score, the Header's children."""

    this_year: int
    maximum: int
    children: frozenset[str]


def letter_o(sheet: Sheet, _: Around) -> dict[str, pd.Series]:
    """5,4OO as 5,400, in columns of numbers."""

    def read(text: str) -> str:
        plain = re.sub("[oO]", "0", text)
        return plain if plain != text and amounts(pd.Series([plain])).notna().all() else text

    return {name: _each(sheet.frame[name], read) for name in _columns(sheet, _NUMBERS)}


def day_first(sheet: Sheet, around: Around) -> dict[str, pd.Series]:
    """09/13/2023 as 13/09/2023, in a column whose dates only make sense month first."""
    turned = {}
    for name in _columns(sheet, DATES):
        distinct = pd.Series(sheet.frame[name].unique(), dtype="str")
        dates = parse_dates(distinct, this_year=around.this_year)["date"]
        if month_first(distinct, dates).sum() >= TURNED_DATES:
            swapped = sheet.frame[name].str.replace(
                r"^(\d{1,2})([/.\-])(\d{1,2})([/.\-]\d{2,4})", r"\3\2\1\4", regex=True
            )
            turned[name] = swapped
    return turned


def leading_noughts(sheet: Sheet, around: Around) -> dict[str, pd.Series]:
    """0042 for 42, where the Header knows one such child and not 42."""
    if "CHILD" not in sheet.frame or sheet.layout is None or sheet.layout.name == "Header":
        return {}
    stripped: dict[str, list[str]] = {}
    for number in around.children:
        stripped.setdefault(number.lstrip("0"), []).append(number)

    def read(text: str) -> str:
        fits = stripped.get(text, [])
        return fits[0] if text not in around.children and len(fits) == 1 else text

    return {"CHILD": _each(sheet.frame["CHILD"], read)}


def out_of_hundred(sheet: Sheet, around: Around) -> dict[str, pd.Series]:
    """Scores out of 100 on the council's scale, halves rounded up."""
    columns = _scores(sheet)
    if not columns or not scales.out_of_hundred(_counted(sheet, columns), around.maximum):
        return {}

    def read(score: float) -> float:
        fits = 0 <= score <= scales.HUNDRED
        return np.floor(score * around.maximum / scales.HUNDRED + 0.5) if fits else score

    return {name: _numbers(sheet.frame[name], read) for name in columns}


def turned_round(sheet: Sheet, around: Around) -> dict[str, pd.Series]:
    """The maximum less each score."""
    columns = _scores(sheet)
    if not columns or not scales.reversed_scale(_counted(sheet, columns), around.maximum):
        return {}

    def read(score: float) -> float:
        return around.maximum - score if 0 <= score <= around.maximum else score

    return {name: _numbers(sheet.frame[name], read) for name in columns}


def yearly_to_weekly(sheet: Sheet, _: Around) -> dict[str, pd.Series]:
    """£ a year over the weeks in one."""
    weeks = assumptions.value("weeks_per_year")
    return _priced(sheet, scales.per_year, lambda cost: round(cost / weeks, 2))


def daily_to_weekly(sheet: Sheet, _: Around) -> dict[str, pd.Series]:
    """£ a day by seven."""
    return _priced(sheet, scales.per_day, lambda cost: round(cost * _DAYS_A_WEEK, 2))


def shares_to_pounds(sheet: Sheet, _: Around) -> dict[str, pd.Series]:
    """Parts that add up to 100 as parts of the cost."""
    parts = [name for name in _MONEY[1:] if name in sheet.frame]
    if sheet.layout is None or sheet.layout.name != COSTS.name or "SOCIAL_CARE" not in parts:
        return {}
    cost = amounts(sheet.frame["WEEKLY_COST"])
    shares = sheet.frame[parts].apply(amounts)
    percent = in_percent(shares, cost)
    pounds = shares.mul(cost / scales.HUNDRED, axis=0).round(2)
    return {
        name: sheet.frame[name].mask(percent & pounds[name].notna(), pounds[name].map("{:.2f}".format))
        for name in parts
    }


def in_percent(parts: pd.DataFrame, cost: pd.Series) -> pd.Series:
    """Whether the parts of a cost add up to 100 where the cost is another amount.

    One part alone says nothing; nor do the others without `SOCIAL_CARE`, which is then the rest.
    """
    hundred = (parts.sum(axis=1) - scales.HUNDRED).abs() <= PERCENT_TOLERANCE
    told = parts["SOCIAL_CARE"].notna() & (parts.notna().sum(axis=1) > 1)
    return hundred & told & ((cost - scales.HUNDRED).abs() > PERCENT_TOLERANCE)


def _priced(
    sheet: Sheet, odd: Callable[[pd.Series], bool], read: Callable[[float], float]
) -> dict[str, pd.Series]:
    if sheet.layout is None or sheet.layout.name != COSTS.name:
        return {}
    if not odd(_counted(sheet, ["WEEKLY_COST"])):
        return {}
    return {name: _numbers(sheet.frame[name], read) for name in _MONEY if name in sheet.frame}


def _scores(sheet: Sheet) -> list[str]:
    columns = scales.score_columns(sheet.layout) if sheet.layout else []
    return [name for name in columns if name in sheet.frame]


def _columns(sheet: Sheet, kinds: Iterable[str]) -> list[str]:
    fields = sheet.layout.fields if sheet.layout else ()
    return [field.name for field in fields if field.kind in kinds and field.name in sheet.frame]


def _counted(sheet: Sheet, columns: list[str]) -> pd.Series:
    """The readable numbers of these columns and how often each comes."""
    every = pd.concat([sheet.frame[name] for name in columns]).value_counts()
    return every.groupby(amounts(pd.Series(every.index, dtype="str")).to_numpy()).sum()


def _each(texts: pd.Series, read: Callable[[str], str]) -> pd.Series:
    return texts.map({text: read(text) for text in texts.unique()}).astype("str")


def _numbers(texts: pd.Series, read: Callable[[float], float]) -> pd.Series:
    """Every text that is a number as another number; the rest as they are."""
    distinct = pd.Series(texts.unique(), dtype="str")
    told = {
        text: text if np.isnan(number) else f"{read(number):.10g}"
        for text, number in zip(distinct, amounts(distinct), strict=True)
    }
    return texts.map(told).astype("str")
