"""The SSDA903 returns: which children there are and which episodes count, over as many years as were sent.

Consecutive returns repeat an episode with newer facts, so the latest return wins by child, start and place. How
episodes become placements is for `placements`; which return is later is for `repeats`.
"""

from __future__ import annotations

import pandas as pd

from vcore.facts.codes import ETHNICITY_OF, NEW_EPISODE_FOLLOWS, SEX_CODES, SHORT_BREAKS
from vcore.ingest.findings import Findings
from vcore.ingest.pseudonyms import birth_month
from vcore.ingest.repeats import EPISODE, keep_latest

_FACTS = ["DEC", "RNE", "LS", "CIN", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE"]


def children(header: pd.DataFrame, order: pd.Series, findings: Findings) -> pd.DataFrame:
    """One row a child, as the `child` table wants it but for `CHILD`."""
    latest = keep_latest(header, ["CHILD"], order, findings)
    newer = (
        header[["CHILD"]]
        .merge(latest[["CHILD", "DOB", "SEX"]], on="CHILD", how="left")
        .set_axis(header.index)
    )
    changed = (header["DOB"] != newer["DOB"]) | (
        header["SEX"].map(SEX_CODES).fillna("U") != newer["SEX"].map(SEX_CODES).fillna("U")
    )
    findings.add("CHILD_CHANGED", header.index[changed], "DOB")
    return pd.DataFrame(
        {
            "CHILD": latest["CHILD"],
            "population": "in_care",
            "birth_month": birth_month(latest["DOB"]),
            "sex": latest["SEX"].map(SEX_CODES).fillna("U"),
            "ethnic_code": latest["ETHNIC"],
            "ethnicity": latest["ETHNIC"].map(ETHNICITY_OF).fillna("Not known"),
        }
    )


def deprived_of_liberty(child: pd.DataFrame, orders: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """Whether an order is in force, of each row of `child`: by the returns, or by what another extract says (`dol`).

    The returns list every order, so a child they do not name has none, unless the other extract knows of one.
    """
    running = orders[(orders["DOLO_START"] <= as_of) & ~(orders["DOLO_END"] <= as_of)]
    return child["CHILD"].isin(running["CHILD"]).astype("boolean") | child["dol"].fillna(False)


def counted_episodes(
    episodes: pd.DataFrame, returns: pd.DataFrame, as_of: pd.Timestamp, findings: Findings
) -> pd.DataFrame:
    """The episodes that count: the latest row of each, short breaks out, no two on the same day."""
    order = episodes["file"].map(returns["order"])
    _warn_of_shared_years(episodes, returns, findings)
    latest = keep_latest(episodes, EPISODE, order, findings)
    _warn_of_ends(latest, len(returns) - 1, findings)
    _warn_of_gaps(latest, findings)
    running = (latest["DECOM"] <= as_of) & ~(latest["DEC"] <= as_of)
    findings.tell(
        f"children with an episode open on {as_of:%d/%m/%Y}, short breaks included",
        _children(latest[running]),
    )
    short = latest["LS"].isin(SHORT_BREAKS)
    findings.add("SHORT_BREAK", latest.index[short], "LS", found=list(latest.loc[short, "LS"]))
    latest = latest[~short]
    moved_at_once = latest[latest["DEC"].isna() | (latest["DEC"] > latest["DECOM"])]
    clash = moved_at_once[moved_at_once.duplicated(["CHILD", "DECOM"], keep="last")]
    findings.add("TWO_EPISODES_START", clash.index, "DECOM", found=list(clash["PLACE"]))
    return latest.drop(clash.index)


def _warn_of_shared_years(episodes: pd.DataFrame, returns: pd.DataFrame, findings: Findings) -> None:
    """Two files of one return year that say different things about the same episode."""
    rows = episodes.assign(year=episodes["file"].map(returns["year"])).drop_duplicates(
        [*EPISODE, *_FACTS, "year"]
    )
    twice = rows[rows.duplicated([*EPISODE, "year"], keep=False)]
    findings.add("YEAR_SENT_TWICE", twice.index, "DEC")


def _warn_of_ends(latest: pd.DataFrame, newest: int, findings: Findings) -> None:
    unended, unexplained = latest["DEC"].isna(), latest["REC"].isna()
    without_end = latest[unended & ~unexplained]
    reasons = [f"REC {reason}" for reason in without_end["REC"]]
    findings.add("REC_WITHOUT_DEC", without_end.index, "DEC", found=reasons, expected="a DEC as well")
    findings.add("DEC_WITHOUT_REC", latest.index[~unended & unexplained], "REC")
    findings.add("LEFT_OPEN", latest.index[unended & (latest["order"] < newest)], "DEC")


def _warn_of_gaps(latest: pd.DataFrame, findings: Findings) -> None:
    """A new episode should follow, and none starts by the next day."""
    ended = latest[(latest["REC"] == NEW_EPISODE_FOLLOWS) & latest["DEC"].notna()]
    starts = pd.MultiIndex.from_frame(latest[["CHILD", "DECOM"]])
    follows = pd.Series(False, index=ended.index)
    for days in (0, 1):
        begin = pd.MultiIndex.from_arrays([ended["CHILD"], ended["DEC"] + pd.Timedelta(days=days)])
        follows |= begin.isin(starts)
    findings.add("NOTHING_FOLLOWS", ended.index[~follows], "REC", found=NEW_EPISODE_FOLLOWS)


def _children(rows: pd.DataFrame) -> int:
    return int(rows["CHILD"].nunique())
