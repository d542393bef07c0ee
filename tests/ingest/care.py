"""Episodes written short, for the tests of returns and placements."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.ingest.folders import AS_OF, as_csv, reading
from vcore.ingest import Reading

COLUMNS = [
    "CHILD",
    "DECOM",
    "RNE",
    "LS",
    "CIN",
    "PLACE",
    "PLACE_PROVIDER",
    "DEC",
    "REC",
    "REASON_PLACE_CHANGE",
    "URN",
]
PLAIN = {"CHILD": "1", "RNE": "P", "LS": "C2", "CIN": "N1", "PLACE": "U4", "PLACE_PROVIDER": "PR1"}


def episodes(*rows: dict[str, str]) -> str:
    """An Episodes file. A row with a DEC and no REC is followed by another (X1)."""
    whole = [dict.fromkeys(COLUMNS, "") | PLAIN | row for row in rows]
    for row in whole:
        row["REC"] = row["REC"] or ("X1" if row["DEC"] else "")
    return as_csv(whole)


def header(*children: str) -> str:
    return as_csv([{"CHILD": child, "SEX": "F", "DOB": "14/05/2012", "ETHNIC": "WBRI"} for child in children])


def read_care(folder: Path, *rows: dict[str, str], as_of=AS_OF, **files: str) -> Reading:
    """One return of these episodes (and other files by name), with a Header that knows every child."""
    children = dict.fromkeys(row.get("CHILD", "1") for row in rows)
    sent = {"header.csv": header(*children), "episodes.csv": episodes(*rows)}
    return reading(folder, sent | {f"{name}.csv": text for name, text in files.items()}, as_of=as_of)


def shown(reading: Reading, table: str, *columns: str) -> list[tuple]:
    """The table's rows in time order, dates as ISO text and missing as None."""
    frame = reading.tables[table].sort_values("started_on")[list(columns)]
    return [
        tuple(
            None if pd.isna(cell) else f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else cell
            for cell in row
        )
        for row in frame.itertuples(index=False, name=None)
    ]


def step(reading: Reading, words: str) -> int:
    """The count of the only step whose words these are part of."""
    (count,) = [count for said, count in reading.report.steps if words in said]
    return count
