"""The tables of a load as pandas frames: one typed conversion, one check, both from the column registry.

`Tables` maps each stored table's name to a frame with exactly the registry's columns, in its order.
Files and the demonstration cohort both end here; the store starts here. Scores travel as one
Arrow list column so that any number of domains needs no other layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
import pandera.pandas as pa_check
import pyarrow as pa

from vcore.errors import RefusedLoad
from vcore.facts.columns import STORED_TABLES, Column, columns, names
from vcore.facts.domains import NeedModel

Tables = Mapping[str, pd.DataFrame]

_DTYPES = {
    "text": "str",
    "date": "datetime64[us]",
    "integer": "Int64",
    "decimal": "float64",
    "boolean": "boolean",
    "text_list": pd.ArrowDtype(pa.list_(pa.string())),
    "scores": pd.ArrowDtype(pa.list_(pa.uint8())),
}


def score_column(scores: np.ndarray) -> pd.Series:
    """A matrix of scores (rows × domains, whole numbers 0–255) as one list column."""
    rows, domains = scores.shape
    offsets = np.arange(0, rows * domains + 1, domains, dtype="int32")
    lists = pa.ListArray.from_arrays(offsets, pa.array(np.ascontiguousarray(scores, "uint8").ravel()))
    return pd.Series(pd.arrays.ArrowExtensionArray(lists))


def score_matrix(lists: pd.Series, domains: int) -> np.ndarray:
    """The list column back as a float matrix (rows × domains); NaN rows where there is no assessment."""
    array = pa.chunked_array(lists.astype(_DTYPES["scores"]).array.__arrow_array__())
    combined = array.combine_chunks()
    matrix = np.full((len(combined), domains), np.nan)
    present = np.asarray(combined.is_valid())
    matrix[present] = np.asarray(combined.flatten()).reshape(-1, domains)
    return matrix


def typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with exactly the table's columns, order and dtypes; columns it lacks are empty.

    Raises `KeyError` for a table that is not in the model, `ValueError` for a value of the wrong type.
    """
    return pd.DataFrame(
        {
            column.column: frame[column.column].astype(dtype)
            if column.column in frame
            else pd.Series(None, index=frame.index, dtype=dtype)
            for column in columns(table)
            for dtype in (_DTYPES[column.type],)
        }
    ).reset_index(drop=True)


def empty(table: str) -> pd.DataFrame:
    """The table without a row."""
    return typed(table, pd.DataFrame(columns=list(names(table))))


def checked(tables: Tables, needs: NeedModel) -> dict[str, pd.DataFrame]:
    """Every stored table, typed and within the registry's rules; tables that are absent are empty.

    Raises `RefusedLoad` naming the first few broken rules. This is the last line of defence before the
    store: ingest explains bad rows long before they get here.
    """
    result = {name: typed(name, tables[name]) if name in tables else empty(name) for name in STORED_TABLES}
    problems: list[str] = []
    for name, frame in result.items():
        try:
            _schema(name).validate(frame, lazy=True)
        except pa_check.errors.SchemaErrors as error:
            cases = error.failure_cases.head(3)
            problems += [
                f"{name}.{case.column}: {case.check} (found {case.failure_case!r})"
                for case in cases.itertuples()
            ]
    problems += _score_problems(result["assessment"], needs)
    if problems:
        raise RefusedLoad("These tables do not fit the model: " + "; ".join(problems))
    return result


def _score_problems(assessment: pd.DataFrame, needs: NeedModel) -> list[str]:
    lists = assessment["scores"].dropna()
    lengths = lists.list.len() if len(lists) else pd.Series(dtype="int64")
    if (lengths != len(needs.domains)).any():
        return [f"assessment.scores: an assessment without {len(needs.domains)} scores"]
    if len(lists) and score_matrix(lists, len(needs.domains)).max() > needs.maximum:
        return [f"assessment.scores: a score above {needs.maximum}"]
    return []


@cache
def _schema(table: str) -> pa_check.DataFrameSchema:
    return pa_check.DataFrameSchema({column.column: _rule(column) for column in columns(table)}, strict=True)


def _rule(column: Column) -> pa_check.Column:
    checks = []
    if column.values and column.type == "text":
        checks.append(pa_check.Check.isin(list(column.values)))
    if column.type in ("integer", "decimal"):
        if column.minimum is not None:
            checks.append(pa_check.Check.ge(column.minimum))
        if column.maximum is not None:
            checks.append(pa_check.Check.le(column.maximum))
    return pa_check.Column(None, checks, nullable=not column.required)
