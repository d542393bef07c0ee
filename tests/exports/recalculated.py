"""Workbooks recalculated by LibreOffice: what a reader's spreadsheet would show, not what was written beside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

MISSING = (
    "No LibreOffice on this machine: the workbook cannot be recalculated "
    "(Debian: apt-get install --no-install-recommends libreoffice-calc)."
)


def soffice() -> str:
    """The program; without it the test is skipped, or fails where it must be there."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("VCORE_REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return found


def without_values(workbook: bytes) -> bytes:
    """The workbook with no formula's value in it, so that each must be worked out."""
    bare = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"</f><v>[^<]*</v>", b"</f>", part)
            new.writestr(name, part)
    return bare.getvalue()


def with_inputs(workbook: bytes, inputs: Mapping[str, Any]) -> bytes:
    """The workbook as somebody saves it who typed these values into its named cells."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    for name, value in inputs.items():
        cell(book, name).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def recalculated(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, Workbook]:
    """Each workbook as LibreOffice works it out, all in one start of it."""
    program, done = soffice(), folder / "done"
    given = []
    for name, content in workbooks.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(without_values(content))
        given.append(str(path))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(done)]
    subprocess.run(
        [program, "--headless", profile, *convert, *given], check=True, capture_output=True, timeout=300
    )
    return {name: openpyxl.load_workbook(done / f"{name}.xlsx", data_only=True) for name in workbooks}


def cell(book: Workbook, name: str) -> Any:
    """The cell that has this name."""
    sheet, where = next(iter(book.defined_names[name].destinations))
    return book[sheet][where.replace("$", "")]


def value(book: Workbook, name: str) -> Any:
    """What the cell of this name shows."""
    return cell(book, name).value
