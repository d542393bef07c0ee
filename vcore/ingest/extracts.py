"""The other local extracts: characteristics of children, capacity, budget. Blank means not recorded, never no."""

from __future__ import annotations

import pandas as pd

from vcore.ingest.findings import Findings
from vcore.ingest.repeats import settle_repeats

_YES_NO = ["DISABILITY", "EHCP", "SUSPENDED_EVER", "SUSPENDED_12M", "PERMANENTLY_EXCLUDED", "DOL", "IN_AREA"]


def characteristics(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """One row a child, indexed by `CHILD`, as the `child` table wants it but for the sibling group, still as sent.

    A suspension in the last 12 months is one ever, whatever the other column says, and the only thing it tells of ever:
    no suspension ever stays none where the last 12 months are blank. `excluded` is either, ever.
    """
    facts = [*_YES_NO, "SIBLING_GROUP", "DISTANCE_MILES"]
    found = (
        settle_repeats(rows, ["CHILD"], facts, findings).set_index("CHILD")[facts].rename(columns=str.lower)
    )
    ever = found["suspended_ever"].mask(found["suspended_12m"].fillna(False), True)
    return found.assign(suspended_ever=ever, excluded=ever | found["permanently_excluded"])


def capacity(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Places by setting and month, as the table wants them."""
    settled = settle_repeats(
        rows, ["SETTING_DETAIL", "MONTH"], ["PLACES_APPROVED", "PLACES_FILLED"], findings
    )
    over = settled["PLACES_FILLED"] > settled["PLACES_APPROVED"]
    findings.add(
        "MORE_FILLED_THAN_APPROVED",
        settled.index[over],
        "PLACES_FILLED",
        found=[f"{places:.0f}" for places in settled.loc[over, "PLACES_FILLED"]],
        expected=[f"at most {places:.0f}" for places in settled.loc[over, "PLACES_APPROVED"]],
    )
    return settled.rename(columns=str.lower)


def budget(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Budget and actual by financial year and cost line, as the table wants them."""
    settled = settle_repeats(rows, ["YEAR", "LINE"], ["BUDGET", "ACTUAL_TO_DATE", "TO_DATE"], findings)
    undated = settled["ACTUAL_TO_DATE"].notna() & settled["TO_DATE"].isna()
    findings.add("ACTUAL_WITHOUT_DATE", settled.index[undated], "TO_DATE")
    return settled.rename(
        columns={
            "YEAR": "financial_year",
            "LINE": "line",
            "BUDGET": "budget_gbp",
            "ACTUAL_TO_DATE": "actual_to_date_gbp",
            "TO_DATE": "actual_to_date_on",
        }
    )
