"""What was measured about a cohort, kept as long as the cohort is: a rerun does no work twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ui import presenting
from ui.disclosure import Gate
from vcore.store import Cohort

Answer = TypeVar("Answer")


def measured(measure: Callable[..., Answer], cohort: Cohort, *arguments: Any) -> Answer:
    """`measure(cohort, *arguments)`, worked out once for each cohort. Arguments must be hashable.

    Kept in the cohort itself: two cohorts measured against each other hold on to each other, and go together.
    """
    return _kept((measure, *arguments), measure, cohort, arguments)


def gated(measure: Callable[..., Answer], cohort: Cohort, *arguments: Any) -> Callable[[Gate], Answer]:
    """`measured`, but for the gate, its last argument: the same for a screen and for a file to take away.

    What is drawn for a room is kept apart: of some pictures it is shown less.
    """
    return lambda gate: _kept(
        (measure, *arguments, gate, presenting.on()), measure, cohort, (*arguments, gate)
    )


def _kept(
    key: tuple[Any, ...], measure: Callable[..., Answer], cohort: Cohort, arguments: tuple[Any, ...]
) -> Answer:
    if key not in cohort.answers:
        cohort.answers[key] = measure(cohort, *arguments)
    return cohort.answers[key]
