"""Published figures of other authorities, beside the states of a data folder: one Parquet file a kind.

    benchmarks/<kind>.parquet   replaced whole by a newer publication; of no state, since it holds no child

No other module reads or writes them.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from vcore.errors import StoreError
from vcore.ingest.benchmarks import KINDS, NEIGHBOURS
from vcore.store.folder import DataFolder, write_durably

Stamp = tuple[int, ...]  # changes with every load


@dataclass(frozen=True, eq=False)
class Benchmarks:
    """What is loaded, as `vcore.ingest.benchmarks.read_benchmarks` gives it; empty frames where nothing is."""

    unit_costs: pd.DataFrame
    placement_mix: pd.DataFrame
    neighbours: pd.DataFrame


def keep_benchmarks(folder: DataFolder, found: Mapping[str, pd.DataFrame]) -> None:
    """Put these publications in the place of earlier ones of their kind."""
    with folder.writing():
        folder.benchmarks.mkdir(exist_ok=True)
        waiting = []
        for kind, frame in found.items():
            content = io.BytesIO()
            frame.to_parquet(content, index=False)
            unfinished = folder.benchmarks / f".{kind}.parquet"
            write_durably(unfinished, content.getvalue())
            waiting.append((unfinished, folder.benchmarks / f"{kind}.parquet"))
        for unfinished, target in waiting:
            unfinished.replace(target)


def stamp(folder: DataFolder) -> Stamp:
    """What changes when a publication is loaded: cheap enough to ask at every run."""
    return tuple(_changed(folder, kind) for kind in KINDS)


def open_benchmarks(folder: DataFolder) -> Benchmarks:
    """Everything loaded. Raises `StoreError` for a file that cannot be read."""
    return Benchmarks(**{kind: _open(folder, kind) for kind in KINDS})


def _changed(folder: DataFolder, kind: str) -> int:
    try:
        return (folder.benchmarks / f"{kind}.parquet").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _open(folder: DataFolder, kind: str) -> pd.DataFrame:
    path = folder.benchmarks / f"{kind}.parquet"
    try:
        return pd.read_parquet(path)
    except FileNotFoundError:
        return _nothing(kind)
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these kinds
        raise StoreError(
            f"The published {KINDS[kind]} in this data folder cannot be read. Load their file again: "
            "python -m vcore benchmarks FILE"
        ) from error


def _nothing(kind: str) -> pd.DataFrame:
    types = (
        {"code": "int64", "authority": "str", "neighbour": "int64", "place": "int64"}
        if kind == NEIGHBOURS
        else {"series": "str", "code": "int64", "authority": "str", "period": "str", "value": "float64"}
    )
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in types.items()})
