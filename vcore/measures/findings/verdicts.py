"""Whether a statement agrees, by the rule that its register entry states. The one home of the rules.

Agrees: within the rounding of the printed figure (or above it, within its range, in its order). Close: the 95%
interval of what is computed reaches the printed figure. Same direction: a comparison on the same side of 0 or 1
as the printed one, an order of which at least half holds, a range within the printed one. Differs: none of these.
A group of fewer children than a mean needs is held against nothing.
"""

from __future__ import annotations

from enum import StrEnum
from math import ceil, floor, isnan

from vcore.facts.published import REPORT_CHILDREN, Published
from vcore.measures.findings.book import Found
from vcore.measures.findings.readings import Reading, enough

HALF = 0.5  # of an order's claims


class Verdict(StrEnum):
    """What becomes of a statement here, in words."""

    AGREES = "agrees"
    CLOSE = "close"
    SAME_DIRECTION = "same direction"
    DIFFERS = "differs"
    NOT_COMPARED = "nothing to compare"
    MISSING = "cannot be computed"
    NOBODY = "too few children"
    TRACKER = "from the tracker, once used"
    BEYOND = "not from this data"


COMPARED = (Verdict.AGREES, Verdict.CLOSE, Verdict.SAME_DIRECTION, Verdict.DIFFERS)


def verdict(
    statement: Published, found: Found | None, children: int, *, demonstration: bool = False
) -> Verdict:
    """The verdict on one statement about `children` children; `found` None: not computed from a snapshot.

    A statement about others than a cohort's children is never held against them.

    `demonstration`: these are all the children of the demonstration data, which is made to reproduce most
    statements: for those the interval it is made to governs, not the rounding.
    """
    if statement.beyond:
        return Verdict.BEYOND
    if found is None or statement.rule == "tracker":
        return Verdict.TRACKER
    if found.missing:
        return Verdict.MISSING
    if not all(map(enough, (found.reading.n, *(n for _, n in found.reading.groups)))):
        return Verdict.NOBODY
    if demonstration and statement.demo_low is not None and statement.demo_high is not None:
        low, high = made_to(statement, children)
        return Verdict.AGREES if low <= found.reading.value <= high else Verdict.DIFFERS
    if statement.rule in ("chart", "story"):
        return Verdict.NOT_COMPARED
    if statement.rule == "order":
        return _order(found.reading)
    if statement.rule == "range":
        return _range(statement, found.reading)
    return _number(statement, found.reading, REPORT_CHILDREN / children if statement.scaled else 1.0)


def made_to(statement: Published, children: int) -> tuple[float, float]:
    """The interval that the demonstration of so many children must keep; totals grow with the cohort.

    Raises `ValueError` for a statement without one.
    """
    low, high = statement.demo_low, statement.demo_high
    if low is None or high is None:
        raise ValueError(f"{statement.id} has no interval for the demonstration.")
    if not statement.scaled and statement.id != "M-01":
        return low, high
    times = children / REPORT_CHILDREN
    return floor(low * times), ceil(high * times)


def _order(reading: Reading) -> Verdict:
    if not reading.claims:
        return Verdict.NOBODY
    held = sum(reading.claims) / len(reading.claims)
    if held == 1:
        return Verdict.AGREES
    return Verdict.SAME_DIRECTION if held >= HALF else Verdict.DIFFERS


def _range(statement: Published, reading: Reading) -> Verdict:
    lowest, highest = (part.value for part in reading.parts)
    if (lowest, highest) == (statement.low, statement.high):
        return Verdict.AGREES
    within = (
        statement.low is not None
        and statement.high is not None
        and (statement.low <= lowest and highest <= statement.high)
    )
    return Verdict.SAME_DIRECTION if within else Verdict.DIFFERS


def _number(statement: Published, reading: Reading, times: float) -> Verdict:
    if isnan(reading.value):
        return Verdict.NOBODY  # too few for a correlation
    found = reading.value * times
    low, high = (end * times for end in reading.interval)
    if _holds(statement, found):
        return Verdict.AGREES
    if statement.rule == "describes":
        return Verdict.NOT_COMPARED
    if statement.reference is not None:
        printed_above = (statement.low or 0) >= statement.reference
        same = found > statement.reference if printed_above else found < statement.reference
        return Verdict.SAME_DIRECTION if same else Verdict.DIFFERS
    if not isnan(low) and _at_least(high, statement.low) and (statement.high is None or low < statement.high):
        return Verdict.CLOSE
    return Verdict.DIFFERS


def _holds(statement: Published, found: float) -> bool:
    if statement.rule == "over":
        return statement.low is not None and found > statement.low
    if statement.rule == "between":
        return _at_least(found, statement.low) and statement.high is not None and found <= statement.high
    return _at_least(found, statement.low) and statement.high is not None and found < statement.high


def _at_least(found: float, limit: float | None) -> bool:
    return limit is not None and found >= limit
