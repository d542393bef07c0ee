"""The model without a screen: a cohort query and a scenario run, beside the plain ways to do the same.

Checks first that both answer alike: a fast wrong answer is worth nothing.
"""

from __future__ import annotations

import time
from math import isclose
from pathlib import Path

from benchmarks.alternatives import change_a_copy, mask_children, walk_children
from benchmarks.comparison import Aim, Comparison, Times
from benchmarks.decisions import compare_decisions
from benchmarks.futures import compare_futures
from benchmarks.likeness import compare_similar
from benchmarks.review import compare_review
from benchmarks.timing import timed
from vcore import CohortFilter, PriceCap, Scenario, StepDown, Store, run
from vcore.errors import VcoreError
from vcore.store import Cohort

QUERY_AIM = Aim(median_ms=60)
RUN_AIM = Aim(median_ms=25)
FILTERS = {
    "two conditions": CohortFilter(settings=("residential",), ehcp=True),
    "six conditions": CohortFilter(
        settings=("residential", "fostering"),
        ehcp=True,
        age_min=10,
        age_max=16,
        weekly_cost_min=1_000,
        severe_count_max=2,
    ),
}
STEP_DOWN = StepDown()
_LOOPS = 3  # a walk over every child takes seconds, and so do thousands of futures


class AnswersDiffer(VcoreError):
    """Two ways of asking the same gave two answers."""


def compare_model(folder: Path, repeats: int) -> list[Comparison]:
    """Times of queries and runs on the store of a data folder. Raises `AnswersDiffer`."""
    opened = time.perf_counter()
    store = Store.open(folder)
    everyone = store.cohort()
    first = Times([1_000 * (time.perf_counter() - opened)])
    return [
        Comparison("Open the store and read today's children: once a process", first),
        *(
            _compare_query(store, f"Cohort query, {name}", wanted, repeats)
            for name, wanted in FILTERS.items()
        ),
        *_compare_run(store, everyone, repeats),
        *compare_similar(everyone, repeats),
        *compare_decisions(everyone, repeats),
        *compare_review(everyone, repeats),
        *compare_futures(everyone, min(repeats, _LOOPS)),
    ]


def cap_of(turn: int) -> PriceCap:
    """The cap after so many steps of its slider: a new question every time."""
    return PriceCap(cap_gbp=5_000 + 10 * turn, top_share=0.07)


def save_gbp(cohort: Cohort, turn: int) -> float:
    """Weekly £ saved by both levers after so many steps of the slider."""
    return run(Scenario(levers=(STEP_DOWN, cap_of(turn)), cost_basis="gross"), cohort).weekly_saving_gbp


def _compare_query(store: Store, what: str, wanted: CohortFilter, repeats: int) -> Comparison:
    frame = store.snapshot().frame
    ours, theirs = store.cohort(wanted).children, mask_children(frame, wanted)
    if list(ours["child_id"]) != list(theirs["child_id"]):
        raise AnswersDiffer(f"{what}: the store picks {len(ours):,} children, the masks {len(theirs):,}.")
    return Comparison(
        what,
        timed(lambda _: store.cohort(wanted).children, repeats),
        "pandas masks, one a condition",
        timed(lambda _: mask_children(frame, wanted), repeats),
        QUERY_AIM,
    )


def _compare_run(store: Store, everyone: Cohort, repeats: int) -> list[Comparison]:
    frame = everyone.children
    plain = {"a changed copy of the frame": change_a_copy, "a loop over the children": walk_children}
    ours_gbp = save_gbp(everyone, 0)
    for name, save in plain.items():
        theirs_gbp = save(frame, STEP_DOWN, cap_of(0))
        if not isclose(ours_gbp, theirs_gbp, rel_tol=1e-9):
            raise AnswersDiffer(f"Both levers save £{ours_gbp:,.2f} a week; {name} says £{theirs_gbp:,.2f}.")
    next_step = timed(lambda turn: save_gbp(everyone, turn), repeats)
    copied = timed(lambda turn: change_a_copy(frame, STEP_DOWN, cap_of(turn)), repeats)
    walked = timed(lambda turn: walk_children(frame, STEP_DOWN, cap_of(turn)), _LOOPS)
    fresh = [store.cohort() for _ in range(repeats + 1)]
    return [
        Comparison(
            "Both levers, a step of the slider", next_step, "a changed copy of the frame", copied, RUN_AIM
        ),
        Comparison(
            "Both levers, a step of the slider", next_step, "a loop over the children", walked, RUN_AIM
        ),
        Comparison(
            "Both levers, first run on a new cohort",
            timed(lambda turn: save_gbp(fresh[turn], 0), repeats),
            "a changed copy of the frame",
            copied,
        ),
    ]
