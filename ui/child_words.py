"""What a child's page says in words: who they are, what they said, how need has moved, what is stale or missing.

Pure text; every word that came from a file is escaped. Draws nothing and asks nobody.
"""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd

from ui.theme import count, date_words, money_full, number
from vcore.facts.codes import LEGAL_STATUS_LABELS
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures import child_returns, child_story
from vcore.measures.child_story import VOICE, Move, Said
from vcore.store.one_child import OneChild

UNSAID = {
    "child_view": "Nothing is written down in their own words.",
    "strengths": "No strengths are written down.",
    "goals": "No goals are written down.",
}


def title(code: str, today: pd.Series) -> str:
    """`Child 7F3A · 13 · Children's home (private), 14 months`."""
    where = DETAIL_LABELS[str(today["setting_detail"])]
    return f"Child {code} · {int(today['age'])} · {where}, {duration(float(today['months_in_placement']))}"


def duration(months: float) -> str:
    """14 months; from two years on 2 years 3 months; under one month: "under a month"."""
    whole = int(months + 0.05)  # two years of 365 days are a hair under 24 months of 30.4375
    if whole < 1:
        return "under a month"
    if whole < 24:
        return count(whole, "month", "months")
    years, rest = divmod(whole, 12)
    return count(years, "year", "years") + (f" {count(rest, 'month', 'months')}" if rest else "")


def voice(said: dict[str, Said], latest: object) -> str:
    """The child's own words first, then what they are good at and want; says where nothing is written down.

    `latest`: the date of the latest assessment; words of an older one carry their date.
    """
    parts = []
    for kind, label in VOICE.items():
        found = said.get(kind)
        if found is None:
            parts.append(f'<div><dt>{label}</dt><dd class="cve-unsaid">{UNSAID[kind]}</dd></div>')
            continue
        words = escape(found.words)
        words = f"“{words}”" if kind == "child_view" else words
        when = "" if found.on == latest else f" <small>{date_words(found.on)}</small>"
        parts.append(f"<div><dt>{label}</dt><dd>{words}{when}</dd></div>")
    return f'<dl class="cve-voice">{"".join(parts)}</dl>'


def freshness(child: OneChild) -> str:
    """How old the assessment is, and what is not recorded."""
    found = child_story.missing(child)
    if found.assessed_days_ago is None:
        said = ["Never assessed: this page knows no need of theirs"]
    else:
        days = count(found.assessed_days_ago, "day", "days")
        said = [f"Assessed {date_words(child.assessments['assessed_on'].iloc[-1].date())}, {days} ago"]
        if found.stale:
            said[0] += ": older than six months, so need may have changed"
    if found.no_fee:
        said.append("no cost recorded for today (missing, not £0)")
    if found.no_status:
        said.append("no legal status recorded for today")
    return " · ".join(said) + "."


def standing(child: OneChild, today: pd.Series) -> str:
    """Legal status, time in care and the latest strengths and difficulties score, in one line."""
    said = []
    for status in child_story.statuses(child):
        if status.ended_on is None:
            label = LEGAL_STATUS_LABELS.get(status.legal_status or "", "Legal status not recorded")
            said.append(f"{label} since {date_words(status.started_on)}")
            said.append(f"in care since {date_words(status.care_started_on)}")
    score, dated = today["sdq_score"], child_returns.questionnaires(child)
    if pd.isna(score):
        said.append("no strengths and difficulties score recorded")
    else:
        when = f"in the year to {date_words(dated[-1].year_ended_on)}" if dated else "in the last return"
        band = child_returns.sdq_band(int(score))
        said.append(f"strengths and difficulties {int(score)} of 40 ({band}) {when}")
    return _line(said)


def before_and_away(today: pd.Series) -> str:
    """Times missing in the last 12 months, and a permanent home before this time in care, in one line."""
    if pd.isna(today["missing_12m"]):
        away = "no missing periods are loaded for this authority"
    else:
        away = child_returns.absence_words(today["missing_12m"], today["away_12m"])
        away = away or "not missing in the last 12 months"
    option = today["previous_permanence"]
    before = child_returns.permanence_words(option)
    if pd.isna(option):
        before = "whether they had a permanent home before is not recorded"
    ordered = (
        ""
        if pd.isna(today["permanence_ordered"])
        else f" (order of {_as_known(today['permanence_ordered'])})"
    )
    return _line([away, f"{before}{ordered}" if before else "no adoption or permanence order before"])


def _as_known(ordered: str) -> str:
    """2014-03-05 as 5 March 2014, 2014-03 as March 2014, 2014 as it is."""
    year, *rest = map(int, ordered.split("-"))
    month = f"{date(year, rest[0], 1):%B} {year}" if rest else f"{year}"
    return f"{rest[1]} {month}" if len(rest) > 1 else month


def _line(said: list[str]) -> str:
    line = " · ".join(said)
    return f"{line[0].upper()}{line[1:]}."


def need_title(child: OneChild) -> str:
    """How need has moved since the assessment it is compared with."""
    if not len(child.scores):
        return "No assessment yet"
    before = child_story.earlier(child)
    now = number(child.scores[-1].sum())
    if before is None:
        return f"Total need {now}; nothing earlier to compare with"
    changes = child_story.domain_changes(child)["change"]
    moved = changes.sum()
    since = f"since {child.assessments['assessed_on'].iloc[before]:%B %Y}"
    parts = [f"lower in {(changes < 0).sum()}", f"higher in {(changes > 0).sum()}"]
    if moved == 0:
        return f"Total need unchanged at {now} {since}; {', '.join(parts)} domains"
    return f"Total need {abs(moved):.0f} {'lower' if moved < 0 else 'higher'} {since}; {', '.join(parts)} domains"


def domain_change(now: float, before: float) -> str:
    """`5, was 8`, `5, as before`, `5`."""
    if pd.isna(before):
        return f"{now:.0f}"
    return f"{now:.0f}, as before" if now == before else f"{now:.0f}, was {before:.0f}"


def moves_title(moves: list[Move]) -> str:
    """How often they moved in this record and how many placements broke down."""
    changes = [move for move in moves if move.from_stay is not None]
    broken = sum(1 for move in changes if move.from_stay is not None and move.from_stay.breakdown)
    if not changes:
        return "One placement so far"
    ends = "none of them after a breakdown" if not broken else f"{number(broken)} after a breakdown"
    return f"{count(len(changes), 'move', 'moves')}, {ends}"


def before_after(before: float, after: float, tell=money_full) -> str:
    """`£900 → £4,800`; a side that is not recorded says so."""
    if pd.isna(before) and pd.isna(after):
        return "not recorded"
    said = ["not recorded" if pd.isna(each) else tell(each) for each in (before, after)]
    return f"{said[0]} → {said[1]}"
