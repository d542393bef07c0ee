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


def in_order(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with its bands (x or y, `sort` None) by the place at which each row says that it comes.

    They would be in the order of the rows without that, but not in a picture that a browser keeps: what stood there
    before stays where it stood, whatever order new rows come in. What is given stays as it was.
    """
    named, places = spec.get("datasets", {}), {}
    ordered = _by_place(spec, named, places)
    if not places:
        return spec
    rows = {
        name: [
            row | {_place(field): at[row[field]] for field, at in places.items() if field in row}
            for row in told
        ]
        for name, told in named.items()
    }
    return {**ordered, "datasets": rows}


def _by_place(
    view: dict[str, Any],
    named: Mapping[str, Sequence[Mapping[str, Any]]],
    places: dict[str, dict[Any, int]],
    inherited: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A view with every band by its place; `places` learns which value of a field comes when, layer by layer."""
    data, found = view.get("data", inherited), dict(view)
    for channel, drawn in view.get("encoding", {}).items():
        if channel in ("x", "y") and drawn.get("sort", "") is None:
            field = drawn["field"]
            at = places.setdefault(field, {})
            for row in named.get((data or {}).get("name", ""), ()):
                at.setdefault(row[field], len(at))
            sort = {"field": _place(field), "op": "min", "order": "ascending"}
            found["encoding"] = {**found["encoding"], channel: {**drawn, "sort": sort}}
    if "layer" in view:
        found["layer"] = [_by_place(part, named, places, data) for part in view["layer"]]
    return found


def _place(field: str) -> str:
    return f"{field}_place"
