"""What Placements says: its sentence and the titles over its charts, true for every cohort.

Works on tables that have been through the gate, so that no hidden number can reach a word. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import pandas as pd

from ui.charts import TOO_FEW
from ui.disclosure import TOTAL
from ui.theme import count, date_words, number, percent
from vcore.facts.placements import SETTING_LABELS, SETTINGS
from vcore.measures.disclosure import HIDDEN
from vcore.measures.endings import BIRTHDAY, PLANNED
from vcore.measures.flows import LEFT_CARE, NOT_IN_CARE

STATES: Mapping[str, str] = SETTING_LABELS | {
    "parents_or_adoption": "Parents or adoption",
    NOT_IN_CARE: "Not in care",
    LEFT_CARE: "Left care",
    TOTAL: TOTAL,
}
BANDS_IN_WORDS = {
    "time_in_care_band": ("now {} in care", {}),
    "age_band": ("aged {}", {"17 and over": "17 or over"}),
}


def where_and_how_often(settings: Mapping[str, object], many_moves: object) -> str:
    """The sentence on top: the setting most children live in, and how many moved often. Shares 0–1 or "c"."""
    known = {name: share for name, share in settings.items() if isinstance(share, float)}
    if not known:
        return TOO_FEW
    most = max(known, key=lambda name: known[name])
    place = lower(SETTING_LABELS[most])
    where = f"All live {place}" if known[most] == 1 else f"{percent(known[most])} live {place}"
    if not isinstance(many_moves, float):
        return f"{where}."
    often = "none" if many_moves == 0 else percent(many_moves)
    return f"{where}; {often} had three or more placements in 12 months."


def lower(label: str) -> str:
    """A setting's label inside a sentence: "in fostering", "with parents or for adoption"."""
    words = f"{label[0].lower()}{label[1:]}"
    if words == "other":
        return "in other places"
    return words if words.startswith("with ") else f"in {words}"


def flows_title(told: pd.DataFrame, *, any_setting: bool) -> str:
    """The title over a from–to table: how many stayed, and the largest move between settings that may be told.

    `any_setting`: the children were not chosen by where they live; else those who stayed say little.
    """
    held = [setting for setting in SETTINGS if setting in told.index and setting in told.columns]
    cells: dict[tuple[str, str], Any] = {
        (then, now): told.loc[then, now] for then, now in product(held, held)
    }
    moves = {way: n for way, n in cells.items() if way[0] != way[1] and n != HIDDEN and n > 0}
    both = [n for n in cells.values() if n != HIDDEN]
    move = ""
    if moves:
        then, now = max(moves, key=lambda way: moves[way])
        move = f"{number(moves[then, now])} moved from {_bare(then)} to {_bare(now)}"
    if any_setting and len(both) == len(cells) and sum(both):
        stayed = sum(n for (then, now), n in cells.items() if then == now) / sum(both)
        same = "All" if stayed == 1 else percent(stayed)
        return "; ".join(filter(None, [f"{same} live in the same setting", move]))
    return move or "Where children lived and where they live now"


def _bare(setting: str) -> str:
    words = STATES[setting].lower()
    return "another place" if words == "other" else words


def profile_title(
    attribute: str, bands: Sequence[str], need: Sequence[Any], reach: Sequence[tuple[Any, Any]]
) -> str:
    """The title over need and cost by band: where mean need is highest, as it stands on the date.

    `need` holds the means and `reach` the ends of their intervals: where those of the highest and the lowest
    mean meet, no band is named.
    """
    what = "by time in care" if attribute == "time_in_care_band" else "by age"
    told = zip(bands, need, reach, strict=True)
    known = {band: (mean, *ends) for band, mean, ends in told if _are_numbers(mean, *ends)}
    if len(known) < 2:
        return f"Need beside cost {what}"
    band, least = max(known, key=lambda name: known[name]), min(known, key=lambda name: known[name])
    (highest, from_here, _), (lowest, _, to_here) = known[band], known[least]
    if from_here <= to_here:
        return f"Mean need differs little {what}: {number(lowest, 1)} to {number(highest, 1)} points"
    shape, names = BANDS_IN_WORDS[attribute]
    who = shape.format(names.get(band, f"{band[0].lower()}{band[1:]}"))
    return f"Highest mean need: children {who} ({number(highest, 1)} points)"


def _are_numbers(*cells: object) -> bool:
    return all(isinstance(cell, float) and cell == cell for cell in cells)


def stability_title(labels: Sequence[str], shares: Sequence[object]) -> str:
    """The title over moves by setting: where the largest share had three or more placements."""
    largest = _largest(labels, shares)
    return (
        f"{largest} had three or more placements in 12 months"
        if largest
        else "Moves and breakdowns in 12 months"
    )


def endings_title(told: Mapping[Any, object], until: date) -> str:
    """The title over endings by month: how many, and why. Counts or "c", by reason and `TOTAL`."""
    n, at_18, planned = (told[name] for name in (TOTAL, BIRTHDAY, PLANNED))
    if not isinstance(n, int):
        return f"Placements that reach an end by {date_words(until)}"
    ends = f"{count(n, 'placement reaches', 'placements reach')} an end by {date_words(until)}"
    if n == 0:
        return f"No placement reaches an end by {date_words(until)}"
    if not (isinstance(at_18, int) and isinstance(planned, int)):
        return ends
    return f"{ends}: {number(at_18)} at 18, {number(planned)} as planned"


def ending_settings_title(labels: Sequence[str], shares: Sequence[object]) -> str:
    """The title over endings by setting: where the largest share turns 18."""
    largest = _largest(labels, shares)
    return (
        f"{largest} of children there turn 18 within 12 months"
        if largest
        else "Where placements reach an end"
    )


def _largest(labels: Sequence[str], shares: Sequence[object]) -> str:
    """The label of the largest share above 0, and the share; empty where none is shown."""
    known = {
        label: share
        for label, share in zip(labels, shares, strict=True)
        if isinstance(share, float) and share > 0
    }
    if not known:
        return ""
    label = max(known, key=lambda name: known[name])
    return f"{label}: {percent(known[label])}"
