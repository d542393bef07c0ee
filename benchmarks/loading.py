"""A council's files checked, built and published, beside pandas.read_csv alone on the same files: the floor.

Each measurement has a process of its own, so that its memory is its own. `python -m benchmarks.loading WAY FOLDER` is
that process; it prints seconds, peak bytes and rows.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.comparison import Aim, Comparison, Times
from benchmarks.council_files import write_files
from vcore.errors import VcoreError
from vcore.settings import ROOT, settings

CITY = 3_528
AIM_S, NATIONAL_AIM_S, AIM_GIB = 5, 60, 4
OURS, FLOOR = "ours", "pandas"
_REPEATS = 3  # of a city's load; a national one takes a minute
_GIB = 1024**3
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere


class RowsDiffer(VcoreError):
    """Two ways of reading the same files saw two numbers of rows."""


class Measured(NamedTuple):
    """One process: how long it took, the most memory it held, and the rows it read."""

    seconds: float
    peak_bytes: int
    rows: int


def compare_loading(children: int) -> list[Comparison]:
    """Times of loads of a city and of so many children, five years each. Raises `RowsDiffer`."""
    return [_compare(size) for size in sorted({min(CITY, children), children})]


def _compare(children: int) -> Comparison:
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), children)
        repeats = _REPEATS if children <= CITY else 1
        ours = [_measured(OURS, folder) for _ in range(repeats)]
        floor = [_measured(FLOOR, folder) for _ in range(repeats)]
    return compared(children, ours, floor)


def compared(children: int, ours: list[Measured], floor: list[Measured]) -> Comparison:
    """The line of the report. Raises `RowsDiffer`."""
    if {each.rows for each in ours} != {each.rows for each in floor}:
        raise RowsDiffer(f"A load read {ours[0].rows:,} rows, pandas.read_csv {floor[0].rows:,}.")
    peak = max(each.peak_bytes for each in ours) / _GIB
    kept = f"aim ≤ {AIM_GIB} GiB" if peak <= AIM_GIB else f"**over the {AIM_GIB} GiB aimed at**"
    aim_s = AIM_S if children <= CITY else NATIONAL_AIM_S
    return Comparison(
        f"Check, build and publish {children:,} children with five years: {ours[0].rows:,} rows; "
        f"at most {peak:.1f} GiB of memory, {kept}",
        Times([1_000 * each.seconds for each in ours]),
        "pandas.read_csv alone",
        Times([1_000 * each.seconds for each in floor]),
        Aim(median_ms=1_000 * aim_s),
    )


def _measured(way: str, folder: str) -> Measured:
    command = [sys.executable, "-m", "benchmarks.loading", way, folder]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Measured(*json.loads(said))


def load(folder: Path) -> Measured:
    """Check, build and publish the files of a folder into a store that is thrown away."""
    from vcore import ingest  # imports are not part of a load
    from vcore.demo import AS_OF
    from vcore.store.folder import DataFolder
    from vcore.store.parts import new_card, write_part
    from vcore.store.states import publish

    needs = settings().needs
    with tempfile.TemporaryDirectory() as data:
        store = DataFolder(data)
        started = time.perf_counter()
        read = ingest.read(folder, authority="North", as_of=AS_OF, key=b"a benchmark's key" * 2, needs=needs)
        card = new_card(authority="North", as_of=AS_OF, needs=needs, demonstration=False)
        publish(store, [write_part(store, read.tables, card, needs)])
        seconds = time.perf_counter() - started
    return Measured(seconds, _peak(), int(read.report.counts["read"].sum()))


def read_plainly(folder: Path) -> Measured:
    """pandas.read_csv on every file of a folder, and nothing else."""
    import pandas as pd

    started = time.perf_counter()
    rows = sum(len(pd.read_csv(path, low_memory=False)) for path in sorted(folder.rglob("*.csv")))
    return Measured(time.perf_counter() - started, _peak(), rows)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT


if __name__ == "__main__":
    print(json.dumps({OURS: load, FLOOR: read_plainly}[sys.argv[1]](Path(sys.argv[2]))))
