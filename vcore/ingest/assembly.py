"""Files that were read, put together: what holds between files is checked, and the model's tables are made.

Here the council's own child numbers are exchanged for pseudonyms; no table that leaves holds one. Until then a child
is a place in the list of numbers, so that `CHILD` is quick to compare and no module on the way sees the number itself.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from vcore.facts.codes import NO_PERMANENCE
from vcore.facts.domains import NeedModel
from vcore.ingest import costs, extracts, placements, returns
from vcore.ingest.dates import written
from vcore.ingest.findings import Findings
from vcore.ingest.layouts.contract import BUDGET, CAPACITY, CHARACTERISTICS, COSTS, NEEDS, NEEDS_LONG
from vcore.ingest.layouts.ssda903 import DOLO, EPISODES, HEADER, MISSING, OC2, PREV_PERM, UASC
from vcore.ingest.missing_periods import missing_periods
from vcore.ingest.needs import assessments
from vcore.ingest.permanence import previous_permanence
from vcore.ingest.pseudonyms import pseudonyms
from vcore.ingest.questionnaires import questionnaires
from vcore.ingest.repeats import date_returns, keep_latest, returns_of
from vcore.ingest.rules.loaded import Loaded
from vcore.tables import score_matrix

Frames = dict[str, pd.DataFrame]
_SPANS = (("DECOM", "DEC"), ("START", "END"), ("DOLO_START", "DOLO_END"), ("MIS_START", "MIS_END"))
_PAST_ONLY = ("DOB", "DECOM", "ASSESSED_ON", "DOLO_START", "MIS_START")


def build(
    frames: Frames,
    sent: set[str],
    findings: Findings,
    *,
    authority: str,
    as_of: date,
    key: bytes,
    needs: NeedModel,
) -> tuple[Frames, dict[str, str]]:
    """The model's tables from one frame a layout (values, index = enrolled row), and each Episodes file's return year.

    `sent` names the layouts that were sent in a usable file. Every check runs even when the load is already refused,
    so that everything is reported at once; then there are no tables.
    """
    today = pd.Timestamp(as_of)
    for layout, code in ((HEADER, "HEADER_MISSING"), (EPISODES, "EPISODES_MISSING")):
        if layout.name not in sent:
            findings.add_file(code, "")
    frames, numbers = _numbered(frames)
    for rows in frames.values():
        if "CHILD" in rows:
            findings.name_children(rows)
    findings.weekly_gbp = costs.paid_on(frames[COSTS.name], today)
    met = {name: rows["CHILD"].unique() for name, rows in frames.items() if "CHILD" in rows}
    frames = _fitting(frames, HEADER.name in sent, today, findings)
    episodes = frames[EPISODES.name]
    dated = date_returns(episodes, today)
    years = {str(file): year for file, year in dated["year"].items()}

    def ordered(name: str) -> pd.Series:
        return frames[name]["file"].map(returns_of(frames[name], episodes, dated)["order"])

    child = returns.children(frames[HEADER.name], ordered(HEADER.name), findings)
    lived = placements.resolve(returns.counted_episodes(episodes, dated, today, findings), findings)
    placement = placements.placement_table(lived)
    fee = costs.fees(frames[COSTS.name], findings)
    if EPISODES.name in sent:
        fee = costs.drop_homeless(fee, placement, findings)
    lived = lived.assign(setting_detail=placement["setting_detail"].to_numpy()[lived["placement"] - 1])
    placement = costs.mark_unregistered(placement, fee, findings)
    assessment = assessments(frames[NEEDS], frames[NEEDS_LONG], needs, findings)
    about = extracts.characteristics(frames[CHARACTERISTICS.name], findings)
    uasc = keep_latest(frames[UASC.name], ["CHILD"], ordered(UASC.name), findings)
    orders = keep_latest(frames[DOLO.name], ["CHILD", "DOLO_START"], ordered(DOLO.name), findings)
    asked = frames[OC2.name]
    sdq, latest_sdq = questionnaires(asked, returns_of(asked, episodes, dated), today, findings)
    permanence = previous_permanence(frames[PREV_PERM.name], ordered(PREV_PERM.name), findings)
    missing = frames[MISSING.name]
    if EPISODES.name in sent:
        missing = missing_periods(missing, lived, today, findings)
    capacity = extracts.capacity(frames[CAPACITY.name], findings)
    budget = extracts.budget(frames[BUDGET.name], findings)
    findings.check(
        Loaded(
            today=today,
            most=needs.maximum * len(needs.domains),
            domains=len(needs.domains),
            sent=frozenset(sent),
            children=met,
            headers=frames[HEADER.name],
            header=frames[HEADER.name].loc[child.index],
            returns=dated,
            episodes=episodes,
            lived=lived,
            fees=fee,
            assessment=_scored(assessment, len(needs.domains)),
            uasc=uasc,
            permanence=permanence,
            characteristics=findings.standing(frames[CHARACTERISTICS.name]),
            budget=findings.standing(frames[BUDGET.name]),
        )
    )
    if {HEADER.name, EPISODES.name} <= sent and (child.empty or placement.empty):
        findings.add_file("NOTHING_LEFT", "")
    if findings.refused:
        return {}, years

    def hashed(values: pd.Series, what: str) -> pd.Series:
        return pseudonyms(values, authority=authority, what=what, key=key)

    child = child.join(about, on="CHILD").assign(
        uasc=child["CHILD"].isin(uasc["CHILD"]) if UASC.name in sent else None,
        sdq_score=child["CHILD"].map(latest_sdq),
    )
    child = child.join(permanence.set_index("CHILD"), on="CHILD")
    if DOLO.name in sent:
        child["dol"] = returns.deprived_of_liberty(child, orders, today)
    child["sibling_group"] = hashed(child["sibling_group"], "sibling group")
    by_child = {
        "child": child,
        "care": placements.care_table(lived),
        "placement": placement,
        "missing_period": missing,
        "sdq": sdq,
        "cost": costs.cost_table(fee),
        "assessment": assessment.assign(assessor=hashed(assessment["assessor"], "assessor")),
    }
    ids = hashed(numbers, "child")
    tables = {name: frame.assign(child_id=ids.to_numpy()[frame["CHILD"]]) for name, frame in by_child.items()}
    tables |= {"capacity": capacity, "budget": budget}
    _tell(tables, today, findings)
    return {name: frame.assign(authority=authority) for name, frame in tables.items()}, years


def _numbered(frames: Frames) -> tuple[Frames, pd.Series]:
    """The frames with each child as a place in the list of the council's numbers (-1: none), and that list."""
    told = {name: rows for name, rows in frames.items() if "CHILD" in rows}
    every = pd.concat([rows["CHILD"] for rows in told.values()])
    places, distinct = pd.factorize(every)
    cuts = np.cumsum([len(rows) for rows in told.values()])[:-1]
    numbered = {
        name: rows.assign(CHILD=of_rows)
        for (name, rows), of_rows in zip(told.items(), np.split(places, cuts), strict=True)
    }
    return frames | numbered, pd.Series(distinct, dtype="str")


