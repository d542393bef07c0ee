"""One line of the report: our times, the times of what stands beside them, and what we aim at.

Owns how milliseconds become words. Never measures and never fails: an aim missed is said, not raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Times:
    """Milliseconds of equal things done again and again, and how many went wrong (None: none could)."""

    each_ms: Sequence[float]
    errors: int | None = None

    @property
    def median_ms(self) -> float:
        return median(self.each_ms)

    @property
    def p95_ms(self) -> float:
        """95% were at most this; of fewer than 20 times, as near as they allow."""
        return (
            quantiles(self.each_ms, n=20, method="inclusive")[-1] if len(self.each_ms) > 1 else self.median_ms
        )

    def words(self) -> str:
        counted = "" if self.errors is None else f", {self.errors} errors"
        return f"{_ms(self.median_ms)} ({_ms(self.p95_ms)}{counted})"


@dataclass(frozen=True)
class Aim:
    """What a line should keep to: at most so many times what stands beside it, or so many milliseconds."""

    times_beside: float | None = None
    median_ms: float | None = None
    p95_ms: float | None = None

    def words(self) -> str:
        limits = (
            (self.times_beside, "≤ {:g} ×"),
            (self.median_ms, "≤ {:g} ms"),
            (self.p95_ms, "95% ≤ {:g} ms, no error"),
        )
        return " and ".join(said.format(limit) for limit, said in limits if limit is not None)


@dataclass(frozen=True)
class Comparison:
    """Ours beside another way of doing the same."""

    what: str
    ours: Times
    beside: str = ""
    theirs: Times | None = None
    aim: Aim | None = None

    @property
    def ratio(self) -> float | None:
        """Our median over theirs."""
        return None if self.theirs is None else self.ours.median_ms / self.theirs.median_ms

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        if self.aim is None:
            return None
        within = [not self.ours.errors]
        if self.aim.times_beside is not None:
            within.append(self.ratio is not None and self.ratio <= self.aim.times_beside)
        if self.aim.median_ms is not None:
            within.append(self.ours.median_ms <= self.aim.median_ms)
        if self.aim.p95_ms is not None:
            within.append(self.ours.p95_ms <= self.aim.p95_ms)
        return all(within)


HEADINGS = ("What", "Ours", "Beside it", "Theirs", "Ratio", "Aim", "Met")


def table(comparisons: Sequence[Comparison]) -> str:
    """The lines as a Markdown table; times are "median (95% within)"."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(_cells(line) for line in comparisons)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(line: Comparison) -> tuple[str, ...]:
    return (
        line.what,
        line.ours.words(),
        line.beside or "–",
        line.theirs.words() if line.theirs else "–",
        "–" if line.ratio is None else f"{_digits(line.ratio)} ×",
        line.aim.words() if line.aim else "–",
        {True: "yes", False: "**no**", None: "–"}[line.met],
    )


def _ms(value: float) -> str:
    return f"{value:,.0f} ms" if value >= 10 else f"{_digits(value)} ms"


def _digits(value: float) -> str:
    return f"{value:,.1f}" if value >= 10 else f"{value:.2g}"
