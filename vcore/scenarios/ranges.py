"""How sure a scenario's answer is: some thousands of simulated futures, and each assumption at its ends.

Only assumptions vary. Who is eligible, and what the council chooses (a cap, a share, an age), stay as they are, and
nothing is drawn at random about a child. Each assumption lies between its low and high end, most likely where the
scenario has it (a triangular distribution); assumptions are independent of each other, and one that several levers
rest on is at the same point of its range in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from vcore.scenarios.alike import grouped
from vcore.scenarios.baseline import Baseline, baseline_of
from vcore.scenarios.book import Book, once_a_draw
from vcore.scenarios.run import Result
from vcore.scenarios.scenario import Scenario

DRAWS = 2_000
SEED = 1918
APART = 0.001  # how far groups may be from the children they stand for, as a share of the answer
MOST_ROWS = 4_000
_FIRST_BINS = 4
_IN_CACHE = 2**16  # numbers of one array that are reckoned with at once


class Span(NamedTuple):
    """Between what a lever's field lies, and where the scenario has it. `place`: the lever's, in the order they act.

    The ends are the register's, further out where the scenario itself is outside them.
    """

    place: int
    field: str
    key: str
    low: float
    central: float
    high: float

    def at(self, points: np.ndarray) -> np.ndarray:
        """The values below which these shares (0–1) of futures lie, by the triangular distribution."""
        below, above = self.central - self.low, self.high - self.central
        width = below + above
        rising = self.low + np.sqrt(points * width * below)
        falling = self.high - np.sqrt((1 - points) * width * above)
        return np.where(points * width < below, rising, falling)


class Outcomes(NamedTuple):
    """What futures come to, one value a draw: £ a year, £ in the first full year less one-off cost, children who
    move for good, £ a year of growth avoided, and £ a year claimed from partners; money in the scenario's basis.

    As in a run the first two hold claims; `unclaimed_…` is what a screen tells."""

    annual_saving_gbp: np.ndarray
    net_first_year_gbp: np.ndarray
    children_moved: np.ndarray
    avoided_gbp: np.ndarray
    claimed_gbp: np.ndarray

    @property
    def unclaimed_annual_gbp(self) -> np.ndarray:
        return self.annual_saving_gbp - self.claimed_gbp

    @property
    def unclaimed_net_first_year_gbp(self) -> np.ndarray:
        return self.net_first_year_gbp - self.claimed_gbp


class Interval(NamedTuple):
    """One future in ten comes to less than `p10`, half to less than `p50`, nine in ten to less than `p90`."""

    p10: float
    p50: float
    p90: float


class Swing(NamedTuple):
    """Annual saving without claims (£) with one assumption at its low and at its high end, all others as the scenario
    has them."""

    key: str
    low: float
    high: float
    at_low_gbp: float
    at_high_gbp: float

    @property
    def width_gbp(self) -> float:
        return abs(self.at_high_gbp - self.at_low_gbp)


@dataclass(frozen=True, eq=False)
class Ranges:
    """How sure an answer is. `swings`, widest first, are of one assumption at a time: what two do together is only
    in the futures."""

    spans: tuple[Span, ...]
    futures: Outcomes
    swings: tuple[Swing, ...]

    @property
    def annual_saving_gbp(self) -> Interval:
        return _interval(self.futures.annual_saving_gbp)

    @property
    def net_first_year_gbp(self) -> Interval:
        return _interval(self.futures.net_first_year_gbp)

    @property
    def unclaimed_annual_gbp(self) -> Interval:
        return _interval(self.futures.unclaimed_annual_gbp)

    @property
    def unclaimed_net_first_year_gbp(self) -> Interval:
        return _interval(self.futures.unclaimed_net_first_year_gbp)

    @property
    def children_moved(self) -> Interval:
        return _interval(self.futures.children_moved)

    @property
    def avoided_gbp(self) -> Interval:
        return _interval(self.futures.avoided_gbp)

    @property
    def claimed_gbp(self) -> Interval:
        return _interval(self.futures.claimed_gbp)

    @property
    def same_everywhere(self) -> bool:
        """Whether no future saves or costs another amount, claims apart, to the pound."""
        told = self.futures.unclaimed_annual_gbp, self.futures.unclaimed_net_first_year_gbp
        return all(np.ptp(gbp) < 0.5 for gbp in told)

    def chance(self, target_gbp: float) -> float:
        """The share (0–1) of futures that save at least so much a year, claims apart."""
        return float(np.mean(self.futures.unclaimed_annual_gbp >= target_gbp))


def ranges(result: Result, *, draws: int = DRAWS, seed: int = SEED) -> Ranges | None:
    """The range of a scenario's answer; None where it rests on no assumption that has one."""
    spans = spans_of(result.scenario)
    if not spans:
        return None
    game = _Game(result, spans)
    points = {key: _points(draws, seed, key) for key in dict.fromkeys(span.key for span in spans)}
    futures = game.play([span.at(points[span.key]) for span in spans])
    return Ranges(spans, futures, game.swings())


