"""Rules about the return's smaller modules: missing periods, previous permanence, strengths and difficulties."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vcore.ingest.rules.loaded import Loaded, code, of, of_child
from vcore.ingest.rules.rule import Hits, Rule, sent

_LEFT = sent("Episodes", {"DEC": "07/01/2026", "REC": "E4A"})
_SECOND_CHILD = sent("Header", {}, {"CHILD": "EXAMPLE2"})


def _dated(load: Loaded) -> pd.DataFrame:
    """The previous permanences with a date, if only a year."""
    return load.permanence[load.permanence["permanence_ordered"].notna()]


def _as_known(day: pd.Series, known: pd.Series) -> pd.Series:
    """Each day, told only as far as the date beside it is known (2014-03-05, 2014-03 or 2014)."""
    whole = day.dt.strftime("%Y-%m-%d").fillna("")
    told = [each[: len(part)] for each, part in zip(whole, known, strict=True)]
    return pd.Series(told, index=known.index, dtype="str").mask(day.isna())


def _before_birth(load: Loaded) -> Iterable[Hits]:
    rows = _dated(load)
    known = rows["permanence_ordered"]
    born = _as_known(load.born(rows["CHILD"]), known)
    return of(rows, known < born, "DATE_PERM", code(known), code(born, "not before "))


def _after_care_began(load: Loaded) -> Iterable[Hits]:
    rows = _dated(load)
    known = rows["permanence_ordered"]
    starts = load.lived[load.lived["new"]].groupby("CHILD")["start"].max()
    began = _as_known(of_child(rows["CHILD"], starts), known)
    return of(rows, known > began, "DATE_PERM", code(known), code(began, "not after "))


RULES = (
    Rule(
        "MISSING_OUTSIDE_CARE",
        "set_aside",
        "The child was not looked after on the day the missing period began.",
        "Check CHILD and MIS_START against the Episodes file.",
        ("MIS_START", "DECOM", "DEC"),
        sent("Missing", {"MIS_START": "31/08/2023", "MIS_END": "01/09/2023"}),
        sent("Missing", {"MIS_START": "01/09/2023", "MIS_END": "02/09/2023"}),
    ),
    Rule(
        "MISSING_AFTER_LEAVING",
        "warning",
        "The missing period goes on after the child has left care; it is taken to end that day.",
        "Correct MIS_END, or DEC of the last episode.",
        ("MIS_END", "DEC"),
        (*_LEFT, *sent("Missing", {})),
        (*_LEFT, *sent("Missing", {"MIS_END": "07/01/2026"})),
    ),
    Rule(
        "MISSING_ENDED_BY_NEXT",
        "warning",
        "The missing period has no end and a later one of the same child starts; it is taken to end there.",
        "Give MIS_END.",
        ("MIS_END",),
        sent("Missing", {"MIS_END": ""}, {"MIS_START": "01/02/2026", "MIS_END": "02/02/2026"}),
        sent("Missing", {}, {"MIS_START": "01/02/2026", "MIS_END": ""}),
    ),
    Rule(
        "MISSING_LEFT_OPEN",
        "warning",
        "The missing period is open in an older return and not in any later one; it is taken as still open.",
        "Check whether the child is back; if so, give MIS_END.",
        ("MIS_END",),
        (
            *_SECOND_CHILD,
            *sent("Episodes", {}, {"CHILD": "EXAMPLE2"}),
            *sent("Missing", {"MIS_END": ""}),
            *sent("Missing", {"CHILD": "EXAMPLE2", "MIS_START": "01/02/2026", "MIS_END": "02/02/2026"}),
        ),
        (*sent("Missing", {"MIS_END": ""}), *sent("Missing", {})),
    ),
    Rule(
        "MISSING_OVERLAP",
        "merged",
        "The missing period starts before an earlier one of the same child has ended: the two are one.",
        "Nothing, if they are; else correct the dates.",
        ("MIS_START", "MIS_END"),
        sent("Missing", {}, {"MIS_START": "07/01/2026", "MIS_END": "09/01/2026"}),
        sent("Missing", {}, {"MIS_START": "08/01/2026", "MIS_END": "09/01/2026"}),
    ),
    Rule(
        "PERMANENCE_CHANGED",
        "warning",
        "A later row about the same child gives another previous permanence, which counts.",
        "Check which one is right.",
        ("PREV_PERM",),
        (*sent("PrevPerm", {}), *sent("PrevPerm", {"PREV_PERM": "P1"})),
        (*sent("PrevPerm", {"PREV_PERM": "Z1", "DATE_PERM": ""}), *sent("PrevPerm", {})),
    ),
    Rule(
        "PERMANENCE_NONE_DATED",
        "warning",
        "PREV_PERM is Z1, no previous permanence, and an order has a date; the date is left out.",
        "Correct PREV_PERM, or take DATE_PERM out.",
        ("PREV_PERM", "DATE_PERM"),
        sent("PrevPerm", {"PREV_PERM": "Z1"}),
        sent("PrevPerm", {"PREV_PERM": "Z1", "DATE_PERM": ""}),
    ),
    Rule(
        "PERMANENCE_UNDATED",
        "note",
        "The previous permanence has no date.",
        "Add DATE_PERM, as far as it is known (zz/03/2014, zz/zz/2014, zz/zz/zzzz).",
        ("DATE_PERM",),
        sent("PrevPerm", {"DATE_PERM": ""}),
        sent("PrevPerm", {"DATE_PERM": "zz/zz/zzzz"}),
    ),
    Rule(
        "PERMANENCE_BEFORE_BIRTH",
        "warning",
        "The order of the previous permanence is dated before the child was born.",
        "Correct DATE_PERM, or DOB.",
        ("DATE_PERM", "DOB"),
        sent("PrevPerm", {"DATE_PERM": "zz/04/2012"}),
        sent("PrevPerm", {"DATE_PERM": "zz/05/2012"}),
        check=_before_birth,
    ),
    Rule(
        "PERMANENCE_AFTER_CARE_BEGAN",
        "warning",
        "The order of the previous permanence is dated after this time in care began, so it is not a previous one.",
        "Correct DATE_PERM, or DECOM of the first episode.",
        ("DATE_PERM", "DECOM"),
        sent("PrevPerm", {"DATE_PERM": "02/09/2023"}),
        sent("PrevPerm", {"DATE_PERM": "zz/09/2023"}),
        check=_after_care_began,
    ),
    Rule(
        "SDQ_UNDATED",
        "note",
        "No Episodes file has any child of this file, so the year of the score is not known; it is on no time line.",
        "Send the Episodes file of the same return.",
        ("SDQ_SCORE",),
        (*_SECOND_CHILD, *sent("OC2", {"CHILD": "EXAMPLE2"})),
        (*_SECOND_CHILD, *sent("OC2", {}, {"CHILD": "EXAMPLE2"})),
    ),
)
