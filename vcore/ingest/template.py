"""The files of our contract, empty, with a data dictionary: what a council's analyst starts from.

Everything in them follows from the layouts and the column registry, so a new column appears here by itself.
The files hold headers only: an example row left in by mistake would be loaded. Nothing that exists is overwritten.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

from vcore.errors import VcoreError
from vcore.facts.domains import NeedModel
from vcore.ingest.fields import Field
from vcore.ingest.layouts.contract import contract, needs_long
from vcore.ingest.layouts.layout import Layout
from vcore.ingest.layouts.ssda903 import RETURNS
from vcore.ingest.template_workbook import WORKBOOK, template_workbook

DICTIONARY = "README.txt"
_WIDTH = 100


def file_name(layout: Layout) -> str:
    """What a template calls its file. Any name will do when files are read."""
    return f"{layout.name.lower()}.csv"


def write_templates(folder: Path, needs: NeedModel) -> tuple[Path, ...]:
    """Write the five contract files, one workbook of them all and the data dictionary into a folder, made if need be.

    Raises `VcoreError`, and writes nothing, when one of them is there already.
    """
    texts = {file_name(layout): ",".join(layout.columns) + "\n" for layout in contract(needs)}
    texts[DICTIONARY] = data_dictionary(needs)
    there = [name for name in (*texts, WORKBOOK) if (folder / name).exists()]
    if there:
        raise VcoreError(
            f"{folder} already holds {', '.join(there)}. Name an empty folder; nothing was written."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        # the mark tells Excel that the file is UTF-8
        (folder / name).write_text(text, encoding="utf-8-sig" if name.endswith(".csv") else "utf-8")
    (folder / WORKBOOK).write_bytes(template_workbook(needs))
    return tuple(folder / name for name in (*texts, WORKBOOK))


def data_dictionary(needs: NeedModel) -> str:
    """Every file and column of the contract in plain words."""
    returns = ", ".join(layout.name for layout in RETURNS if layout.used)
    parts = [
        "FILES TO LOAD",
        fill(
            "Put these files in one folder together with your SSDA903 returns (used: "
            f"{returns}; Header and Episodes are needed), as many years as you like. CSV files, XLSX workbooks with "
            f"a table a sheet ({WORKBOOK} holds all of ours) and ZIPs of them are read. A table is recognised by its "
            "columns, so its name and the order and case of its columns do not matter; extra columns are ignored "
            "and listed. Dates are day first (31/03/2026) or 2026-03-31. Commas, semicolons, tabs or upright bars "
            "part the cells of a CSV file. In a workbook a formula counts as the value kept with it. "
            "Child numbers become keyed hashes and dates of birth months on the way in. Send no names "
            "and no addresses.",
            _WIDTH,
        ),
        *(_describe(layout, file_name(layout)) for layout in contract(needs)),
        _describe(needs_long(needs), file_name(contract(needs)[0])),
    ]
    return "\n\n".join(parts) + "\n"


def _describe(layout: Layout, title: str) -> str:
    lines = [title, "-" * len(title), fill(layout.meaning, _WIDTH), ""]
    lines += [
        fill(_explain(field), _WIDTH, initial_indent="  ", subsequent_indent="      ")
        for field in layout.fields
    ]
    lines += [
        "",
        "  A fictional row:",
        f"  {','.join(layout.example)}",
        f"  {','.join(layout.example.values())}",
    ]
    return "\n".join(lines)


def _explain(field: Field) -> str:
    unit = f" ({field.unit})" if field.unit and field.kind != "month" else ""
    expected = f"one of {', '.join(field.codes)}" if field.codes else field.expected
    return f"{field.name}: {field.meaning}{unit}. {expected[0].upper()}{expected[1:]}. {field.need.value}."
