"""Needs assessments, sent a column a domain or a row a score: both make the same table.

An assessment counts only when it is whole: one score for every domain the council is set up for.
This module never weighs a score.
"""

from __future__ import annotations

import pandas as pd

from vcore.facts.domains import NeedModel
from vcore.ingest.findings import Findings
from vcore.ingest.repeats import settle_repeats
from vcore.tables import score_column

_KEY = ["CHILD", "ASSESSED_ON"]
_TOLD = ["ASSESSOR", "FOSTER_SUITABILITY", "STRENGTHS", "GOALS", "CHILD_VIEW"]


def assessments(wide: pd.DataFrame, long: pd.DataFrame, needs: NeedModel, findings: Findings) -> pd.DataFrame:
    """The whole assessments, as the table wants them but for `CHILD` and `ASSESSOR`, still as sent."""
    ids = list(needs.ids)
    lacking = wide[ids].isna()
    short = lacking.any(axis=1)
    findings.add(
        "ASSESSMENT_INCOMPLETE",
        wide.index[short],
        "scores",
        expected=f"a score for each of {len(ids)} domains",
        found=[f"{len(ids) - blank} scores" for blank in lacking[short].sum(axis=1)],
    )
    across = _pivot(long, needs, findings)
    every = pd.concat([wide[~short], across])
    settled = settle_repeats(every, _KEY, ids, findings)
    _carry_over(long, across, settled, findings)
    return pd.DataFrame(
        {
            "CHILD": settled["CHILD"],
            "assessed_on": settled["ASSESSED_ON"],
            "scores": score_column(settled[ids].to_numpy("uint8")).set_axis(settled.index),
            "assessor": settled["ASSESSOR"],
            "foster_suitability": settled["FOSTER_SUITABILITY"],
            "strengths": settled["STRENGTHS"],
            "goals": settled["GOALS"],
            "child_view": settled["CHILD_VIEW"],
        }
    )


def _pivot(long: pd.DataFrame, needs: NeedModel, findings: Findings) -> pd.DataFrame:
    """One row an assessment, named by the first of its rows."""
    rows = settle_repeats(long, [*_KEY, "DOMAIN"], ["SCORE"], findings)
    scores = rows.groupby(_KEY)["SCORE"].transform("size")
    short = scores < len(needs.ids)
    findings.add(
        "ASSESSMENT_INCOMPLETE",
        rows.index[short],
        "DOMAIN",
        expected=f"a score for each of {len(needs.ids)} domains",
        found=[f"{scored} scores" for scored in scores[short]],
    )
    rows = rows[~short]
    across = rows.pivot(index=_KEY, columns="DOMAIN", values="SCORE").reindex(columns=list(needs.ids))
    told = rows.groupby(_KEY)[_TOLD].first()
    return across.join(told).reset_index().set_axis(_first_rows(rows))


def _first_rows(rows: pd.DataFrame) -> pd.Index:
    return pd.Index(rows.reset_index(names="row").groupby(_KEY)["row"].min())


def _carry_over(long: pd.DataFrame, across: pd.DataFrame, settled: pd.DataFrame, findings: Findings) -> None:
    """What became of a long assessment's first row becomes of all its rows."""
    gone = across.loc[across.index.difference(settled.index), _KEY]
    if gone.empty:
        return
    kept = findings.standing(long)
    rows = kept.reset_index(names="row").merge(gone, on=_KEY)
    taken_over = rows.merge(settled[_KEY], on=_KEY, how="left", indicator=True)["_merge"] == "both"
    findings.add("ROW_REPEATED", pd.Index(rows.loc[taken_over.to_numpy(), "row"]), "ASSESSED_ON")
    findings.add("ROWS_DISAGREE", pd.Index(rows.loc[~taken_over.to_numpy(), "row"]), "ASSESSED_ON")
