"""Rules about how the episodes of one child follow each other."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vcore.facts.codes import CARE_STARTS, NEW_EPISODE_FOLLOWS
from vcore.ingest.rules.loaded import Loaded, Told, code, days, of
from vcore.ingest.rules.rule import Hits, Rule, sent

_FIRST = {"DECOM": "01/09/2023", "DEC": "01/03/2024", "REC": "X1", "REASON_PLACE_CHANGE": "PLACE"}
_SECOND = {"DECOM": "01/03/2024", "RNE": "P", "PLACE": "K2"}
_TEMPORARY_DAYS = 21
_ADOPTED = ("E11", "E12")
_LONGEST_DAYS = {
    "L1": 4,
    "L2": 16,
}  # police protection 72 hours; an emergency order 8 days, once extended by 7
_NEVER = "blank"


def _next(rows: pd.DataFrame, column: str) -> pd.Series:
    """What the child's next episode, following at once, says."""
    by_child = rows.groupby("CHILD", sort=False)
    return by_child[column].shift(-1).where(by_child["near"].shift(-1).fillna(False).astype(bool))


def _starts_again(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    before = rows.groupby("CHILD", sort=False)["REC"].shift()
    again = (rows["RNE"] == CARE_STARTS) & rows["near"] & (before == NEW_EPISODE_FOLLOWS)
    return of(rows, again, "RNE", "S", "L, P, T, B or U")


def _ended_but_goes_on(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    goes_on = _next(rows, "RNE").notna() & (_next(rows, "RNE") != CARE_STARTS)
    final = rows["REC"].notna() & (rows["REC"] != NEW_EPISODE_FOLLOWS) & rows["end"].notna()
    return of(rows, final & goes_on, "REC", code(rows["REC"]), "X1, a new episode follows")


def _move_without_reason(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    told = rows["file"].isin(rows.loc[rows["REASON_PLACE_CHANGE"].notna(), "file"].unique())
    moved = _next(rows, "RNE").isin(["P", "B"]) & (rows["REC"] == NEW_EPISODE_FOLLOWS)
    return of(
        rows,
        told & moved & rows["REASON_PLACE_CHANGE"].isna(),
        "REASON_PLACE_CHANGE",
        _NEVER,
        "why the child moved",
    )


def _reason_without_move(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    stayed = _next(rows, "RNE").eq("L")
    told = rows["REASON_PLACE_CHANGE"].notna()
    return of(rows, told & stayed, "REASON_PLACE_CHANGE", code(rows["REASON_PLACE_CHANGE"]), _NEVER)


def _after_adoption(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    adopted = (
        rows["end"].where(rows["REC"].isin(_ADOPTED)).groupby(rows["CHILD"], sort=False).transform("min")
    )
    return of(
        rows, rows["start"] >= adopted, "DECOM", days(rows["start"]), days(adopted, "no episode after ")
    )


def _temporary_for_long(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    length = (rows["end"].fillna(load.today) - rows["start"]).dt.days
    found = Told(length, "{:.0f} days")
    return of(
        rows,
        rows["temporary"] & (length > _TEMPORARY_DAYS),
        "PLACE",
        found,
        f"at most {_TEMPORARY_DAYS} days",
    )


def _order_outlasted(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    length = (rows["end"].fillna(load.today) - rows["start"]).dt.days
    longest = rows["LS"].map(_LONGEST_DAYS).astype("float64")
    found = Told(length, "{:.0f} days")
    return of(rows, length > longest, "LS", found, Told(longest, "at most {:.0f} days"))


RULES = (
    Rule(
        "STARTS_AGAIN",
        "warning",
        "RNE S says that care starts, though the episode before it ended with X1, a new episode follows.",
        "Correct RNE, or the REC of the episode before.",
        ("RNE", "REC"),
        sent("Episodes", _FIRST, _SECOND | {"RNE": "S"}),
        sent("Episodes", _FIRST, _SECOND),
        check=_starts_again,
    ),
    Rule(
        "ENDED_BUT_GOES_ON",
        "warning",
        "REC says that care ended, and another episode goes on at once.",
        "Correct REC (X1), or the RNE of the next episode (S).",
        ("REC",),
        sent("Episodes", _FIRST | {"REC": "E4A"}, _SECOND),
        sent("Episodes", _FIRST | {"REC": "E4A"}, _SECOND | {"RNE": "S"}),
        check=_ended_but_goes_on,
    ),
    Rule(
        "MOVE_WITHOUT_REASON",
        "warning",
        "The child moved to another carer and no reason is given, so a breakdown cannot be told.",
        "Add REASON_PLACE_CHANGE.",
        ("REASON_PLACE_CHANGE",),
        sent(
            "Episodes",
            _FIRST | {"REASON_PLACE_CHANGE": ""},
            _SECOND | {"DEC": "01/06/2024", "REC": "X1", "REASON_PLACE_CHANGE": "PLACE"},
            _SECOND | {"DECOM": "01/06/2024", "PLACE": "U4"},
        ),
        sent("Episodes", _FIRST, _SECOND),
        check=_move_without_reason,
    ),
    Rule(
        "REASON_WITHOUT_MOVE",
        "warning",
        "A reason for moving is given and only the legal status changed; it is not counted as a move.",
        "Take REASON_PLACE_CHANGE out, or correct the next RNE.",
        ("REASON_PLACE_CHANGE",),
        sent("Episodes", _FIRST, {"DECOM": "01/03/2024", "RNE": "L", "LS": "C1"}),
        sent(
            "Episodes", _FIRST | {"REASON_PLACE_CHANGE": ""}, {"DECOM": "01/03/2024", "RNE": "L", "LS": "C1"}
        ),
        check=_reason_without_move,
    ),
    Rule(
        "EPISODE_AFTER_ADOPTION",
        "warning",
        "The child has an episode after being adopted; an adopted child gets a new number.",
        "Correct REC (E11, E12), or send the later episodes under the new number.",
        ("REC", "DECOM"),
        sent("Episodes", _FIRST | {"REC": "E12"}, _SECOND | {"DECOM": "01/09/2024", "RNE": "S"}),
        sent("Episodes", _FIRST | {"REC": "E4A"}, _SECOND | {"DECOM": "01/09/2024", "RNE": "S"}),
        check=_after_adoption,
    ),
    Rule(
        "TEMPORARY_FOR_LONG",
        "warning",
        f"A temporary placement (T0–T4) lasts more than {_TEMPORARY_DAYS} days.",
        "Correct DEC, or give PLACE the code of where the child lives now.",
        ("PLACE", "DEC"),
        sent("Episodes", _FIRST, _SECOND | {"PLACE": "T1", "DEC": "23/03/2024", "REC": "E4A"}),
        sent("Episodes", _FIRST, _SECOND | {"PLACE": "T1", "DEC": "22/03/2024", "REC": "E4A"}),
        check=_temporary_for_long,
    ),
    Rule(
        "ORDER_OUTLASTED",
        "warning",
        "Police protection (L1) or an emergency protection order (L2) lasts longer than the law allows.",
        "Correct DEC, or add the episode under the next legal status.",
        ("LS", "DEC"),
        sent("Episodes", {"LS": "L1", "DEC": "06/09/2023", "REC": "E4A"}),
        sent("Episodes", {"LS": "L1", "DEC": "05/09/2023", "REC": "E4A"}),
        check=_order_outlasted,
    ),
)
