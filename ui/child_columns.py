"""Rows about single children as one reader may be shown them: without the columns that the registry withholds.

Whoever hands out such rows, to a screen or a file, hands them through here. Who may see children is asked before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace

import pandas as pd

from ledger.column_rights import withheld
from ledger.rights import Right
from vcore.store.one_child import OneChild


def of_rows(rows: pd.DataFrame, rights: Collection[Right]) -> pd.DataFrame:
    """The rows without what these rights do not show."""
    return rows.drop(columns=list(withheld(rights)), errors="ignore")


def of_row(row: pd.Series, rights: Collection[Right]) -> pd.Series:
    """The same of one child's row."""
    return row.drop(list(withheld(rights)), errors="ignore")


def of_history(child: OneChild, rights: Collection[Right]) -> OneChild:
    """The same of each table of one child's history."""
    tables = {
        field.name: of_rows(table, rights)
        for field in fields(child)
        if isinstance(table := getattr(child, field.name), pd.DataFrame)
    }
    return replace(child, **tables)
