"""Previous permanence: whether a child was adopted, or in another order's care, before coming into care."""

from __future__ import annotations

import pandas as pd

from vcore.facts.codes import NO_PERMANENCE
from vcore.ingest.findings import Findings
from vcore.ingest.repeats import keep_latest


def previous_permanence(rows: pd.DataFrame, order: pd.Series, findings: Findings) -> pd.DataFrame:
    """One row a child, the latest return's: `CHILD`, `previous_permanence`, and `permanence_ordered` as far as it is
    known (missing where nothing is); the index stays the row's."""
    latest = keep_latest(rows, ["CHILD"], order, findings)
    newest = rows["CHILD"].map(latest.set_index("CHILD")["PREV_PERM"])
    changed = (rows["PREV_PERM"] != newest) & (rows["PREV_PERM"] != NO_PERMANENCE)
    findings.add(
        "PERMANENCE_CHANGED",
        rows.index[changed],
        "PREV_PERM",
        found=list(rows.loc[changed, "PREV_PERM"]),
        expected=list(newest[changed]),
    )
    none, told = latest["PREV_PERM"] == NO_PERMANENCE, latest["DATE_PERM"].fillna("") != ""
    findings.add("PERMANENCE_NONE_DATED", latest.index[none & told], "DATE_PERM")
    findings.add("PERMANENCE_UNDATED", latest.index[~none & latest["DATE_PERM"].isna()], "DATE_PERM")
    return pd.DataFrame(
        {
            "CHILD": latest["CHILD"],
            "previous_permanence": latest["PREV_PERM"],
            "permanence_ordered": latest["DATE_PERM"].where(told & ~none),
        }
    )
