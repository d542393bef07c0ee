"""The tracker's workbook: made through the closed gate, whoever takes it, and logged."""

from __future__ import annotations

from functools import partial
from math import isnan

import streamlit as st

from ui import charts, reads, take_away
from ui import tracker_figures as figures
from ui import tracker_words as words
from ui.disclosure import Gate
from ui.theme import NOT_AVAILABLE
from ui.tracker_found import Found
from ui.tracker_plans import OPEN
from ui.tracker_words import Adopted
from vcore import __version__
from vcore.exports.workbook.tracked import MonthLine, StatusLine, Told, Tracked, tracked_workbook
from vcore.measures.disclosure import HIDDEN

WORKBOOK = "tracker-workbook"


def offer(found: Found, adopted: Adopted | None) -> None:
    """The button, or why there is none."""
    gate = reads.gate_out()
    if gate is None:
        st.caption(charts.NOT_TO_TAKE)
        return
    take_away.offer(
        "Workbook (Excel)",
        partial(workbook, found, adopted, gate, reads.source()),
        take_away.line("downloaded a file", WORKBOOK),
        key=WORKBOOK,
        file_name=reads.file_name(WORKBOOK, "xlsx"),
    )


def workbook(found: Found, adopted: Adopted | None, gate: Gate, source: str) -> bytes:
    """The workbook for finance, as the closed gate lets it be told."""
    return tracked_workbook(tracked(found, adopted, gate, source))


def tracked(found: Found, adopted: Adopted | None, gate: Gate, source: str) -> Tracked:
    """What the workbook holds, already through the gate."""
    shown = figures.by_status(found, gate).table.set_index("Status")
    statuses = [
        StatusLine(
            str(row),
            *(_told(shown.loc[row, name]) for name in ("Children", figures.PRICED, figures.FULL)),
            weight=found.weights[status],
        )
        for status, row in zip(OPEN, shown.index, strict=False)
    ]
    months = [line for year in found.years for line in _months(found, year, gate)]
    reasons = figures.by_reason(found, gate).table.itertuples(index=False, name=None)
    target: Told = HIDDEN if adopted is None or not adopted.told else adopted.annual_gbp
    return Tracked(
        title="Tracker",
        about=[
            ("Data", source),
            ("What it counts", words.basis(found)),
            ("Version of the app", __version__),
        ],
        statuses=statuses,
        part_labels=list(figures.EFFECT_LABELS.values()),
        months=months,
        adopted=None if adopted is None else (adopted.name, target),
        reasons=[(str(why), _number(n)) for why, n in reasons],
        programme=[list(map(str, row)) for row in figures.programme(found, gate).table.to_numpy().tolist()],
        notes=[words.ABOUT, words.EFFECTS_MEAN, *words.remarks(found, gate)],
    )


def _months(found: Found, year: int, gate: Gate) -> list[MonthLine]:
    shown = figures.by_month(found, year, gate).table
    if "Month" not in shown:
        return []
    days, parts = found.months(year)["month"], list(figures.EFFECT_LABELS.values())
    return [
        MonthLine(
            day,
            row["Planned"],
            _known(row["Actual"]),
            [_known(row[name]) for name in parts],
        )
        for day, row in zip(days, shown.to_dict("records"), strict=True)
    ]


def _known(gbp: float) -> float | None:
    return None if gbp != gbp else float(gbp)


def _told(cell: object) -> Told:
    if isinstance(cell, str):
        return cell
    number = float(str(cell))
    return NOT_AVAILABLE if isnan(number) else number


def _number(words_of_count: str) -> Told:
    return words_of_count if words_of_count == HIDDEN else float(words_of_count.replace(",", ""))
