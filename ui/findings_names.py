"""The figures of the report by number: what each shows, and what stands in the place of one that may not be told."""

from __future__ import annotations

from collections.abc import Mapping

from ui import charts, sentences, theme
from ui.disclosure import Gate
from ui.figure import Figure
from vcore.store import Cohort

NAMES: Mapping[str, str] = {
    "2": "cost against need",
    "3": "placements by price",
    "4": "homes, in-house and private",
    "5": "need above and below £5,000 a week",
    "6": "severe needs in residential",
    "7": "need in residential without severe need",
    "9": "fostering, in-house and agency",
    "11": "how many need support, and how much",
    "12": "levels of need",
    "13": "need by age",
    "14": "need by time in care",
    "15": "need by setting",
    "16": "need by kind of residential home",
    "17": "need by disability",
    "18": "where disabled children live",
    "19": "need by ethnicity",
    "20": "ethnicity and age",
    "21": "ethnicity and sex",
    "22": "boys and girls to 11",
    "23": "boys and girls of 12 to 16",
    "24": "boys and girls from 17",
    "25": "need with an education plan",
    "26": "need and exclusion",
}


def name_of(number: str) -> str:
    """`Figure 13: need by age`."""
    return f"Figure {number}: {NAMES[number]}"


def key_of(number: str) -> str:
    """The name of its table and file."""
    return f"report-figure-{number}"


def still(number: str) -> str:
    """What it is, in words that stay whatever the children."""
    return f"{name_of(number)}, for these children."


def described(number: str, title: str) -> str:
    """Its text alternative: what it is and what it finds."""
    return f"{still(number)} {title}."


def quiet(number: str, cohort: Cohort, gate: Gate) -> Figure:
    """What is drawn where a figure would tell of too few children."""
    who = sentences.children(len(cohort), gate, len(cohort.base))
    return charts.quiet(key_of(number), name_of(number), who)


def points(value: float) -> str:
    """A score: 3.5."""
    return theme.number(value, places=1)


def lowered(words: str) -> str:
    """Words in the middle of a sentence."""
    return words[0].lower() + words[1:] if words[1:2].islower() else words
