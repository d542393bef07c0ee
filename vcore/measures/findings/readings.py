"""What a published statement comes to for a cohort: a value, how many children it is over, and its interval.

A reading also says whom it tells about, so that the gate can hide it: the children behind each mean or share,
the counts it gives away, and the children somebody could single out by subtraction. Pure arithmetic on arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import exp, log, nan, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vcore.facts.assumptions import value
from vcore.facts.published import Format
from vcore.measures.intervals import Z95, wilson

if TYPE_CHECKING:
    from vcore.measures.findings.evidence import Evidence

NOWHERE = (nan, nan)


class Part(NamedTuple):
    """A named number that a reading is made of, such as one group's mean."""

    label: str
    value: float
    format: Format


class Reading(NamedTuple):
    """One statement, computed. `n` 0: nobody to compute it from.

    `interval`: 95%, for the same value. `claims`: each part of an order and whether it holds. `groups`: children
    behind each mean, share or sum, by a name that is the same for another cohort; `apart`: children left over
    between the groups; `counted`: counts that are told, by name, each with its whole. `single`: tells of one child.
    `provider_share`: the largest share (0–1) of its cost that one outside provider has.
    """

    value: float = nan
    n: int = 0
    interval: tuple[float, float] = NOWHERE
    parts: tuple[Part, ...] = ()
    claims: tuple[bool, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    apart: tuple[int, ...] = ()
    counted: tuple[tuple[str, int, int], ...] = ()
    single: bool = False
    provider_share: float = 0.0


def mean(values: np.ndarray, apart: Sequence[int] = ()) -> Reading:
    """Mean of the values that are not missing."""
    known = values[~np.isnan(values)]
    n = len(known)
    if not n:
        return Reading()
    middle = float(known.mean())
    return Reading(middle, n, around(middle, standard_error(known)), groups=(("", n),), apart=tuple(apart))


def total(values: np.ndarray, behind: int, n: int, times: float = 1.0) -> Reading:
    """Sum of values over n children, of whom `behind` add something; the rest are 0 or missing."""
    known = np.nan_to_num(values)
    if not n or not behind:
        return Reading(0.0 if n else nan, n)
    amount = float(known.sum()) * times
    error = standard_error(known) * len(known) * times
    return Reading(amount, n, around(amount, error), groups=(("", behind),))


def share(part: np.ndarray, among: np.ndarray | None = None) -> Reading:
    """Per cent of children for whom `part` is true, of those in `among`; Wilson's interval."""
    chosen = part if among is None else part[among]
    k, n = int(chosen.sum()), len(chosen)
    if not n:
        return Reading()
    low, high = map(float, wilson(k, n))
    return Reading(100 * k / n, n, (100 * low, 100 * high), groups=(("", n),), counted=(("", k, n),))


def count(part: np.ndarray, n: int | None = None) -> Reading:
    """How many children `part` is true for, among n; the interval is that of the share."""
    k, whole = int(part.sum()), len(part) if n is None else n
    if not whole:
        return Reading()
    low, high = map(float, wilson(k, whole))
    return Reading(float(k), whole, (whole * low, whole * high), counted=(("", k, whole),))


def difference(one: np.ndarray, other: np.ndarray, apart: Sequence[int] = ()) -> Reading:
    """Mean of one group less the mean of another."""
    first, second = (values[~np.isnan(values)] for values in (one, other))
    if not len(first) or not len(second):
        return Reading()
    gap = float(first.mean() - second.mean())
    error = sqrt(standard_error(first) ** 2 + standard_error(second) ** 2)
    sizes = (("one", len(first)), ("other", len(second)))
    return Reading(gap, len(first) + len(second), around(gap, error), groups=sizes, apart=tuple(apart))


def percent_more(one: np.ndarray, other: np.ndarray, apart: Sequence[int] = ()) -> Reading:
    """By how many per cent the mean of one group lies above the mean of another."""
    first, second = (values[~np.isnan(values)] for values in (one, other))
    if not len(first) or not len(second) or first.mean() <= 0 or second.mean() <= 0:
        return Reading()
    ratio = float(first.mean() / second.mean())
    error = sqrt(sum((standard_error(values) / values.mean()) ** 2 for values in (first, second)))
    low, high = around_ratio(ratio, error)
    sizes = (("one", len(first)), ("other", len(second)))
    return Reading(
        100 * (ratio - 1),
        len(first) + len(second),
        (100 * (low - 1), 100 * (high - 1)),
        groups=sizes,
        apart=tuple(apart),
    )


def ordered(
    parts: Sequence[Part],
    claims: Sequence[bool],
    groups: Mapping[str, int],
    n: int,
    apart: Sequence[int] = (),
) -> Reading:
    """An order: its parts as found, and which of its claims hold."""
    return Reading(
        float(sum(claims)),
        n,
        NOWHERE,
        tuple(parts),
        tuple(map(bool, claims)),
        tuple(groups.items()),
        tuple(apart),
    )


class Statement(NamedTuple):
    """How one statement is computed, and the columns that must hold something for it."""

    columns: tuple[str, ...]
    read: Callable[[Evidence], Reading]


def composed(found: Mapping[str, Reading], format_: Format, apart: Sequence[int] = ()) -> Reading:
    """Several readings as the parts of one, under their names; those of nobody are left out."""
    there = {name: one for name, one in found.items() if one.n}
    return Reading(
        n=sum(one.n for one in there.values()),
        parts=tuple(Part(name, one.value, format_) for name, one in there.items()),
        groups=tuple((f"{name}{own}", n) for name, one in there.items() for own, n in one.groups),
        apart=tuple(apart),
        counted=tuple((f"{name}{own}", k, n) for name, one in there.items() for own, k, n in one.counted),
    )


def holding(means: Mapping[str, float], *claims: Callable[[Mapping[str, float]], bool]) -> tuple[bool, ...]:
    """Which claims about groups hold; one about a group that is not there is left out."""
    found = []
    for claim in claims:
        try:
            found.append(bool(claim(means)))
        except KeyError:
            continue
    return tuple(found)


def enough(n: int) -> bool:
    """Whether a group is large enough for its mean to be held against another's."""
    return n >= value("smallest_n_for_mean")


def standard_error(values: np.ndarray) -> float:
    """Of the mean; NaN for a single value."""
    return float(values.std(ddof=1)) / sqrt(len(values)) if len(values) > 1 else nan


def around(middle: float, error: float) -> tuple[float, float]:
    """The 95% interval of something whose standard error is known."""
    return middle - Z95 * error, middle + Z95 * error


def around_ratio(ratio: float, log_error: float) -> tuple[float, float]:
    """The 95% interval of a ratio whose logarithm has this standard error."""
    return exp(log(ratio) - Z95 * log_error), exp(log(ratio) + Z95 * log_error)
