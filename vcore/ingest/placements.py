"""Episodes to placements and care: a placement is where a child lives with the same carer, whatever else changed.

The reason for a new episode (RNE) says what changed: S care started, L legal status only, P placement and carer,
B all three, T placement but not carer, U legal status and placement but not carer (DfE children looked-after
return guide). So an L episode continues its placement; T and U start a placement that does not count as a breakdown of
the one before. A temporary placement (T0–T4) inherits the one it interrupts, and going back to that continues it.
A period of care starts at S, or after an end of care even where S is missing. Episodes of one child never overlap
here: an earlier one ends when a later one begins, with a warning.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.facts.codes import BREAKDOWN_REASONS, CARE_STARTS, NEW_EPISODE_FOLLOWS
from vcore.facts.placements import KINSHIP, SETTING_OF, TEMPORARY, setting_detail
from vcore.ingest.dates import written
from vcore.ingest.findings import Findings

_LEGAL_ONLY, _SAME_CARER = "L", ("T", "U")
_FOREVER = pd.Timestamp("2200-01-01")
_A_DAY = pd.Timedelta(days=1)  # some systems start the next episode the day after, not the same day


def resolve(episodes: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Episodes in order, none overlapping, with what groups them: `period`, `placement`, and where each was lived.

    Adds `start`, `end` (NaT while it lasts), `new` (starts a period), `near` (follows on at once), `place_code`,
    `provider_code` (of the placement that a temporary one interrupts).
    """
    rows = episodes.assign(
        start=episodes["DECOM"], end=episodes["DEC"], temporary=episodes["PLACE"].isin(TEMPORARY)
    )
    rows = rows.sort_values(["CHILD", "start", "end"], kind="stable")
    rows = _cut_overlaps(_absorb_temporary(rows, findings), findings)
    by_child = rows.groupby("CHILD", sort=False)
    before_end, before_reason = by_child["end"].shift(), by_child["REC"].shift()
    first = ~rows["CHILD"].duplicated()
    rows["near"] = ~first & (rows["start"] - before_end <= _A_DAY)
    left_care = before_reason.notna() & (before_reason != NEW_EPISODE_FOLLOWS)
    rows["new"] = first | (rows["RNE"] == CARE_STARTS) | (left_care & ~rows["near"])
    rows["period"] = rows["new"].cumsum()
    unseen = rows[rows["new"] & (rows["RNE"] != CARE_STARTS)]
    findings.add("CARE_START_UNSEEN", unseen.index, "RNE", found=list(unseen["RNE"]), expected=CARE_STARTS)
    return _join(_inherit(rows, findings), findings)


