"""Files in, checked and pseudonymised tables out, with an account of every row.

The only way into `vcore.ingest`. Files are read in memory and nothing is written anywhere; the council's own child
numbers end here. This module arranges; what a cell, a fee or an episode means lives in the modules it calls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from vcore.errors import RefusedLoad
from vcore.facts.domains import NeedModel
from vcore.ingest.assembly import build
from vcore.ingest.cells import DTYPES, read_cells
from vcore.ingest.corrections import Around
from vcore.ingest.findings import Findings
from vcore.ingest.fixes import mend
from vcore.ingest.layouts import Layout, layouts
from vcore.ingest.layouts.ssda903 import HEADER
from vcore.ingest.mapping import Mapping, check_mapping
from vcore.ingest.recognise import Sheet, recognise
from vcore.ingest.report import FileCard, Report
from vcore.ingest.scales import doubts
from vcore.ingest.summary import totals
from vcore.ingest.uploads import Extract, opened_all
from vcore.tables import Tables, checked

Progress = Callable[[float, str], None]
_READING, _BUILDING = 0.4, 0.7  # the shares of a load's time after which cells are checked, and tables made


def silent(share: float, words: str) -> None:
    """Progress that nobody is told."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What came of reading a folder. A refused reading has no tables: nothing of it may be published."""

    tables: Tables
    report: Report

    @property
    def files(self) -> tuple[FileCard, ...]:
        """What each file was taken for."""
        return self.report.files

    @property
    def refused(self) -> bool:
        """Whether a rule that blocks was broken."""
        return self.report.refused


def read(
    folder: Path,
    *,
    authority: str,
    as_of: date,
    key: bytes,
    needs: NeedModel,
    mapping: Mapping | None = None,
    fixes: Sequence[str] = (),
) -> Reading:
    """Read every file in the folder and below it, as one authority's load that is true for `as_of`.

    Raises `RefusedLoad` for a folder without a file we can read; else as `read_extracts`.
    """
    return read_extracts(
        opened_folder(folder),
        authority=authority,
        as_of=as_of,
        key=key,
        needs=needs,
        mapping=mapping,
        fixes=fixes,
    )


