"""Files that the Department for Education publishes, read and checked: unit costs, where children live, neighbours.

They name no child. A file is recognised by its header and by the series in it; its name decides nothing. Anything
that is not as published refuses the file, with the line, what was expected, what was found and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from vcore.errors import RefusedLoad
from vcore.facts.england import PLACES, UNIT_COSTS
from vcore.ingest.fields import Field, Need
from vcore.ingest.layouts.layout import Layout
from vcore.ingest.recognise import Sheet, recognise
from vcore.ingest.uploads import opened

UNIT_COST, PLACE_MIX, NEIGHBOURS = "unit_costs", "placement_mix", "neighbours"
KINDS = {
    UNIT_COST: "unit costs",
    PLACE_MIX: "where children live",
    NEIGHBOURS: "statistical neighbours",
}
ENGLAND = 970  # the department's code of all England
NEIGHBOUR_COUNT = 10
NOT_PUBLISHED = frozenset({"", "-", "–", "c", "x", "z", ":", "..", "k", "low", "u", "na", "n/a"})

_PLACES = tuple(f"SN_{place}" for place in range(1, NEIGHBOUR_COUNT + 1))
_TOOL = ("SHORT_DESC", "YEARS", "LA_AND_REGIONS", "VALUES", "LA_NUMBER")
_LAYOUTS = tuple(
    Layout(name, tuple(Field(column, "text", Need.FILLED) for column in columns))
    for name, columns in (
        ("interactive tool", _TOOL),
        (NEIGHBOURS, ("OLD_LA_CODE", "LA_NAME", *_PLACES)),
    )
)
_SERIES: Mapping[str, Mapping[str, str]] = {  # what the tool calls each of ours
    UNIT_COST: {cost.series: key for key, cost in UNIT_COSTS.items()},
    PLACE_MIX: {place.series: key for key, place in PLACES.items() if place.series},
}
_HIGHEST = {UNIT_COST: 100_000, PLACE_MIX: 100}
_AMOUNT = {
    UNIT_COST: "£ a week from 0 to 100,000, or a mark such as c, x, z or -",
    PLACE_MIX: "a percentage from 0 to 100, or a mark such as c, x, z or -",
}
_AGAIN = "Download the file again from the department's page, and do not edit it."
_YEARS = re.compile(r"(\d{4}(?:-\d{2})?)(?: \(\w+\))?")
_SHOWN = 6


def read_benchmarks(paths: Iterable[Path]) -> dict[str, pd.DataFrame]:
    """Each kind of publication found in these files, by its key in `KINDS`.

    `unit_costs` (£ a week) and `placement_mix` (shares, 0–1) hold `series`, `code`, `authority`, `period` and
    `value`, NaN where it is not published; `neighbours` holds `code`, `authority`, `neighbour` (a code) and
    `place` (1 is the closest). Raises `RefusedLoad` when one of the files is not as published; then none is taken.
    """
    found: dict[str, pd.DataFrame] = {}
    for path in paths:
        sheets = [recognise(extract, _LAYOUTS) for extract in opened(path.name, path)]
        for sheet in [sheet for sheet in sheets if sheet.layout] or sheets[:1]:
            for kind, frame in _read(sheet).items():
                if kind in found:
                    raise RefusedLoad(
                        f"{sheet.name}: {KINDS[kind]} are in an earlier file too. Give one of them."
                    )
                found[kind] = frame
        if not sheets:
            raise RefusedLoad(f"{path.name} holds no table. {_AGAIN}")
    return found


def _read(sheet: Sheet) -> dict[str, pd.DataFrame]:
    if sheet.layout is None:
        raise RefusedLoad(
            f"{sheet.name}, line 1: expected the columns of the Local Authority Interactive Tool (Short Desc, Years, "
            "LA and Regions, Values, LA Number) or of the statistical neighbours model (old_la_code, la_name, SN_1 to "
            "SN_10), found others. Download one of these as CSV."
        )
    problems = _Problems(sheet)
    if sheet.unreadable_from is not None:
        problems.say(sheet.unreadable_from, "quotation marks in pairs", "one without its other")
    for column, nearest in sheet.missing.items():
        problems.say(1, f"a column {column}", nearest or "none")
    for column in sheet.repeated:
        problems.say(1, f"one column {column}", "two")
    for row, cells in sheet.misshapen.items():
        problems.say(sheet.lines[row], "as many cells as the header", f"{cells} cells")
    problems.refuse()
    frame = sheet.frame.assign(line=[sheet.lines[row] for row in sheet.frame.index]).reset_index(drop=True)
    if sheet.layout.name == NEIGHBOURS:
        return {NEIGHBOURS: _neighbours(frame, problems)}
    kinds = [kind for kind, series in _SERIES.items() if frame["SHORT_DESC"].isin(list(series)).any()]
    if not kinds:
        wanted = " or ".join(next(iter(series)) for series in _SERIES.values())
        seen = ", ".join(frame["SHORT_DESC"].unique()[:3]) or "no row"
        problems.say(2, f"Short Desc such as {wanted}", seen)
        problems.refuse()
    return {kind: _published(frame, kind, problems) for kind in kinds}


def _published(frame: pd.DataFrame, kind: str, problems: _Problems) -> pd.DataFrame:
    names = _SERIES[kind]
    if absent := [name for name in names if name not in set(frame["SHORT_DESC"])]:
        problems.say(1, f"rows of {', '.join(absent)}", "none")
    rows = frame[frame["SHORT_DESC"].isin(list(names))]
    marked = rows["VALUES"].str.casefold().isin(NOT_PUBLISHED)
    value = pd.to_numeric(rows["VALUES"].str.replace(",", "").where(~marked), errors="coerce")
    code = pd.to_numeric(rows["LA_NUMBER"], errors="coerce")
    period = rows["YEARS"].str.extract(f"^{_YEARS.pattern}$")[0]
    problems.add(rows["VALUES"], ~marked & ~value.between(0, _HIGHEST[kind]), _AMOUNT[kind], rows["line"])
    problems.add(
        rows["LA_NUMBER"],
        code.isna() | code.mod(1).ne(0),
        "the authority's number, such as 301",
        rows["line"],
    )
    problems.add(rows["YEARS"], period.isna(), "a year such as 2025 or 2024-25", rows["line"])
    twice = pd.DataFrame({"series": rows["SHORT_DESC"], "code": code, "period": period}).duplicated()
    problems.add(rows["LA_AND_REGIONS"], twice, "one row an authority, series and year", rows["line"])
    if not code.eq(ENGLAND).any():
        problems.say(1, f"rows of England (LA Number {ENGLAND})", "none")
    problems.refuse()
    return pd.DataFrame(
        {
            "series": rows["SHORT_DESC"].map(names),
            "code": code.astype("int64"),
            "authority": rows["LA_AND_REGIONS"],
            "period": period,
            "value": value / (100 if kind == PLACE_MIX else 1),
        }
    ).reset_index(drop=True)


def _neighbours(frame: pd.DataFrame, problems: _Problems) -> pd.DataFrame:
    known = set(frame["OLD_LA_CODE"])
    problems.add(
        frame["OLD_LA_CODE"],
        ~frame["OLD_LA_CODE"].str.fullmatch(r"\d{3}"),
        "the authority's number, such as 301",
        frame["line"],
    )
    problems.add(
        frame["OLD_LA_CODE"], frame["OLD_LA_CODE"].duplicated(), "one row an authority", frame["line"]
    )
    for column in _PLACES:
        stranger = ~frame[column].isin(list(known)) | frame[column].eq(frame["OLD_LA_CODE"])
        problems.add(frame[column], stranger, f"another authority's number in {column}", frame["line"])
    if frame.empty:
        problems.say(2, "an authority", "no row")
    problems.refuse()
    return pd.DataFrame(
        {
            "code": np.repeat(frame["OLD_LA_CODE"].to_numpy("int64"), NEIGHBOUR_COUNT),
            "authority": np.repeat(frame["LA_NAME"].to_numpy(), NEIGHBOUR_COUNT),
            "neighbour": frame[list(_PLACES)].to_numpy().ravel().astype("int64"),
            "place": np.tile(np.arange(1, NEIGHBOUR_COUNT + 1), len(frame)),
        }
    )


class _Problems:
    """What is wrong with one file, by line."""

    def __init__(self, sheet: Sheet) -> None:
        self._name = sheet.name
        self._found: list[tuple[int, str]] = []

    def say(self, line: int, expected: str, found: str) -> None:
        self._found.append((line, f"expected {expected}, found {found}"))

    def add(self, cells: pd.Series, wrong: pd.Series, expected: str, lines: pd.Series) -> None:
        """One problem a cell that is wrong."""
        for line, cell in zip(lines[wrong], cells[wrong], strict=True):
            self.say(int(line), expected, repr(cell) if cell else "nothing")

    def refuse(self) -> None:
        """Raises `RefusedLoad` naming the first few, if there are any."""
        if not self._found:
            return
        told = [f"{self._name}, line {line}: {words}." for line, words in sorted(self._found)[:_SHOWN]]
        if left := len(self._found) - len(told):
            told.append(f"And {left} more.")
        raise RefusedLoad("\n".join([*told, f"{_AGAIN} Nothing was taken from it."]))