def _absorb_temporary(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Older returns leave the interrupted episode running: a temporary one inside it adds nothing."""
    running_to = rows["end"].fillna(_FOREVER)
    others_run_to = (
        running_to.mask(rows["temporary"], rows["start"]).groupby(rows["CHILD"], sort=False).cummax()
    )
    inside = rows["temporary"] & (rows["start"] < others_run_to) & (running_to <= others_run_to)
    findings.add("TEMPORARY_INSIDE", rows.index[inside], "PLACE", found=list(rows.loc[inside, "PLACE"]))
    return rows[~inside]


def _cut_overlaps(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    following = rows.groupby("CHILD", sort=False)["start"].shift(-1)
    over = following.notna() & ~(rows["end"] <= following)
    findings.add(
        "EPISODES_OVERLAP",
        rows.index[over],
        "DEC",
        expected=[f"an end by {day}" for day in written(following[over])],
        found=written(rows.loc[over, "end"]),
    )
    return rows.assign(end=rows["end"].mask(over, following))


def _inherit(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Place, provider and URN of the placement that counts; a temporary one without any in its period stands alone."""
    own = pd.Series(np.arange(len(rows), dtype="float64"), index=rows.index)
    at = own.mask(rows["temporary"])
    by_period = at.groupby(rows["period"], sort=False)
    source = by_period.ffill().fillna(by_period.bfill())
    alone = source.isna()
    findings.add("TEMPORARY_ALONE", rows.index[alone], "PLACE", found=list(rows.loc[alone, "PLACE"]))
    source = source.fillna(own).to_numpy("int64")
    inherited = {"place_code": "PLACE", "provider_code": "PLACE_PROVIDER", "urn": "URN"}
    return rows.assign(**{name: rows[column].to_numpy()[source] for name, column in inherited.items()})


def _join(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Number the placements: an episode continues the last one when only the law, or a temporary stay, lies between."""
    before = rows.groupby("period", sort=False)[["place_code", "provider_code", "urn", "temporary"]].shift()
    urn_differs = rows["urn"].notna() & before["urn"].notna() & (rows["urn"] != before["urn"])
    same_home = (
        (rows["place_code"] == before["place_code"])
        & (rows["provider_code"].fillna("") == before["provider_code"].fillna(""))
        & ~urn_differs
    )
    legal_only = rows["RNE"] == _LEGAL_ONLY
    moved = legal_only & rows["near"] & ~rows["new"] & ~same_home & ~rows["temporary"]
    findings.add("LEGAL_CHANGE_BUT_MOVED", rows.index[moved], "RNE", found="L")
    around_temporary = rows["temporary"] | before["temporary"].fillna(False).astype(bool)
    continues = ~rows["new"] & rows["near"] & same_home & (legal_only | around_temporary)
    findings.tell(
        "episodes joined to their placement: only the legal status changed",
        int((continues & ~around_temporary).sum()),
    )
    findings.tell(
        "episodes joined to their placement: a temporary stay, or back from one",
        int((continues & around_temporary).sum()),
    )
    return rows.assign(placement=(~continues).cumsum())


def placement_table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a placement, as the table wants it but for `CHILD`. `rows` come from `resolve`."""
    following = rows["RNE"].shift(-1).mask(rows["new"].shift(-1, fill_value=True))
    groups = rows.assign(following=following).groupby("placement", sort=False)
    first, last = groups.head(1).set_index("placement"), groups.tail(1).set_index("placement")
    reason = last["REASON_PLACE_CHANGE"]
    moved_carer = last["end"].notna() & ~last["following"].isin(_SAME_CARER)
    return pd.DataFrame(
        {
            "CHILD": first["CHILD"],
            "started_on": first["start"],
            "ended_on": last["end"],
            "place_code": first["place_code"],
            "provider_code": first["provider_code"],
            **settings(first["place_code"], first["provider_code"]),
            "kinship": first["place_code"].isin(KINSHIP),
            "end_reason": reason.fillna(last["REC"].where(last["REC"] != NEW_EPISODE_FOLLOWS)),
            "breakdown": moved_carer & reason.isin(BREAKDOWN_REASONS),
        }
    ).reset_index(drop=True)


def settings(place: pd.Series, provider: pd.Series) -> dict[str, pd.Series]:
    """`setting_detail` and `setting` of each place and provider; a temporary place standing alone is "other"."""
    pairs = pd.MultiIndex.from_arrays([place, provider.fillna("")])
    details = {
        (code, by): "other" if code in TEMPORARY else setting_detail(code, by or None)
        for code, by in pairs.unique()
    }
    detail = pd.Series([details[pair] for pair in pairs], index=place.index, dtype="str")
    return {"setting_detail": detail, "setting": detail.map(SETTING_OF)}


def care_table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a stretch of the same legal status and category of need, as the table wants it but for `CHILD`."""
    same = (rows[["LS", "CIN"]].fillna("") == rows[["LS", "CIN"]].shift().fillna("")).all(axis=1)
    stretch = (~(same & rows["near"] & ~rows["new"])).cumsum()
    by_period = rows.groupby("period", sort=False)
    dated = rows.assign(
        stretch=stretch,
        care_started_on=by_period["start"].transform("min"),
        care_ended_on=rows["period"].map(by_period["end"].last(skipna=False)),
    )
    groups = dated.groupby("stretch", sort=False)
    first, last = groups.head(1).set_index("stretch"), groups.tail(1).set_index("stretch")
    return pd.DataFrame(
        {
            "CHILD": first["CHILD"],
            "care_started_on": first["care_started_on"],
            "care_ended_on": first["care_ended_on"],
            "started_on": first["start"],
            "ended_on": last["end"],
            "legal_status": first["LS"],
            "category_of_need": first["CIN"],
        }
    ).reset_index(drop=True)