def spans_of(scenario: Scenario) -> tuple[Span, ...]:
    """What of a scenario is uncertain, and how far."""
    return tuple(
        Span(place, field, key, min(known.low, here), here, max(known.high, here))
        for place, lever in enumerate(scenario.in_order)
        for field, key in lever.uncertain.items()
        for known, here in [(scenario.known(key), float(getattr(lever, field)))]
    )


def _points(draws: int, seed: int, key: str) -> np.ndarray:
    """One point in each of `draws` equal parts of 0–1, shuffled: the same for an assumption, whatever else varies."""
    random = np.random.default_rng([seed, crc32(key.encode())])
    return (random.permutation(draws) + random.random(draws)) / draws


def _interval(values: np.ndarray) -> Interval:
    return Interval(*(float(value) for value in np.quantile(values, (0.1, 0.5, 0.9))))


class _Game:
    """A scenario on a cohort, ready to be played with other assumptions: on as few rows as answer like the children."""

    def __init__(self, result: Result, spans: Sequence[Span]) -> None:
        self._scenario, self._spans = result.scenario, spans
        self._levers = result.scenario.in_order
        whole = baseline_of(result.cohort)
        tried = [  # as it is; all low, all high; every other one low, the rest high, and the other way round
            np.array([span.central, span.low, span.high, *([span.low, span.high][:: 1 - 2 * (place % 2)])])
            for place, span in enumerate(spans)
        ]
        exact = self._played(whole, tried)
        bins = _FIRST_BINS
        self._base: Baseline = whole
        while len(whole):
            self._base = grouped(whole, self._levers, bins)
            if _near(self._played(self._base, tried), exact) or len(self._base) > MOST_ROWS / 2:
                break
            bins *= 2

    def play(self, values: Sequence[np.ndarray]) -> Outcomes:
        """What comes of these values, one array a span with one value a draw."""
        return self._played(self._base, values)

    def swings(self) -> tuple[Swing, ...]:
        """Every assumption from its low to its high end, the others as the scenario has them; widest first."""
        keys = list(dict.fromkeys(span.key for span in self._spans))
        values = [np.full(2 * len(keys), span.central) for span in self._spans]
        for span, drawn in zip(self._spans, values, strict=True):
            place = 2 * keys.index(span.key)
            drawn[place : place + 2] = span.low, span.high
        saved = self.play(values).unclaimed_annual_gbp
        swings = [
            Swing(
                key,
                min(span.low for span in self._spans if span.key == key),
                max(span.high for span in self._spans if span.key == key),
                float(saved[2 * place]),
                float(saved[2 * place + 1]),
            )
            for place, key in enumerate(keys)
        ]
        return tuple(sorted(swings, key=lambda swing: -swing.width_gbp))

    def _played(self, base: Baseline, values: Sequence[np.ndarray]) -> Outcomes:
        """All draws, a few at a time: as many as the processor's own memory holds."""
        draws, opened = len(values[0]), Book.opened(base, self._scenario.cost_basis)
        at_once = max(1, _IN_CACHE // max(1, len(base)))
        parts = [
            self._part(opened, [drawn[start : start + at_once] for drawn in values])
            for start in range(0, draws, at_once)
        ]
        return Outcomes(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _part(self, book: Book, values: Sequence[np.ndarray]) -> Outcomes:
        draws = len(values[0])
        weekly, once, moved, avoided, claimed = np.zeros((5, draws))
        for place, lever in enumerate(self._levers):
            settings: dict[str, Any] = dict(lever)
            for span, drawn in zip(self._spans, values, strict=True):
                if span.place == place:
                    settings[span.field] = drawn[:, np.newaxis]
            effect = type(lever).model_construct(**settings).apply(book)
            weekly += effect.in_all_gbp
            if lever.counts_as == "claimed":
                claimed += effect.in_all_gbp
            once += effect.delivery_cost_gbp
            moved += book.total(effect.moved)
            avoided += once_a_draw(effect.avoided_gbp)
            book = effect.book
        annual, avoided, claimed = (gbp * self._scenario.weeks_per_year for gbp in (weekly, avoided, claimed))
        return Outcomes(annual, annual - once, moved, avoided, claimed)


def _near(tried: Outcomes, exact: Outcomes) -> bool:
    """Whether groups answer as their children do, in the first draw (the scenario itself) and at the ends."""
    for ours, theirs in zip(tried, exact, strict=True):
        size = max(abs(theirs[0]), 0.01 * float(np.abs(theirs).max()))
        if np.any(np.abs(ours - theirs) > APART * size):
            return False
    return True
