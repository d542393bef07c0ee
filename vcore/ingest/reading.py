"""A folder of files in, checked and pseudonymised tables out, with an account of every row.

The only way into `vcore.ingest`. Files are read in memory and nothing is written anywhere; the council's own child
numbers end here. This module arranges; what a cell, a fee or an episode means lives in the modules it calls.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from vcore.ingest.recognise import Sheet, recognise
from vcore.ingest.report import FileCard, Report
from vcore.ingest.scales import doubts
from vcore.ingest.summary import totals
from vcore.tables import Tables, checked


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
    fixes: Sequence[str] = (),
) -> Reading:
    """Read every file in the folder and below it, as one authority's load that is true for `as_of`.

    `key` is the pseudonym key (32 bytes or more). `fixes` are codes of corrections to make first where they are needed
    (`vcore.ingest.fixes`): an earlier reading's `report.offers` names those that would help, this one's
    `report.corrections` says what was changed. Raises `InvalidChoice` for an unknown fix, `RefusedLoad` for a folder
    without a file we can read; a load that breaks a blocking rule comes back as a `Reading` with `refused` set, so
    that its report can be shown.
    """
    if not authority.strip():
        raise RefusedLoad("Say which authority these files are from.")
    if not folder.is_dir():
        raise RefusedLoad(f"{folder} is not a folder. Put the files to load in one folder and name that.")
    findings = Findings()
    known = layouts(needs)
    sheets, cards, stacks = [], [], {layout.name: [] for layout in known}
    for path in sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    ):
        sheets.append(recognise(_name(path.relative_to(folder)), path.read_bytes(), known))
    made = mend(sheets, fixes, Around(as_of.year, needs.maximum, _headed(sheets)))
    for sheet in sheets:
        values, styles = _take_in(sheet, findings, as_of, needs.maximum)
        cards.append(_card(sheet, styles))
        if sheet.layout and values is not None:
            stacks[sheet.layout.name].append(values)
    if not any(sheet.layout for sheet in sheets):
        raise RefusedLoad(
            f"None of the {len(sheets)} files in {folder} is one we know. Expected SSDA903 CSV files (Header, "
            "Episodes) and, beside them, needs and costs as `template` writes them."
        )
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


def _name(path: Path) -> str:
    """A file's name as a report can print and keep it: a name may hold anything, even what is no text."""
    return "".join(letter if letter.isprintable() else "�" for letter in path.as_posix())


def _headed(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The children's numbers as the Headers write them."""
    headers = [sheet.frame for sheet in sheets if sheet.layout and sheet.layout.name == HEADER.name]
    return frozenset(number for frame in headers if "CHILD" in frame for number in frame["CHILD"].unique())


def _take_in(
    sheet: Sheet, findings: Findings, as_of: date, highest: int
) -> tuple[pd.DataFrame | None, tuple[str, ...]]:
    """Enrol a file's rows and read its cells; None when the file as a whole is of no use."""
    rows = findings.enrol(sheet.name, sheet.lines)
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
        findings.add_file("COLUMN_MISSING", sheet.name, column, expected=f"a column {column}", found=nearest)
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
    for doubt in doubts(numbers, sheet.layout, highest):
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