def opened_folder(folder: Path) -> list[Extract]:
    """Every table in the files of a folder and below it. Raises `RefusedLoad`."""
    if not folder.is_dir():
        raise RefusedLoad(f"{folder} is not a folder. Put the files to load in one folder and name that.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return opened_all((path.relative_to(folder).as_posix(), path) for path in paths)


def read_extracts(
    extracts: Sequence[Extract],
    *,
    authority: str,
    as_of: date,
    key: bytes,
    needs: NeedModel,
    mapping: Mapping | None = None,
    fixes: Sequence[str] = (),
    progress: Progress = silent,
) -> Reading:
    """Read these tables as one authority's load that is true for `as_of`.

    `key` is the pseudonym key (32 bytes or more). A table that `mapping` names is read as it says, every other one by
    the names of its columns. `fixes` are codes of corrections to make first where they are needed
    (`vcore.ingest.fixes`): an earlier reading's `report.offers` names those that would help, this one's
    `report.corrections` says what was changed. `progress(share, words)` is told before each step, share 0–1; what it
    raises passes through and ends the reading. Raises `InvalidChoice` for an unknown fix, `RefusedLoad` when no table
    is one we know; a load that breaks a blocking rule comes back as a `Reading` with `refused` set, so that its report
    can be shown.
    """
    if not authority.strip():
        raise RefusedLoad("Say which authority these files are from.")
    findings = Findings()
    known = layouts(needs)
    check_mapping(mapping or Mapping(), known)
    sheets, cards, stacks = [], [], {layout.name: [] for layout in known}
    for at, extract in enumerate(extracts):
        progress(_READING * at / len(extracts), f"Reading {extract.name}")
        sheets.append(recognise(extract, known, mapping))
    made = mend(sheets, fixes, Around(as_of.year, needs.maximum, _headed(sheets)))
    for at, sheet in enumerate(sheets):
        progress(_READING + (_BUILDING - _READING) * at / len(sheets), f"Checking {sheet.name}")
        values, styles = _take_in(sheet, findings, as_of, needs)
        cards.append(_card(sheet, styles))
        if sheet.layout and values is not None:
            stacks[sheet.layout.name].append(values)
        sheet.frame = sheet.frame.iloc[:0]  # its values are what counts from here on
    if not any(sheet.layout for sheet in sheets):
        raise RefusedLoad(
            f"None of the {len(sheets)} tables sent is one we know. Expected SSDA903 files (Header, Episodes) and, "
            "beside them, needs and costs as `template` writes them, as CSV or XLSX."
        )
    progress(_BUILDING, "Putting children, placements and costs together")
    frames = {layout.name: _stacked(stacks[layout.name], layout) for layout in known if layout.used}
    sent = {name for name, of_layout in stacks.items() if of_layout}
    tables, years = build(frames, sent, findings, authority=authority, as_of=as_of, key=key, needs=needs)
    report = Report(
        authority,
        as_of,
        tuple(replace(card, return_year=years.get(card.name, "")) for card in cards),
        findings.counts(),
        findings.problems(),
        tuple(findings.steps),
        findings.refused,
        made,
        totals(findings),
        findings.children_by_rule(),
    )
    return Reading({} if findings.refused else checked(tables, needs), report)


def _headed(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The children's numbers as the Headers write them."""
    headers = [sheet.frame for sheet in sheets if sheet.layout and sheet.layout.name == HEADER.name]
    return frozenset(number for frame in headers if "CHILD" in frame for number in frame["CHILD"].unique())


def _take_in(
    sheet: Sheet, findings: Findings, as_of: date, needs: NeedModel
) -> tuple[pd.DataFrame | None, tuple[str, ...]]:
    """Enrol a file's rows and read its cells; None when the file as a whole is of no use."""
    rows = findings.enrol(sheet.name, sheet.lines)
    if sheet.formulas:
        findings.tell(f"{sheet.name}: cells with a formula, read as the value kept with it", sheet.formulas)
    if sheet.layout is None:
        findings.add_file("FILE_NOT_RECOGNISED" if sheet.encoding else "FILE_NOT_TEXT", sheet.name)
        return None, ()
    if not sheet.layout.used:
        findings.add_file("FILE_NOT_USED", sheet.name)
        return None, ()
    if sheet.unreadable_from is not None:
        findings.add_file("FILE_UNREADABLE", sheet.name, line=sheet.unreadable_from)
        return None, ()
    for column, nearest in sheet.missing.items():
        code = "DOMAIN_MISSING" if column in needs.ids else "COLUMN_MISSING"
        findings.add_file(code, sheet.name, column, expected=f"a column {column}", found=nearest)
    for column in sheet.repeated:
        findings.add_file("COLUMN_TWICE", sheet.name, column)
    if sheet.missing or sheet.repeated:
        return None, ()
    misshapen = pd.Series(sheet.misshapen, dtype="int64")
    findings.add("ROW_MISSHAPEN", rows[misshapen.index], found=[f"{cells} cells" for cells in misshapen])
    frame = sheet.frame.set_axis(rows[sheet.frame.index])
    empty = (frame == "").all(axis=1)
    findings.add("ROW_EMPTY", frame.index[empty])
    values, styles, numbers = read_cells(
        frame[~empty], sheet.layout, sheet.name, findings, this_year=as_of.year
    )
    for doubt in doubts(numbers, sheet.layout, needs.maximum):
        findings.add_file(doubt.code, sheet.name, doubt.column, found=doubt.found, expected=doubt.expected)
    return values.assign(file=sheet.name), styles


def _card(sheet: Sheet, styles: tuple[str, ...]) -> FileCard:
    return FileCard(
        sheet.name,
        sheet.sha256,
        len(sheet.lines),
        sheet.layout.name if sheet.layout else "not recognised",
        sheet.encoding,
        sheet.delimiter,
        styles,
        "",
        sheet.ignored,
        sheet.dropped,
    )


def _stacked(frames: list[pd.DataFrame], layout: Layout) -> pd.DataFrame:
    """All files of one layout, one under another; an empty frame of the right types when there is none."""
    if frames:
        return pd.concat(frames)
    columns = {field.name: pd.Series(dtype=DTYPES.get(field.kind, "str")) for field in layout.fields}
    return pd.DataFrame(columns | {"file": pd.Series(dtype="str")}, index=pd.RangeIndex(0))
