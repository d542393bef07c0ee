"""Folders of small made-up files for the ingest tests. The faultless one holds one child in every file."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from vcore.facts.domains import Domain, NeedModel
from vcore.ingest import Reading, read
from vcore.ingest.layouts import layouts
from vcore.ingest.rules.rule import Example

AS_OF = date(2026, 3, 31)
KEY = b"a key for tests, of 32 bytes or so"
TWO_DOMAINS = NeedModel(
    domains=(Domain(id="school", label="School"), Domain(id="health", label="Health")), maximum=10
)
THIRTEEN_DOMAINS = NeedModel()
FAULTLESS = (
    "Header",
    "Episodes",
    "UASC",
    "OC2",
    "DoLo",
    "Missing",
    "PrevPerm",
    "Needs",
    "Costs",
    "Characteristics",
    "Capacity",
    "Budget",
)


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def reading(
    folder: Path, files: dict[str, str], *, as_of: date = AS_OF, needs: NeedModel = TWO_DOMAINS
) -> Reading:
    """What comes of reading these files (name → text)."""
    return read(write(folder, files), authority="North", as_of=as_of, key=KEY, needs=needs)


def faultless(needs: NeedModel = THIRTEEN_DOMAINS) -> dict[str, str]:
    """A load that breaks no rule: each layout's own example row."""
    rows = {layout.name: layout.example for layout in layouts(needs)}
    return {f"{name}.csv": as_csv([rows[name]]) for name in FAULTLESS}


def with_example(example: Example, needs: NeedModel = THIRTEEN_DOMAINS) -> dict[str, str]:
    """An example's files, with a faultless Header and Episodes where it has none of its own."""
    rows = {layout.name: layout.example for layout in layouts(needs)}
    own = {sent.layout for sent in example}
    files = {f"{name}.csv": as_csv([rows[name]]) for name in ("Header", "Episodes") if name not in own}
    for at, sent in enumerate(example):
        if sent.rows is None:
            continue
        if isinstance(sent.rows, str):
            text = sent.rows
        else:
            changed = [rows[sent.layout] | row for row in sent.rows]
            text = as_csv([{name: cell for name, cell in row.items() if cell is not None} for row in changed])
        files[f"{sent.layout}-{at}.csv"] = text
    return files


def as_csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def codes(reading: Reading) -> set[str]:
    return set(reading.report.problems["code"])


def faults(reading: Reading) -> set[str]:
    """The codes that are more than a note."""
    return set(reading.report.problems.query("severity != 'note'")["code"])


def problem(reading: Reading, code: str) -> dict:
    """The only problem of this code."""
    rows = reading.report.problems.query("code == @code").to_dict("records")
    assert len(rows) == 1, rows
    return rows[0]


def assert_balanced(reading: Reading) -> None:
    counts = reading.report.counts
    assert (counts["read"] == counts[["kept", "merged", "set_aside", "refused"]].sum(axis=1)).all()
