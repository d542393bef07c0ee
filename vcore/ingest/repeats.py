"""The same fact sent twice: which row counts, between returns and inside an extract. No row goes without a finding."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.ingest.dates import financial_year
from vcore.ingest.findings import Findings

_MISTYPED = (
    0.99  # the quantile of a file's dates that dates it: a few mistyped years cannot make it look newer
)
EPISODE = ["CHILD", "DECOM", "PLACE"]


def date_returns(episodes: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The Episodes files from the oldest return to the newest: index file, columns `order` and `year`.

    A return is dated by what is in it: the latest day on which one of its episodes starts or was still running (the day
    before DEC), no later than the date the load is true for, leaving out the top 1% of days as mistypings. Files
    dated the same day follow their single latest day, then their names.
    """
    dated = {}
    for file, rows in episodes.groupby("file", sort=True):
        days = pd.concat([rows["DECOM"], rows["DEC"] - pd.Timedelta(days=1)]).dropna()
        days = days[days <= as_of].sort_values()
        last = days.iloc[int((len(days) - 1) * _MISTYPED)] if len(days) else pd.Timestamp.min
        dated[file] = (last, days.max() if len(days) else last, file)
    order = sorted(dated, key=dated.__getitem__)
    years = ["" if dated[file][0] == pd.Timestamp.min else financial_year(dated[file][0]) for file in order]
    return pd.DataFrame({"order": range(len(order)), "year": years}, index=pd.Index(order, name="file"))


def returns_of(rows: pd.DataFrame, episodes: pd.DataFrame, returns: pd.DataFrame) -> pd.DataFrame:
    """Which return each file of a module belongs to: the one whose Episodes file has the most alike children.

    Index file, columns `order` among these files and `year`, the return year ("" where a file shares no child with any
    Episodes file: such files come first). Files of the same return follow their names.
    """
    groups = {file: each["CHILD"].unique() for file, each in episodes.groupby("file")}
    found = {}
    for file, each in rows.groupby("file"):
        children = each["CHILD"].unique()
        alike = {}
        for other, those in groups.items():
            shared = len(np.intersect1d(children, those, assume_unique=True))
            alike[other] = shared / (len(children) + len(those) - shared)
        best = max(alike, key=lambda other: (alike[other], returns.at[other, "order"]), default=None)
        found[file] = best if best is not None and alike[best] else None
    placed = {file: (-1 if best is None else returns.at[best, "order"], file) for file, best in found.items()}
    files = sorted(placed, key=placed.__getitem__)
    years = ["" if found[file] is None else returns.at[found[file], "year"] for file in files]
    return pd.DataFrame({"order": range(len(files)), "year": years}, index=pd.Index(files, name="file"))


def order_by_days(rows: pd.DataFrame, columns: list[str], as_of: pd.Timestamp) -> pd.Series:
    """The order of each row's file by the latest day in it, no later than the day the load is true for, then by name.

    For modules with so few children that they are like no return in particular.
    """
    days = pd.concat([rows.set_index("file")[column] for column in columns])
    last = days[days <= as_of].groupby(level="file").max()
    placed = {file: (last.get(file, pd.Timestamp.min), file) for file in rows["file"].unique()}
    return rows["file"].map({file: at for at, file in enumerate(sorted(placed, key=placed.__getitem__))})


def keep_latest(rows: pd.DataFrame, key: list[str], order: pd.Series, findings: Findings) -> pd.DataFrame:
    """One row a key: the one from the latest return, and in one file the one furthest down. The rest are merged."""
    rows = rows.assign(order=order).sort_values("order", kind="stable")
    older = rows.duplicated(key, keep="last")
    findings.add("NEWER_RETURN_WINS", rows.index[older], key[-1])
    return rows[~older]


def settle_repeats(rows: pd.DataFrame, key: list[str], facts: list[str], findings: Findings) -> pd.DataFrame:
    """One row a key: repeats that say the same are merged, those that disagree are all set aside."""
    same = rows.duplicated(key + facts, keep="first")
    findings.add("ROW_REPEATED", rows.index[same], key[-1])
    rows = rows[~same]
    disagree = rows.duplicated(key, keep=False)
    findings.add("ROWS_DISAGREE", rows.index[disagree], key[-1])
    return rows[~disagree]
