"""What a cohort stands beside: everyone else, all children, a saved cohort, the same filters at an earlier date.

The choice is a code, as the address carries it: nothing, `all`, `saved:` and the saved cohort's own code, or a
date such as `2025-03-31`. Here a code becomes a cohort, or a sentence that says why it cannot. Never keeps the
choice (`ui.cohort_state`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ui.cohort_link import COMPARE, Choice
from ui.disclosure import Gate
from ui.measured import measured
from ui.saved_cohorts import CODE, CohortOf, Opened
from ui.theme import date_words
from vcore.errors import VcoreError
from vcore.measures.overlap import overlap
from vcore.store import Cohort

EVERYONE_ELSE, ALL = "", "all"
REST = "everyone else"
LONGEST_CODE = 40  # of a code that is read back to the reader
LONGEST_LABEL = 20  # characters in front of a figure
THOSE_ON = "those on "


class Comparison(NamedTuple):
    """A cohort to stand beside the reader's own. `words` finish "% of …" and "for …"."""

    words: str
    cohort: Cohort

    @property
    def label(self) -> str:
        """What it is called in front of a figure: few words, never cut short."""
        short = self.words.removeprefix(THOSE_ON)
        return f"{short[0].upper()}{short[1:]}" if len(short) <= LONGEST_LABEL else "Compared"


class NoComparison(VcoreError):
    """What the reader's cohort cannot be compared with, and why."""


def day_of(code: str) -> date | None:
    """The date a code names, if it names one."""
    try:
        return date.fromisoformat(code)
    except ValueError:
        return None


def year_before(day: date) -> date:
    """The same day twelve months earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def everyone_else(cohort: Cohort) -> Comparison:
    """The comparison of whoever has chosen none."""
    return Comparison(REST, cohort.everyone_else)


def compared(
    choice: Choice, cohort: Cohort, gate: Gate, cohort_of: CohortOf, saved: Callable[[str], Opened]
) -> Comparison:
    """What `choice` compares its cohort with. `cohort_of` picks the reader's children; `saved` opens a saved
    cohort by its code.

    Raises `NoComparison` for a code that names nothing here, and where the two cohorts together would tell
    about a few children.
    """
    code = choice.compare
    if code == EVERYONE_ELSE:
        return everyone_else(cohort)
    if code == ALL:
        return Comparison("all children", cohort.whole_base)
    found = (
        _saved(choice, code.removeprefix(CODE), cohort_of, saved)
        if code.startswith(CODE)
        else _earlier(choice, cohort, cohort_of)
    )
    if not may_stand_beside(cohort, found.cohort, gate):
        raise NoComparison(_too_close(cohort, found, gate))
    return found


def _too_close(cohort: Cohort, found: Comparison, gate: Gate) -> str:
    for few, who in ((cohort, "These children are"), (found.cohort, f"In {found.words} are")):
        if not all(gate.averages(n) for n in measured(counts, few)):
            return (
                f"{who} too few, or too few with a cost or an assessment, to put the two side by side. "
                "Remove a filter, or choose another comparison."
            )
    return (
        f"These children and {found.words} differ by only a few, or only a few with a cost or an assessment. "
        "Side by side, their figures would tell about those few. Choose another comparison."
    )


def _earlier(choice: Choice, cohort: Cohort, cohort_of: CohortOf) -> Comparison:
    day = day_of(choice.compare)
    if day is None:
        raise NoComparison(
            f"{COMPARE}={choice.compare[:LONGEST_CODE]} names nothing to compare with. "
            f"Write {COMPARE}={ALL} or an earlier date such as {COMPARE}={year_before(cohort.as_of)}."
        )
    if day >= cohort.as_of:
        raise NoComparison(
            f"{date_words(day)} is not before {date_words(cohort.as_of)}, the date of these children. "
            "Choose an earlier one."
        )
    other = cohort_of(choice.filter, day)
    if not len(other.base):
        raise NoComparison(
            f"Nobody was in care on {date_words(day)}, as far as the data goes. Choose a later date."
        )
    if not len(other):
        raise NoComparison(
            f"Nobody fits these filters on {date_words(day)}. Remove a filter, or compare with others."
        )
    return Comparison(f"{THOSE_ON}{date_words(day)}", other)


def _saved(choice: Choice, code: str, cohort_of: CohortOf, saved: Callable[[str], Opened]) -> Comparison:
    try:
        found = saved(code)
    except VcoreError as refusal:
        raise NoComparison(str(refusal)) from None
    other = cohort_of(found.filter, found.as_of or choice.as_of)
    if not len(other):
        raise NoComparison(nobody_in(found.name, other))
    return Comparison(f"“{found.name}”", other)


def nobody_in(name: str, cohort: Cohort) -> str:
    """The sentence for a saved cohort that the data has emptied."""
    return (
        f"Nobody fits “{name}” in the data of {date_words(cohort.as_of)}. "
        "Choose another date, or change its filters and save them again."
    )


def may_stand_beside(first: Cohort, second: Cohort, gate: Gate) -> bool:
    """Whether this reader may see figures of both: together they tell of no few children."""
    if gate.sees_small:
        return True
    laid_over = measured(overlap, first, second)
    return all(
        gate.beside(laid_over[what].sum().tolist()) for what in ("children", "costed", "assessed")
    ) and all(_is_apart_from_its_base(cohort, gate) for cohort in (first, second))


def _is_apart_from_its_base(cohort: Cohort, gate: Gate) -> bool:
    return gate.leaves_enough(measured(counts, cohort), measured(counts, cohort.whole_base))


def counts(cohort: Cohort) -> tuple[int, int, int]:
    """Children, those with a cost and those with an assessment."""
    costed, assessed = (cohort.recorded(name) for name in ("weekly_cost_gbp", "need_total"))
    return len(cohort), costed, assessed
