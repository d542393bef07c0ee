"""One child's history told: need against earlier selves, what changed at each move, what is stale or missing.

Pure functions of a `OneChild`. Describes; scores and flags nothing, and decides nothing about a child.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vcore.facts.assumptions import value
from vcore.scoring import levels, total
from vcore.store.one_child import OneChild
from vcore.store.snapshot import CHANGE_WINDOW_DAYS

VOICE = {"child_view": "In their words", "strengths": "Good at", "goals": "Wants"}


class Said(NamedTuple):
    """The latest text of its kind, and the date of the assessment it was written down at."""

    words: str
    on: date


class Fee(NamedTuple):
    """A fee period. `ended_on` None: it lasts."""

    started_on: date
    ended_on: date | None
    weekly_cost_gbp: float


class Status(NamedTuple):
    """A legal status, and the start of the period of care it belongs to. `ended_on` None: it lasts."""

    started_on: date
    ended_on: date | None
    care_started_on: date
    legal_status: str | None


class Assessed(NamedTuple):
    """An assessment's day and its total, in points."""

    on: date
    total: float


class Stay(NamedTuple):
    """One placement, need and fee at its two ends; `nan` where nothing was recorded. `ended_on` None: it lasts.

    `need_first`, `need_last`: the total at the first and the last assessment made while the child lived there.
    """

    setting_detail: str
    started_on: date
    ended_on: date | None
    breakdown: bool
    end_reason: str | None
    fee_first_gbp: float
    fee_last_gbp: float
    need_first: float
    need_last: float


class Move(NamedTuple):
    """What changed when a child moved: `from_stay` may be missing at the start of care, and `days_between` is
    the time not in a placement in between. `need_before` is the last total up to the day of the move, `need_after`
    the first one after it in the new placement; `nan` without one."""

    on: date
    from_stay: Stay | None
    to_stay: Stay
    days_between: int
    need_before: float
    need_after: float


class Missing(NamedTuple):
    """What a reader should know before they trust the page. `assessed_days_ago` None: never assessed."""

    assessed_days_ago: int | None
    stale: bool
    no_fee: bool
    no_status: bool
    no_placement: bool
    unsaid: tuple[str, ...]  # keys of VOICE


def voice(child: OneChild) -> dict[str, Said]:
    """The latest words of each kind in `VOICE`, from whichever assessment has some; a kind without any is absent."""
    found = {}
    for kind in VOICE:
        said = child.assessments[child.assessments[kind].fillna("").str.strip() != ""]
        if len(said):
            last = said.iloc[-1]
            found[kind] = Said(" ".join(str(last[kind]).split()), last["assessed_on"].date())
    return found


def domains_over_time(child: OneChild) -> pd.DataFrame:
    """One row a domain and assessment, oldest first: domain, assessed_on, score, level (0–3)."""
    needs, dates = child.needs, child.assessments["assessed_on"]
    return pd.DataFrame(
        {
            "domain": np.tile(np.array(needs.ids, dtype=object), len(dates)),
            "assessed_on": np.repeat(dates.to_numpy(), len(needs.ids)),
            "score": child.scores.ravel(),
            "level": levels(child.scores, needs.cut_points).ravel(),
        }
    )


def earlier(child: OneChild) -> int | None:
    """Which assessment the latest one is compared with: the last at least 150 days older. None without one."""
    dates = child.assessments["assessed_on"]
    if len(dates) < 2:
        return None
    old = np.flatnonzero((dates.iloc[-1] - dates).dt.days >= CHANGE_WINDOW_DAYS)
    return int(old[-1]) if len(old) else None


def domain_changes(child: OneChild) -> pd.DataFrame:
    """One row a domain, in the model's order: domain, now, before, change (points; missing without two assessments)."""
    before = earlier(child)
    nothing = np.full(len(child.needs.ids), np.nan)
    now = child.scores[-1] if len(child.scores) else nothing
    then = nothing if before is None else child.scores[before]
    return pd.DataFrame({"domain": child.needs.ids, "now": now, "before": then, "change": now - then})


def assessed(child: OneChild) -> list[Assessed]:
    """Every assessment up to the date, oldest first."""
    days = child.assessments["assessed_on"].dt.date
    return [Assessed(on, float(points)) for on, points in zip(days, total(child.scores), strict=True)]


def fees(child: OneChild) -> list[Fee]:
    """Every fee period up to the date, oldest first."""
    return [
        Fee(_day(row["started_on"]), _end(row["ended_on"]), float(row["weekly_cost_gbp"]))
        for row in child.fees.to_dict("records")
    ]


def statuses(child: OneChild) -> list[Status]:
    """Every legal status up to the date, oldest first."""
    return [
        Status(
            _day(row["started_on"]),
            _end(row["ended_on"]),
            _day(row["care_started_on"]),
            _text(row["legal_status"]),
        )
        for row in child.statuses.to_dict("records")
    ]


def stays(child: OneChild) -> list[Stay]:
    """Every placement up to the date, oldest first."""
    told, paid = assessed(child), fees(child)
    return [_stay(row, told, paid) for row in child.placements.to_dict("records")]


def moves(child: OneChild) -> list[Move]:
    """Every beginning of a placement, oldest first; the first of them is where care began."""
    told, found = assessed(child), []
    before: Stay | None = None
    for stay in stays(child):
        gap = 0 if before is None or before.ended_on is None else (stay.started_on - before.ended_on).days
        earlier_totals = [each.total for each in told if each.on <= stay.started_on]
        after = [each.total for each in told if each.on > stay.started_on and _before(each.on, stay.ended_on)]
        found.append(Move(stay.started_on, before, stay, max(gap, 0), _last(earlier_totals), _first(after)))
        before = stay
    return found


def missing(child: OneChild) -> Missing:
    """What is stale or not recorded."""
    dates = child.assessments["assessed_on"]
    age = None if dates.empty else (pd.Timestamp(child.as_of) - dates.iloc[-1]).days
    said = voice(child)
    return Missing(
        assessed_days_ago=age,
        stale=age is not None and age > value("stale_assessment_days"),
        no_fee=not child.fees["ended_on"].isna().any(),
        no_status=not child.statuses["ended_on"].isna().any(),
        no_placement=not child.placements["ended_on"].isna().any(),
        unsaid=tuple(kind for kind in VOICE if kind not in said),
    )


def _stay(row: dict[Hashable, Any], told: list[Assessed], paid: list[Fee]) -> Stay:
    start, end = _day(row["started_on"]), _end(row["ended_on"])
    during = [
        fee.weekly_cost_gbp for fee in paid if _before(start, fee.ended_on) and _before(fee.started_on, end)
    ]
    scored = [each.total for each in told if each.on >= start and _before(each.on, end)]
    return Stay(
        str(row["setting_detail"]),
        start,
        end,
        bool(row["breakdown"]),
        _text(row["end_reason"]),
        _first(during),
        _last(during),
        _first(scored),
        _last(scored),
    )


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


def _first(values: list[float]) -> float:
    return values[0] if values else float("nan")


def _last(values: list[float]) -> float:
    return values[-1] if values else float("nan")


def _day(moment: pd.Timestamp) -> date:
    return moment.date()


def _end(moment: Any) -> date | None:
    return None if pd.isna(moment) else moment.date()


def _text(cell: Any) -> str | None:
    return None if pd.isna(cell) else str(cell)
