"""Times when a child was missing or away: the returns' rows as periods that never overlap, inside time in care.

Consecutive returns repeat a period with newer facts, so the latest one wins by child and start: open in one return and
closed in the next, it is one period. No row goes without a finding.
"""

from __future__ import annotations

import pandas as pd

from vcore.ingest.dates import written
from vcore.ingest.findings import Findings
from vcore.ingest.repeats import keep_latest, order_by_days

_FOREVER = pd.Timestamp("2200-01-01")
_MISSING = "M"  # graver than away: where two are one, it was this


def missing_periods(
    rows: pd.DataFrame, lived: pd.DataFrame, as_of: pd.Timestamp, findings: Findings
) -> pd.DataFrame:
    """One row a period, as the table wants it but for the child's id. `lived`: episodes as `placements.resolve` leaves
    them."""
    order = order_by_days(rows, ["MIS_START", "MIS_END"], as_of)
    latest = keep_latest(rows, ["CHILD", "MIS_START"], order, findings)
    periods = latest.assign(start=latest["MIS_START"], end=latest["MIS_END"], kind=latest["MISSING"])
    periods = _cut_short(_in_care(periods, lived, findings), findings)
    left_open = periods["end"].isna() & (periods["order"] < order.max())
    findings.add("MISSING_LEFT_OPEN", periods.index[left_open], "MIS_END")
    return _joined(periods, findings)


def _in_care(periods: pd.DataFrame, lived: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """The periods that begin while the child is looked after, in order; none goes on after the child has left."""
    by_period = lived.groupby("period", sort=False)
    care = pd.DataFrame({"CHILD": by_period["CHILD"].first(), "care_start": by_period["start"].min()})
    care["care_end"] = by_period["end"].last(skipna=False)
    found = pd.merge_asof(
        periods.rename_axis("row").reset_index().sort_values("start", kind="stable"),
        care.sort_values("care_start", kind="stable"),
        left_on="start",
        right_on="care_start",
        by="CHILD",
    ).set_index("row")
    outside = found["care_start"].isna() | (found["start"] > found["care_end"])
    findings.add(
        "MISSING_OUTSIDE_CARE",
        found.index[outside],
        "MIS_START",
        found=written(found.loc[outside, "start"]),
        expected="a day in care",
    )
    found = found[~outside]
    late = found["care_end"].notna() & ~(found["end"] <= found["care_end"])
    findings.add(
        "MISSING_AFTER_LEAVING",
        found.index[late],
        "MIS_END",
        found=written(found.loc[late, "end"]),
        expected=[f"an end by {day}" for day in written(found.loc[late, "care_end"])],
    )
    found = found.assign(end=found["end"].mask(late, found["care_end"]))
    return found.sort_values(["CHILD", "start"], kind="stable")


def _cut_short(periods: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """A period without an end was over when the child's next one began."""
    following = periods.groupby("CHILD", sort=False)["start"].shift(-1)
    over = periods["end"].isna() & following.notna()
    findings.add(
        "MISSING_ENDED_BY_NEXT",
        periods.index[over],
        "MIS_END",
        expected=[f"an end by {day}" for day in written(following[over])],
    )
    return periods.assign(end=periods["end"].mask(over, following))


def _joined(periods: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Periods that run into each other as one."""
    runs_to = periods["end"].fillna(_FOREVER)
    child = periods["CHILD"]
    before = runs_to.groupby(child, sort=False).cummax().groupby(child, sort=False).shift()
    joins = periods["start"] < before
    findings.add(
        "MISSING_OVERLAP",
        periods.index[joins],
        "MIS_START",
        found=written(periods.loc[joins, "start"]),
        expected=[f"a start from {day}" for day in written(before[joins])],
    )
    one = (~joins).cumsum()
    end = runs_to.groupby(one).max()
    gravest = (periods["kind"] == _MISSING).groupby(one).transform("max")
    first = periods[~joins]
    return pd.DataFrame(
        {
            "CHILD": first["CHILD"],
            "started_on": first["start"],
            "ended_on": end.mask(end == _FOREVER).to_numpy(),
            "kind": periods["kind"].mask(gravest, _MISSING)[~joins],
        }
    ).reset_index(drop=True)
