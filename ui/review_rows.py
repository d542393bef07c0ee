"""The rows of a review list as a reader sees them: need beside cost, why, and what to weigh.

For whoever may see children, on their own screen only. Never a pseudonym: children are called by short codes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ui import theme
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.review import ReviewRule
from vcore.measures.review.reasons import flags, reasons

NOTHING = "–"


def table(
    rows: pd.DataFrame, codes: Sequence[str], rule: ReviewRule, as_of: date, own_words: Collection[str] = ()
) -> pd.DataFrame:
    """One row a child of `reasons.rows_at`, in words; `codes` is what each is called."""
    told = [_told(row, rule, as_of, own_words) for row in rows.itertuples(index=False)]
    return pd.DataFrame({"Child": list(codes)}).join(pd.DataFrame(told))


def _told(row: Any, rule: ReviewRule, as_of: date, own_words: Collection[str]) -> dict[str, str]:
    months = int(row.months_in_placement)
    return {
        "Age": str(row.age),
        "Home": f"{DETAIL_LABELS[row.setting_detail]}, {theme.count(months, 'month', 'months')}",
        "Need": _number(row.need_total),
        "Severe": _number(row.severe_count),
        "£ a week": theme.NOT_AVAILABLE
        if pd.isna(row.weekly_cost_gbp)
        else theme.number(row.weekly_cost_gbp),
        "Why discuss": "; ".join(reasons(row, rule)),
        "To weigh": "; ".join(flags(row, as_of, own_words)) or NOTHING,
    }


def columns() -> dict[str, Any]:
    """How wide each column is, and what it means."""
    text, number = st.column_config.TextColumn, partial(st.column_config.TextColumn, alignment="right")
    return {
        "Child": text(width=70, help="A short code: nobody outside this app can tell who it is"),
        "Age": number(width=50),
        "Home": text(width=190, help="Where they live, and how long they have lived there"),
        "Need": number(width=60, help="Total need, points"),
        "Severe": number(width=70, help="Domains of severe and complex need"),
        "£ a week": number(width=80, help="Gross weekly cost, all funders"),
        "Why discuss": text(width=310),
        "To weigh": text(width=220),
        "Decision": text(width=150, help="The last decision recorded about this child"),
    }


def _number(value: Any) -> str:
    return theme.NOT_AVAILABLE if pd.isna(value) else theme.number(int(value))
