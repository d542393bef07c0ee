"""Rules about assessments: when they were made, and scores that are hardly anybody's."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vcore.facts import assumptions
from vcore.facts.domains import NeedModel
from vcore.ingest.rules.loaded import Loaded, Told, days, of, of_child
from vcore.ingest.rules.rule import UNCHANGED, Hits, Rule, sent

_DOMAINS = NeedModel().ids
_HIGH_SHARE = 0.5  # of the maximum: one and the same middling score everywhere is a default, not a judgement
_FEWEST_DOMAINS = 5  # two scores may well be the same
_JUMP_SHARE = 0.4  # of the highest total
_YEAR = pd.Timedelta(days=366)
_SOON = pd.Timedelta(days=7)


def _scores(score: str, **more: str) -> dict[str, str]:
    return dict.fromkeys(_DOMAINS, score) | more


def _after_leaving(load: Loaded) -> Iterable[Hits]:
    rows = load.assessment
    left = of_child(rows["CHILD"], load.left_on)
    day = rows["assessed_on"]
    return of(rows, day > left, "ASSESSED_ON", days(day), days(left, "a day by "))


def _before_care(load: Loaded) -> Iterable[Hits]:
    rows = load.assessment
    began = of_child(rows["CHILD"], load.stays.groupby("CHILD")["start"].min())
    day = rows["assessed_on"]
    return of(rows, day < began, "ASSESSED_ON", days(day), days(began, "in care since "))


def _all_alike(load: Loaded) -> Iterable[Hits]:
    if load.domains < _FEWEST_DOMAINS:
        return []
    rows = load.assessment
    share = rows["alike"] * load.domains / load.most
    return of(rows, share >= _HIGH_SHARE, "scores", Told(rows["alike"], "{:.0f} everywhere"))


def _no_need(load: Loaded) -> Iterable[Hits]:
    return of(load.assessment, load.assessment["total"] == 0, "scores", "0 everywhere")


def _previous(load: Loaded) -> pd.DataFrame:
    """The assessments in order, with the day and total of the child's one before."""
    rows = load.assessment.sort_values(["CHILD", "assessed_on"], kind="stable")
    before = rows.groupby("CHILD", sort=False)[["assessed_on", "total"]].shift()
    return rows.assign(
        gap=rows["assessed_on"] - before["assessed_on"], change=rows["total"] - before["total"]
    )


def _jumps(load: Loaded) -> Iterable[Hits]:
    rows = _previous(load)
    limit = _JUMP_SHARE * load.most
    jumps = (rows["gap"] <= _YEAR) & (rows["change"].abs() > limit)
    found = Told(rows["change"], "{:+.0f} points")
    return of(rows, jumps, "scores", found, f"a change of up to {limit:.0f} in a year")


def _soon_again(load: Loaded) -> Iterable[Hits]:
    rows = _previous(load)
    found = Told(rows["gap"].dt.days, "{:.0f} days later")
    return of(rows, (rows["gap"] <= _SOON) & (rows["change"] != 0), "ASSESSED_ON", found)


def _unassessed(load: Loaded) -> Iterable[Hits]:
    if not any(len(load.children.get(name, ())) for name in ("Needs", "Needs (long)")):
        return []
    lacking = load.here.loc[~load.here["CHILD"].isin(load.assessment["CHILD"]), "CHILD"]
    return of(load.header, load.header["CHILD"].isin(lacking), "CHILD", expected="a row in the Needs file")


def _stale(load: Loaded) -> Iterable[Hits]:
    rows = load.assessment.sort_values(["CHILD", "assessed_on"], kind="stable").drop_duplicates(
        "CHILD", keep="last"
    )
    rows = rows[rows["CHILD"].isin(load.here["CHILD"])]
    age = (load.today - rows["assessed_on"]).dt.days
    limit = assumptions.value("stale_assessment_days")
    return of(rows, age > limit, "ASSESSED_ON", days(rows["assessed_on"]), f"within {limit:.0f} days")


RULES = (
    Rule(
        "ASSESSED_AFTER_LEAVING",
        "warning",
        "The child was assessed after leaving care.",
        "Check the date, or DEC of the last episode.",
        ("ASSESSED_ON", "DEC"),
        (*sent("Episodes", {"DEC": "14/01/2026", "REC": "E4A"}), *sent("Needs", {})),
        (*sent("Episodes", {"DEC": "15/01/2026", "REC": "E4A"}), *sent("Needs", {})),
        check=_after_leaving,
    ),
    Rule(
        "ASSESSED_BEFORE_CARE",
        "note",
        "The child was assessed before the first placement we were told of.",
        "Nothing, if the child was known before; else check the date.",
        ("ASSESSED_ON", "DECOM"),
        sent("Needs", {"ASSESSED_ON": "31/08/2023"}),
        UNCHANGED,
        check=_before_care,
    ),
    Rule(
        "SCORES_ALL_ALIKE",
        "warning",
        "Every domain has the same middling or high score, as if it were filled in by default.",
        "Check the assessment.",
        ("SCORE",),
        sent("Needs", _scores("5")),
        sent("Needs", _scores("5", attachments="4")),
        check=_all_alike,
    ),
    Rule(
        "NO_NEED_AT_ALL",
        "warning",
        "Every domain is scored 0: the child would have no need at all.",
        "Check that blanks were not turned into 0.",
        ("SCORE",),
        sent("Needs", _scores("0")),
        sent("Needs", _scores("0", attachments="1")),
        check=_no_need,
    ),
    Rule(
        "NEED_JUMPS",
        "warning",
        "Within a year the total changed by more than four tenths of what a child can score.",
        "Check that both are on the same scale and about the same child.",
        ("SCORE",),
        sent("Needs", _scores("1"), _scores("7", ASSESSED_ON="15/02/2026", attachments="8")),
        sent("Needs", _scores("1"), _scores("5", ASSESSED_ON="15/02/2026", attachments="4")),
        check=_jumps,
    ),
    Rule(
        "ASSESSED_AGAIN_SOON",
        "note",
        "Two assessments of a child within a week differ; the later one counts from its day on.",
        "Keep one, if the other is a draft.",
        ("ASSESSED_ON",),
        sent("Needs", {}, {"ASSESSED_ON": "22/01/2026", "community": "4"}),
        sent("Needs", {}, {"ASSESSED_ON": "23/01/2026", "community": "4"}),
        check=_soon_again,
    ),
    Rule(
        "CHILD_UNASSESSED",
        "note",
        "The child is looked after and has no assessment that counts.",
        "Add it, or leave the child as not assessed.",
        ("CHILD",),
        (
            *sent("Header", {}, {"CHILD": "EXAMPLE2"}),
            *sent("Episodes", {}, {"CHILD": "EXAMPLE2"}),
            *sent("Needs", {}),
        ),
        sent("Needs", {}),
        check=_unassessed,
    ),
    Rule(
        "ASSESSMENT_STALE",
        "note",
        "The latest assessment of a child looked after is older than six months.",
        "Plan the next one; screens treat the scores as stale.",
        ("ASSESSED_ON",),
        sent("Needs", {"ASSESSED_ON": "28/09/2025"}),
        sent("Needs", {"ASSESSED_ON": "29/09/2025"}),
        check=_stale,
    ),
)
