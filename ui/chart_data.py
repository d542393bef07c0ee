"""A chart's rows on their way to the browser, apart from its picture. Knows nothing of what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import pyarrow as pa


def apart(spec: dict[str, Any]) -> dict[str, Any]:
    """A specification's named rows as Arrow, beside which a browser keeps the picture and only changes its rows.

    Streamlit would make a data frame of each first, which takes longer. Nothing where it names none.
    """
    named = spec.get("datasets")
    return {"datasets": {name: _arrow(rows) for name, rows in named.items()}} if named else {}


def _arrow(rows: Sequence[Mapping[str, Any]]) -> bytes:
    table = pa.Table.from_pylist([dict(row) for row in rows])
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)
    return out.getvalue().to_pybytes()


def filled(shape: dict[str, Any], rows: Mapping[str, Sequence[Mapping[Any, Any]]]) -> dict[str, Any]:
    """A finished shape of a chart over named data, with its rows beside it; a table without rows inside it.

    Making a shape takes longer than working out what it shows: make it once, and fill it for each cohort. The shape
    that is given stays as it was; what comes may be changed.
    """
    spec = deepcopy(shape)
    named = {name: told for name, told in rows.items() if len(told)}
    if len(named) < len(rows):
        put_rows(spec, {name: [] for name in rows.keys() - named.keys()})
    return {**spec, "datasets": named} if named else spec


def put_rows(view: dict[str, Any], rows: Mapping[str, Any], inherited: dict[str, Any] | None = None) -> None:
    """Puts the named rows inside the views that draw them, in place; data of another name stays beside."""
    data = view.pop("data", inherited)
    parts = [part for kind in ("layer", "hconcat", "vconcat") for part in view.get(kind, ())]
    for part in parts:
        put_rows(part, rows, data)
    if data is not None and not parts:
        view["data"] = {"values": rows[data["name"]]} if data.get("name") in rows else data
