"""What was sent, opened: CSV files, workbooks and ZIPs of them become extracts, one a table. In memory only.

Nothing is ever written to disk here, so nothing is left behind when a load is interrupted. An extract is not yet
recognised: `matching` says which of our files it is, `recognise` reads it. What is too large, locked or damaged is
refused with `RefusedLoad`, saying where, what was expected, what was found and what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vcore.errors import RefusedLoad
from vcore.ingest.archives import PACKED, Budget, files, opened_archive, silent
from vcore.ingest.delimited import Delimited, decode, parted
from vcore.ingest.limits import LIMITS, Limits, check_size, refuse
from vcore.ingest.workbooks import ENCODING, Cells, is_workbook, refuse_older, sheets

_SAMPLE = 300  # rows that a guess looks at


@dataclass(frozen=True, eq=False)
class Extract:
    """One table as it was sent. `name` says file and sheet, as every message does; `header` its column names.

    `sha256` is of the file as sent (for a file in a ZIP, of that file). `encoding` is "" when it is not text.
    """

    file: str
    sheet: str
    sha256: str
    encoding: str
    table: Delimited | Cells

    @property
    def name(self) -> str:
        """File and sheet in one."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file

    @property
    def header(self) -> tuple[str, ...]:
        """Its column names as sent; empty when none were found."""
        return self.table.header

    @property
    def delimiter(self) -> str:
        """What parts its cells, in a word; "" in a workbook."""
        return self.table.delimiter

    @property
    def formulas(self) -> int:
        """How many cells hold a formula and were read as the value kept with it."""
        return self.table.formulas if isinstance(self.table, Cells) else 0

    def sample(self) -> list[list[str]]:
        """Its first rows, as texts."""
        return self.table.sample(_SAMPLE)


def opened(
    name: str, content: bytes | Path, *, limits: Limits = LIMITS, tell: Callable[[str], None] = silent
) -> list[Extract]:
    """The tables in one upload: one for a CSV file, one a sheet of a workbook, those of every file in a ZIP.

    A file that is no text comes back as an extract without an encoding. `tell(words)` hears often what is being done;
    what it raises passes through and ends the opening. Raises `RefusedLoad`.
    """
    name = printable(name)
    if isinstance(content, Path):
        content = _read(name, content, limits)
    check_size(name, len(content), limits)
    return list(_opened(name, content, Budget(limits, tell), packed=False))


def opened_all(
    uploads: Iterable[tuple[str, bytes | Path]],
    *,
    limits: Limits = LIMITS,
    tell: Callable[[str], None] = silent,
) -> list[Extract]:
    """The tables of several uploads, each under a name of its own. Raises one `RefusedLoad` for all refused.

    `tell` as for `opened`.
    """
    found: list[Extract] = []
    refused: list[str] = []
    for name, content in uploads:
        try:
            found += opened(name, content, limits=limits, tell=tell)
        except RefusedLoad as error:
            refused.append(str(error))
    if refused:
        raise RefusedLoad("\n".join(refused))
    return named_apart(found)


def named_apart(extracts: Iterable[Extract]) -> list[Extract]:
    """The same extracts; of several with one name the later ones are numbered."""
    met: dict[str, int] = {}
    found = []
    for extract in extracts:
        times = met[extract.name] = met.get(extract.name, 0) + 1
        found.append(extract if times == 1 else replace(extract, file=f"{extract.file} ({times})"))
    return found


def printable(name: str) -> str:
    """A file's name as a report can print and keep it: a name may hold anything, even what is no text."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)


def _read(name: str, path: Path, limits: Limits) -> bytes:
    try:
        check_size(name, path.stat().st_size, limits)
        return path.read_bytes()
    except OSError:
        raise RefusedLoad(f"{name} cannot be read. Check its name and that it is a file.") from None


def _opened(name: str, content: bytes, budget: Budget, *, packed: bool) -> Iterator[Extract]:
    sha256 = hashlib.sha256(content).hexdigest()
    refuse_older(name, content)
    archive = opened_archive(name, content, budget.limits)
    if archive is None:
        text, encoding = ("", "") if content.startswith(PACKED) else decode(content)
        yield Extract(name, "", sha256, encoding, _within(name, parted(text), budget.limits))
    elif is_workbook(archive):
        for title, cells in sheets(name, archive, content, budget):
            yield Extract(name, printable(title), sha256, ENCODING, cells)
    elif packed:
        refuse(name, "files in a ZIP", "another ZIP in it", "Unpack the inner one and pack its files again.")
    else:
        for inner, inside in files(name, archive, budget):
            yield from _opened(printable(inner), inside, budget, packed=True)


def _within(name: str, table: Delimited, limits: Limits) -> Delimited:
    if len(table.header) > limits.columns:
        refuse(
            name,
            f"at most {limits.columns} columns",
            f"{len(table.header):,}",
            "Send only the columns a load needs.",
        )
    return table
