"""Simulated futures and the tornado beside the plain way: one ordinary run for each.

Checks first that a future is what an ordinary run with its values says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.comparison import Aim, Comparison, Times
from benchmarks.timing import timed_ms
from vcore import Scenario, run
from vcore.errors import VcoreError
from vcore.scenarios import Result
from vcore.scenarios.levers import LEVERS
from vcore.scenarios.ranges import DRAWS, Span, ranges, spans_of
from vcore.store import Cohort

CITY, AIM_MS, NATIONAL_AIM_MS = 3_528, 1_000, 3_000
_TRIED = 20  # ordinary runs timed; all of them would take minutes
_APART = 0.005  # of the answer


class FuturesDiffer(VcoreError):
    """Futures at the ends of every range are not what ordinary runs say."""


def compare_futures(everyone: Cohort, repeats: int) -> list[Comparison]:
    """Times of all futures and the tornado of a scenario of every lever. Raises `FuturesDiffer`."""
    result = run(Scenario(levers=tuple(lever.starting() for lever in LEVERS)), everyone)
    spans = spans_of(result.scenario)
    _check(result, spans)
    ours = [timed_ms(lambda: ranges(result)) for _ in range(repeats)]
    random = np.random.default_rng(1)
    loop = [
        timed_ms(lambda: _plain(result, spans, [float(span.at(random.random(1))[0]) for span in spans]))
        for _ in range(_TRIED)
    ]
    futures = DRAWS + 2 * len({span.key for span in spans})
    return [
        Comparison(
            f"{DRAWS:,} futures and the tornado of {len(LEVERS)} levers",
            Times(ours),
            f"a loop of {futures:,} runs, reckoned from {_TRIED}",
            Times([each * futures for each in loop]),
            Aim(median_ms=AIM_MS if len(everyone) <= CITY else NATIONAL_AIM_MS),
        )
    ]


def _plain(result: Result, spans: Sequence[Span], values: Sequence[float]) -> Result:
    """An ordinary run with these values, one a span."""
    levers = [lever.model_dump() for lever in result.scenario.in_order]
    for span, value in zip(spans, values, strict=True):
        levers[span.place][span.field] = value
    return run(Scenario.model_validate(result.scenario.model_dump() | {"levers": levers}), result.cohort)


def _check(result: Result, spans: Sequence[Span]) -> None:
    found = ranges(result)
    assert found is not None
    for swing in found.swings:
        low = [span.low if span.key == swing.key else span.central for span in spans]
        theirs = _plain(result, spans, low).unclaimed_annual_gbp
        if abs(swing.at_low_gbp - theirs) > _APART * abs(result.annual_saving_gbp):
            raise FuturesDiffer(
                f"With {swing.key} at its low end £{swing.at_low_gbp:,.0f} a year is saved; a run says £{theirs:,.0f}."
            )
