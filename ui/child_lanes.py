"""The rows that a child's time line is drawn from: a lane a home or a kind of absence, and panels with scales below.

Everything is a place on the line (milliseconds) and a height in units, downwards from 0. Draws nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ui import theme
from ui.row_labels import broken
from vcore.facts.assumptions import value
from vcore.facts.codes import MISSING_LABELS
from vcore.facts.end_reasons import end_reason_words
from vcore.facts.placements import DETAIL_LABELS
from vcore.measures.child_returns import MissingPeriod, Questionnaire, sdq_band
from vcore.measures.child_story import Assessed, Fee, Stay

LONGEST_LABEL = 28
LANE, PANEL, GAP = 1.5, 3.0, 1.2  # heights in units
DAY_MS = 86_400_000
SDQ_MOST = 40
_LEAST_SEEN = 250  # a night away is drawn as long as this part of the line, or nobody would see it
KINDS = ("stays", "breaks", "missing", "totals", "scores", "limits", "fees", "heads", "ends")
STAYS, BREAKS, MISSING, TOTALS, SCORES, LIMITS, FEES, HEADS, ENDS = KINDS
Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Lanes:
    """The rows by kind, the labels beside the line by height, and how far down it has been drawn.

    From `first` to `until`; each `draw_` adds beneath what is there and adds nothing where there is nothing.
    """

    first: date
    until: date
    rows: Rows = field(default_factory=lambda: {kind: [] for kind in KINDS})
    ticks: dict[float, str] = field(default_factory=dict)
    floor: float = 0.0

    def draw_stays(self, stays: Sequence[Stay]) -> None:
        """A lane a kind of home, the first one on top."""
        lanes = self._lanes([DETAIL_LABELS[stay.setting_detail] for stay in stays])
        for stay in stays:
            y, end = lanes[DETAIL_LABELS[stay.setting_detail]], stay.ended_on or self.until
            words = f"{DETAIL_LABELS[stay.setting_detail]}, {from_to(stay.started_on, stay.ended_on)}"
            self._bar(STAYS, ms(stay.started_on), ms(end), y, words)
            if stay.breakdown:
                words = f"Broke down on {theme.date_words(end)}: {end_reason_words(stay.end_reason)}"
                self.rows[BREAKS].append({"x": ms(end), "y": y, "words": words})

    def draw_missing(self, periods: Sequence[MissingPeriod]) -> None:
        """A lane for times missing, one for times away without authorisation."""
        least = (ms(self.until) - ms(self.first)) // _LEAST_SEEN
        lanes = self._lanes(
            [label for kind, label in MISSING_LABELS.items() if any(p.kind == kind for p in periods)]
        )
        for period in periods:
            label, start = MISSING_LABELS[period.kind], ms(period.started_on)
            end = max(ms(period.ended_on or self.until), start + least)
            words = f"{label}, {from_to(period.started_on, period.ended_on)}"
            self._bar(MISSING, start, end, lanes[label], words)

    def draw_totals(self, told: Sequence[Assessed]) -> None:
        """Total need at each assessment."""
        if not told:
            return
        top = _round_up(max(each.total for each in told))
        floor = self._panel("Total need, points", top, theme.number)
        for each in told:
            words = f"{each.total:.0f} on {theme.date_words(each.on)}"
            self._point(TOTALS, each.on, floor + PANEL * each.total / top, words)
        self.rows[ENDS].append(self.rows[TOTALS][-1] | {"label": f"{told[-1].total:.0f}"})

    def draw_scores(self, told: Sequence[Questionnaire]) -> None:
        """Strengths and difficulties by return year, over the score from which it is a cause for concern."""
        if not told:
            return
        floor = self._panel("Strengths and difficulties, points", SDQ_MOST, theme.number)
        for each in told:
            words = f"{each.score} ({sdq_band(each.score)}), year to {theme.date_words(each.year_ended_on)}"
            self._point(SCORES, each.year_ended_on, floor + PANEL * each.score / SDQ_MOST, words)
        limit = value("sdq_concern_from")
        y = floor + PANEL * limit / SDQ_MOST
        self.ticks[y] = f"Cause for concern from {limit:.0f}"
        self.rows[LIMITS].append({"x": ms(self.first), "to": ms(self.until), "y": y})
        self.rows[ENDS].append(self.rows[SCORES][-1] | {"label": f"{told[-1].score}"})

    def draw_fees(self, fees: Sequence[Fee]) -> None:
        """What a week cost, a block a fee; a gap where none is recorded."""
        if not fees:
            return
        top = _round_up(max(fee.weekly_cost_gbp for fee in fees))
        floor = self._panel("Weekly cost", top, theme.money)
        for fee in fees:
            words = f"{theme.money_full(fee.weekly_cost_gbp)} a week, {from_to(fee.started_on, fee.ended_on)}"
            height = floor + PANEL * fee.weekly_cost_gbp / top
            end = ms(fee.ended_on or self.until)
            self.rows[FEES].append(
                {"x": ms(fee.started_on), "to": end, "y": floor, "top": height, "words": words}
            )
            if fee.ended_on is None:
                self.rows[ENDS].append({"x": end, "y": height, "label": theme.money(fee.weekly_cost_gbp)})

    def _lanes(self, labels: Sequence[str]) -> dict[str, float]:
        """The height of the middle of a lane a label, in the order they first come."""
        found = {}
        for label in dict.fromkeys(labels):
            found[label] = self.floor - LANE / 2
            self.ticks[found[label]] = broken(label, LONGEST_LABEL)
            self.floor -= LANE
        return found

    def _bar(self, kind: str, start: int, end: int, y: float, words: str) -> None:
        self.rows[kind].append({"x": start, "to": end, "y": y - 0.3, "top": y + 0.3, "words": words})

    def _point(self, kind: str, day: date, y: float, words: str) -> None:
        self.rows[kind].append({"x": ms(day), "y": y, "words": words})

    def _panel(self, head: str, top: float, tell: Callable[[float], str]) -> float:
        """A panel with its name over it and the two ends of its scale. Returns its floor."""
        self.floor -= GAP + PANEL
        self.rows[HEADS].append({"y": self.floor + PANEL + 0.35, "label": head})
        self.ticks[self.floor] = tell(0)
        self.ticks[self.floor + PANEL] = tell(top)
        return self.floor


def ms(day: date) -> int:
    """The day as a chart's axis of time counts it."""
    return (day - date(1970, 1, 1)).days * DAY_MS


def from_to(start: date, end: date | None) -> str:
    """`from 1 May 2024 to today`."""
    ends = "to today" if end is None else f"to {theme.date_words(end)}"
    return f"from {theme.date_words(start)} {ends}"


def _round_up(highest: float) -> float:
    """The end of a scale: the next round number that holds the highest value."""
    size = 10.0
    while size < highest:
        size *= 10
    return next(
        size * part for part in (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0) if size * part >= highest
    )