def _fitting(frames: Frames, headed: bool, today: pd.Timestamp, findings: Findings) -> Frames:
    """The rows whose dates and child make sense; `headed` says whether there is a Header to know children by."""
    for rows in frames.values():
        for start, end in _SPANS:
            if start in rows:
                turned = rows[rows[end] < rows[start]]
                findings.add(
                    "END_BEFORE_START",
                    turned.index,
                    end,
                    found=written(turned[end]),
                    expected=[f"{start} {day} or later" for day in written(turned[start])],
                )
        for column in filter(rows.__contains__, _PAST_ONLY):
            findings.add(
                "DATE_IN_FUTURE",
                rows.index[rows[column] > today],
                column,
                expected=f"a date by {today:%d/%m/%Y}",
            )
    header = findings.standing(frames[HEADER.name])
    for name, rows in frames.items():
        if headed and name != HEADER.name and "CHILD" in rows:
            stranger = (rows["CHILD"] >= 0) & ~rows["CHILD"].isin(header["CHILD"])
            findings.add(
                "CHILD_NOT_IN_HEADER", rows.index[stranger], "CHILD", expected="a child of the Header"
            )
    return {name: findings.standing(rows) for name, rows in frames.items()}


def _scored(assessment: pd.DataFrame, domains: int) -> pd.DataFrame:
    """The assessments with their `total`, and the score that all domains share (`alike`; NaN when they differ)."""
    scores = score_matrix(assessment["scores"], domains)
    same = (scores == scores[:, :1]).all(axis=1)
    return assessment[["CHILD", "assessed_on"]].assign(
        total=scores.sum(axis=1), alike=np.where(same, scores[:, 0], np.nan)
    )


def _tell(tables: Frames, today: pd.Timestamp, findings: Findings) -> None:
    child, placement, cost = tables["child"], tables["placement"], tables["cost"]
    findings.tell("children", len(child))
    findings.tell(
        "children without a placement that counts", int((~child["CHILD"].isin(placement["CHILD"])).sum())
    )
    findings.tell("placements", len(placement))
    findings.tell("placements that broke down", int(placement["breakdown"].sum()))
    findings.tell("missing periods, and periods away without authorisation", len(tables["missing_period"]))
    before = child["previous_permanence"].notna() & (child["previous_permanence"] != NO_PERMANENCE)
    findings.tell("children with a previous permanence", int(before.sum()))
    here = _in_force(placement, today)
    findings.tell(f"children looked after on {today:%d/%m/%Y}", int(here["CHILD"].nunique()))
    uncosted = ~here["CHILD"].isin(_in_force(cost, today)["CHILD"])
    findings.tell(
        "looked-after children without a cost that day (shown as not costed, never as £0)",
        int(uncosted.sum()),
    )
    unassessed = ~here["CHILD"].isin(tables["assessment"]["CHILD"])
    findings.tell("looked-after children without a needs assessment", int(unassessed.sum()))


def _in_force(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return rows[(rows["started_on"] <= day) & ~(rows["ended_on"] <= day)]
